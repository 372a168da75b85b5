import * as en from './en/changes.ts';
import { spoken } from './spoken.ts';

/** Words of the view of what changed, in the reader's language. */
export const changes = await spoken(en, { de: () => import('./de/changes.ts') });
