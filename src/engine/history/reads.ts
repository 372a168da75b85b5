/**
 * The reads of the views over one or two databases: usually the file alone; while the disk is in trouble the file (as
 * far as it still answers) and what has been kept in memory since. Later databases overrule earlier ones.
 */
import {
  type AccountId,
  type Availability,
  accountOf,
  type HistoryEvent,
  type Instant,
  type Interval,
  type Lane,
  type LaneTrack,
  type LaneValue,
  type TunnelKey,
  tunnelOf,
} from '../../shared/model.ts';
import { addTallies, availabilityOf, tallyIntervals, tallyRollups, WINDOWS } from './availability.ts';
import { sourceOf } from './codes.ts';
import type {
  EventQuery,
  Gap,
  GapSource,
  HistoryReader,
  LaneQuery,
  RememberedAccount,
  RememberedTunnel,
  Rollup,
} from './contract.ts';
import { layIntervals, overlayGaps, type Span, type Step, touching, unionSpans } from './intervals.ts';
import type { LaneRows, RollupUnit } from './lane-rows.ts';
import type { PastRows } from './past-rows.ts';
import type { RecordRows, StoredTunnel } from './record-rows.ts';
import { DAY_MS, expand, HOUR_MS } from './rollup.ts';

/** One database, as far as it is read. */
export interface Source {
  readonly lanes: LaneRows;
  readonly records: RecordRows;
  readonly past: PastRows;
}

/** The most that one call of `events`, `changes` or `configs` returns. */
const MAX_ROWS = 1_000;

const bounded = (limit: number): number => Math.max(0, Math.min(MAX_ROWS, Math.floor(limit)));

/** Gaps of all sources; a gap of the file that was closed in memory since is told by memory alone. */
export function gapsOf(sources: readonly Source[], accountId: AccountId, source: GapSource, from: Instant): Span[] {
  return sources.flatMap((place, index) => {
    const newer = sources.slice(index + 1);
    const gaps = place.lanes.gaps(accountId, source, from);
    return gaps.filter((gap) => !isKnownTo(newer, { accountId, source, ...gap }));
  });
}

/** A newer database has its own word about this gap; the older one's no longer counts. */
function isKnownTo(newer: readonly Source[], gap: Gap): boolean {
  return newer.some(({ records }) => records.gapEnd(gap) !== undefined);
}

/** A stretch of time that is asked for. */
export interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** The gaps that decide a range. */
export interface Blindness {
  readonly gaps: readonly Span[];
  /** The range with the gaps that reach over its edges: changes in them decide where an `unobserved` piece ends. */
  readonly range: Range;
}

/** What is known of the gaps of an account and source. */
export type BlindnessLookup = (accountId: AccountId, source: GapSource) => Blindness;

const ends = (span: Span): number => span.to ?? Number.MAX_SAFE_INTEGER;

function blindness(
  sources: readonly Source[],
  accountId: AccountId,
  source: GapSource,
  { from, to }: Range,
): Blindness {
  for (let start = from; ; ) {
    const gaps = unionSpans(gapsOf(sources, accountId, source, start));
    const first = gaps.find((gap) => gap.from < start && ends(gap) > start);
    if (first === undefined) {
      const last = gaps.find((gap) => gap.from <= to && ends(gap) > to);
      return { gaps, range: { from: start, to: last === undefined ? to : ends(last) } };
    }
    // It may join an earlier one that ended before the range and was not read yet.
    start = first.from;
  }
}

/** Looks each account and source up once; `known` carries over to another lookup of the same range. */
export function blindnessLookup(
  sources: readonly Source[],
  range: Range,
  known = new Map<string, Blindness>(),
): BlindnessLookup {
  return (accountId, source) => {
    const name = `${accountId} ${source}`;
    const found = known.get(name) ?? blindness(sources, accountId, source, range);
    known.set(name, found);
    return found;
  };
}

/** Intervals of a lane that decide the range, not clipped. */
export function readTrack(
  sources: readonly Source[],
  lookup: BlindnessLookup,
  key: TunnelKey,
  lane: Lane,
  now: Instant,
): readonly Interval[] {
  const { gaps, range } = lookup(accountOf(key), sourceOf(lane));
  let steps: readonly Step[] = [];
  for (const source of sources) {
    const newer = source.lanes.steps(key, lane, range.from, range.to, now);
    // What the newer database knows from before the range on leaves nothing to the older one.
    const first = newer[0];
    steps = first !== undefined && first.at <= range.from ? newer : [...steps, ...newer];
  }
  return overlayGaps(layIntervals(steps, now), gaps);
}

/**
 * Tracks of each key and lane asked for, in that order. The first and the last interval keep their true ends beyond the
 * range, because a reader who hovers over them wants to know since when.
 */
