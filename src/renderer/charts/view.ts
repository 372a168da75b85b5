/**
 * The stretch of time that a timeline shows, and the arithmetic of zooming and panning in it. Pure; times are Unix
 * milliseconds.
 */
import type { Instant, Millis } from '../../shared/model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const RANGES = ['6h', '24h', '7d', '30d'] as const;
/** The ranges that a reader can choose; each ends now. */
export type Range = (typeof RANGES)[number];

const LENGTHS: Readonly<Record<Range, Millis>> = { '6h': 6 * HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY };

/** How long a range is. */
export function rangeLength(range: Range): Millis {
  return LENGTHS[range];
}

/** A stretch of time, `from` before `to`. */
export interface View {
  readonly from: Instant;
  readonly to: Instant;
}

/** Nothing in the history is finer than a poll; closer than this there is nothing to see. */
export const SHORTEST_VIEW: Millis = 2 * MINUTE;

/** The whole of a range that ends at `now`. */
export function rangeView(range: Range, now: Instant): View {
  return { from: now - LENGTHS[range], to: now };
}

/** Moves and, if need be, shortens a view so that it lies inside `bounds` and is not shorter than the shortest. */
export function clampView(view: View, bounds: View): View {
  const room = bounds.to - bounds.from;
  const length = Math.min(room, Math.max(SHORTEST_VIEW, view.to - view.from));
  const from = Math.min(Math.max(view.from, bounds.from), bounds.to - length);
  return { from, to: from + length };
}

/**
 * Zooms so that the instant `focus` keeps its place on the screen.
 * @param factor Below 1 shows less time (closer), above 1 more.
 */
export function zoomAt(view: View, focus: Instant, factor: number, bounds: View): View {
  const length = view.to - view.from;
  const next = Math.min(bounds.to - bounds.from, Math.max(SHORTEST_VIEW, length * factor));
  const place = length === 0 ? 0.5 : (focus - view.from) / length;
  const from = focus - place * next;
  return clampView({ from, to: from + next }, bounds);
}

/** Moves a view by a share of its own length; negative is towards the past. */
export function panBy(view: View, share: number, bounds: View): View {
  const step = (view.to - view.from) * share;
  return clampView({ from: view.from + step, to: view.to + step }, bounds);
}

/** The view that a drag from one instant to another asks for, whichever way it was drawn. */
export function dragView(start: Instant, end: Instant, bounds: View): View {
  const from = Math.min(start, end);
  const to = Math.max(start, end);
  const short = SHORTEST_VIEW - (to - from);
  return clampView(short > 0 ? { from: from - short / 2, to: to + short / 2 } : { from, to }, bounds);
}

/** True when a view shows (nearly) all of its bounds. */
export function isWhole(view: View, bounds: View): boolean {
  return view.to - view.from >= (bounds.to - bounds.from) * 0.999;
}

/**
 * What a zoomed view becomes when time moved on and its bounds with it: a view that ended at the old edge keeps
 * following the present, any other stays where the reader put it.
 */
export function follow(view: View, before: View, after: View): View {
  if (isWhole(view, before)) return after;
  const edge = (before.to - before.from) * 0.001;
  if (before.to - view.to > edge) return clampView(view, after);
  const step = after.to - before.to;
  return clampView({ from: view.from + step, to: view.to + step }, after);
}

/** The instant at a place of the plot, both in the same unit of length (pixels). */
export function instantAt(x: number, width: number, view: View): Instant {
  return width <= 0 ? view.from : view.from + (x / width) * (view.to - view.from);
}

/** The place of an instant in the plot, in the unit of `width`. */
export function placeOf(at: Instant, width: number, view: View): number {
  const length = view.to - view.from;
  return length <= 0 ? 0 : ((at - view.from) / length) * width;
}
