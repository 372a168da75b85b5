import * as en from './en/psk.ts';
import { spoken } from './spoken.ts';

/** Words of the PSK board, in the reader's language. */
export const psk = await spoken(en, { de: () => import('./de/psk.ts') });
