import * as en from './en/psk-strength.ts';
import { spoken } from './spoken.ts';

/** Words about how good a pre-shared key is, in the reader's language. */
export const pskStrength = await spoken(en, { de: () => import('./de/psk-strength.ts') });
