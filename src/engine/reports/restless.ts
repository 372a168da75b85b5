/** Which tunnels go up and down, and which dip by the clock. */
import type { EventKind, Instant, Interval, Millis, TunnelKey } from '../../shared/model.ts';
import type { Restlessness } from '../../shared/reports.ts';
import { breath } from '../breath.ts';
import { overlap, type Span, unionSpans } from '../history/intervals.ts';
import type { PastReader } from '../history/past-contract.ts';
import { type Coverage, eachOf, type ReportTunnel } from './subjects.ts';

/** Dips are read by the day, with breaths between: 1,000 tunnels that rekey each 8 hours have 3,000 of them. */
const DAY_MS: Millis = 86_400_000;
const MOST_DIPS_A_DAY = 20_000;

const DIPS: readonly EventKind[] = ['rekey-dip'];

interface Dips {
  readonly count: number;
  readonly periodMs: Millis | null;
}

/** By tunnel; the newest estimate of the period is the best. */
async function dipsByTunnel(past: PastReader, from: Instant, to: Instant): Promise<Map<TunnelKey, Dips>> {
  const found = new Map<TunnelKey, Dips>();
  for (let at = from; at < to; at += DAY_MS) {
    await breath();
    for (const { key, detail } of past.eventsIn(at, Math.min(to, at + DAY_MS), DIPS, 'oldest', MOST_DIPS_A_DAY)) {
      if (key === null) continue;
      const before = found.get(key);
      const periodMs = typeof detail.periodMs === 'number' ? detail.periodMs : (before?.periodMs ?? null);
      found.set(key, { count: (before?.count ?? 0) + 1, periodMs });
    }
  }
  return found;
}

interface Outage {
  readonly span: Span;
  /** It was down already when we looked away: this is the same outage. */
  readonly goesOn: boolean;
}

function outagesOf(intervals: readonly Interval[]): Outage[] {
  return intervals.flatMap((interval, index): Outage[] => {
    if (interval.value !== 'down') return [];
    const [before, away] = [intervals[index - 2], intervals[index - 1]];
    const goesOn =
      away?.value === 'unobserved' && away.to === interval.from && before?.value === 'down' && before.to === away.from;
    return [{ span: interval, goesOn }];
  });
}

/** Outages of a tunnel in `[from, to)`: times in which BGP or health or both are down. */
export function outageFigures(
  lanes: readonly (readonly Interval[])[],
  from: Instant,
  to: Instant,
): Pick<Restlessness, 'outages' | 'longestMs' | 'downMs'> {
  const all = lanes.flatMap(outagesOf);
  const resumed = new Set(all.flatMap(({ span, goesOn }) => (goesOn ? [span.from] : [])));
  const spans = unionSpans(all.map(({ span }) => span));
  const lengths = spans.map((span) => overlap(span, from, to));
  return {
    outages: spans.filter((span) => span.from >= from && span.from < to && !resumed.has(span.from)).length,
    longestMs: lengths.reduce((a, b) => Math.max(a, b), 0),
    downMs: lengths.reduce((a, b) => a + b, 0),
  };
}

/**
 * The most restless first; quiet tunnels are left out. An outage that began before the range adds its time, not its number.
 * Where changes are no longer kept there is nothing to count.
 */
export async function restlessTunnels(
  past: PastReader,
  tunnels: readonly ReportTunnel[],
  { from, to }: Coverage,
  now: Instant,
): Promise<Restlessness[]> {
  const end = Math.max(from, Math.min(to, now));
  const dips = await dipsByTunnel(past, from, end);
  const intervals = past.intervalsIn(from, end);
  const rows = await eachOf(tunnels, ({ key, name }): Restlessness => {
    const figures = outageFigures([intervals(key, 'bgp'), intervals(key, 'health')], from, end);
    const own = dips.get(key);
    return { key, name, ...figures, dips: own?.count ?? 0, dipPeriodMs: own?.periodMs ?? null };
  });
  return rows
    .filter(({ outages, downMs, dips: count }) => outages + downMs + count > 0)
    .sort((a, b) => b.outages - a.outages || b.downMs - a.downMs || b.dips - a.dips || (a.name < b.name ? -1 : 1));
}
