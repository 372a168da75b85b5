import * as en from './en/explanation.ts';
import { spoken } from './spoken.ts';

/** Words of explanations, in the reader's language. */
export const explanation = await spoken(en, { de: () => import('./de/explanation.ts') });
