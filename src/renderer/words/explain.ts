import * as en from './en/explain.ts';
import { spoken } from './spoken.ts';

/** Words of what stands above a tunnel, in the reader's language. */
export const explain = await spoken(en, { de: () => import('./de/explain.ts') });
