/**
 * Tunnels read by get since the last list. A list that is the same as the list before it reports no change, and may yet
 * tell otherwise than the get between the two.
 */
import { type Instant, type Tunnel, type TunnelKey, tunnelOf } from '../../shared/model.ts';
import type { ListSnapshot } from '../cloudflare/contract.ts';
import { sameJson } from '../cloudflare/same.ts';

export class CloseReads {
  readonly #keys = new Set<TunnelKey>();

  add(key: TunnelKey): void {
    this.#keys.add(key);
  }

  /**
   * Tunnels that the list tells otherwise than they are `known`, beside those that it reports as changed. The list is the
   * newer answer, unless its own timestamps say that it is the older one; then the next list is asked again.
   */
  toldOtherwise(snapshot: ListSnapshot, known: (key: TunnelKey) => Tunnel | undefined): readonly Tunnel[] {
    if (this.#keys.size === 0) return [];
    const changed = new Set(snapshot.changed.map((tunnel) => tunnel.key));
    const told: Tunnel[] = [];
    for (const key of [...this.#keys]) {
      const before = known(key);
      const listed = snapshot.tunnels.get(tunnelOf(key));
      if (before !== undefined && listed !== undefined && !changed.has(key) && !sameJson(before, listed)) {
        if (isOlder(listed, before)) continue;
        told.push(listed);
      }
      this.#keys.delete(key);
    }
    return told;
  }
}

/** Whether `listed` was made before `known`, by Cloudflare's own timestamps. */
function isOlder(listed: Tunnel, known: Tunnel): boolean {
  const before = (a: Instant | null, b: Instant | null): boolean => a !== null && b !== null && a < b;
  const session = before(listed.bgpStatus?.updatedAt ?? null, known.bgpStatus?.updatedAt ?? null);
  return session || before(listed.modifiedAt, known.modifiedAt);
}
