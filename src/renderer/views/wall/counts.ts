/** How many tiles stand how, worst first. Pure. */
import { BUCKETS } from '../../state/query.ts';
import type { Kind } from '../../state/standing.ts';
import { wall as words } from '../../words/wall.ts';
import { tileWord } from './tile-lines.ts';
import type { Tile } from './tiles.ts';

export interface Count {
  readonly word: string;
  readonly kind: Kind;
  readonly stale: boolean;
  readonly count: number;
}

/** In the order in which they come first in a worst-first list; what is old is one count of its own. */
export function countsOf(tiles: Iterable<Tile>): readonly Count[] {
  const counts = new Map<string, { word: string; kind: Kind; stale: boolean; count: number }>();
  for (const tile of tiles) {
    const word = tile.stale ? words.state.stale : tileWord(tile);
    const known = counts.get(word);
    if (known === undefined) counts.set(word, { word, kind: tile.kind, stale: tile.stale, count: 1 });
    else known.count += 1;
  }
  const rank = ({ kind, stale }: Count): number => (stale ? BUCKETS.indexOf('stale') : BUCKETS.indexOf(kind));
  return [...counts.values()]
    .map((one) => (one.stale ? { ...one, kind: 'up' as const } : one))
    .sort((a, b) => rank(a) - rank(b));
}
