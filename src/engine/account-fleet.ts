/**
 * The fleet of an account, begun from what the history remembers; and begun from there again when a bug or a dropped
 * answer may have left a change out: the next list is then taken as a whole, so that nothing stays as it was by mistake.
 */
import type { AccountId, TunnelKey } from '../shared/model.ts';
import type { ListSnapshot } from './cloudflare/contract.ts';
import type { History, RememberedAccount } from './history/contract.ts';
import type { AccountLint } from './lint/account-lint.ts';
import { NOTHING_KNOWN, type RecentChange, type Surroundings } from './lint/contract.ts';
import type { FlatConfig } from './state/config-snapshot.ts';
import { createFleet } from './state/fleet.ts';
import type { Fleet } from './state/fleet-contract.ts';
import { recentChange } from './state/fleet-lint.ts';
import type { Look } from './state/look.ts';
import type { Update } from './state/update.ts';

/** So many changes in a day are somebody's script; the newest ones will do. */
const RECENT = 1_000;

export class AccountFleet {
  readonly #id: AccountId;
  readonly #history: History;
  readonly #lint: AccountLint;
  #fleet: Fleet;
  #doubted = false;
  #beside: Surroundings = NOTHING_KNOWN;

  constructor(id: AccountId, history: History, remembered: RememberedAccount, lint: AccountLint) {
    this.#id = id;
    this.#history = history;
    this.#lint = lint;
    this.#fleet = this.#begin(remembered);
  }

  get now(): Fleet {
    return this.#fleet;
  }

  /** An answer was not worked through to its end: what is here may differ from what was recorded and shown. */
  doubt(): void {
    this.#doubted = true;
  }

  applyList(snapshot: ListSnapshot, look: Look): Update {
    if (!this.#doubted) return this.#fleet.applyList(snapshot, look);
    const fresh = this.#begin(this.#history.remembered(this.#id));
    const whole = { ...snapshot, unchanged: false, changed: [...snapshot.tunnels.values()], removed: [] };
    const update = fresh.applyList(whole, look);
    for (const { key } of this.#fleet.rows()) if (fresh.entry(key) === undefined) update.removed.add(key);
    this.#fleet = fresh;
    this.#doubted = false;
    return update;
  }

  applySurroundings(known: Surroundings, look: Look): Update {
    this.#beside = known;
    return this.#fleet.applySurroundings(known, look);
  }

  #begin({ tunnels, lookedAt }: RememberedAccount): Fleet {
    const config = (key: TunnelKey): FlatConfig | null => recordedConfig(this.#history, key);
    const known = lookedAt.list !== undefined;
    const recent = recordedChanges(this.#history, this.#id);
    const memory = { tunnels, known, lookedAt: lookedAt.list ?? null, recent, beside: this.#beside, config };
    return createFleet(this.#id, memory, this.#lint);
  }
}

/** The newest changes that lint looks back at, oldest first; what is older than a day it leaves out by itself. */
function recordedChanges(history: History, accountId: AccountId): readonly RecentChange[] {
  const events = history.events({ key: null, accountId, about: 'config', before: null, limit: RECENT });
  return events.flatMap((event) => recentChange(event) ?? []).reverse();
}

/** A text that cannot be read (a damaged file) is as good as none: it only serves to tell what changed meanwhile. */
function recordedConfig(history: History, key: TunnelKey): FlatConfig | null {
  const newest = history.configs(key, 1)[0];
  if (newest === undefined) return null;
  try {
    return JSON.parse(newest.json) as FlatConfig;
  } catch {
    return null;
  }
}
