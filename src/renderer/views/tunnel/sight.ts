/** How well we see one tunnel, from what the board knows of its account. */

import type { Sight } from '../../explain/summary.ts';
import type { AccountView, Board } from '../../state/board.svelte.ts';
import { faults } from '../../words/faults.ts';

/** What limits our sight most. */
export function sightOf(board: Pick<Board, 'lost' | 'heardAt'>, account: AccountView | undefined): Sight {
  if (board.lost !== null) return { kind: 'lost', since: board.heardAt, reason: board.lost };
  if (account === undefined) return { kind: 'seeing' };
  const { status, fresh, listAgeMs } = account;
  if (status.blind) return { kind: 'blind', since: status.blind.since, sentence: faults.sentence(status.blind.fault) };
  if (fresh.list) return { kind: 'seeing' };
  return listAgeMs === null ? { kind: 'starting' } : { kind: 'stale', ageMs: listAgeMs };
}
