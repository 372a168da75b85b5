/** What has to be so before a key is changed. Pure; the order is the one in which a person would look. */
import type { RotationCheck } from '../../shared/keys.ts';
import type { Millis } from '../../shared/model.ts';
import { check } from './rotation-sentence.ts';
import { isFresh, type RotationWorld, type Watched } from './rotation-world.ts';

const HOUR: Millis = 3_600_000;
/** Under this a data centre counts a tunnel as down; Cloudflare's own limits are told with the health lane. */
const COLO_DOWN = 0.4;

/** No person's word replaces these. */
export const NEVER_DESPITE: readonly string[] = ['tunnel', 'unlocked', 'other-rotation'];

/** Stands in the way until it is good, or until a person accepts it by its id. */
export const stands = ({ state }: RotationCheck): boolean => state === 'bad' || state === 'unknown';

/** The preconditions. `again`: a key was set in this rotation already, and the tunnel may be down because of it. */
export function preconditions(world: RotationWorld, again: boolean): readonly RotationCheck[] {
  const { own } = world;
  if (own === null) return [check('tunnel', 'bad', 'The tunnel is not on Cloudflare’s list any more.', 'gone')];
  return [
    fresh(world),
    partnerHealthy(world, own),
    partnerBgp(world),
    ...(again ? [] : [ownBgp(own)]),
    partnerSettled(world),
    ...(again ? [] : [traffic(own)]),
    world.other === null
      ? check('other-rotation', 'good', 'No other tunnel of the group is being rotated.', 'no-other')
      : check(
          'other-rotation',
          'bad',
          `The key of ${world.other.name}, of the same group, is being rotated. Finish that first.`,
          'other',
          { name: world.other.name },
        ),
    world.locked === null
      ? check('unlocked', 'good', 'The account is unlocked for changes.', 'unlocked')
      : { id: 'unlocked', state: 'bad', ...world.locked },
  ];
}

function fresh({ account }: RotationWorld): RotationCheck {
  return isFresh(account)
    ? check('fresh', 'good', 'What is known of the account is of now.', 'fresh')
    : check(
        'fresh',
        'unknown',
        'What is known of the account is old or not read yet; wait for the next answers.',
        'stale',
      );
}

const names = (of: readonly Watched[]): string => of.map(({ row }) => row.name).join(', ');

function partnerHealthy({ partners, group, account }: RotationWorld, own: Watched): RotationCheck {
  const id = 'partner-healthy';
  if (partners.length === 0) return noPartner(id, group?.neighbours ?? []);
  const grouping = group?.words ?? null;
  const within = `(${grouping ?? 'same group'})`;
  if (!isFresh(account))
    return check(id, 'unknown', `Whether ${names(partners)} can carry the traffic is not known now.`, 'partner-stale', {
      names: names(partners),
    });
  const able = partners.filter((one) => one.row.lanes.health.value === 'healthy' && downIn(one, own).length === 0);
  if (able.length > 0)
    return check(id, 'good', `${names(able)} ${within} is healthy and can carry the traffic.`, 'partner-carries', {
      names: names(able),
      grouping,
    });
  const seen = partners.filter(({ row }) => !['nodata', 'disabled', 'unobserved'].includes(row.lanes.health.value));
  if (seen.length === 0)
    return check(id, 'unknown', `The health of ${names(partners)} ${within} is not known.`, 'partner-unseen', {
      names: names(partners),
      grouping,
    });
  const torn = seen.filter((one) => one.row.lanes.health.value === 'healthy');
  const [first] = torn;
  if (first !== undefined) {
    const where = downIn(first, own).join(', ');
    return check(
      id,
      'bad',
      `${first.row.name} ${within} is down in ${where}, where this tunnel carries traffic.`,
      'partner-torn',
      { names: first.row.name, grouping, where },
    );
  }
  return check(
    id,
    'bad',
    `${names(seen)} ${within} is not healthy: without this tunnel the site may be cut off.`,
    'partner-ill',
    { names: names(seen), grouping },
  );
}

function noPartner(id: string, neighbours: readonly string[]): RotationCheck {
  if (neighbours.length === 0)
    return check(
      id,
      'bad',
      'No other tunnel is known to carry the traffic: the site may be cut off for some minutes.',
      'no-partner',
    );
  const others = neighbours.join(', ');
  return check(id, 'unknown', `${others} may carry the traffic; its health is not watched here.`, 'neighbours', {
    names: others,
  });
}

/** Data centres in which this tunnel works and the other does not. Each counts that reports: which carry traffic is not told. */
function downIn(partner: Watched, own: Watched): readonly string[] {
  const down = new Set(partner.colos.filter(({ state }) => state < COLO_DOWN).map(({ code }) => code));
  return own.colos.filter(({ code, state }) => state >= COLO_DOWN && down.has(code)).map(({ code }) => code);
}

function partnerBgp({ partners, account }: RotationWorld): RotationCheck {
  const id = 'partner-bgp';
  const speaking = partners.filter(({ row }) => row.lanes.bgp.value !== 'unconfigured');
  if (speaking.length === 0)
    return check(id, 'good', 'No other tunnel of the group has a BGP session.', 'no-partner-bgp');
  if (!isFresh(account))
    return check(id, 'unknown', `Whether BGP is up on ${names(speaking)} is not known now.`, 'partner-bgp-stale', {
      names: names(speaking),
    });
  const up = speaking.filter(({ row }) => row.lanes.bgp.value === 'up');
  if (up.length > 0) return check(id, 'good', `BGP is up on ${names(up)}.`, 'partner-bgp-up', { names: names(up) });
  const known = speaking.some(({ row }) => ['down', 'establishing'].includes(row.lanes.bgp.value));
  return known
    ? check(id, 'bad', `BGP is not up on ${names(speaking)}.`, 'partner-bgp-down', { names: names(speaking) })
    : check(id, 'unknown', `Cloudflare does not report BGP on ${names(speaking)}.`, 'partner-bgp-unreported', {
        names: names(speaking),
      });
}

function ownBgp({ row }: Watched): RotationCheck {
  const id = 'own-bgp';
  switch (row.lanes.bgp.value) {
    case 'up':
      return check(id, 'good', 'BGP is up on this tunnel.', 'bgp-up');
    case 'unconfigured':
      return check(id, 'good', 'This tunnel has no BGP session.', 'bgp-none');
    case 'down':
    case 'establishing':
      return check(id, 'bad', 'BGP is not up on this tunnel: find out why before changing its key.', 'bgp-down');
    default:
      return check(id, 'unknown', 'Whether BGP is up on this tunnel is not known.', 'bgp-unknown');
  }
}

/** The other half wants to have proved its own new key before this one goes. */
function partnerSettled({ partners, now }: RotationWorld): RotationCheck {
  const id = 'partner-settled';
  const young = partners.filter(({ row }) => row.pskGeneratedAt !== null && now - row.pskGeneratedAt < HOUR);
  return young.length === 0
    ? check(id, 'good', 'No key of the group was changed within the last hour.', 'partners-settled')
    : check(
        id,
        'bad',
        `The key of ${names(young)} was changed within the last hour; let some hours pass between the two.`,
        'partner-young',
        { names: names(young) },
      );
}

function traffic({ row }: Watched): RotationCheck {
  return row.idle === true
    ? check('traffic', 'good', 'Nothing but health checks goes through this tunnel.', 'idle')
    : check(
        'traffic',
        'waiting',
        'Move the traffic to the other tunnel first (route priority or AS path) and let it drain.',
        'traffic',
      );
}
