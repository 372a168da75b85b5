/**
 * What the history tells of any moment and any range, of all tunnels at once. Synchronous and answered by indexes; what grows
 * with the range is bounded by a limit.
 */
import type {
  AccountId,
  EventKind,
  HistoryEvent,
  Instant,
  Interval,
  Lane,
  LaneValue,
  StateChange,
  TunnelKey,
} from '../../shared/model.ts';
import type { Tally } from './availability.ts';
import type { GapSource } from './contract.ts';
import type { Span } from './intervals.ts';

/** A lane at a moment. */
export interface PastLane {
  readonly value: LaneValue;
  readonly since: Instant;
  /** `false`: the value had begun before it was first seen. */
  readonly exact: boolean;
  /** What it was before, as the change says; `null` for the first value ever. */
  readonly from: LaneValue | null;
}

/** A tunnel as it stood at a moment. A lane is absent where nothing had been recorded of it yet. */
export interface PastTunnel {
  readonly key: TunnelKey;
  readonly name: string;
  readonly lanes: Readonly<Partial<Record<Lane, PastLane>>>;
  /** Since when anything is known of the tunnel. */
  readonly knownFrom: Instant;
  readonly configHash: string | null;
}

/** A tunnel that is recorded, whether or not it still exists. */
export interface RecordedTunnelInfo {
  readonly key: TunnelKey;
  /** The newest one. */
  readonly name: string;
  /** First name or first change, the earlier. */
  readonly knownFrom: Instant;
  readonly goneAt: Instant | null;
}

/** Observed health of one hour or day (UTC), by how it counts. */
export interface HealthCell {
  readonly start: Instant;
  readonly tally: Tally;
}

export interface PastReader {
  /** From there on the lane changes of every tunnel are complete; `null`: nothing is recorded. */
  earliest(): Instant | null;
  /** Tunnels that were there at `at`. Where we did not look a lane is `unobserved`, and so is what was pruned since. */
  tunnelsAt(at: Instant): readonly PastTunnel[];
  /** The canonical JSON of a configuration. */
  configBody(hash: string): string | null;
  tunnels(): readonly RecordedTunnelInfo[];
  /** Changes in `(from, to]` as timelines count them, oldest first, gaps not considered; `null` when there are more than `limit`. */
  changesIn(from: Instant, to: Instant, limit: number): readonly StateChange[] | null;
  /** The first `limit` changes of BGP or health to down in `[from, to)`, oldest first. */
  downsIn(from: Instant, to: Instant, limit: number): readonly StateChange[];
  /** Events in `[from, to)` of these kinds by their time, at most `limit`: the oldest first, or the newest. */
  eventsIn(
    from: Instant,
    to: Instant,
    kinds: readonly EventKind[],
    order: 'oldest' | 'newest',
    limit: number,
  ): readonly HistoryEvent[];
  /** Gaps that share time with `[from, to)`, oldest first, joined where they touch. */
  gapsIn(accountId: AccountId, source: GapSource, from: Instant, to: Instant): readonly Span[];
  accounts(): readonly AccountId[];
  /** For tunnels one after another: their health in `[from, to)`, from rollups as far as they reach, else from changes. */
  healthIn(from: Instant, to: Instant): (key: TunnelKey) => Tally;
  /** The same by whole hours or days (UTC) that share time with `[from, to)`; units without any word are left out. */
  healthCellsIn(unit: 'hour' | 'day', from: Instant, to: Instant): (key: TunnelKey) => readonly HealthCell[];
  /** Intervals of lanes that share time with `[from, to)`, gaps laid over; none where changes are no longer complete. */
  intervalsIn(from: Instant, to: Instant): (key: TunnelKey, lane: Lane) => readonly Interval[];
}
