/** What shows that a new key works. Pure. */
import type { RotationCheck } from '../../shared/keys.ts';
import type { Instant, Millis } from '../../shared/model.ts';
import type { KeptRotation } from '../ledger/contract.ts';
import { check } from './rotation-sentence.ts';
import { isFresh, type RotationWorld, type Watched } from './rotation-world.ts';

const MINUTE: Millis = 60_000;
/** Until then a look may still show what was before: 90 s of BGP hold time, a minute of health results. */
export const SETTLE_MS: Millis = 150_000;
/** So long may Cloudflare hold a tunnel at degraded that is well again. */
export const BACK_WITHIN_MS: Millis = 30 * MINUTE;
/** The same moment comes with nanoseconds from one call and rounded from another. */
const SAME_KEY_MS: Millis = 1_000;
const LIST_SOON_MS: Millis = 2 * MINUTE;

/** Cloudflare dates the key anew. A key that somebody gave to Cloudflare may not move its date, so this alone fails nothing. */
export function timestampMoved({ generatedBefore, setAt }: KeptRotation, { own, now }: RotationWorld): RotationCheck {
  const id = 'timestamp-moved';
  const at = own?.row.pskGeneratedAt ?? null;
  if (at !== null && (generatedBefore === null || Math.abs(at - generatedBefore) > SAME_KEY_MS))
    return check(id, 'good', 'Cloudflare dates the key anew.', 'dated');
  if (now - (setAt ?? now) < LIST_SOON_MS)
    return check(id, 'waiting', 'Cloudflare’s list does not show the new date yet.', 'not-dated-yet');
  return check(
    id,
    'unknown',
    'Cloudflare still shows the old date; a key that was given to it may not move it.',
    'not-dated',
  );
}

/** The proofs after the re-authentication, at `since`. */
export function proofs(kept: KeptRotation, world: RotationWorld, since: Instant): readonly RotationCheck[] {
  const { own, now } = world;
  if (own === null) return [check('tunnel', 'bad', 'The tunnel is not on Cloudflare’s list any more.', 'gone')];
  const fresh = isFresh(world.account);
  const late = now >= since + BACK_WITHIN_MS;
  return [
    timestampMoved(kept, world),
    bgpBack(own, { fresh, late, since, now }),
    healthBack(own, { fresh, late, since, now }),
  ];
}

interface When {
  readonly fresh: boolean;
  readonly late: boolean;
  readonly since: Instant;
  readonly now: Instant;
}

const MISMATCH =
  'Most likely the router has another key than Cloudflare: enter the key again, or make a new one, and clear the IKE SA.';

function bgpBack({ row }: Watched, { fresh, late, since, now }: When): RotationCheck {
  const id = 'bgp-back';
  const { value, since: from } = row.lanes.bgp;
  if (value === 'unconfigured') return check(id, 'good', 'This tunnel has no BGP session.', 'bgp-none');
  if (!fresh) return check(id, 'unknown', 'Whether BGP is up is not known now; the facts are old.', 'bgp-stale');
  if (value === 'unreported' || value === 'unknown' || value === 'unobserved')
    return check(id, 'unknown', 'Cloudflare does not report the BGP session.', 'bgp-unreported');
  if (value === 'up' && now - since >= SETTLE_MS) {
    return from > since
      ? check(id, 'good', 'BGP went down for the re-authentication and is up again.', 'bgp-back')
      : check(id, 'good', 'BGP stayed up.', 'bgp-stayed');
  }
  if (value === 'up')
    return check(
      id,
      'waiting',
      'BGP is up; it counts when it still is after the hold time of 90 s.',
      'bgp-counts-later',
    );
  return late
    ? check(id, 'bad', `BGP is not back. ${MISMATCH}`, 'bgp-late')
    : check(
        id,
        'waiting',
        'BGP is not back yet. If it stays so for some minutes, compare the key on the router.',
        'bgp-not-yet',
      );
}

function healthBack({ row }: Watched, { fresh, late, since, now }: When): RotationCheck {
  const id = 'health-back';
  const { value, since: from } = row.lanes.health;
  if (value === 'disabled') return check(id, 'unknown', 'Health checks are off for this tunnel.', 'checks-off');
  if (value === 'nodata' || value === 'unobserved')
    return check(id, 'unknown', 'There are no health results for this tunnel.', 'no-results');
  if (!fresh) return check(id, 'unknown', 'The health is not known now; the facts are old.', 'health-stale');
  if (value === 'healthy' && now - since >= SETTLE_MS) {
    return from > since
      ? check(id, 'good', 'Health dipped at the re-authentication and is back.', 'health-back')
      : check(id, 'good', 'Health did not dip.', 'health-stayed');
  }
  if (value === 'healthy') return check(id, 'waiting', 'Healthy; results run some minutes behind.', 'health-lags');
  if (value === 'degraded' && !late)
    return check(
      id,
      'waiting',
      'Degraded: Cloudflare holds that for at least 5 minutes, up to 30, after a tunnel came back.',
      'health-held',
    );
  return late
    ? check(id, 'bad', `Health is not back. ${MISMATCH}`, 'health-late')
    : check(id, 'waiting', 'Health is not back yet.', 'health-not-yet');
}

/** Nothing here can show whether the tunnel works: neither BGP nor health results, and facts are fresh. */
const BLIND_VALUES = ['disabled', 'nodata', 'unconfigured', 'unreported'];
function nothingToSee({ lanes }: Watched['row']): boolean {
  return BLIND_VALUES.includes(lanes.bgp.value) && BLIND_VALUES.includes(lanes.health.value);
}

/** Whether the proofs suffice. What cannot be seen at all is left to the person, who confirmed the re-authentication. */
export function proved(checks: readonly RotationCheck[], world: RotationWorld, since: Instant): boolean {
  if (world.own === null || !isFresh(world.account) || world.now - since < SETTLE_MS) return false;
  const of = (id: string): RotationCheck['state'] | undefined => checks.find((one) => one.id === id)?.state;
  if (of('timestamp-moved') === 'waiting') return false;
  if (nothingToSee(world.own.row)) return true;
  const { bgp, health } = world.own.row.lanes;
  const bgpFits = of('bgp-back') === 'good' || BLIND_VALUES.includes(bgp.value);
  return bgpFits && (of('health-back') === 'good' || BLIND_VALUES.includes(health.value));
}
