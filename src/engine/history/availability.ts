/**
 * Availability of a tunnel by its health lane. Pure.
 *
 * Rule: healthy is up; degraded and down count as themselves; checks off and no data are observed but uncounted;
 * gaps, and time in which the tunnel was not there, are unobserved. The five times add up to the window exactly.
 */
import type { Availability, AvailabilityWindow, Instant, Interval, LaneValue, Millis } from '../../shared/model.ts';
import type { Rollup } from './contract.ts';
import { overlap } from './intervals.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The windows of the product and their lengths. */
export const WINDOWS: readonly { readonly window: AvailabilityWindow; readonly length: Millis }[] = [
  { window: '24h', length: DAY },
  { window: '7d', length: 7 * DAY },
  { window: '30d', length: 30 * DAY },
];

/** Observed time by how it counts; the rest of a window is unobserved. */
export interface Tally {
  readonly up: Millis;
  readonly degraded: Millis;
  readonly down: Millis;
  readonly uncounted: Millis;
}

/** No time at all. */
export const NOTHING: Tally = { up: 0, degraded: 0, down: 0, uncounted: 0 };

const CLASS: Readonly<Partial<Record<LaneValue, keyof Tally>>> = {
  healthy: 'up',
  degraded: 'degraded',
  down: 'down',
  disabled: 'uncounted',
  nodata: 'uncounted',
};

function add(tally: Tally, value: LaneValue, ms: Millis): Tally {
  const name = CLASS[value];
  return name === undefined ? tally : { ...tally, [name]: tally[name] + ms };
}

/** Adds two tallies of different stretches of time. */
export function addTallies(a: Tally, b: Tally): Tally {
  return {
    up: a.up + b.up,
    degraded: a.degraded + b.degraded,
    down: a.down + b.down,
    uncounted: a.uncounted + b.uncounted,
  };
}

/** Counts intervals of the health lane within `[from, to)`. */
export function tallyIntervals(intervals: readonly Interval[], from: Instant, to: Instant): Tally {
  return intervals.reduce((tally, interval) => add(tally, interval.value, overlap(interval, from, to)), NOTHING);
}

/**
 * Counts rollups of `length` (hours if not given) within `[from, to)`. Of an hour that reaches out of the range its share is taken, rounded down,
 * so that the parts never exceed the whole.
 */
export function tallyRollups(rollups: readonly Rollup[], from: Instant, to: Instant, length: Millis = HOUR): Tally {
  return rollups.reduce((tally, { start, value, ms }) => {
    const inside = overlap({ from: start, to: start + length }, from, to);
    return add(tally, value, Math.floor((ms * inside) / length));
  }, NOTHING);
}

/** The figures of one window of `length` from its tally. */
export function availabilityOf(window: AvailabilityWindow, length: Millis, tally: Tally): Availability {
  const counted = tally.up + tally.degraded + tally.down;
  return {
    window,
    upMs: tally.up,
    degradedMs: tally.degraded,
    downMs: tally.down,
    uncountedMs: tally.uncounted,
    unobservedMs: length - counted - tally.uncounted,
    share: counted === 0 ? null : tally.up / counted,
  };
}
