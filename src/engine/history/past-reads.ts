/**
 * The past over one or two databases: usually the file alone; while the disk is in trouble the file and what has been kept in
 * memory since. Later databases overrule earlier ones.
 */
import {
  type AccountId,
  accountOf,
  type Instant,
  type Interval,
  LANES,
  type Lane,
  type TunnelKey,
  tunnelOf,
} from '../../shared/model.ts';
import { NOTHING } from './availability.ts';
import { sourceOf } from './codes.ts';
import type { GapSource } from './contract.ts';
import { type Span, touching, unionSpans } from './intervals.ts';
import type { PastLane, PastReader, PastTunnel, RecordedTunnelInfo } from './past-contract.ts';
import { cellsOf, healthOf, keptOf } from './past-health.ts';
import type { StoredInfo, StoredMoment } from './past-rows.ts';
import { type Blindness, blindnessLookup, gapsOf, readTrack, type Source } from './reads.ts';

/** Later than every record. */
const FAR: Instant = Number.MAX_SAFE_INTEGER;
const covers = (span: Span, at: Instant): boolean => span.from <= at && (span.to === null || at < span.to);

/** How the databases are asked: the one that fails is left out, and the work begins anew. */
export type Ask = <T>(work: (sources: readonly Source[]) => T) => T;

function joinMoment(older: StoredMoment | undefined, newer: StoredMoment): StoredMoment {
  if (older === undefined) return newer;
  return {
    key: newer.key,
    name: newer.name ?? older.name,
    configHash: newer.configHash ?? older.configHash,
    namedAt: older.namedAt ?? newer.namedAt,
    goneAt: newer.name === null ? older.goneAt : newer.goneAt,
    prunedTo: Math.max(older.prunedTo, newer.prunedTo),
    lanes: new Map([...older.lanes, ...newer.lanes]),
  };
}

/** The tunnel as it stood; `null` when it was not there. `hidden` says where a gap lies over a source. */
function tunnelAt(
  moment: StoredMoment,
  at: Instant,
  hidden: (accountId: AccountId, source: GapSource) => Span | undefined,
): PastTunnel | null {
  const { key, configHash, prunedTo, goneAt } = moment;
  const name = moment.name ?? tunnelOf(key);
  if (at < prunedTo) {
    // Its changes are gone: that it existed is all that is left.
    if (moment.namedAt === null || moment.namedAt > at || (goneAt !== null && goneAt <= at)) return null;
    return { key, name, lanes: {}, knownFrom: moment.namedAt, configHash };
  }
  const lanes: Partial<Record<Lane, PastLane>> = {};
  let knownFrom = at;
  for (const lane of LANES) {
    const known = moment.lanes.get(lane);
    if (known === undefined || known === null) continue;
    const since = Math.min(known.since, at);
    knownFrom = Math.min(knownFrom, since);
    const gap = hidden(accountOf(key), sourceOf(lane));
    lanes[lane] =
      gap === undefined
        ? { ...known, since }
        : { value: 'unobserved', since: Math.max(since, gap.from), exact: true, from: known.value };
  }
  return Object.keys(lanes).length === 0 ? null : { key, name, lanes, knownFrom, configHash };
}

function tunnelsAt(sources: readonly Source[], asked: Instant, now: Instant): PastTunnel[] {
  const at = Math.min(asked, now);
  const moments = new Map<TunnelKey, StoredMoment>();
  for (const { past } of sources) {
    // What was recorded before the clock was set back counts from now.
    for (const moment of past.momentsAt(asked >= now ? FAR : at)) {
      moments.set(moment.key, joinMoment(moments.get(moment.key), moment));
    }
  }
  const gaps = new Map<string, Span | undefined>();
  const hidden = (accountId: AccountId, source: GapSource): Span | undefined => {
    const name = `${accountId} ${source}`;
    if (!gaps.has(name)) {
      const spans = unionSpans(gapsOf(sources, accountId, source, at));
      gaps.set(
        name,
        spans.find((span) => covers(span, at)),
      );
    }
    return gaps.get(name);
  };
  return [...moments.values()].flatMap((moment) => tunnelAt(moment, at, hidden) ?? []);
}

function earliest(sources: readonly Source[]): Instant | null {
  const tunnels = sources.flatMap(({ past }) => past.tunnels());
  const first = tunnels.flatMap(({ firstAt }) => firstAt ?? []);
  if (first.length === 0) return null;
  const oldest = first.reduce((a, b) => Math.min(a, b));
  return tunnels.reduce((to, { prunedTo }) => Math.max(to, prunedTo), oldest);
}

