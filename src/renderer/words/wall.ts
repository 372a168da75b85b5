import * as en from './en/wall.ts';
import { spoken } from './spoken.ts';

/** Words of the wall, in the reader's language. */
export const wall = await spoken(en, { de: () => import('./de/wall.ts') });
