import * as en from './en/menu-keys.ts';
import { spoken } from './spoken.ts';

/** Words of keys of the keyboard, in the reader's language. */
export const menuKeys = await spoken(en, { de: () => import('./de/menu-keys.ts') });
