import * as en from './en/settings-accounts.ts';
import { spoken } from './spoken.ts';

/** Words of accounts and their tokens, in the reader's language. */
export const settingsAccounts = await spoken(en, { de: () => import('./de/settings-accounts.ts') });
