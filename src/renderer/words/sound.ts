import * as en from './en/sound.ts';
import { spoken } from './spoken.ts';

/** Words of sounds, in the reader's language. */
export const sound = await spoken(en, { de: () => import('./de/sound.ts') });
