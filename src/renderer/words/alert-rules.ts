import * as en from './en/alert-rules.ts';
import { spoken } from './spoken.ts';

/** What the rules of alerts say of themselves, in the reader's language. */
export const alertRules = await spoken(en, { de: () => import('./de/alert-rules.ts') });
