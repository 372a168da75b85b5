/** What the mere passing of time does to a tunnel: its key ages, a recovery ends. */
import type { Instant, LaneState, Lanes, LaneValue } from '../../shared/model.ts';
import type { Entry } from './entry.ts';
import { nextPskChange, readPsk } from './lane-values.ts';
import { byOurClock, cloudNow, type Look, policyAt } from './look.ts';
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

/** The age of a tunnel's PSK, by Cloudflare's clock and the tunnel's policy. */
export function pskAge({ tunnel, siteName }: Pick<Entry, 'tunnel' | 'siteName'>, look: Look): PskAge {
  const { pskGeneratedAt } = tunnel;
  const policy = policyAt(look, tunnel, siteName);
  const at = cloudNow(look);
  const { value, began } = readPsk(pskGeneratedAt, policy, at);
  return {
    value,
    began: began === null ? null : byOurClock(began, look),
    // A key from the future counts as fresh: nothing changes when its moment comes.
    holds: { from: value === 'fresh' ? null : began, to: nextPskChange(pskGeneratedAt, policy, at), policy },
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
  const { from, to, policy } = entry.pskHolds;
  const at = cloudNow(look);
  const aged = to !== null && at >= to;
  // The site may have become known, and with it a tag that has a policy of its own.
  const judged = policy === policyAt(look, entry.tunnel, entry.siteName);
  if (!judged) update.touched.add(entry.tunnel.key);
  if (aged || !judged || (from !== null && at < from)) {
    const psk = pskAge(entry, look);
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
