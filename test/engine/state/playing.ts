import type { HealthRow, ListSnapshot } from '../../../src/engine/cloudflare/contract.ts';
import { createFleet } from '../../../src/engine/state/fleet.ts';
import type { Fleet } from '../../../src/engine/state/fleet-contract.ts';
import type { Look } from '../../../src/engine/state/look.ts';
import type { Tunnel, TunnelId, UnreadableTunnel } from '../../../src/shared/model.ts';
import { ACCOUNT, POLICY } from '../../fixtures/tunnels.ts';

export const MINUTE = 60_000;

/** One look at `now`, with Cloudflare's clock in step unless told otherwise. */
export const look = (now: number, lastLook: number | null = now - 30_000, more: Partial<Look> = {}): Look => ({
  now,
  lastLook,
  policy: POLICY,
  aheadMs: 0,
  ...more,
});

/** Plays whole lists, as the list reader would compare them. */
export function lister(): (tunnels: Tunnel[], unreadable?: UnreadableTunnel[]) => ListSnapshot {
  let before = new Map<TunnelId, Tunnel>();
  return (tunnels, unreadable = []) => {
    const now = new Map(tunnels.map((t) => [t.id, t]));
    const unclear = unreadable.some((u) => u.id === null);
    const changed = tunnels.filter((t) => before.get(t.id) !== t);
    const missing = [...before.keys()].filter((id) => !now.has(id) && !unreadable.some((u) => u.id === id));
    const removed = unclear ? [] : missing;
    before = now;
    return { unchanged: changed.length + removed.length === 0, tunnels: now, changed, removed, unreadable };
  };
}

export const newFleet = (known = false): Fleet => createFleet(ACCOUNT, { tunnels: [], known, config: () => null });

export const row = (name: string, minute: number, state: number, colo = 'FRA'): HealthRow => ({
  tunnelName: name,
  siteName: null,
  coloCode: colo,
  coloName: colo,
  minute,
  state,
  samples: 9,
});
