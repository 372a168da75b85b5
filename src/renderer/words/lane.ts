import * as en from './en/lane.ts';
import { spoken } from './spoken.ts';

/** Words of the values of the lanes, in the reader's language. */
export const lane = await spoken(en, { de: () => import('./de/lane.ts') });
