import * as en from './en/ike.ts';
import { spoken } from './spoken.ts';

/** Words about IKE identities, parameters and router snippets, in the reader's language. */
export const ike = await spoken(en, { de: () => import('./de/ike.ts') });
