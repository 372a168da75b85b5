/** The tunnels before and after one, in the order in which the reader last saw the board. */
import type { TunnelKey } from '../../../shared/model.ts';
import type { Board } from '../../state/board.svelte.ts';
import { Listing } from '../../state/listing.svelte.ts';
import { readQuery } from '../../state/query.ts';
import { parseHash } from '../../state/route.svelte.ts';

/**
 * The tunnel `step` places further in the board's order, `null` beyond its ends. A tunnel that the board's filters leave
 * out stands before the first.
 */
export function neighbourOf(board: Board, boardHash: string, key: TunnelKey, step: 1 | -1): TunnelKey | null {
  const { order } = new Listing(board, () => readQuery(parseHash(boardHash).query));
  return order[order.indexOf(key) + step] ?? null;
}
