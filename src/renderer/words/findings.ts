import * as en from './en/findings.ts';
import { spoken } from './spoken.ts';

/** Words of the findings, in the reader's language. */
export const findings = await spoken(en, { de: () => import('./de/findings.ts') });
