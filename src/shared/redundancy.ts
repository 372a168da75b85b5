/** Who of a site lives, and what is left of its redundancy: alerts, the wall and the tray say the same. Pure. */
import type { BoardRow } from './model.ts';
import type { Freshness } from './standing.ts';

/** What the facts say of a tunnel. BGP that is up proves life; health proves it where there is no BGP. `null`: nothing. */
export function readsAlive(
  { lanes, unreadable }: Pick<BoardRow, 'lanes' | 'unreadable'>,
  sight: Freshness,
): boolean | null {
  if (!sight.list || unreadable !== null) return null;
  const bgp = lanes.bgp.value;
  if (bgp === 'down' || bgp === 'establishing') return false;
  const health = lanes.health.value;
  if (health === 'down') return sight.health ? false : null;
  if (bgp === 'up') return true;
  return sight.health && (health === 'healthy' || health === 'degraded') ? true : null;
}

/** How many tunnels of a site live, are dead, or tell nothing. */
export interface SiteCounts {
  readonly live: number;
  readonly dead: number;
  readonly unknown: number;
}

/**
 * What is left of a site: nothing (`isolated`), one tunnel of several (`at-risk`), fewer than there should be but two or more
 * (`reduced`), all of several (`redundant`), the one that it has (`single`). `unknown`: too little is seen to tell.
 */
export type Redundancy = 'isolated' | 'at-risk' | 'reduced' | 'redundant' | 'single' | 'unknown';

/** Tunnels of unknown state count as neither dead nor alive, as in the rules about sites. */
export function redundancyOf({ live, dead, unknown }: SiteCounts): Redundancy {
  const all = live + dead + unknown;
  if (dead === all) return all === 0 ? 'unknown' : 'isolated';
  if (all === 1) return live === 1 ? 'single' : 'unknown';
  if (live === 1 && dead === all - 1) return 'at-risk';
  if (live < 2) return 'unknown';
  return dead > 0 ? 'reduced' : 'redundant';
}
