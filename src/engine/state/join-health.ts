/**
 * Health results know tunnels by name alone; this gives each row to its tunnel.
 */
import type { ColoHealth, TunnelKey } from '../../shared/model.ts';
import type { HealthRow } from '../cloudflare/contract.ts';
import type { Roster } from './roster.ts';

export interface JoinedHealth {
  /** Oldest minute first. */
  readonly rows: ColoHealth[];
  siteName: string | null;
}

/** The rows of each tunnel. A row whose name no tunnel bears, or more than one, joins to none. */
export function joinHealth(rows: readonly HealthRow[], roster: Roster): ReadonlyMap<TunnelKey, JoinedHealth> {
  const joined = new Map<TunnelKey, JoinedHealth>();
  for (const row of rows) {
    const key = roster.only(row.tunnelName);
    if (key === undefined) continue;
    let mine = joined.get(key);
    if (mine === undefined) {
      mine = { rows: [], siteName: null };
      joined.set(key, mine);
    }
    mine.siteName ??= row.siteName;
    const { coloCode: code, coloName: name, state, samples, minute } = row;
    mine.rows.push({ code, name, state, samples, minute });
  }
  for (const mine of joined.values()) mine.rows.sort((a, b) => a.minute - b.minute);
  return joined;
}
