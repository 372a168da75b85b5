/** Rules about how health checks are set: whether, what kind, which way, how often. Their targets have a file of their own. */
import type { Tunnel } from '../../../shared/model.ts';
import type { TunnelField } from '../fields.ts';
import type { World } from '../world.ts';
import { type CatalogueRule, FINE, found, missing, namesOf, type Verdict } from './rule.ts';
import { soundTunnel } from './sound.ts';
import { SOURCES } from './sources.ts';

type Check = NonNullable<Tunnel['healthCheck']>;

/** The sound health check with other settings. */
const hc = (more: Partial<Check>): { healthCheck: Check } => {
  const { healthCheck } = soundTunnel(0);
  const sound: Check = healthCheck ?? { enabled: null, rate: null, type: null, direction: null, target: null };
  return { healthCheck: { ...sound, ...more } };
};

/** One setting over a group: those that have it otherwise. Mates that do not report it are left out. */
function mixed(tunnel: Tunnel, world: World, setting: 'rate' | 'direction'): Verdict {
  const field: TunnelField = `health_check.${setting}`;
  const own = tunnel.healthCheck?.[setting] ?? null;
  if (own === null) return missing(field);
  const others = world.mates(tunnel).filter((mate) => (mate.healthCheck?.[setting] ?? own) !== own);
  const first = others[0];
  if (first === undefined) return FINE;
  const theirs = `, ${first.healthCheck?.[setting]} on ${namesOf(others.map(({ name }) => name))}`;
  return found(field, own, theirs, { grouping: world.group(tunnel).words });
}

