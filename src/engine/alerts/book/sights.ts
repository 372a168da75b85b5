/** Whether what we know of an account may be believed, from its status. */
import type { AccountId, AccountStatus, Millis } from '../../../shared/model.ts';

/** What we see of one account. */
export interface AccountSight {
  readonly status: AccountStatus;
  /** The list is good and fresh. */
  readonly list: boolean;
  /** The health results are good and fresh, and the list is. */
  readonly health: boolean;
}

/** The sight of each account at this moment. */
export function readSights(accounts: readonly AccountStatus[]): ReadonlyMap<AccountId, AccountSight> {
  return new Map(accounts.map((status) => [status.id, sightOf(status)]));
}

const fresh = (age: Millis | null, limit: Millis): boolean => age !== null && age <= limit;

function sightOf(status: AccountStatus): AccountSight {
  const list = status.phase === 'seeing' && fresh(status.listAgeMs, status.staleAfterMs);
  const health = list && status.healthBlind === null && fresh(status.healthAgeMs, status.healthStaleAfterMs);
  return { status, list, health };
}

/** Accounts that are seen otherwise than before. */
export function changedSights(
  before: ReadonlyMap<AccountId, AccountSight>,
  now: ReadonlyMap<AccountId, AccountSight>,
): ReadonlySet<AccountId> {
  const changed = [...now].filter(([id, { list, health }]) => {
    const old = before.get(id);
    return old === undefined || old.list !== list || old.health !== health;
  });
  return new Set(changed.map(([id]) => id));
}
