import * as en from './en/past.ts';
import { spoken } from './spoken.ts';

/** Words of travelling in time, in the reader's language. */
export const past = await spoken(en, { de: () => import('./de/past.ts') });
