/** Rules about the target of health checks. */
import type { Tunnel } from '../../../shared/model.ts';
import { canonical, dotted, inAny, isPrivate, netOf, ranges } from '../addresses.ts';
import { targetShelf } from '../shelves.ts';
import { type CatalogueRule, FINE, found, missing, othersOn, type Verdict } from './rule.ts';
import { soundTunnel } from './sound.ts';
import { SOURCES } from './sources.ts';

type Check = NonNullable<Tunnel['healthCheck']>;
const TARGET = 'health_check.target';
const DIRECTION = 'health_check.direction';
/** Addresses of an older scheme: four targets that needed a policy route on the router. */
const LEGACY = ranges(['172.64.240.252/30']);
const COMPUTED = { healthCheck: { target: '' } } as const;

const hc = (direction: string, saved: string, effective: string | null = saved): { healthCheck: Check } => {
  const { healthCheck } = soundTunnel(0);
  const sound: Check = healthCheck ?? { enabled: null, rate: null, type: null, direction: null, target: null };
  return { healthCheck: { ...sound, direction, target: { saved, effective } } };
};
/** Both halves alike, so that only the target is remarkable. */
const both = (direction: string, a: string, b: string) => ({ a: hc(direction, a), b: hc(direction, b) });

/** Judges the saved target; the computed one, saved as nothing, is always fine. */
function saved(tunnel: Tunnel, judge: (target: string, check: Check) => Verdict): Verdict {
  const check = tunnel.healthCheck;
  const target = check?.target?.saved ?? null;
  if (check === null || target === null) return missing(TARGET);
  return target === '' ? FINE : judge(target, check);
}