function infoOf({ key, name, namedAt, firstAt, goneAt }: StoredInfo): RecordedTunnelInfo {
  return { key, name: name ?? tunnelOf(key), knownFrom: Math.min(namedAt ?? FAR, firstAt ?? FAR), goneAt };
}

function joinedTunnels(sources: readonly Source[]): RecordedTunnelInfo[] {
  const joined = new Map<TunnelKey, StoredInfo>();
  for (const { past } of sources) {
    for (const newer of past.tunnels()) {
      const older = joined.get(newer.key);
      const namedAt = older?.namedAt ?? newer.namedAt;
      const firstAt = older?.firstAt ?? newer.firstAt;
      const kept = older !== undefined && newer.name === null ? older : newer;
      joined.set(newer.key, { ...kept, namedAt, firstAt });
    }
  }
  return [...joined.values()].map(infoOf);
}

type Track = (
  sources: readonly Source[],
  key: TunnelKey,
  lane: Lane,
  from: Instant,
  to: Instant,
) => readonly Interval[];

/** Reads intervals of one tunnel after another; the gaps of each range and account are looked up once. */
function trackReader(now: () => Instant): Track {
  const known = new Map<string, Map<string, Blindness>>();
  return (sources, key, lane, from, to) => {
    const name = `${from} ${to}`;
    const gaps = known.get(name) ?? new Map<string, Blindness>();
    known.set(name, gaps);
    return readTrack(sources, blindnessLookup(sources, { from, to }, gaps), key, lane, now());
  };
}

/** The past of the databases that answer at the moment of each call. Nothing is told of times to come. */
export function createPastReader(ask: Ask, now: () => Instant): PastReader {
  const gapsIn = (sources: readonly Source[], id: AccountId, source: GapSource, from: Instant, to: Instant): Span[] =>
    unionSpans(gapsOf(sources, id, source, from)).filter((gap) => gap.from < to && (gap.to ?? FAR) > from);
  return {
    earliest: () => ask(earliest),
    tunnelsAt: (at) => ask((sources) => tunnelsAt(sources, at, now())),
    configBody: (hash) =>
      ask((sources) => sources.reduce<string | null>((body, { past }) => body ?? past.configBody(hash), null)),
    tunnels: () => ask(joinedTunnels),
    changesIn: (from, to, limit) =>
      ask((sources) => {
        const found = sources.flatMap(({ past }) => LANES.flatMap((lane) => past.changesIn(from, to, lane, limit + 1)));
        if (found.length > limit) return null;
        return found.sort((a, b) => a.at - b.at || a.seq - b.seq).map(({ seq: _, ...change }) => change);
      }),
    downsIn: (from, to, limit) =>
      ask((sources) =>
        sources
          .flatMap(({ past }) => past.downsIn(from, to, limit))
          .sort((a, b) => a.at - b.at)
          .slice(0, limit)
          .map(({ seq: _, ...change }) => change),
      ),
    eventsIn: (from, to, kinds, order, limit) =>
      ask((sources) =>
        sources
          .flatMap(({ past }) => past.eventsIn(from, to, kinds, order, limit))
          .sort((a, b) => (order === 'oldest' ? 1 : -1) * (a.at - b.at || a.seq - b.seq))
          .slice(0, limit),
      ),
    gapsIn: (id, source, from, to) => ask((sources) => gapsIn(sources, id, source, from, to)),
    accounts: () => ask((sources) => [...new Set(sources.flatMap(({ past }) => past.accounts()))]),
    healthIn(from, to) {
      const track = trackReader(now);
      return (key) =>
        ask((sources) => {
          const kept = keptOf(sources, key);
          if (kept === null) return NOTHING;
          const health = (start: Instant, end: Instant) => track(sources, key, 'health', start, end);
          return healthOf({ sources, key, kept, track: health }, from, Math.min(to, now()));
        });
    },
    healthCellsIn(unit, from, to) {
      const track = trackReader(now);
      return (key) =>
        ask((sources) => {
          const kept = keptOf(sources, key);
          if (kept === null) return [];
          const health = (start: Instant, end: Instant) => track(sources, key, 'health', start, end);
          return cellsOf({ sources, key, kept, track: health }, unit, from, Math.min(to, now()));
        });
    },
    intervalsIn(from, to) {
      const track = trackReader(now);
      return (key, lane) =>
        ask((sources) => {
          const start = Math.max(from, keptOf(sources, key)?.prunedTo ?? to);
          return start >= to ? [] : touching(track(sources, key, lane, start, to), start, to);
        });
    },
  };
}
