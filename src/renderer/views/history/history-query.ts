/** What the history views show, of which time and how. Lives in the hash, so that it can be linked and handed over. */
import type { Instant } from '../../../shared/model.ts';
import type { DegradedAs, ReportScope } from '../../../shared/reports.ts';

export const PARTS = ['availability', 'heat', 'restless', 'incidents', 'shift'] as const;
export type Part = (typeof PARTS)[number];
export const RANGES = ['24h', '7d', '30d', '90d', 'month'] as const;
export type RangeName = (typeof RANGES)[number];
export const SHIFTS = ['8h', '12h', 'own'] as const;
export type ShiftName = (typeof SHIFTS)[number];
export const SCOPES = ['tunnel', 'site', 'account'] as const satisfies readonly ReportScope[];
export const DEGRADED = ['down', 'up', 'left-out'] as const satisfies readonly DegradedAs[];
export const CELLS = ['hour', 'day'] as const;
export type CellSize = (typeof CELLS)[number];

/** A column, and whether its largest comes first. */
export interface Sort {
  readonly column: string;
  readonly down: boolean;
}

export interface HistoryQuery {
  readonly part: Part;
  readonly range: RangeName;
  /** `2026-11`, for the range `month`; `null`: the present one. */
  readonly month: string | null;
  readonly shift: ShiftName;
  /** Ends of a shift of one's own. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly scope: ReportScope;
  readonly degraded: DegradedAs;
  /** `null`: hours as long as they can be told apart. */
  readonly cell: CellSize | null;
  readonly account: string | null;
  readonly text: string;
  /** `null`: as the host has it, worst first. */
  readonly sort: Sort | null;
  /** The chart as a table. */
  readonly table: boolean;
  /** As it is printed. */
  readonly report: boolean;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const COLUMN = /^(-?)([a-z0-9]{1,20})$/;

/** Reads the query of a hash. What it does not know it leaves out. */
export function readHistoryQuery(params: URLSearchParams): HistoryQuery {
  const one = <T extends string>(list: readonly T[], name: string, other: T): T =>
    list.find((value) => value === params.get(name)) ?? other;
  const month = params.get('month');
  const [, down, column] = COLUMN.exec(params.get('sort') ?? '') ?? [];
  return {
    part: one(PARTS, 'part', 'availability'),
    range: one(RANGES, 'range', '7d'),
    month: month !== null && MONTH.test(month) ? month : null,
    shift: one(SHIFTS, 'shift', '8h'),
    from: instant(params.get('from')),
    to: instant(params.get('to')),
    scope: one(SCOPES, 'scope', 'tunnel'),
    degraded: one(DEGRADED, 'degraded', 'down'),
    cell: CELLS.find((cell) => cell === params.get('cell')) ?? null,
    account: params.get('account'),
    text: params.get('q') ?? '',
    sort: column === undefined ? null : { column, down: down === '-' },
    table: params.has('table'),
    report: params.has('report'),
  };
}

function instant(text: string | null): Instant | null {
  return text !== null && /^\d{10,14}$/.test(text) ? Number(text) : null;
}

/** The query of a hash; what is as always is left out. */
export function writeHistoryQuery(query: HistoryQuery): URLSearchParams {
  const params = new URLSearchParams();
  const put = (name: string, value: string | number | null, usual: string | null = null): void => {
    if (value !== null && value !== usual) params.set(name, String(value));
  };
  put('part', query.part, 'availability');
  put('range', query.range, '7d');
  put('month', query.month);
  put('shift', query.shift, '8h');
  put('from', query.from);
  put('to', query.to);
  put('scope', query.scope, 'tunnel');
  put('degraded', query.degraded, 'down');
  put('cell', query.cell);
  put('account', query.account);
  put('q', query.text, '');
  put('sort', query.sort === null ? null : `${query.sort.down ? '-' : ''}${query.sort.column}`);
  if (query.table) params.set('table', '1');
  if (query.report) params.set('report', '1');
  return params;
}
