import * as en from './en/shell.ts';
import { spoken } from './spoken.ts';

/** Words of the frame around every view, in the reader's language. */
export const shell = await spoken(en, { de: () => import('./de/shell.ts') });
