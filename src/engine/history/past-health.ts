/** Health of a tunnel over a range: whole days and hours from rollups, what is beside them from changes. */
import type { Instant, Interval, Millis, TunnelKey } from '../../shared/model.ts';
import { addTallies, NOTHING, type Tally, tallyIntervals, tallyRollups } from './availability.ts';
import type { HealthCell } from './past-contract.ts';
import type { Source } from './reads.ts';
import { DAY_MS, expand, HOUR_MS } from './rollup.ts';

const DAY_HOURS = DAY_MS / HOUR_MS;

/** How far what is kept of a tunnel reaches: rolled up before `rolledTo`, each change kept from `prunedTo` on. */
export interface Kept {
  readonly rolledTo: Instant;
  readonly prunedTo: Instant;
}

/** While memory stands in for the file, only the file has rollups, and its mark says how far. */
export function keptOf(sources: readonly Source[], key: TunnelKey): Kept | null {
  const marks = sources.flatMap(({ past }) => past.tunnel(key) ?? []);
  const first = marks[0];
  if (first === undefined) return null;
  return { rolledTo: first.rolledTo, prunedTo: Math.max(...marks.map(({ prunedTo }) => prunedTo)) };
}

interface Reads {
  readonly sources: readonly Source[];
  readonly key: TunnelKey;
  readonly kept: Kept;
  /** Intervals of the health lane that decide a range. */
  readonly track: (from: Instant, to: Instant) => readonly Interval[];
}

const units = ({ sources, key }: Reads, unit: 'hour' | 'day', first: number, last: number): Tally =>
  first >= last
    ? NOTHING
    : sources.reduce((sum, { past }) => addTallies(sum, past.tally(key, unit, first, last)), NOTHING);

/** Less than an hour, or what is not rolled up yet. Of an hour whose changes are gone its share is taken. */
function piece(reads: Reads, from: Instant, to: Instant): Tally {
  if (from >= to) return NOTHING;
  if (from >= reads.kept.prunedTo) return tallyIntervals(reads.track(from, to), from, to);
  const first = Math.floor(from / HOUR_MS);
  const buckets = reads.sources.flatMap(({ lanes }) => lanes.buckets(reads.key, 'health', 'hour', first, first + 1));
  return tallyRollups(expand(buckets, HOUR_MS, first * HOUR_MS, (first + 1) * HOUR_MS), from, to);
}

/** Observed health in `[from, to)` by how it counts. */
export function healthOf(reads: Reads, from: Instant, to: Instant): Tally {
  const first = Math.ceil(from / HOUR_MS);
  const last = Math.floor(Math.min(to, reads.kept.rolledTo) / HOUR_MS);
  if (first >= last) return piece(reads, from, to);
  const firstDay = Math.ceil(first / DAY_HOURS);
  const lastDay = Math.floor(last / DAY_HOURS);
  const middle =
    firstDay < lastDay
      ? [
          units(reads, 'hour', first, firstDay * DAY_HOURS),
          units(reads, 'day', firstDay, lastDay),
          units(reads, 'hour', lastDay * DAY_HOURS, last),
        ]
      : [units(reads, 'hour', first, last)];
  return [piece(reads, from, first * HOUR_MS), ...middle, piece(reads, last * HOUR_MS, to)].reduce(addTallies);
}

/** Health by whole units that share time with `[from, to)`. */
export function cellsOf(reads: Reads, unit: 'hour' | 'day', from: Instant, to: Instant): HealthCell[] {
  const length: Millis = unit === 'hour' ? HOUR_MS : DAY_MS;
  const first = Math.floor(from / length);
  const last = Math.ceil(to / length);
  const rolled = Math.max(first, Math.min(last, Math.floor(reads.kept.rolledTo / length)));
  const buckets = reads.sources.flatMap(({ lanes }) => lanes.buckets(reads.key, 'health', unit, first, rolled));
  const cells = new Map<Instant, Tally>();
  for (const rollup of expand(buckets, length, first * length, rolled * length)) {
    const tally = tallyRollups([rollup], rollup.start, rollup.start + length, length);
    cells.set(rollup.start, addTallies(cells.get(rollup.start) ?? NOTHING, tally));
  }
  const from_ = Math.max(rolled * length, reads.kept.prunedTo);
  const seen = from_ < to ? reads.track(from_, to) : [];
  for (let index = rolled; index < last; index += 1) {
    const tally = tallyIntervals(seen, index * length, Math.min((index + 1) * length, to));
    cells.set(index * length, tally);
  }
  return [...cells].sort((a, b) => a[0] - b[0]).map(([start, tally]) => ({ start, tally }));
}
