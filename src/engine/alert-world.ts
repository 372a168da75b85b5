/** The engine's accounts as the alert rules see them: live, nothing copied. */
import { type AccountId, accountOf, type StoreStatus, type TunnelKey } from '../shared/model.ts';
import type { AccountWatch } from './account-watch.ts';
import type { TunnelView, World } from './alerts/contract.ts';

/** A world over the accounts under watch and the store of the history. */
export function alertWorld(accounts: ReadonlyMap<AccountId, AccountWatch>, store: () => StoreStatus): World {
  return {
    tunnel: (key: TunnelKey): TunnelView | null => accounts.get(accountOf(key))?.view(key) ?? null,
    *tunnels(accountId) {
      const account = accounts.get(accountId);
      for (const { key } of account?.rows() ?? []) {
        const view = account?.view(key);
        if (view !== null && view !== undefined) yield view;
      }
    },
    accounts: () => [...accounts.values()].map((account) => account.status()),
    store,
  };
}
