/** What one call of the incident book looks at: accounts counted once, incidents that it touched. */
import type { Alert } from '../../../shared/alerts.ts';
import type { AccountId, Millis, TunnelKey } from '../../../shared/model.ts';
import type { Moment, World } from '../contract.ts';
import type { Case } from './case.ts';
import type { Gathering } from './gathering.ts';
import type { Field } from './outages.ts';
import { type Tally, tallyOf } from './trouble.ts';

/** One call. */
export class Turn {
  readonly at: Moment;
  readonly touched: Set<Case>;
  readonly fields = new Set<Field>();
  readonly gatherings = new Set<Gathering>();
  readonly #world: World | null;
  readonly #tallies = new Map<AccountId, Tally>();

  constructor(at: Moment, world: World | null, touched: Set<Case>) {
    this.at = at;
    this.#world = world;
    this.touched = touched;
  }

  /** Counts an account, once in a turn. */
  tally(accountId: AccountId): Tally | null {
    if (this.#world === null) return null;
    const found = this.#tallies.get(accountId) ?? tallyOf(this.#world, accountId);
    this.#tallies.set(accountId, found);
    return found;
  }

  /** Does the session of a tunnel stand, as far as we see? */
  bgpUp(key: TunnelKey): boolean {
    return this.#world?.tunnel(key)?.row.lanes.bgp.value === 'up';
  }

  /**
   * When an alert began, on the monotonic clock. Reckoned once, when we first hear of it: later jumps of the wall clock do
   * not move it. A finding begins for us when we find it, however old the key is.
   */
  onset({ since }: Alert, found = false): Millis {
    return found ? this.at.mono : this.at.mono - Math.max(0, this.at.now - since);
  }
}
