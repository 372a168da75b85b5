/** Groups and orders the rows of the dataset. */
import type { AccountWorld } from '../world/account.ts';
import type { ByteSink } from './byte-sink.ts';
import { PLACE_DIMENSIONS, RESULT_DIMENSIONS, TIME_DIMENSIONS } from './dimensions.ts';
import type { Filter } from './filter.ts';
import { type Cell, healthCells, type Window } from './health-cells.ts';
import type { RowField, RowWriter } from './row-writer.ts';

export interface RowQuery {
  readonly fields: readonly RowField[];
  readonly write: RowWriter;
  readonly filter: Filter;
  readonly limit: number;
  /** For instance `tunnelName_ASC`. */
  readonly orderBy: readonly string[];
}

/** Cells come in this order by themselves. */
const NATURAL: readonly (readonly string[])[] = [
  ['tunnelName_ASC'],
  ['edgeColoCode_ASC', 'edgeColoName_ASC'],
  ['datetimeMinute_ASC', 'datetime_ASC'],
];

/** Writes the rows as a JSON array. */
export function writeRows(out: ByteSink, account: AccountWorld, query: RowQuery, window: Window): void {
  const selected = new Set(
    query.fields.flatMap((f) => (f.kind === 'dimensions' ? f.fields.map(({ name }) => name) : [])),
  );
  const whole = isWhole(selected);
  const natural = query.orderBy.every((order, i) => NATURAL[i]?.includes(order) === true);
  const inOrder = query.orderBy.length === 0 || (whole && natural && account.namesStand);
  const cells = healthCells(account, query.filter, window, whole && inOrder ? query.limit : Infinity);
  const groups = whole ? cells : grouped(cells, [...selected]);
  const ordered = inOrder ? groups : sorted(groups, comparison(query.orderBy));
  query.write(ordered.length > query.limit ? ordered.slice(0, query.limit) : ordered, out);
}

/** Whether the selected dimensions tell every cell from every other, so that there is nothing to group. */
function isWhole(selected: ReadonlySet<string>): boolean {
  const colo = selected.has('edgeColoCode') || selected.has('edgeColoName') || selected.has('edgePopName');
  return selected.has('tunnelName') && colo && (selected.has('datetimeMinute') || selected.has('datetime'));
}

function grouped(cells: readonly Cell[], dimensions: readonly string[]): Cell[] {
  const groups = new Map<string, { first: Cell; sum: number; count: number }>();
  for (const cell of cells) {
    const key = dimensions.map((name) => dimensionOf(cell, name)).join('\u0000');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: cell, sum: cell.state * cell.count, count: cell.count });
    else {
      group.sum += cell.state * cell.count;
      group.count += cell.count;
    }
  }
  return [...groups.values()].map(({ first, sum, count }) => ({ ...first, count, state: sum / count }));
}

function dimensionOf(cell: Cell, name: string): string | number {
  const length = TIME_DIMENSIONS[name];
  if (length !== undefined) return Math.floor(cell.minute / length) * length;
  return PLACE_DIMENSIONS[name]?.(cell.place) ?? RESULT_DIMENSIONS[name]?.(cell.state) ?? '';
}

/** Most answers are in order already, because tunnels come by name. */
function sorted(cells: readonly Cell[], compare: (a: Cell, b: Cell) => number): readonly Cell[] {
  const misplaced = cells.some((cell, i) => {
    const before = cells[i - 1];
    return before !== undefined && compare(before, cell) > 0;
  });
  return misplaced ? cells.toSorted(compare) : cells;
}

function comparison(orderBy: readonly string[]): (a: Cell, b: Cell) => number {
  const keys = orderBy.map((order) => {
    const descending = order.endsWith('_DESC');
    const name = order.replace(/_(ASC|DESC)$/, '');
    const read = (cell: Cell): string | number => {
      if (name === 'count') return cell.count;
      if (name === 'avg_tunnelState') return cell.state;
      return name === 'avg_sampleInterval' ? 1 : dimensionOf(cell, name);
    };
    return { read, sign: descending ? -1 : 1 };
  });
  return (a, b) => {
    for (const { read, sign } of keys) {
      const x = read(a);
      const y = read(b);
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  };
}
