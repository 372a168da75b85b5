/**
 * Lane intervals as a timeline holds them: asked once for a range, then grown by the changes that the host announces.
 */
import type {
  Instant,
  Interval,
  Lane,
  LaneTrack,
  LaneValue,
  Millis,
  StateChange,
  TunnelKey,
} from '../../shared/model.ts';
import { LANES } from '../../shared/model.ts';
import type { View } from './view.ts';

/** The intervals of each lane of one tunnel, oldest first, without overlap. */
export type Tracks = Readonly<Record<Lane, readonly Interval[]>>;

export const NO_TRACKS: Tracks = { bgp: [], health: [], psk: [], config: [] };

/** Picks the lanes of one tunnel out of a reply. */
export function tracksOf(reply: readonly LaneTrack[], key: TunnelKey): Tracks {
  const tracks = { ...NO_TRACKS };
  for (const track of reply) if (track.key === key) tracks[track.lane] = track.intervals;
  return tracks;
}

/**
 * Adds the changes of one tunnel. A change that is older than the newest interval is already in the reply that was asked
 * for after it, and is left out, so that asking and listening at the same time never counts anything twice.
 */
export function grow(tracks: Tracks, key: TunnelKey, changes: readonly StateChange[]): Tracks {
  let grown = tracks;
  for (const change of changes) {
    if (change.key !== key) continue;
    const lane = appended(grown[change.lane], change.at, change.to);
    if (lane !== grown[change.lane]) grown = { ...grown, [change.lane]: lane };
  }
  return grown;
}

function appended(intervals: readonly Interval[], at: Instant, to: LaneValue): readonly Interval[] {
  const last = intervals.at(-1);
  if (!last) return [{ from: at, to: null, value: to }];
  if (at < last.from || (last.to !== null && at < last.to)) return intervals;
  if (last.to === null && last.value === to) return intervals;
  if (at === last.from) return [...intervals.slice(0, -1), { from: at, to: null, value: to }];
  const closed = last.to === null ? { ...last, to: at } : last;
  return [...intervals.slice(0, -1), closed, { from: at, to: null, value: to }];
}

/** The part of an interval inside a view, or `null`. An open interval lasts until `now`. */
export function clipped(interval: Interval, view: View, now: Instant): { from: Instant; to: Instant } | null {
  const from = Math.max(interval.from, view.from);
  const to = Math.min(interval.to ?? Math.max(now, interval.from), view.to);
  return to > from ? { from, to } : null;
}

/** One stretch of one lane as the table tells it. `to: null` still lasts; `cut` began before the view. */
export interface Stretch {
  readonly lane: Lane;
  readonly value: LaneValue;
  readonly from: Instant;
  readonly to: Instant | null;
  readonly ms: Millis;
  readonly cut: boolean;
}

/** All stretches that touch a view, newest first; on a tie in the order of the lanes. Lengths are of the whole stretch. */
export function stretches(tracks: Tracks, view: View, now: Instant): readonly Stretch[] {
  const list: Stretch[] = [];
  for (const lane of LANES) {
    for (const interval of tracks[lane]) {
      if (!clipped(interval, view, now)) continue;
      const { from, to, value } = interval;
      list.push({ lane, value, from, to, ms: Math.max(0, (to ?? now) - from), cut: from < view.from });
    }
  }
  return list.sort((a, b) => b.from - a.from || LANES.indexOf(a.lane) - LANES.indexOf(b.lane));
}

/** Where the record of a lane begins, if that lies inside the view: before it nobody looked at this tunnel yet. */
export function recordBegins(intervals: readonly Interval[], view: View): Instant | null {
  const first = intervals[0]?.from;
  return first !== undefined && first > view.from ? first : null;
}

/**
 * A lane without holes: time before the record, between its intervals and after `seenUntil` becomes `unobserved`, so that
 * an open interval never goes on being green while nobody looks.
 * @param seenUntil The last look; equal to `now` while the facts are fresh.
 */
export function observed(
  intervals: readonly Interval[],
  view: View,
  now: Instant,
  seenUntil: Instant,
): readonly Interval[] {
  const until = Math.min(now, seenUntil);
  const full: Interval[] = [];
  let edge = view.from;
  const gap = (from: Instant, to: Instant): void => {
    const last = full.at(-1);
    if (last?.value === 'unobserved' && last.to === from) full[full.length - 1] = { ...last, to };
    else full.push({ from, to, value: 'unobserved' });
  };
  for (const interval of intervals) {
    const end = Math.min(interval.to ?? until, interval.value === 'unobserved' ? now : until);
    if (end <= view.from || interval.from >= view.to || end <= interval.from) continue;
    if (interval.from > edge) gap(edge, interval.from);
    const open = interval.to === null && end >= now;
    full.push(open ? interval : { ...interval, to: end });
    edge = Math.max(edge, end);
  }
  if (edge < Math.min(view.to, now)) gap(edge, now);
  return full;
}
