import * as en from './en/board.ts';
import { spoken } from './spoken.ts';

/** Words of the board, in the reader's language. */
export const board = await spoken(en, { de: () => import('./de/board.ts') });