export function readLanes(sources: readonly Source[], query: LaneQuery, now: Instant): LaneTrack[] {
  const lookup = blindnessLookup(sources, query);
  return query.keys.flatMap((key) =>
    query.lanes.map((lane) => {
      const intervals = readTrack(sources, lookup, key, lane, now);
      return { key, lane, intervals: touching(intervals, query.from, query.to) };
    }),
  );
}

/** Newest record first. */
function newest<T extends { readonly seq: number }>(lists: readonly (readonly T[])[], limit: number): T[] {
  return lists
    .flat()
    .sort((a, b) => b.seq - a.seq)
    .slice(0, limit);
}

/** Raw changes where they are kept, hourly rollups before that. */
function readAvailability(sources: readonly Source[], key: TunnelKey, at: Instant): Availability[] {
  const now = Math.floor(at);
  const start = now - Math.max(...WINDOWS.map(({ length }) => length));
  const prunedTo = Math.min(now, Math.max(start, ...sources.map((source) => source.lanes.prunedTo(key))));
  const lookup = blindnessLookup(sources, { from: prunedTo, to: now });
  const seen = readTrack(sources, lookup, key, 'health', now);
  const hours = prunedTo > start ? readRollups(sources, key, 'health', 'hour', start - HOUR_MS, prunedTo) : [];
  return WINDOWS.map(({ window, length }) => {
    const split = Math.max(now - length, prunedTo);
    const recent = tallyIntervals(seen, split, now);
    return availabilityOf(window, length, addTallies(recent, tallyRollups(hours, now - length, split)));
  });
}

function readRollups(
  sources: readonly Source[],
  key: TunnelKey,
  lane: Lane,
  unit: RollupUnit,
  from: Instant,
  to: Instant,
): Rollup[] {
  const unitMs = unit === 'hour' ? HOUR_MS : DAY_MS;
  const first = Math.ceil(from / unitMs);
  const last = Math.ceil(to / unitMs);
  const buckets = sources.flatMap((source) => source.lanes.buckets(key, lane, unit, first, last));
  return expand(buckets, unitMs, from, to).sort((a, b) => a.start - b.start);
}

/** Reader over the databases that answer at the moment of each call. */
export function createReader(sources: () => readonly Source[], now: () => Instant): HistoryReader {
  return {
    lanes: (query) => readLanes(sources(), query, now()),
    events(query: EventQuery): readonly HistoryEvent[] {
      const limit = bounded(query.limit);
      return newest(
        sources().map(({ records }) => records.events({ ...query, limit })),
        limit,
      );
    },
    changes(key, from, limit) {
      const lists = sources().map(({ lanes }) => lanes.changes(key, from, bounded(limit)));
      return newest(lists, bounded(limit)).map(({ seq: _, ...change }) => change);
    },
    availability: (key, at) => readAvailability(sources(), key, at),
    rollups: (key, lane, span, from, to) => readRollups(sources(), key, lane, span, from, to),
    configs(key, limit) {
      const lists = sources().map(({ records }) => records.configs(key, bounded(limit)));
      return newest(lists, bounded(limit)).map(({ seq: _, ...config }) => config);
    },
  };
}

/** One tunnel from what older and newer databases know of it. */
function joinTunnel(older: StoredTunnel | undefined, newer: StoredTunnel): StoredTunnel {
  if (older === undefined) return newer;
  const renewed = newer.name !== null;
  return {
    key: newer.key,
    name: newer.name ?? older.name,
    goneAt: renewed ? newer.goneAt : older.goneAt,
    lanes: new Map([...older.lanes, ...newer.lanes]),
    configHash: newer.configHash ?? older.configHash,
  };
}

function remember(tunnel: StoredTunnel): RememberedTunnel {
  const lanes: Partial<Record<Lane, { value: LaneValue; since: Instant; exact: boolean }>> = {};
  for (const [lane, { value, since, exact }] of tunnel.lanes) if (value !== null) lanes[lane] = { value, since, exact };
  return {
    key: tunnel.key,
    name: tunnel.name ?? tunnelOf(tunnel.key),
    goneAt: tunnel.goneAt,
    lanes,
    configHash: tunnel.configHash,
  };
}

/** What a restarted engine needs. A tunnel that left has no lanes: should it come back, its lanes begin anew. */
export function readRemembered(sources: readonly Source[], accountId: AccountId): RememberedAccount {
  const tunnels = new Map<TunnelKey, StoredTunnel>();
  for (const { records } of sources) {
    for (const tunnel of records.tunnels(accountId)) {
      tunnels.set(tunnel.key, joinTunnel(tunnels.get(tunnel.key), tunnel));
    }
  }
  const openGaps = sources.flatMap(({ records }, index) => {
    const newer = sources.slice(index + 1);
    return records.openGaps(accountId).filter((gap) => !isKnownTo(newer, gap));
  });
  const lookedAt = new Map(sources.flatMap(({ records }) => [...records.lookedAt(accountId)]));
  return { tunnels: [...tunnels.values()].map(remember), lookedAt: Object.fromEntries(lookedAt), openGaps };
}
