import * as en from './en/explain-psk.ts';
import { spoken } from './spoken.ts';

/** Words of what a PSK lane says, in the reader's language. */
export const explainPsk = await spoken(en, { de: () => import('./de/explain-psk.ts') });
