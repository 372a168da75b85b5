import * as en from './en/settings.ts';
import { spoken } from './spoken.ts';

/** Words of the settings, in the reader's language. */
export const settings = await spoken(en, { de: () => import('./de/settings.ts') });
