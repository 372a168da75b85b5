import * as en from './en/lint-rules.ts';
import { spoken } from './spoken.ts';

/** Names, reasons and remedies of the lint rules, in the reader's language. */
export const lintRules = await spoken(en, { de: () => import('./de/lint-rules.ts') });
