/**
 * What the history keeps and answers. Changes, not samples: a tunnel that does nothing costs nothing.
 */
import type {
  AccountId,
  Availability,
  HistoryEvent,
  Instant,
  Lane,
  LaneTrack,
  LaneValue,
  Millis,
  NewEvent,
  StateChange,
  StoreStatus,
  TunnelKey,
} from '../../shared/model.ts';
import type { PastReader } from './past-contract.ts';

/** Which of our two sources went quiet: `list` feeds the lanes bgp, psk and config, `health` feeds the lane health. */
export type GapSource = 'list' | 'health';

/** A time in which we did not look at an account. `to: null` opens it; the same `from` with a `to` closes it. */
export interface Gap {
  readonly accountId: AccountId;
  readonly source: GapSource;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** The configuration of a tunnel as canonical JSON (live fields and secrets removed), stored once per content. */
export interface ConfigSnapshot {
  readonly key: TunnelKey;
  readonly at: Instant;
  readonly hash: string;
  readonly json: string;
}

/**
 * Name of a tunnel from the moment of recording on; `goneAt` when it left the list. Leaving ends all of its lanes there; a
 * tunnel that comes back (`goneAt: null`) begins them anew by changes of its own.
 */
export interface TunnelIdentity {
  readonly key: TunnelKey;
  readonly name: string;
  readonly goneAt: Instant | null;
}

/** All that one poll round leaves behind, written in one transaction. */
export interface RecordBatch {
  readonly changes: readonly StateChange[];
  readonly events: readonly NewEvent[];
  readonly gaps: readonly Gap[];
  readonly configs: readonly ConfigSnapshot[];
  readonly identities: readonly TunnelIdentity[];
  /** Moments of successful looks, kept as one row per account and source: after a crash the gap begins there. */
  readonly looked: readonly { readonly accountId: AccountId; readonly source: GapSource; readonly at: Instant }[];
}

/** What a restarted engine needs to go on where it was. */
export interface RememberedTunnel {
  readonly key: TunnelKey;
  readonly name: string;
  readonly goneAt: Instant | null;
  /** `exact: false`: the value had begun before it was first seen. */
  readonly lanes: Readonly<
    Partial<Record<Lane, { readonly value: LaneValue; readonly since: Instant; readonly exact: boolean }>>
  >;
  readonly configHash: string | null;
}
export interface RememberedAccount {
  readonly tunnels: readonly RememberedTunnel[];
  readonly lookedAt: Readonly<Partial<Record<GapSource, Instant>>>;
  /** Gaps that were open when we stopped. */
  readonly openGaps: readonly Gap[];
}

export interface LaneQuery {
  readonly keys: readonly TunnelKey[];
  readonly lanes: readonly Lane[];
  readonly from: Instant;
  readonly to: Instant;
}

export interface EventQuery {
  readonly key: TunnelKey | null;
  /** `app`: what belongs to no account, such as starts, stops and trouble with the store. */
  readonly accountId: AccountId | 'app' | null;
  readonly before: number | null;
  readonly limit: number;
  /** `config`: of an account or a tunnel only what happened to configurations, see `CONFIG_EVENTS`. */
  readonly about?: 'config';
}

/** Time spent in each value of a lane during one hour or one day (UTC). */
export interface Rollup {
  readonly start: Instant;
  readonly value: LaneValue;
  readonly ms: Millis;
  /** How often the lane took this value within the span. */
  readonly entries: number;
}

export interface Retention {
  /** Lane changes, events and gaps older than this are pruned; default 90 days. */
  readonly changesMs: Millis;
  /** Hourly rollups; default 1 year. Daily rollups are kept three times as long. */
  readonly rollupsMs: Millis;
}

/** The reads of the views. All are synchronous, bounded and answered by an index. */
export interface HistoryReader {
  /**
   * One track per key and lane with the intervals that touch the range; gaps appear as `unobserved`. Nothing is clipped:
   * the first interval tells its true start and the last one its true end, `to: null` when it still lasts.
   */
  lanes(query: LaneQuery): readonly LaneTrack[];
  /** Newest record first, at most 1,000: those of the tunnel `key`, else of the account with its tunnels or of the app, else all. */
  events(query: EventQuery): readonly HistoryEvent[];
  /** Changes from `from` on, newest record first, at most 1,000. */
  changes(key: TunnelKey, from: Instant, limit: number): readonly StateChange[];
  /** Over 24 h, 7 d and 30 d up to `now`, from the health lane. */
  availability(key: TunnelKey, now: Instant): readonly Availability[];
  /** Finished hours or days (UTC) that start in `[from, to)`, oldest first, one entry per value. */
  rollups(key: TunnelKey, lane: Lane, span: 'hour' | 'day', from: Instant, to: Instant): readonly Rollup[];
  /** Configurations of a tunnel, newest first. */
  configs(key: TunnelKey, limit: number): readonly ConfigSnapshot[];
}

/** Never throws: when the disk fails the store goes on in memory, says so in `status`, and comes back by itself. */
export interface History extends HistoryReader {
  readonly past: PastReader;
  status(): StoreStatus;
  /** Writes one batch and returns its events with their sequence numbers. */
  record(batch: RecordBatch): readonly HistoryEvent[];
  remembered(accountId: AccountId): RememberedAccount;
  /**
   * Rolls up finished hours and days and prunes, a slice at a time; call it once a minute. True when more is due: call it
   * again soon. Pruning waits for an hour after the wall clock leapt ahead by more than a day.
   */
  maintain(now: Instant): boolean;
  /** Checkpoints and closes. */
  close(): void;
}