export const HEALTH_CHECK_TARGETS: readonly CatalogueRule[] = [
  {
    id: 'hc-unidirectional-no-target',
    family: 'health-checks',
    severity: 'error',
    title: 'Health check without a target',
    reads: [DIRECTION, TARGET, 'customer_endpoint'],
    basis: 'documented',
    why: 'A unidirectional check without customer endpoint has no address to probe.',
    fix: 'Set the customer endpoint or a target, or make the check bidirectional.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { a: { ...hc('unidirectional', ''), customerEndpoint: null }, b: hc('unidirectional', '') },
      quiet: { a: hc('unidirectional', ''), b: hc('unidirectional', '') },
      beside: ['hc-unidirectional-egress', 'customer-endpoint-missing'],
    },
    judge: ({ healthCheck, customerEndpoint }) => {
      const direction = healthCheck?.direction ?? null;
      const target = healthCheck?.target ?? null;
      if (direction === null) return missing(DIRECTION);
      if (direction !== 'unidirectional' || customerEndpoint !== null) return FINE;
      if (target === null || target.saved === null) return missing(TARGET);
      if (target.saved !== '' || (target.effective ?? '') !== '') return FINE;
      const remedy = { healthCheck: { direction: 'bidirectional' } } as const;
      return found(DIRECTION, direction, ', no target, no customer_endpoint', { remedy });
    },
  },
  {
    id: 'hc-bidirectional-custom-target',
    family: 'health-checks',
    severity: 'warning',
    title: 'Target of a bidirectional health check',
    reads: [DIRECTION, TARGET],
    basis: 'schema',
    why: 'The API says that a bidirectional check ignores its target, the documents allow a public one: what is probed is not certain.',
    fix: 'Clear the target, unless the tunnel is one of an active-standby pair on Azure.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { a: hc('bidirectional', '44.128.9.1') },
      quiet: { a: hc('bidirectional', '', '10.64.0.1') },
    },
    judge: (tunnel) =>
      saved(tunnel, (target, { direction }) => {
        if (direction === null) return missing(DIRECTION);
        if (direction !== 'bidirectional' || inAny(target, LEGACY) || canonical(target) === null) return FINE;
        return found(TARGET, target, ', health_check.direction bidirectional', { remedy: COMPUTED });
      }),
  },
  {
    id: 'hc-legacy-target-range',
    family: 'health-checks',
    severity: 'info',
    title: 'Target of the old scheme',
    reads: [TARGET],
    basis: 'documented',
    why: 'Targets in 172.64.240.252/30 need a policy route on the router, which is easily lost when the router is replaced.',
    fix: 'Move to the address of the tunnel interface: clear the target.',
    source: SOURCES.healthChecks,
    examples: { triggers: { a: hc('bidirectional', '172.64.240.253') }, quiet: {} },
    judge: (tunnel) =>
      saved(tunnel, (target) => (inAny(target, LEGACY) ? found(TARGET, target, '', { remedy: COMPUTED }) : FINE)),
  },
  {
    id: 'hc-target-is-cf-side',
    family: 'health-checks',
    severity: 'error',
    title: 'Target is Cloudflare’s own side',
    reads: [TARGET, 'interface_address', 'cloudflare_endpoint'],
    basis: 'heuristic',
    why: 'The target is an address of Cloudflare’s own side, so the check says nothing about the tunnel.',
    fix: 'Use the customer side of the interface network: clear the target.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: { a: hc('bidirectional', '10.64.0.0') },
      quiet: { a: hc('bidirectional', '', '10.64.0.1') },
      beside: ['hc-bidirectional-custom-target'],
    },
    judge: (tunnel) =>
      saved(tunnel, (target) => {
        const net = netOf(tunnel.interfaceAddress);
        const own = [net === null ? null : dotted(net.address), canonical(tunnel.cloudflareEndpoint)];
        const address = canonical(target);
        return address !== null && own.includes(address) ? found(TARGET, target, '', { remedy: COMPUTED }) : FINE;
      }),
  },
  {
    id: 'hc-target-private-unidirectional',
    family: 'health-checks',
    severity: 'warning',
    title: 'Private target of a unidirectional health check',
    reads: [DIRECTION, TARGET],
    basis: 'documented',
    why: 'The answer has to come back over the Internet, and a private address cannot answer there.',
    fix: 'Use a public target, or make the check bidirectional.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: both('unidirectional', '10.1.1.1', '44.128.9.2'),
      quiet: both('unidirectional', '44.128.9.1', '44.128.9.2'),
      beside: ['hc-unidirectional-egress'],
    },
    judge: (tunnel) =>
      saved(tunnel, (target, { direction }) => {
        if (direction === null) return missing(DIRECTION);
        if (direction !== 'unidirectional' || !isPrivate(target)) return FINE;
        return found(TARGET, target, ', health_check.direction unidirectional');
      }),
  },
  {
    id: 'hc-target-invalid-ip',
    family: 'health-checks',
    severity: 'error',
    title: 'Target is no address',
    reads: [TARGET],
    basis: 'schema',
    why: 'A target that is no IP address cannot be probed.',
    fix: 'Set an IP address, or clear the target.',
    source: SOURCES.api,
    examples: {
      triggers: both('unidirectional', 'router.example', '44.128.9.2'),
      quiet: both('unidirectional', '44.128.9.1', '44.128.9.2'),
      beside: ['hc-unidirectional-egress'],
    },
    judge: (tunnel) =>
      saved(tunnel, (target) => (canonical(target) === null ? found(TARGET, target, '', { remedy: COMPUTED }) : FINE)),
  },
  {
    id: 'hc-target-effective-mismatch',
    family: 'health-checks',
    severity: 'warning',
    title: 'Another target is probed than was set',
    reads: [TARGET],
    basis: 'schema',
    why: 'Cloudflare probes another address than the one that is saved.',
    fix: 'Save the target once more and look whether the effective one follows; otherwise ask Cloudflare.',
    source: SOURCES.api,
    examples: {
      triggers: { a: hc('unidirectional', '44.128.9.1', '44.128.9.9'), b: hc('unidirectional', '44.128.9.2') },
      quiet: both('unidirectional', '44.128.9.1', '44.128.9.2'),
      beside: ['hc-unidirectional-egress'],
    },
    judge: (tunnel) =>
      saved(tunnel, (target, { target: pair }) => {
        const effective = pair?.effective ?? null;
        if (effective === null) return { missing: 'health_check.target has no effective part in this answer.' };
        const same = (canonical(target) ?? target) === (canonical(effective) ?? effective);
        return same ? FINE : found(TARGET, target, ` saved, ${effective === '' ? 'nothing' : effective} effective`);
      }),
  },
  {
    id: 'hc-target-duplicate',
    family: 'health-checks',
    severity: 'warning',
    title: 'One target for several tunnels',
    reads: [TARGET, 'name'],
    basis: 'heuristic',
    why: 'One host that does not answer then fails the checks of all of them at once.',
    fix: 'Give each tunnel a target of its own.',
    source: SOURCES.healthChecks,
    examples: {
      triggers: both('unidirectional', '44.128.9.1', '44.128.9.1'),
      quiet: both('unidirectional', '44.128.9.1', '44.128.9.2'),
      beside: ['hc-unidirectional-egress'],
    },
    shelves: (tunnel) => {
      const target = tunnel.healthCheck?.target?.saved ?? '';
      return target === '' ? [] : [targetShelf(target)];
    },
    judge: (tunnel, world) =>
      saved(tunnel, (target) => {
        const others = othersOn(world.shelf(targetShelf(target)), tunnel);
        return others === null || inAny(target, LEGACY) ? FINE : found(TARGET, target, `, also on ${others}`);
      }),
  },
];
