/** Rules about how tunnels stand among routes, traffic, health results and their own past. */
import { type Millis, type Tunnel, type TunnelId, type TunnelKey, tunnelKey } from '../../../shared/model.ts';
import { canonical, intersects, netOf, otherSide } from '../addresses.ts';
import type { RecentChange, StaticRoute } from '../contract.ts';
import { customerSideShelf, netClashes } from '../shelves.ts';
import type { World } from '../world.ts';
import { withBgp } from './bgp-session.ts';
import { type CatalogueRule, FINE, type Found, found, missing, type Verdict } from './rule.ts';
import { EXAMPLE_ACCOUNT, EXAMPLE_NOW, EXAMPLE_SURROUNDINGS, soundTunnel } from './sound.ts';
import { SOURCES } from './sources.ts';

const DAY: Millis = 86_400_000;
const HOUR: Millis = 3_600_000;

const recently = (kind: RecentChange['kind'], key: TunnelKey, detail: RecentChange['detail']) => ({
  beside: { recent: [{ at: EXAMPLE_NOW - HOUR, kind, key, detail }] },
});
const GONE = tunnelKey(EXAMPLE_ACCOUNT, 'c4a7362d577a6c3019a474fd6f485821' as TunnelId);

/** The newest event of a kind about a tunnel, of the last 24 h. */
function newest(tunnel: Tunnel, world: World, kind: RecentChange['kind']): RecentChange | null {
  const events = world.once(`recent ${kind}`, () => {
    const newestOf = new Map<TunnelKey, RecentChange>();
    for (const event of world.surroundings.recent ?? []) {
      if (event.kind === kind && (newestOf.get(event.key)?.at ?? 0) <= event.at) newestOf.set(event.key, event);
    }
    return newestOf;
  });
  const event = events.get(tunnel.key);
  return event !== undefined && world.now - event.at < DAY ? event : null;
}

function recent(
  tunnel: Tunnel,
  world: World,
  kind: RecentChange['kind'],
  judge: (event: RecentChange) => Found,
): Verdict {
  if (world.surroundings.recent === null) return { missing: 'What happened in the last 24 hours is not known.' };
  const event = newest(tunnel, world, kind);
  return event === null ? FINE : { found: judge(event), again: event.at + DAY };
}

/** Whether a next hop is the router behind a tunnel of any kind. */
function leadsSomewhere(address: string, world: World): boolean {
  const shelf = customerSideShelf(address);
  if (world.shelf(shelf).length > 0 || world.neighbours(shelf).length > 0) return true;
  const host = netOf(`${address}/32`);
  // Interconnects have wider networks, with several routers in them.
  return (world.surroundings.interconnects ?? []).some(({ interfaceAddress }) => {
    const net = netOf(interfaceAddress);
    return net !== null && host !== null && intersects(net, host);
  });
}

/** A mistake that is easily made: the next hop is Cloudflare's end of the tunnel. */
function wrongEnd(address: string, world: World): string {
  const host = netOf(`${address}/32`);
  if (host === null) return '';
  for (const shelf of netClashes(host)) {
    const tunnel = world.shelf(shelf).find(({ interfaceAddress }) => netOf(interfaceAddress)?.address === host.address);
    if (tunnel !== undefined) return `, Cloudflare’s side of ${tunnel.name}`;
  }
  return '';
}

const dangling = ({ prefix, nexthop }: StaticRoute, world: World): Found & { key: TunnelKey } => ({
  key: tunnelKey(world.accountId, '' as TunnelId),
  evidence: `route ${prefix}, nexthop ${nexthop}${wrongEnd(canonical(nexthop) ?? nexthop, world)}`,
  field: 'routes',
  value: nexthop,
});

const route = (prefix: string, nexthop: string): StaticRoute => ({
  id: nexthop,
  prefix,
  nexthop,
  priority: 100,
  description: null,
});

