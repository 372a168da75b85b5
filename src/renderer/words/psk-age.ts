import * as en from './en/psk-age.ts';
import { spoken } from './spoken.ts';

/** Words of ages of keys, in the reader's language. */
export const pskAge = await spoken(en, { de: () => import('./de/psk-age.ts') });
