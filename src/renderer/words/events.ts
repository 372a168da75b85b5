import * as en from './en/events.ts';
import { spoken } from './spoken.ts';

/** Words of the log of a tunnel, in the reader's language. */
export const events = await spoken(en, { de: () => import('./de/events.ts') });