export const TOPOLOGY: readonly CatalogueRule[] = [
  {
    id: 'drift-config-changed',
    family: 'topology',
    severity: 'info',
    title: 'Configuration changed',
    reads: ['recent changes'],
    basis: 'heuristic',
    why: 'A change of the last 24 hours is the first suspect for whatever follows it.',
    fix: 'Nothing, if the change was meant.',
    source: SOURCES.api,
    examples: {
      triggers: recently('config-changed', soundTunnel(0).key, {
        fields: 'healthCheck.rate',
        'healthCheck.rate': 'low -> mid',
      }),
      quiet: {},
    },
    judge: (tunnel, world) =>
      recent(tunnel, world, 'config-changed', ({ at, detail }) => {
        const fields = String(detail.fields ?? '');
        const what = fields === '' ? 'nothing that the API shows' : fields;
        const value = new Date(at).toISOString();
        return { evidence: `modified_on moved, seen ${value}: ${what}`, field: 'modified_on', value };
      }),
  },
  {
    id: 'tunnel-disappeared',
    family: 'topology',
    severity: 'warning',
    title: 'Tunnel disappeared',
    reads: ['recent changes'],
    basis: 'heuristic',
    why: 'A tunnel of the last 24 hours is no longer in the list.',
    fix: 'If nobody deleted it on purpose, look at the account’s audit log; a new one has other IKE identities.',
    source: SOURCES.ipsec,
    examples: { triggers: recently('tunnel-disappeared', GONE, { name: 'rtm-tun-a' }), quiet: {} },
    judgeAccount: ({ surroundings, now, tunnel }) => {
      if (surroundings.recent === null)
        return { found: [], missing: 'What happened in the last 24 hours is not known.' };
      const gone = surroundings.recent.filter(
        ({ kind, key, at }) => kind === 'tunnel-disappeared' && now - at < DAY && tunnel(key) === undefined,
      );
      const last = Math.min(...gone.map(({ at }) => at + DAY));
      return {
        found: gone.map(({ key, at, detail }) => {
          const name = String(detail.name ?? '');
          return { key, evidence: `name ${name}, gone ${new Date(at).toISOString()}`, field: 'name', value: name };
        }),
        ...(gone.length === 0 ? {} : { again: last }),
      };
    },
  },
  {
    id: 'tunnel-recreated',
    family: 'topology',
    severity: 'warning',
    title: 'Tunnel recreated',
    reads: ['recent changes'],
    basis: 'documented',
    why: 'IKE identities hold the id of the tunnel, and this one has a new id: the router’s identity no longer fits.',
    fix: 'Put the new identity on the router, and the new key.',
    source: SOURCES.ipsec,
    examples: {
      triggers: recently('tunnel-recreated', soundTunnel(0).key, {
        name: 'ams-tun-a',
        oldId: 'c4a7362d',
        newId: '00000001',
      }),
      quiet: {},
    },
    judge: (tunnel, world) =>
      recent(tunnel, world, 'tunnel-recreated', ({ at, detail }) => {
        const value = String(detail.newId ?? tunnel.id);
        const evidence = `id ${value}, formerly ${String(detail.oldId ?? 'another')}, seen ${new Date(at).toISOString()}`;
        return { evidence, field: null, value };
      }),
  },
  {
    id: 'x:no-route-to-tunnel',
    family: 'topology',
    severity: 'warning',
    title: 'No route leads into the tunnel',
    reads: ['interface_address', 'bgp', 'routes'],
    basis: 'heuristic',
    why: 'Neither a static route nor BGP sends anything through it.',
    fix: 'Add a route whose next hop is the customer side of the tunnel, or remove the tunnel.',
    source: SOURCES.routes,
    examples: {
      triggers: { beside: { routes: EXAMPLE_SURROUNDINGS.routes?.slice(1) ?? [] } },
      quiet: { a: withBgp({}), beside: { routes: EXAMPLE_SURROUNDINGS.routes?.slice(1) ?? [] } },
    },
    judge: ({ bgp, interfaceAddress }, world) => {
      if (bgp !== null) return FINE;
      if (world.surroundings.routes === null) return missing('routes');
      const net = netOf(interfaceAddress);
      const side = net === null ? null : otherSide(net);
      if (side === null) return { missing: 'interface_address does not tell the customer’s side.' };
      if (world.routesTo(side).length > 0) return FINE;
      return found('interface_address', interfaceAddress, `, no route to ${side}, bgp is not set`);
    },
  },
  {
    id: 'x:route-dangling-nexthop',
    family: 'topology',
    severity: 'warning',
    title: 'Route that leads nowhere',
    reads: ['routes', 'interface_address', 'name', 'gre_tunnels', 'cf_interconnects', 'unreadable tunnels'],
    basis: 'heuristic',
    why: 'The next hop of the route is the far end of no tunnel: what follows the route is dropped.',
    fix: 'Correct the next hop, or delete the route.',
    source: SOURCES.routes,
    examples: {
      triggers: { beside: { routes: [...(EXAMPLE_SURROUNDINGS.routes ?? []), route('10.201.0.0/16', '10.64.0.9')] } },
      quiet: {},
    },
    judgeAccount: (world) => {
      const { routes, gre, interconnects } = world.surroundings;
      const unknown =
        routes === null ? 'routes' : gre === null ? 'gre_tunnels' : interconnects === null ? 'cf_interconnects' : null;
      if (routes === null || unknown !== null) return { found: [], missing: `${unknown} is not reported.` };
      if ((world.surroundings.unreadable ?? 0) > 0) {
        return { found: [], missing: 'A tunnel of the list cannot be read, and the route may lead to it.' };
      }
      const lost = routes.filter(({ nexthop }) => !leadsSomewhere(canonical(nexthop) ?? nexthop, world));
      return { found: lost.map((one) => dangling(one, world)) };
    },
  },
  {
    id: 'x:backup-idle',
    family: 'topology',
    severity: 'info',
    title: 'Tunnel carries nothing',
    reads: ['tunnel traffic'],
    basis: 'documented',
    why: 'Nothing but health checks went through it in the last 6 hours; Cloudflare’s own alerts skip such a tunnel.',
    fix: 'Test the backup now and then by moving traffic to it.',
    source: SOURCES.healthAlerts,
    examples: { triggers: { facts: { idle: true } }, quiet: { facts: { idle: false } } },
    judge: (tunnel, world) => {
      const { idle } = world.facts(tunnel);
      if (idle === null) return { missing: 'Traffic of the tunnel is not known.' };
      return idle ? { found: { evidence: 'no traffic in the last 6 h', field: null, value: null } } : FINE;
    },
  },
  {
    id: 'x:health-rest-mismatch',
    family: 'topology',
    severity: 'warning',
    title: 'BGP and health checks disagree',
    reads: ['bgp', 'bgp_status.state', 'tunnel health'],
    basis: 'heuristic',
    why: 'BGP runs through the tunnel as the checks do; when one is up and the other down everywhere, one of them is set wrong.',
    fix: 'Look at the target and direction of the health check, and at firewalls that drop ICMP or TCP port 179.',
    source: SOURCES.healthQuery,
    examples: {
      triggers: { a: withBgp({}), facts: { health: 'down' } },
      quiet: { a: withBgp({}), facts: { health: 'mixed' } },
    },
    judge: (tunnel, world) => {
      if (tunnel.bgp === null) return FINE;
      const { health } = world.facts(tunnel);
      const status = tunnel.bgpStatus;
      if (status === null) return missing('bgp_status.state');
      if (health === null) return { missing: 'Health results of the tunnel are not known.' };
      const torn = (status.state === 'up' && health === 'down') || (status.state === 'down' && health === 'healthy');
      const everywhere = health === 'down' ? 'down in all data centres' : 'well in all data centres';
      return torn ? found('bgp_status.state', status.raw, `, health checks ${everywhere}`) : FINE;
    },
  },
];
