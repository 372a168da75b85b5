/**
 * From intervals to bars that can be drawn: never more than a few per pixel, and a short outage is never lost among long
 * good times.
 */
import type { Instant, Interval, LaneValue } from '../../shared/model.ts';
import { clipped } from './tracks.ts';
import type { View } from './view.ts';

/** Families of lane values that share colour and pattern. */
export type Tone = 'good' | 'watch' | 'late' | 'bad' | 'quiet' | 'unknown' | 'gap';

const TONES: Readonly<Record<LaneValue, Tone>> = {
  up: 'good',
  healthy: 'good',
  fresh: 'good',
  ok: 'good',
  aging: 'watch',
  info: 'watch',
  establishing: 'late',
  degraded: 'late',
  due: 'late',
  warning: 'late',
  down: 'bad',
  stale: 'bad',
  missing: 'bad',
  error: 'bad',
  unconfigured: 'quiet',
  disabled: 'quiet',
  unreported: 'unknown',
  nodata: 'unknown',
  unknown: 'unknown',
  unobserved: 'gap',
};

/** The tone of a lane value. */
export function toneOf(value: LaneValue): Tone {
  return TONES[value];
}

/** Which of two values a single pixel shows: trouble first, then what we do not know, then what is well. */
const RANK: Readonly<Record<Tone, number>> = { bad: 6, late: 5, watch: 4, gap: 3, unknown: 2, quiet: 1, good: 0 };

export function worse(a: LaneValue, b: LaneValue): LaneValue {
  return RANK[toneOf(b)] > RANK[toneOf(a)] ? b : a;
}

/** One bar: where it is drawn (inside the view) and the interval, or the several short ones, that it stands for. */
export interface Bar {
  readonly from: Instant;
  readonly to: Instant;
  /** The worst value of the bar's intervals. */
  readonly value: LaneValue;
  /** Its intervals; more than one when they are too short to be told apart at this zoom. */
  readonly count: number;
  /** The first interval's beginning and the last one's end (`null`: still lasts), also beyond the view. */
  readonly began: Instant;
  readonly ended: Instant | null;
}

/**
 * The bars of one lane, oldest first, without overlap. Neighbouring intervals that are narrower than `finest` are joined
 * into one bar of their worst value; the bar ends as soon as it is `finest` wide, so that the number of bars is bounded by
 * the width of the plot and not by the number of changes.
 * @param finest The shortest time that can be seen, usually two pixels' worth, in milliseconds.
 */
export function barsOf(intervals: readonly Interval[], view: View, now: Instant, finest: number): readonly Bar[] {
  const bars: Bar[] = [];
  let open: Bar | null = null;
  const flush = (): void => {
    if (open) bars.push(open);
    open = null;
  };
  for (const interval of intervals) {
    const part = clipped(interval, view, now);
    if (!part) continue;
    const bar: Bar = { ...part, value: interval.value, count: 1, began: interval.from, ended: interval.to };
    if (part.to - part.from >= finest) {
      flush();
      bars.push(bar);
      continue;
    }
    if (open && (open.to !== bar.from || bar.to - open.from > finest)) flush();
    open = open ? joined(open, bar) : bar;
  }
  flush();
  return bars;
}

function joined(a: Bar, b: Bar): Bar {
  return {
    from: a.from,
    to: b.to,
    value: worse(a.value, b.value),
    count: a.count + b.count,
    began: a.began,
    ended: b.ended,
  };
}

/** The bar at an instant, or the nearest one within `slack` milliseconds (for bars that are hardly wide enough to meet). */
export function barAt(bars: readonly Bar[], at: Instant, slack: number): Bar | null {
  let low = 0;
  let high = bars.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bars[middle]?.from ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const near = [bars[low - 1], bars[low], bars[low + 1]].filter((bar) => bar !== undefined);
  const away = (bar: Bar): number => Math.max(bar.from - at, at - bar.to, 0);
  const within = near.filter((bar) => away(bar) <= slack);
  // A sliver beside a wide bar is what the pointer means: the wide one can be met anywhere else.
  within.sort((a, b) => Number(a.to - a.from > slack * 2) - Number(b.to - b.from > slack * 2) || away(a) - away(b));
  return within[0] ?? null;
}