export const HEALTH_CHECKS: readonly CatalogueRule[] = [
  {
    id: 'hc-disabled',
    family: 'health-checks',
    severity: 'error',
    title: 'Health check disabled',
    reads: ['health_check.enabled'],
    basis: 'documented',
    why: 'Without health checks Cloudflare neither warns nor moves traffic away from a dead tunnel, and its dashboard shows the tunnel as down.',
    fix: 'Enable the health check.',
    source: SOURCES.healthChecks,
    examples: { triggers: { a: hc({ enabled: false }) }, quiet: {} },
    judge: ({ healthCheck }) => {
      const enabled = healthCheck?.enabled ?? null;
      if (enabled === null) return missing('health_check.enabled');
      return enabled ? FINE : found('health_check.enabled', false, '', { remedy: { healthCheck: { enabled: true } } });
    },
  },
  {
    id: 'hc-config-absent',
    family: 'health-checks',
    severity: 'info',
    title: 'Health check not reported',
    reads: ['health_check'],
    basis: 'schema',
    why: 'The API need not report the health check, and what it does not report is not the default: nothing about it was checked.',
    fix: 'Look at the tunnel in the dashboard, or read it once more.',
    source: SOURCES.api,
    examples: { triggers: { a: { healthCheck: null } }, quiet: {} },
    judge: ({ healthCheck }) =>
      healthCheck === null
        ? { found: { evidence: 'health_check is not reported', field: 'health_check', value: null } }
        : FINE,
  },
  {
    id: 'hc-type-reply',
    family: 'health-checks',
    severity: 'warning',
    title: 'Health check sends unsolicited replies',
    reads: ['health_check.type'],
    basis: 'documented',
    why: 'Stateful firewalls drop an echo reply that nobody asked for, and the tunnel then looks down.',
    fix: 'Set the type to request.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { a: hc({ type: 'reply' }) },
      quiet: { a: hc({ type: 'request' }) },
      beside: ['hc-reply-policy-vpn'],
    },
    judge: ({ healthCheck }) => {
      const type = healthCheck?.type ?? null;
      if (type === null) return missing('health_check.type');
      return type === 'reply'
        ? found('health_check.type', type, '', { remedy: { healthCheck: { type: 'request' } } })
        : FINE;
    },
  },
  {
    id: 'hc-reply-policy-vpn',
    family: 'health-checks',
    severity: 'info',
    title: 'Health check unfit for a policy-based VPN',
    reads: ['health_check.type'],
    basis: 'documented',
    why: 'If the router’s VPN is policy-based, unsolicited replies match no selector; the API does not tell which kind it is.',
    fix: 'For a policy-based VPN set the type to request, with a loopback inside the selectors as target.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { a: hc({ type: 'reply' }) },
      quiet: { a: hc({ type: 'request' }) },
      beside: ['hc-type-reply'],
    },
    judge: ({ healthCheck }) => {
      const type = healthCheck?.type ?? null;
      if (type === null) return missing('health_check.type');
      return type === 'reply'
        ? found('health_check.type', type, '', { remedy: { healthCheck: { type: 'request' } } })
        : FINE;
    },
  },
  {
    id: 'hc-unidirectional-egress',
    family: 'health-checks',
    severity: 'info',
    title: 'Health check answers over the Internet',
    reads: ['health_check.direction'],
    basis: 'documented',
    why: 'The answer of a unidirectional check crosses the Internet, where carriers and firewalls may drop it though the tunnel is well.',
    fix: 'Where traffic to the Internet leaves through Cloudflare, make the check bidirectional.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { a: hc({ direction: 'unidirectional' }), b: hc({ direction: 'unidirectional' }) },
      quiet: {},
    },
    judge: ({ healthCheck }) => {
      const direction = healthCheck?.direction ?? null;
      if (direction === null) return missing('health_check.direction');
      return direction === 'unidirectional' ? found('health_check.direction', direction) : FINE;
    },
  },
  {
    id: 'hc-rate-low-on-sole-tunnel',
    family: 'health-checks',
    severity: 'info',
    title: 'Slow health check on a sole tunnel',
    reads: ['health_check.rate', 'gre_tunnels', 'cf_interconnects', 'redundancy_groups'],
    basis: 'documented',
    why: 'A low rate notices a failure later, and nothing else carries this tunnel’s traffic meanwhile.',
    fix: 'Set the rate to mid or high.',
    source: SOURCES.healthRate,
    examples: {
      triggers: { a: { name: 'rotterdam', ...hc({ rate: 'low' }) }, b: { name: 'utrecht' } },
      quiet: { a: hc({ rate: 'low' }), b: hc({ rate: 'low' }) },
      beside: ['no-redundancy'],
    },
    byGroup: true,
    judge: (tunnel, world) => {
      const rate = tunnel.healthCheck?.rate ?? null;
      if (rate === null) return missing('health_check.rate');
      const { members, neighbours, words } = world.group(tunnel);
      if (rate !== 'low' || members.length + neighbours.length > 1) return FINE;
      const { gre, interconnects, redundancyGroups } = world.surroundings;
      if (gre === null) return missing('gre_tunnels');
      if (interconnects === null) return missing('cf_interconnects');
      if (redundancyGroups === null) return missing('redundancy_groups');
      return found('health_check.rate', rate, '', { grouping: words, remedy: { healthCheck: { rate: 'mid' } } });
    },
  },
  {
    id: 'hc-rate-mixed-in-group',
    family: 'health-checks',
    severity: 'info',
    title: 'Health check rates differ within a group',
    reads: ['health_check.rate', 'name'],
    basis: 'heuristic',
    why: 'Failures of one tunnel are noticed sooner than those of the other, so that failover depends on which one fails.',
    fix: 'Give all tunnels of the group one rate.',
    source: SOURCES.healthRate,
    examples: { triggers: { b: hc({ rate: 'high' }) }, quiet: { a: hc({ rate: 'high' }), b: hc({ rate: 'high' }) } },
    byGroup: true,
    judge: (tunnel, world) => mixed(tunnel, world, 'rate'),
  },
  {
    id: 'hc-direction-mixed-in-group',
    family: 'health-checks',
    severity: 'warning',
    title: 'Health check directions differ within a group',
    reads: ['health_check.direction', 'name'],
    basis: 'heuristic',
    why: 'One fault on the way back then fells one tunnel and not the other, and traffic moves for the wrong reason.',
    fix: 'Give all tunnels of the group one direction.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { b: hc({ direction: 'unidirectional' }) },
      quiet: {},
      beside: ['hc-unidirectional-egress'],
    },
    byGroup: true,
    judge: (tunnel, world) => mixed(tunnel, world, 'direction'),
  },
];
