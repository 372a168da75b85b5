/**
 * Interning: tunnels and accounts are small integers on disk. The cache grows with the number of tunnels, not with time.
 */
import { type AccountId, accountOf, type Instant, type TunnelKey, tunnelOf } from '../../shared/model.ts';
import { HOUR_MS } from './rollup.ts';
import { type Db, int } from './sqlite.ts';
import type { Watermarks } from './watermarks.ts';

export interface Ids {
  /** The integer of a tunnel, `null` when nothing was recorded of it. */
  tunnel(key: TunnelKey): number | null;
  account(id: AccountId): number | null;
  /** The integer of a tunnel, made when it is new; its rollups then begin with the hour of `at`. */
  internTunnel(key: TunnelKey, at: Instant): number;
  internAccount(id: AccountId): number;
  /** Forgets the cache: after a rollback, or when rows were deleted, integers may stand for nothing. */
  forget(): void;
}

/** The ids of one database. */
export function createIds(db: Db, watermarks: Watermarks): Ids {
  const accounts = new Map<AccountId, number>();
  const tunnels = new Map<TunnelKey, number>();
  const findAccount = db.prepare('SELECT id FROM accounts WHERE cf_id = ?');
  const addAccount = db.prepare('INSERT INTO accounts (cf_id) VALUES (?) RETURNING id');
  const findTunnel = db.prepare('SELECT id FROM tunnels WHERE account = ? AND cf_id = ?');
  const addTunnel = db.prepare('INSERT INTO tunnels (account, cf_id, rolled_to) VALUES (?, ?, ?) RETURNING id');

  const ids: Ids = {
    account(id) {
      const known = accounts.get(id);
      if (known !== undefined) return known;
      const row = findAccount.row(id);
      if (row === undefined) return null;
      accounts.set(id, int(row, 0));
      return int(row, 0);
    },
    tunnel(key) {
      const known = tunnels.get(key);
      if (known !== undefined) return known;
      const account = ids.account(accountOf(key));
      const row = account === null ? undefined : findTunnel.row(account, tunnelOf(key));
      if (row === undefined) return null;
      tunnels.set(key, int(row, 0));
      return int(row, 0);
    },
    internAccount(id) {
      return ids.account(id) ?? int(addAccount.row(id) ?? [], 0);
    },
    internTunnel(key, at) {
      const known = ids.tunnel(key);
      if (known !== null) return known;
      const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
      watermarks.rolled(hour);
      return int(addTunnel.row(ids.internAccount(accountOf(key)), tunnelOf(key), hour) ?? [], 0);
    },
    forget() {
      accounts.clear();
      tunnels.clear();
    },
  };
  return ids;
}
