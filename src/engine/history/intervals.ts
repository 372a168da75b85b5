/**
 * From recorded changes to intervals. Pure.
 *
 * The law: changes count in the order of recording, and each one fills the time line from its moment on. So when the
 * wall clock was set back, the newest record wins over what older ones said about the same stretch of wall time;
 * with a clock that only goes forward this is the plain sequence of changes.
 */
import type { Instant, Interval, LaneValue, Millis } from '../../shared/model.ts';

/** From `at` on the lane has `value`; `null` means that the tunnel was not there. */
export interface Step {
  readonly at: Instant;
  readonly value: LaneValue | null;
}

/** A stretch of time, `to: null` while it lasts. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant | null;
}

const end = (span: Span): number => span.to ?? Number.POSITIVE_INFINITY;

/** Joins neighbours that touch and have the same value, and drops empty intervals. */
function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const interval of intervals) {
    if (interval.from >= end(interval)) continue;
    const last = merged.at(-1);
    if (last !== undefined && last.value === interval.value && last.to === interval.from) {
      merged[merged.length - 1] = { ...last, to: interval.to };
    } else {
      merged.push(interval);
    }
  }
  return merged;
}

/**
 * The intervals that `steps` (in the order of recording) describe, oldest first, the last one open. A step dated later
 * than `now` was recorded before the clock was set back; it counts from `now`.
 */
export function layIntervals(steps: readonly Step[], now: Instant): Interval[] {
  const valid: Step[] = [];
  for (const step of steps) {
    const at = Math.min(step.at, now);
    for (let top = valid.at(-1); top !== undefined && top.at >= at; top = valid.at(-1)) valid.pop();
    valid.push({ at, value: step.value });
  }
  const intervals = valid.flatMap((step, index): Interval[] =>
    step.value === null ? [] : [{ from: step.at, to: valid[index + 1]?.at ?? null, value: step.value }],
  );
  return merge(intervals);
}

/** Sorted by start, without overlap, touching ones joined. A gap that ends before it starts (clock set back) is none. */
export function unionSpans(spans: readonly Span[]): Span[] {
  const sorted = spans.filter((span) => span.from < end(span)).sort((a, b) => a.from - b.from);
  const union: Span[] = [];
  for (const span of sorted) {
    const last = union.at(-1);
    if (last !== undefined && span.from <= end(last)) {
      if (end(span) > end(last)) union[union.length - 1] = { from: last.from, to: span.to };
    } else {
      union.push(span);
    }
  }
  return union;
}

/**
 * Lays gaps over intervals: where we did not look the value is `unobserved`. Where there is no interval, a gap adds
 * none: nothing is known about a tunnel before it appeared.
 */
export function overlayGaps(intervals: readonly Interval[], gaps: readonly Span[]): Interval[] {
  const union = unionSpans(gaps);
  if (union.length === 0) return merge(intervals);
  const pieces: Interval[] = [];
  let first = 0;
  for (const interval of intervals) {
    for (let gap = union[first]; gap !== undefined && end(gap) <= interval.from; gap = union[first]) first += 1;
    let from: Instant | null = interval.from;
    for (let index = first; from !== null; index += 1) {
      const gap = union[index];
      if (gap === undefined || gap.from >= end(interval)) {
        pieces.push({ from, to: interval.to, value: interval.value });
        break;
      }
      pieces.push({ from, to: gap.from, value: interval.value });
      const to: Instant | null = end(gap) < end(interval) ? gap.to : interval.to;
      pieces.push({ from: Math.max(from, gap.from), to, value: 'unobserved' });
      from = end(gap) < end(interval) ? gap.to : null;
    }
  }
  return merge(pieces);
}

/** The intervals that share time with `[from, to)`, with their own ends: nothing is clipped. */
export function touching(intervals: readonly Interval[], from: Instant, to: Instant): Interval[] {
  return intervals.filter((interval) => interval.from < to && end(interval) > from);
}

/** Time of an interval that lies in `[from, to)`. */
export function overlap(span: Span, from: Instant, to: Instant): Millis {
  return Math.max(0, Math.min(end(span), to) - Math.max(span.from, from));
}
