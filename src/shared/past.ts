/** The recorded past as the board and the wall show it: any moment, and what lies between two. */
import type { Incident } from './alerts.ts';
import type { AccountId, BoardRow, EventKind, Instant, StateChange, TunnelKey } from './model.ts';

/**
 * The board at a moment. Rows hold what was recorded: lanes, names, addresses and site of then; live detail that is not kept
 * (`bgpStatus`, `healthShare`, `idle`) is `null`. The site is the newest known one, because sites are not recorded; the key's time
 * is there if the present key was in place already, else `null` without a meaning. Health is told with hindsight: results about
 * the last minutes before `at` came after it.
 */
export interface PastBoard {
  readonly at: Instant;
  readonly rows: readonly BoardRow[];
  /** Open at that moment, as they stood: alerts that came later are not in them. */
  readonly incidents: readonly Incident[];
  /** Accounts that we could not see then, and since when. */
  readonly blind: readonly { readonly accountId: AccountId; readonly since: Instant }[];
}

/** Something to step to. `id` names an incident. */
export interface PastMark {
  readonly at: Instant;
  readonly kind: EventKind | 'incident-opened' | 'incident-resolved' | 'outage';
  readonly key: TunnelKey | null;
  readonly accountId: AccountId | null;
  readonly name: string | null;
  readonly incidentId: string | null;
}

/** How far back one can look. */
export interface PastRange {
  /** `null`: nothing is recorded yet. */
  readonly earliest: Instant | null;
  readonly latest: Instant;
}

/**
 * Changes of all tunnels in `(from, until]`, oldest first: laid over the board at `from` they give the board at `until`, also where
 * we stopped looking (`unobserved`) and looked again. Tunnels that come or go are told by marks. `complete: false` when it
 * holds more: go on from `until`.
 */
export interface PastStretch {
  readonly changes: readonly StateChange[];
  readonly until: Instant;
  readonly complete: boolean;
}

/** The calls of time travel. */
export interface PastCalls {
  readonly pastRange: { args: Record<string, never>; reply: PastRange };
  readonly past: { args: { at: Instant }; reply: PastBoard };
  /** Up to `limit` marks in the range, oldest first: incidents first of all, then what else was recorded. */
  readonly pastMarks: { args: { from: Instant; to: Instant; limit: number }; reply: readonly PastMark[] };
  readonly pastStretch: { args: { from: Instant; to: Instant }; reply: PastStretch };
}
