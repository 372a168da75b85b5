/**
 * From intervals to hourly and daily rollups. Pure. Quiet stretches collapse: units in a row that one value filled from
 * end to end become one bucket with a `span`, so a year of nothing costs a row and not 8,760.
 */
import type { Instant, Interval, LaneValue, Millis } from '../../shared/model.ts';
import type { Rollup } from './contract.ts';

export const HOUR_MS: Millis = 3_600_000;
export const DAY_MS: Millis = 24 * HOUR_MS;

/** `span` hours or days in a row, from number `start` (since 1970, UTC), each with the same `ms` and `entries`. */
export interface Bucket {
  readonly start: number;
  readonly span: number;
  readonly value: LaneValue;
  readonly ms: Millis;
  readonly entries: number;
}

interface Cell {
  ms: Millis;
  entries: number;
}

/** One unit's contents: value -> time and entries. */
type Unit = Map<LaneValue, Cell>;

function cellOf(unit: Unit, value: LaneValue): Cell {
  const found = unit.get(value);
  if (found !== undefined) return found;
  const fresh = { ms: 0, entries: 0 };
  unit.set(value, fresh);
  return fresh;
}

/** True when `bucket` says that one value filled its units and nothing happened in them. */
export function isQuiet(bucket: Bucket, unitMs: Millis): boolean {
  return bucket.ms === unitMs && bucket.entries === 0;
}

/**
 * Rolls up the units number `first` (inclusive) to `last` (exclusive).
 *
 * @param base intervals of what was recorded; they say how often a value was taken
 * @param seen the same with gaps laid over as `unobserved`; they say how long each value was seen
 * @param unitMs `HOUR_MS` or `DAY_MS`
 */
export function rollUp(
  base: readonly Interval[],
  seen: readonly Interval[],
  unitMs: Millis,
  first: number,
  last: number,
): Bucket[] {
  const units = new Map<number, Unit>();
  const unitAt = (index: number): Unit => {
    const unit = units.get(index) ?? new Map<LaneValue, Cell>();
    units.set(index, unit);
    return unit;
  };
  for (const interval of seen) {
    const to = Math.min(interval.to ?? Number.POSITIVE_INFINITY, last * unitMs);
    for (let from = Math.max(interval.from, first * unitMs); from < to; ) {
      const index = Math.floor(from / unitMs);
      const next = Math.min(to, (index + 1) * unitMs);
      cellOf(unitAt(index), interval.value).ms += next - from;
      from = next;
    }
  }
  const entered = [
    ...base.filter((interval) => interval.value !== 'unobserved'),
    ...seen.filter((interval) => interval.value === 'unobserved'),
  ];
  for (const interval of entered) {
    const index = Math.floor(interval.from / unitMs);
    if (index >= first && index < last) cellOf(unitAt(index), interval.value).entries += 1;
  }
  return bucketsOf(units, unitMs);
}

function bucketsOf(units: ReadonlyMap<number, Unit>, unitMs: Millis): Bucket[] {
  const buckets: Bucket[] = [];
  for (const [start, unit] of [...units].sort((a, b) => a[0] - b[0])) {
    for (const [value, cell] of unit) {
      const bucket = { start, span: 1, value, ms: cell.ms, entries: cell.entries };
      const before = buckets.at(-1);
      const joined = before === undefined ? null : joinQuiet(before, bucket, unitMs);
      if (joined === null) buckets.push(bucket);
      else buckets[buckets.length - 1] = joined;
    }
  }
  return buckets;
}

/** Two quiet buckets of one value in a row as one; `null` when they are not that. */
export function joinQuiet(before: Bucket, after: Bucket, unitMs: Millis): Bucket | null {
  const joins =
    before.value === after.value &&
    before.start + before.span === after.start &&
    isQuiet(before, unitMs) &&
    isQuiet(after, unitMs);
  return joins ? { ...before, span: before.span + after.span } : null;
}

/** Buckets written out unit by unit, only the units that start in `[from, to)`. */
export function expand(buckets: readonly Bucket[], unitMs: Millis, from: Instant, to: Instant): Rollup[] {
  const low = Math.ceil(from / unitMs);
  const high = Math.ceil(to / unitMs);
  return buckets.flatMap((bucket) => {
    const first = Math.max(bucket.start, low);
    const count = Math.max(0, Math.min(bucket.start + bucket.span, high) - first);
    return Array.from({ length: count }, (_, offset) => ({
      start: (first + offset) * unitMs,
      value: bucket.value,
      ms: bucket.ms,
      entries: bucket.entries,
    }));
  });
}
