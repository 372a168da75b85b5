import * as en from './en/faults.ts';
import { spoken } from './spoken.ts';

/** Words of faults, in the reader's language. */
export const faults = await spoken(en, { de: () => import('./de/faults.ts') });
