import * as en from './en/tunnel-form.ts';
import { spoken } from './spoken.ts';

/** Words of forms about tunnels and keys, in the reader's language. */
export const tunnelForm = await spoken(en, { de: () => import('./de/tunnel-form.ts') });
