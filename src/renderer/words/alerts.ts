import * as en from './en/alerts.ts';
import { spoken } from './spoken.ts';

/** Words of the inbox, in the reader's language. */
export const alerts = await spoken(en, { de: () => import('./de/alerts.ts') });
