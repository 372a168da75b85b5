import * as en from './en/rotation.ts';
import { spoken } from './spoken.ts';

/** Words of the rotation assistant, in the reader's language. */
export const rotation = await spoken(en, { de: () => import('./de/rotation.ts') });
