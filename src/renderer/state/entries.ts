import type { AccountId, BoardRow, TunnelKey } from '../../shared/model.ts';
import { LANGUAGE } from '../words/language.ts';
import { type BoardQuery, BUCKETS, type Bucket, bucketOf } from './query.ts';
import { type Freshness, NOT_FRESH, type Standing, standing, standingRank, troubleSince } from './standing.ts';

/** A row with what follows from it. The same object as long as neither the row nor its freshness changed. */
export interface Entry {
  readonly key: TunnelKey;
  readonly row: BoardRow;
  readonly fresh: Freshness;
  readonly standing: Standing;
  readonly bucket: Bucket;
  /** Lower is worse. */
  readonly rank: number;
  /** Rank and severity in one small number: lower is worse. */
  readonly order: number;
  /** In a bucket worse than `attention`. */
  readonly troubled: boolean;
  readonly since: number;
  /** What the search looks through, in lower case. */
  readonly haystack: string;
}

export type Entries = ReadonlyMap<TunnelKey, Entry>;

/**
 * Makes the entries of all rows, in the order of their names, and keeps those of `before` that are still right: work goes
 * to what changed.
 */
export function entriesOf(
  rows: ReadonlyMap<TunnelKey, BoardRow>,
  names: readonly TunnelKey[],
  freshness: ReadonlyMap<AccountId, Freshness>,
  before: Entries,
): Entries {
  const entries = new Map<TunnelKey, Entry>();
  for (const key of names) {
    const row = rows.get(key);
    if (row === undefined) continue;
    const fresh = freshness.get(row.accountId) ?? NOT_FRESH;
    const old = before.get(key);
    const same = old?.row === row && old.fresh.list === fresh.list && old.fresh.health === fresh.health;
    entries.set(key, same ? old : entryOf(row, fresh));
  }
  return entries;
}

function entryOf(row: BoardRow, fresh: Freshness): Entry {
  const stands = standing(row, fresh);
  const rank = standingRank(stands);
  const bucket = bucketOf(stands.kind, stands.stale);
  return {
    key: row.key,
    row,
    fresh,
    standing: stands,
    bucket,
    rank,
    order: rank * SEVERITIES.length + SEVERITIES.indexOf(row.severity),
    troubled: BUCKETS.indexOf(bucket) < BUCKETS.indexOf('attention'),
    since: troubleSince(row.lanes),
    haystack: [row.name, row.description, row.site?.name, row.cloudflareEndpoint, row.customerEndpoint, row.id]
      .filter((part) => part !== null && part !== undefined)
      .join('\n')
      .toLowerCase(),
  };
}

/** How many entries stand in each bucket. */
export function countBuckets(entries: Iterable<Entry>): Readonly<Record<Bucket, number>> {
  const counts = { down: 0, degraded: 0, unknown: 0, stale: 0, attention: 0, up: 0 };
  for (const { bucket } of entries) counts[bucket] += 1;
  return counts;
}

/** A site with how many tunnels it has and how the worst of them stands. */
export interface SiteSummary {
  /** Empty for tunnels without a site. */
  readonly name: string;
  readonly total: number;
  /** How many are in a bucket worse than `attention`. */
  readonly troubled: number;
  readonly worst: Standing;
}

/** The sites of some entries, worst first, then by name. A summary that says the same as one of `before` is that one. */
export function sitesOf(entries: Iterable<Entry>, before: readonly SiteSummary[]): readonly SiteSummary[] {
  const sites = new Map<string, { name: string; total: number; troubled: number; worst: Standing; rank: number }>();
  for (const { row, standing: stands, rank, troubled } of entries) {
    const name = row.site?.name ?? '';
    const site = sites.get(name) ?? { name, total: 0, troubled: 0, worst: stands, rank };
    site.total += 1;
    if (troubled) site.troubled += 1;
    if (rank < site.rank) {
      site.worst = stands;
      site.rank = rank;
    }
    sites.set(name, site);
  }
  const known = new Map(before.map((summary) => [summary.name, summary]));
  // Comparing names costs more than all the rest; what begins in the order of before needs hardly any comparing.
  const started = before.flatMap(({ name }) => sites.get(name) ?? []);
  const fresh = [...sites.values()].filter(({ name }) => !known.has(name));
  return [...started, ...fresh]
    .sort((a, b) => a.rank - b.rank || COLLATOR.compare(a.name, b.name))
    .map((site) => {
      const old = known.get(site.name);
      return old !== undefined && sameSite(old, site) ? old : site;
    });
}

