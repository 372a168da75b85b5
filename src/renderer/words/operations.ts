import * as en from './en/operations.ts';
import { spoken } from './spoken.ts';

/** Words of operations, in the reader's language. */
export const operations = await spoken(en, { de: () => import('./de/operations.ts') });
