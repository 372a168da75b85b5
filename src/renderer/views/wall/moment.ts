/** What a wall is drawn from: the board of this moment, or of a past one. The wall adds nothing of its own. */
import type { AccountId } from '../../../shared/model.ts';
import type { AccountView, Board } from '../../state/board.svelte.ts';
import type { Dark } from './tiles.ts';
import type { WallView } from './wall-view.ts';

/** `Board` is one. Reading it inside of an effect follows it, as with every state. */
export type WallMoment = Pick<Board, 'entries' | 'accounts' | 'status' | 'lost' | 'now' | 'heardAt' | 'accountName'> & {
  readonly alerts: Pick<Board['alerts'], 'causes'>;
};

/** The accounts that a view shows: those whose sight it depends on. */
export function accountsOnWall(
  moment: Pick<WallMoment, 'accounts'>,
  { account }: WallView,
  shown: ReadonlySet<AccountId>,
): readonly AccountView[] {
  const wanted = account?.toLowerCase() ?? null;
  const all = moment.accounts.filter(
    ({ status: { id, name } }) => wanted === null || id === wanted || name.toLowerCase() === wanted,
  );
  const drawn = all.filter(({ status: { id } }) => shown.has(id));
  // A view that shows nothing yet depends on all of them.
  return drawn.length === 0 ? all : drawn;
}

/** Accounts in which nothing is known to be true now. */
export function darkOf(accounts: readonly AccountView[], lost: boolean): Dark {
  return new Set(accounts.filter(({ status }) => lost || status.blind !== null).map(({ status }) => status.id));
}
