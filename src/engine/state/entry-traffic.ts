/**
 * Which tunnels stand by: nothing but health checks went through them in six hours. Cloudflare's own alerts skip such tunnels,
 * so that a standby can die without a word.
 */
import type { Millis, TunnelKey } from '../../shared/model.ts';
import type { HealthWindow, TunnelTraffic } from '../cloudflare/contract.ts';
import type { Entry } from './entry.ts';
import { RECOVERY_MS } from './health.ts';
import type { Look } from './look.ts';
import type { Roster } from './roster.ts';
import type { Update } from './update.ts';

/** A tunnel that came back takes up its traffic as soon as Cloudflare calls it healthy: within half an hour at most. */
const SETTLED_MS: Millis = RECOVERY_MS;

/** An answer about traffic. */
export interface TrafficSeen {
  readonly traffic: readonly TunnelTraffic[];
  readonly window: HealthWindow;
}

/**
 * How an answer changes a tunnel. Traffic says at once that it is no standby. No traffic says that it is one only while it is
 * healthy, and has been for a while: a dead tunnel carries nothing, and is no standby for that. It must have borne its name for
 * the whole window, too. `null` forgets what was known.
 */
export function idleObserver(
  seen: TrafficSeen | null,
  roster: Roster,
  look: Look,
  update: Update,
): (entry: Entry) => Entry {
  const withIdle = (entry: Entry, idle: boolean | null): Entry => {
    if (entry.idle === idle) return entry;
    update.touched.add(entry.tunnel.key);
    return { ...entry, idle };
  };
  if (seen === null) return (entry) => withIdle(entry, null);
  const carried = new Set<TunnelKey>();
  for (const { tunnelName, bits } of seen.traffic) {
    const key = bits > 0 ? roster.only(tunnelName) : undefined;
    if (key !== undefined) carried.add(key);
  }
  return (entry) => {
    const { tunnel, lanes, born } = entry;
    if (carried.has(tunnel.key)) return withIdle(entry, false);
    const settled = lanes.health.value === 'healthy' && look.now - lanes.health.since >= SETTLED_MS;
    const known = roster.only(tunnel.name) === tunnel.key && born <= seen.window.from;
    return settled && known ? withIdle(entry, true) : entry;
  };
}
