import * as en from './en/explain-health.ts';
import { spoken } from './spoken.ts';

/** Words of what health checks say, in the reader's language. */
export const explainHealth = await spoken(en, { de: () => import('./de/explain-health.ts') });
