import type { TunnelKey } from '../../../shared/model.ts';
import type { Entries, Entry } from '../../state/entries.ts';

/** Pixels of the head of the table, which stays on top. */
export const HEAD = 33;
/** Pixels of one site at the side. */
export const SITE = 30;
/** Rows drawn beyond each edge of what is in sight, so that scrolling shows no holes, and around what has the focus. */
export const SPARE = 4;

/** Which rows are drawn: `from` inclusive, `to` exclusive. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The rows in sight of a list of `total`, with some to spare.
 * @param scrollTop May be negative: the list begins below the edge of what scrolls it, by so much.
 * @param row Pixels of one row.
 */
export function rowWindow(scrollTop: number, height: number, total: number, row: number): RowWindow {
  const first = Math.floor(Math.max(0, scrollTop) / row) - SPARE;
  const last = Math.max(0, Math.ceil((scrollTop + height) / row) + SPARE);
  const to = Math.min(total, last);
  return { from: Math.max(0, Math.min(first, to)), to };
}

/** A row of the list that is drawn. */
export interface DrawnRow {
  readonly entry: Entry;
  /** Counted from 0 in the whole list. */
  readonly place: number;
}

/** The rows to draw. One that says the same as one of `before` is that one, so that nobody looks at it again. */
export function drawnRows(
  keys: readonly TunnelKey[],
  from: number,
  entries: Entries,
  before: readonly DrawnRow[],
): readonly DrawnRow[] {
  const known = new Map(before.map((row) => [row.entry, row]));
  return keys.flatMap((key, offset) => {
    const entry = entries.get(key);
    if (entry === undefined) return [];
    const old = known.get(entry);
    const place = from + offset;
    return [old?.place === place ? old : { entry, place }];
  });
}

/** The scroll position, nearest to `scrollTop`, at which row `place` is in full sight. */
export function scrollToShow(place: number, scrollTop: number, height: number, row: number): number {
  const top = place * row;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + row - height);
}

/** Where a key moves the selection; `null` when it is not a key of the list. */
export function moved(key: string, place: number, total: number, page: number): number | null {
  if (total === 0) return null;
  const to = target(key, place, total, page);
  return to === null ? null : Math.min(total - 1, Math.max(0, to));
}

function target(key: string, place: number, total: number, page: number): number | null {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return place + 1;
    case 'k':
    case 'ArrowUp':
      return place < 0 ? 0 : place - 1;
    case 'PageDown':
      return place + page;
    case 'PageUp':
      return place - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
