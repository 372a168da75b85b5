/** A heat map as tables: every cell, or only those that were not whole. */
import type { Instant } from '../../../shared/model.ts';
import type { HeatMap } from '../../../shared/reports.ts';
import { exactTime, shortTime } from '../../format/time.ts';
import { tunnelHash } from '../../state/route.svelte.ts';
import { history as words } from '../../words/history.ts';
import type { Sheet } from './sheet.ts';
import type { Around } from './sheets.ts';

/** Columns beyond which a table of every cell is no longer readable. */
export const MOST_COLUMNS = 200;
/** Lines of a printed list. */
export const MOST_LOW = 400;

/** A column for each hour or day. */
export function heatSheet({ starts, rows }: HeatMap, shown: HeatMap['rows'], { now, known }: Around): Sheet {
  const { caption, columns, figure } = words.heat;
  return {
    caption,
    columns: [
      { id: 'name', head: columns.tunnel },
      ...starts.map((at, place) => ({
        id: `c${place}`,
        head: shortTime(at, now),
        title: exactTime(at),
        figure: true,
      })),
    ],
    rows: (shown.length === rows.length ? rows : shown).map(({ key, name, cells }) => ({
      id: key,
      cells: [
        known(key) ? { text: name, href: tunnelHash(key) } : { text: name },
        ...cells.map((level) => ({ text: figure(level), by: level, quiet: level === null || level === 1 })),
      ],
    })),
  };
}

interface Low {
  readonly at: Instant;
  readonly key: string;
  readonly name: string;
  readonly level: number;
}

/** The cells that were not whole, oldest first, worst first within one. `more` did not fit into `most`. */
export function heatLowSheet(
  { starts }: HeatMap,
  shown: HeatMap['rows'],
  { now }: Around,
  most: number,
): { readonly sheet: Sheet; readonly more: number } {
  const { low, lowCaption, figure } = words.heat;
  const all = shown.flatMap(({ key, name, cells }): Low[] =>
    cells.flatMap((level, place): Low[] =>
      level === null || level >= 1 ? [] : [{ at: starts[place] ?? 0, key, name, level }],
    ),
  );
  all.sort((a, b) => a.at - b.at || a.level - b.level);
  return {
    more: Math.max(0, all.length - most),
    sheet: {
      caption: lowCaption,
      columns: [
        { id: 'at', head: low.at, wide: 1 },
        { id: 'name', head: low.tunnel, wide: 2 },
        { id: 'level', head: low.level, figure: true, wide: 1 },
      ],
      rows: all.slice(0, most).map(({ at, key, name, level }) => ({
        id: `${key}@${at}`,
        cells: [
          { text: shortTime(at, now), by: at, title: exactTime(at) },
          { text: name },
          { text: figure(level), by: level },
        ],
      })),
    },
  };
}
