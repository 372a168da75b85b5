import * as en from './en/tunnel.ts';
import { spoken } from './spoken.ts';

/** Words of the tunnel view, in the reader's language. */
export const tunnel = await spoken(en, { de: () => import('./de/tunnel.ts') });
