/** Writes down when a source of an account is lost and when it is found again, once each. */
import type { AccountId, EventKind, Instant, NewEvent } from '../shared/model.ts';
import type { GapSource } from './history/contract.ts';
import type { Blind } from './poll/sight.ts';

/** Which events tell that a source was lost and found. */
const SIGHT_EVENTS: Readonly<Record<GapSource, { lost: EventKind; found: EventKind }>> = {
  list: { lost: 'blind', found: 'seeing' },
  health: { lost: 'health-blind', found: 'health-seeing' },
};

export class Blindness {
  readonly #accountId: AccountId;
  /** Since when each source has been blind in the eyes of the history. */
  readonly #since: Record<GapSource, Instant | null> = { list: null, health: null };

  constructor(accountId: AccountId) {
    this.#accountId = accountId;
  }

  /** Event `blind` and its like: `since`, `kind`, `sentence`. Event `seeing` and its like: `since`. */
  note(source: GapSource, blind: Blind | null, at: Instant): NewEvent[] {
    const since = this.#since[source];
    const { lost, found } = SIGHT_EVENTS[source];
    const event = (kind: EventKind, detail: NewEvent['detail']): NewEvent[] => [
      { at, kind, accountId: this.#accountId, key: null, detail },
    ];
    if (blind !== null && since === null) {
      this.#since[source] = blind.since;
      const { kind, sentence } = blind.fault;
      return event(lost, { since: blind.since, kind, sentence });
    }
    if (blind === null && since !== null) {
      this.#since[source] = null;
      return event(found, { since });
    }
    return [];
  }
}
