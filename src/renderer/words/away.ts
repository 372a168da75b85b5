import * as en from './en/away.ts';
import { spoken } from './spoken.ts';

/** Words of the strip "since you were away", in the reader's language. */
export const away = await spoken(en, { de: () => import('./de/away.ts') });
