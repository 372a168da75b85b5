/** Events that the timeline marks: changes of configuration and PSK, and what became of the tunnel itself. */
import type { EventKind, HistoryEvent, Instant } from '../../shared/model.ts';
import { placeOf, type View } from './view.ts';

const MARKED = [
  'config-changed',
  'psk-changed',
  'tunnel-renamed',
  'tunnel-recreated',
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-unreadable',
] as const satisfies readonly EventKind[];
export type MarkedKind = (typeof MARKED)[number];

/** One or more events too close to each other for marks of their own. */
export interface Marker {
  readonly at: Instant;
  /** Pixels from the left edge of the plot. */
  readonly x: number;
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
  /** The kind that the mark shows: the one of the list above that comes first. */
  readonly kind: MarkedKind;
}

function markedKind(kind: EventKind): MarkedKind | null {
  return MARKED.find((marked) => marked === kind) ?? null;
}

/** True when the timeline marks events of this kind. */
export function isMarked(event: HistoryEvent): boolean {
  return markedKind(event.kind) !== null;
}

/** The marks of a view, oldest first; marks nearer to each other than `apart` pixels become one. */
export function markersOf(
  events: readonly HistoryEvent[],
  view: View,
  width: number,
  apart: number,
): readonly Marker[] {
  const seen = events.filter((event) => isMarked(event) && event.at >= view.from && event.at <= view.to);
  seen.sort((a, b) => a.at - b.at || a.seq - b.seq);
  const groups: HistoryEvent[][] = [];
  let start = Number.NEGATIVE_INFINITY;
  for (const event of seen) {
    const x = placeOf(event.at, width, view);
    const group = groups.at(-1);
    if (group && x - start < apart) group.push(event);
    else {
      groups.push([event]);
      start = x;
    }
  }
  return groups.flatMap((group) => {
    const first = group[0];
    const kind = MARKED.find((marked) => group.some((event) => event.kind === marked));
    return first && kind ? [{ at: first.at, x: placeOf(first.at, width, view), events: group, kind }] : [];
  });
}

/** The mark nearest to a place, at most `reach` pixels away. */
export function markerAt(markers: readonly Marker[], x: number, reach: number): Marker | null {
  let best: Marker | null = null;
  for (const marker of markers) {
    const away = Math.abs(marker.x - x);
    if (away <= reach && (!best || away < Math.abs(best.x - x))) best = marker;
  }
  return best;
}
