import * as en from './en/time.ts';
import { spoken } from './spoken.ts';

/** Words around times, in the reader's language. */
export const time = await spoken(en, { de: () => import('./de/time.ts') });
