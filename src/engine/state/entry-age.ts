/** What the mere passing of time does to a tunnel: its key ages, a recovery ends. */
import type { Instant, LaneState, Lanes, LaneValue, Tunnel } from '../../shared/model.ts';
import type { Entry } from './entry.ts';
import { nextPskChange, readPsk } from './lane-values.ts';
import { byOurClock, cloudNow, type Look } from './look.ts';
import { tunnelSeverity } from './severity.ts';
import { moveLane } from './step.ts';
import type { Update } from './update.ts';

/** The age of a tunnel's PSK at a look. */
export interface PskAge {
  readonly value: LaneValue<'psk'>;
  /** By our clock. */
  readonly began: Instant | null;
  /** By Cloudflare's. */
  readonly holds: Entry['pskHolds'];
}

/** The age of the PSK of `tunnel`, by Cloudflare's clock. */
export function pskAge({ pskGeneratedAt }: Tunnel, look: Look): PskAge {
  const at = cloudNow(look);
  const { value, began } = readPsk(pskGeneratedAt, look.policy, at);
  return {
    value,
    began: began === null ? null : byOurClock(began, look),
    // A key from the future counts as fresh: nothing changes when its moment comes.
    holds: { from: value === 'fresh' ? null : began, to: nextPskChange(pskGeneratedAt, look.policy, at) },
  };
}

/** A lane that began in the future began before our clock was set back; all that is left to say is that it holds now. */
function notAfter<L extends 'bgp' | 'health' | 'config'>(state: LaneState<L>, now: Instant): LaneState<L> {
  return state.since <= now ? state : { ...state, since: now, exact: false };
}

function backInTime(entry: Entry, now: Instant, update: Update): Entry {
  const { bgp, health, config } = entry.lanes;
  if (Math.max(bgp.since, health.since, config.since) <= now) return entry;
  update.touched.add(entry.tunnel.key);
  const settled = { bgp: notAfter(bgp, now), health: notAfter(health, now), config: notAfter(config, now) };
  return { ...entry, lanes: { ...entry.lanes, ...settled } };
}

/** The tunnel as time alone has made it. A clock that was set back takes a key back to its age. */
export function observeTime(entry: Entry, look: Look, update: Update): Entry {
  let next = backInTime(entry, look.now, update);
  const { from, to } = entry.pskHolds;
  const at = cloudNow(look);
  const aged = to !== null && at >= to;
  if (aged || (from !== null && at < from)) {
    const psk = pskAge(entry.tunnel, look);
    const seen = { at: aged ? (psk.began ?? look.now) : look.now, began: psk.began };
    const lanes: Lanes = {
      ...next.lanes,
      psk: moveLane(entry.lanes, 'psk', entry.tunnel.key, psk.value, seen, update),
    };
    next = { ...next, lanes, pskHolds: psk.holds, severity: tunnelSeverity(lanes) };
  }
  if (next.recoveringUntil !== null && look.now >= next.recoveringUntil) {
    next = { ...next, recoveringUntil: null };
    update.touched.add(entry.tunnel.key);
  }
  return next;
}
