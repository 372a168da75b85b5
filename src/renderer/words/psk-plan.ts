import * as en from './en/psk-plan.ts';
import { spoken } from './spoken.ts';

/** Words of the plan beside the PSK board, in the reader's language. */
export const pskPlan = await spoken(en, { de: () => import('./de/psk-plan.ts') });