/** Whether an entry is shown under a query. `words` are the lower-case words of its text: all must be found. */
function matches(entry: Entry, query: BoardQuery, words: readonly string[]): boolean {
  const { row } = entry;
  if (query.states.length > 0 && !query.states.includes(entry.bucket)) return false;
  if (query.account !== null && row.accountId !== query.account) return false;
  if (query.site !== null && (row.site?.name ?? '') !== query.site) return false;
  if (query.endpoint !== null && query.endpoint !== row.cloudflareEndpoint && query.endpoint !== row.customerEndpoint) {
    return false;
  }
  return words.every((word) => entry.haystack.includes(word));
}

function sameSite(a: SiteSummary, b: SiteSummary): boolean {
  const sameWorst = a.worst.kind === b.worst.kind && a.worst.stale === b.worst.stale;
  return sameWorst && a.total === b.total && a.troubled === b.troubled;
}

/** The entries that a query shows, in the order of their names. */
export function matching(entries: Entries, query: BoardQuery): Entry[] {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown: Entry[] = [];
  for (const entry of entries.values()) if (matches(entry, query, words)) shown.push(entry);
  return shown;
}

/** The tunnels in the order of their names (`edge-2` before `edge-10`). Costly: made anew only when names change. */
export function nameOrder(rows: ReadonlyMap<TunnelKey, BoardRow>): readonly TunnelKey[] {
  return [...rows.values()]
    .sort((a, b) => COLLATOR.compare(a.name, b.name) || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key);
}

/** Whether two boards have the same tunnels under the same names. */
export function sameNames(a: ReadonlyMap<TunnelKey, BoardRow>, b: ReadonlyMap<TunnelKey, BoardRow>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, row] of a) if (b.get(key)?.name !== row.name) return false;
  return true;
}

/** The keys of the entries that a query shows, in its order; equal ones stay in the order of their names. */
export function arranged(entries: Entries, query: BoardQuery): readonly TunnelKey[] {
  const shown = matching(entries, query);
  if (query.sort === 'name') return (query.reverse ? shown.reverse() : shown).map(({ key }) => key);
  const sign = query.reverse ? -1 : 1;
  if (query.sort === 'state') return byState(shown, sign).map(({ key }) => key);
  const compare = COMPARE[query.sort];
  return shown.sort((a, b) => sign * compare(a, b)).map(({ key }) => key);
}

/**
 * Worst first; among troubled tunnels the one that is so for longest, among good ones the time says nothing. Each message
 * asks for this order, and there are few states for many tunnels: they are dealt out, not compared with each other.
 */
function byState(shown: readonly Entry[], sign: number): readonly Entry[] {
  const dealt: Entry[][] = [];
  for (const entry of shown) {
    const equals = dealt[entry.order];
    if (equals === undefined) dealt[entry.order] = [entry];
    else equals.push(entry);
  }
  const groups = dealt.filter((group) => group !== undefined);
  for (const group of groups) {
    const kind = group[0]?.standing.kind;
    if (kind === 'down' || kind === 'degraded') group.sort((a, b) => sign * (a.since - b.since));
  }
  return (sign < 0 ? groups.reverse() : groups).flat();
}

/** Natural directions: the oldest PSK first, a missing one before all. */
const COMPARE: Readonly<Record<Exclude<BoardQuery['sort'], 'state' | 'name'>, (a: Entry, b: Entry) => number>> = {
  site: (a, b) => COLLATOR.compare(a.row.site?.name ?? '\uffff', b.row.site?.name ?? '\uffff'),
  psk: (a, b) => (a.row.pskGeneratedAt ?? 0) - (b.row.pskGeneratedAt ?? 0),
  endpoint: (a, b) => COLLATOR.compare(a.row.cloudflareEndpoint, b.row.cloudflareEndpoint),
};

const SEVERITIES: readonly BoardRow['severity'][] = ['critical', 'warning', 'unknown', 'info', 'ok'];

const COLLATOR = new Intl.Collator(LANGUAGE, { numeric: true, sensitivity: 'base' });
