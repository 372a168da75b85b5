import * as en from './en/history.ts';
import { spoken } from './spoken.ts';

/** Words of the history views and of their reports, in the reader's language. */
export const history = await spoken(en, { de: () => import('./de/history.ts') });
