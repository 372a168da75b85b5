/** The tunnels of the PSK board: filtered, counted, in order. Pure. */

import type { BoardRow, PskPolicy } from '../../../shared/model.ts';
import { LANGUAGE } from '../../words/language.ts';
import { PSK_STATES, type PskQuery, type PskSort, type PskState } from './psk-query.ts';

const COLLATOR = new Intl.Collator(LANGUAGE, { numeric: true, sensitivity: 'base' });
const byName = (a: BoardRow, b: BoardRow): number => COLLATOR.compare(a.name, b.name) || (a.key < b.key ? -1 : 1);

/** Missing before all, then by the time of generation, the oldest first. */
function byAge(a: BoardRow, b: BoardRow): number {
  return (a.pskGeneratedAt ?? Number.NEGATIVE_INFINITY) - (b.pskGeneratedAt ?? Number.NEGATIVE_INFINITY) || 0;
}

/** What falls due next comes first; what is overdue or missing follows after, the longest overdue last. */
function byDue(a: BoardRow, b: BoardRow, policy: PskPolicy | null): number {
  const due = (row: BoardRow): number =>
    (row.pskGeneratedAt ?? Number.NEGATIVE_INFINITY) + ((row.pskPolicy ?? policy)?.dueMs ?? 0);
  const sooner = due(a) - due(b) || 0;
  const late = (row: BoardRow): number => Number(['missing', 'stale', 'due'].includes(row.lanes.psk.value));
  return late(a) - late(b) || (late(a) ? -sooner : sooner);
}

const COMPARE: Readonly<Record<PskSort, (a: BoardRow, b: BoardRow, policy: PskPolicy | null) => number>> = {
  age: byAge,
  due: byDue,
  name: () => 0,
  site: (a, b) => COLLATOR.compare(a.site?.name ?? '\uffff', b.site?.name ?? '\uffff'),
};

function found(row: BoardRow, { account, text }: PskQuery): boolean {
  if (account !== null && row.accountId !== account) return false;
  if (text.trim() === '') return true;
  const haystack = [row.name, row.description, row.site?.name, row.cloudflareEndpoint, row.customerEndpoint, row.id]
    .join('\n')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

export interface PskList {
  readonly rows: readonly BoardRow[];
  /** By state, of what the other filters leave. */
  readonly counts: Readonly<Record<PskState, number>>;
}

/** The list that a query shows. `policy` is the one of rows that have none of their own. */
export function pskList(all: Iterable<BoardRow>, query: PskQuery, policy: PskPolicy | null): PskList {
  const counts = Object.fromEntries(PSK_STATES.map((state) => [state, 0])) as Record<PskState, number>;
  const rows: BoardRow[] = [];
  for (const row of all) {
    if (!found(row, query)) continue;
    const state = row.lanes.psk.value;
    counts[state] += 1;
    if (query.states.length === 0 || query.states.includes(state)) rows.push(row);
  }
  const compare = COMPARE[query.sort];
  // Infinities of two missing keys give NaN, which `byAge` makes 0.
  return { rows: rows.sort((a, b) => compare(a, b, policy) || byName(a, b)), counts };
}
