import * as en from './en/host-sentences.ts';
import { spoken } from './spoken.ts';

/** Sentences that the host makes, in the reader's language. */
export const hostSentences = await spoken(en, { de: () => import('./de/host-sentences.ts') });
