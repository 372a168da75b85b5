import * as en from './en/router.ts';
import { spoken } from './spoken.ts';

/** Words of what belongs on the router, in the reader's language. */
export const router = await spoken(en, { de: () => import('./de/router.ts') });
