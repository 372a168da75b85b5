import * as en from './en/write-access.ts';
import { spoken } from './spoken.ts';

/** Words of write access, in the reader's language. */
export const writeAccess = await spoken(en, { de: () => import('./de/write-access.ts') });
