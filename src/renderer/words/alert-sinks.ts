import * as en from './en/alert-sinks.ts';
import { spoken } from './spoken.ts';

/** Words of receivers and deliveries, in the reader's language. */
export const alertSinks = await spoken(en, { de: () => import('./de/alert-sinks.ts') });
