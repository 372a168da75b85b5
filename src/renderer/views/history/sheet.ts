/** A table as it is shown, sorted and printed: the same on the screen and on paper. */
import type { AlertSeverity } from '../../../shared/alerts.ts';
import type { Sort } from './history-query.ts';

export interface SheetCell {
  readonly text: string;
  /** What it is sorted by; absent: its text. `null` comes last in both directions. */
  readonly by?: number | string | null;
  readonly href?: string;
  /** More about it, on hover. */
  readonly title?: string;
  readonly severity?: AlertSeverity;
  readonly quiet?: boolean;
  /** A figure that needs somebody: in bold. */
  readonly strong?: boolean;
}

export interface SheetColumn {
  readonly id: string;
  readonly head: string;
  /** What the figures mean, on hover. */
  readonly title?: string;
  /** Figures stand at the right. */
  readonly figure?: boolean;
  /** Share of the width against other columns; 1 when absent. */
  readonly wide?: number;
}

export interface SheetRow {
  readonly id: string;
  /** As many as there are columns. */
  readonly cells: readonly SheetCell[];
}

export interface Sheet {
  readonly caption: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
}

/** The rows that hold each word of a search. */
export function found(sheet: Sheet, text: string): Sheet {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return sheet;
  const rows = sheet.rows.filter(({ cells }) => {
    const line = cells
      .map((cell) => cell.text)
      .join('\n')
      .toLowerCase();
    return words.every((word) => line.includes(word));
  });
  return { ...sheet, rows };
}

/** In another order; rows that are alike stay as they were. `null`: as they came. */
export function sorted(sheet: Sheet, sort: Sort | null): Sheet {
  const place = sheet.columns.findIndex(({ id }) => id === sort?.column);
  if (sort === null || place < 0) return sheet;
  const way = sort.down ? -1 : 1;
  const rows = [...sheet.rows].sort((a, b) => {
    const [left, right] = [figureOf(a.cells[place]), figureOf(b.cells[place])];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return way * compared(left, right);
  });
  return { ...sheet, rows };
}

const figureOf = (cell: SheetCell | undefined): number | string | null =>
  cell === undefined ? null : cell.by === undefined ? cell.text : cell.by;

function compared(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

/** What a click on the head of a column asks for: its order, the other way round, then as it came. */
export function nextSort(sort: Sort | null, { id, figure }: SheetColumn): Sort | null {
  const first = figure === true;
  if (sort?.column !== id) return { column: id, down: first };
  return sort.down === first ? { column: id, down: !first } : null;
}
