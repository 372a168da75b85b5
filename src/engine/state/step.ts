/**
 * (previous lane, new value, when) -> next lane and, where it moved, the change. Pure.
 */
import type { Instant, Lane, LaneState, Lanes, LaneValue, StateChange, TunnelKey } from '../../shared/model.ts';
import type { Update } from './update.ts';

export interface Step<L extends Lane> {
  readonly state: LaneState<L>;
  readonly change: StateChange | null;
}

/** When the new value was seen, and since when it has held where the facts tell. */
export interface Seen {
  readonly at: Instant;
  /** Exact beginning of the value, `null` when only the look is known. */
  readonly began: Instant | null;
}

/**
 * Moves one lane. The first value ever has an inexact beginning: it had begun before we looked.
 * A repeated value keeps its beginning.
 */
export function stepLane<L extends Lane>(
  key: TunnelKey,
  lane: L,
  previous: LaneState<L> | null,
  value: LaneValue<L>,
  seen: Seen,
): Step<L> {
  if (previous !== null && previous.value === value) return { state: sharpen(previous, seen.began), change: null };
  const watched = previous !== null && previous.value !== 'unobserved';
  const state: LaneState<L> = { value, since: seen.began ?? seen.at, exact: seen.began !== null || watched };
  return { state, change: { at: seen.at, key, lane, from: previous?.value ?? null, to: value } };
}

/** The same state, with the beginning that the facts tell: after a restart only the first look at it is remembered. */
function sharpen<L extends Lane>(state: LaneState<L>, began: Instant | null): LaneState<L> {
  return began === null || began === state.since ? state : { ...state, since: began, exact: true };
}

/** Steps one lane of `lanes`, notes the change, returns the lane. */
export function moveLane<L extends Lane>(
  lanes: Lanes,
  lane: L,
  key: TunnelKey,
  value: LaneValue<L>,
  seen: Seen,
  update: Update,
): LaneState<L> {
  const { state, change } = stepLane(key, lane, lanes[lane] as LaneState<L>, value, seen);
  if (change !== null) {
    update.changes.push(change);
    update.touched.add(key);
  }
  return state;
}
