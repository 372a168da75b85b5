import * as en from './en/wall-views.ts';
import { spoken } from './spoken.ts';

/** Words around the views of walls and their remote control, in the reader's language. */
export const wallViews = await spoken(en, { de: () => import('./de/wall-views.ts') });
