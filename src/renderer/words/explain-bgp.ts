import * as en from './en/explain-bgp.ts';
import { spoken } from './spoken.ts';

/** Words of what a BGP session says, in the reader's language. */
export const explainBgp = await spoken(en, { de: () => import('./de/explain-bgp.ts') });
