/** Rules about the addresses inside a tunnel. */
import type { Tunnel } from '../../../shared/model.ts';
import { dotted, inAny, intersects, type Net, net6Of, netOf, ranges } from '../addresses.ts';
import type { Neighbour } from '../contract.ts';
import { net6Shelf, netClashes, subnet6Shelf } from '../shelves.ts';
import type { World } from '../world.ts';
import { type CatalogueRule, FINE, found, missing, othersOn, type Verdict } from './rule.ts';
import { SOURCES } from './sources.ts';

const INTERFACE = 'interface_address';
const INTERFACE6 = 'interface_address6';
/** Where interface addresses may lie; elsewhere the tunnel does not work. */
const ALLOWED = ranges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.240.0/20']);
const LINK_LOCAL = ranges(['169.254.0.0/16']);

const at = (interfaceAddress: string): { a: Partial<Tunnel> } => ({ a: { interfaceAddress } });
const at6 = (interfaceAddress6: string): { a: Partial<Tunnel> } => ({ a: { interfaceAddress6 } });
const routeless = ['x:no-route-to-tunnel', 'x:route-dangling-nexthop'] as const;

/** Judges the network; one that cannot be read has a rule of its own. */
function net(tunnel: Tunnel, judge: (net: Net) => Verdict): Verdict {
  const own = netOf(tunnel.interfaceAddress);
  return own === null ? { missing: 'interface_address is no network of IPv4.' } : judge(own);
}

/** Names of whoever has a network that clashes: a few are enough, and looking on would not be worth its time. */
function clashing(own: Net, tunnel: Tunnel, world: World, clash: (a: Net, b: Net) => boolean): readonly string[] {
  const names: string[] = [];
  const take = (other: Tunnel | Neighbour, what: string): void => {
    const theirs = netOf(other.interfaceAddress);
    if (theirs !== null && clash(own, theirs)) names.push(`${other.name} (${what}${other.interfaceAddress})`);
  };
  for (const shelf of netClashes(own)) {
    for (const other of world.shelf(shelf)) {
      if (names.length > 3) return names;
      if (other.key !== tunnel.key) take(other, '');
    }
    for (const other of world.neighbours(shelf)) {
      if (names.length > 3) return names;
      take(other, other.kind === 'gre' ? 'GRE, ' : 'interconnect, ');
    }
  }
  return names;
}

/** What was found among the tunnels, and that GRE tunnels and interconnects were not looked at, where they are not known. */
function clashVerdict(tunnel: Tunnel, world: World, clash: (a: Net, b: Net) => boolean): Verdict {
  return net(tunnel, (own) => {
    const names = clashing(own, tunnel, world, clash);
    const { gre, interconnects } = world.surroundings;
    const unseen = gre === null ? missing('gre_tunnels') : interconnects === null ? missing('cf_interconnects') : FINE;
    if (names.length === 0) return unseen;
    const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : names.join(', ');
    return found(INTERFACE, tunnel.interfaceAddress, `, also ${shown}`);
  });
}

function net6(tunnel: Tunnel, judge: (net: NonNullable<ReturnType<typeof net6Of>>) => Verdict): Verdict {
  // Without IPv6 inside there is nothing to judge: the field is optional and has no default.
  if (tunnel.interfaceAddress6 === null) return FINE;
  const own = net6Of(tunnel.interfaceAddress6);
  return own === null ? { missing: 'interface_address6 is no network of IPv6.' } : judge(own);
}

/** The /96 in which most tunnels with IPv6 lie, of three at least. The API does not tell the account's subnet. */
function commonSubnet6(world: World): string | null {
  return world.once('subnet6', () => findSubnet6(world));
}

function findSubnet6(world: World): string | null {
  const sizes = [...world.shelfSizes('subnet6')].sort(([, a], [, b]) => b - a);
  const all = sizes.reduce((sum, [, size]) => sum + size, 0);
  const [subnet, size] = sizes[0] ?? [null, 0];
  return all >= 3 && size * 2 > all ? subnet : null;
}

const SECOND = { interfaceAddress6: '2606:54c1:7:0:a9fe:12d2:1:200/127' };
const THIRD = { interfaceAddress6: '2606:54c1:7:0:a9fe:12d2:1:202/127' };

export const INTERFACE_ADDRESSES: readonly CatalogueRule[] = [
  {
    id: 'ifaddr-not-cidr',
    family: 'addressing',
    severity: 'error',
    title: 'Interface address is no network',
    reads: [INTERFACE],
    basis: 'schema',
    why: 'The interface address cannot be read as an IPv4 network.',
    fix: 'Set it to an address with its prefix length, for instance 10.10.0.0/31.',
    source: SOURCES.endpoints,
    examples: { triggers: at('10.64.0.0'), quiet: {}, beside: [...routeless] },
    judge: ({ interfaceAddress }) =>
      netOf(interfaceAddress) === null ? found(INTERFACE, interfaceAddress === '' ? '""' : interfaceAddress) : FINE,
  },
  {
    id: 'ifaddr-prefix-length',
    family: 'addressing',
    severity: 'error',
    title: 'Interface network is neither /31 nor /30',
    reads: [INTERFACE],
    basis: 'documented',
    why: 'A tunnel has two ends; only /31 and /30 networks fit.',
    fix: 'Renumber the tunnel to a /31.',
    source: SOURCES.endpoints,
    examples: { triggers: at('10.65.0.1/29'), quiet: {}, beside: [...routeless] },
    judge: (tunnel) =>
      net(tunnel, ({ bits }) => (bits === 31 || bits === 30 ? FINE : found(INTERFACE, tunnel.interfaceAddress))),
  },
  {
    id: 'ifaddr-prefer-31',
    family: 'addressing',
    severity: 'info',
    title: 'Interface network is a /30',
    reads: [INTERFACE],
    basis: 'documented',
    why: 'Cloudflare recommends a /31; a /30 works and spends two addresses more.',
    fix: 'Use a /31 when the tunnel is renumbered anyway.',
    source: SOURCES.endpoints,
    examples: { triggers: at('10.65.0.1/30'), quiet: {}, beside: [...routeless] },
    judge: (tunnel) => net(tunnel, ({ bits }) => (bits === 30 ? found(INTERFACE, tunnel.interfaceAddress) : FINE)),
  },
  {
    id: 'ifaddr-out-of-range',
    family: 'addressing',
    severity: 'error',
    title: 'Interface address outside the allowed ranges',
    reads: [INTERFACE],
    basis: 'documented',
    why: 'Tunnel interfaces lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 169.254.240.0/20; elsewhere the tunnel does not work.',
    fix: 'Renumber the tunnel into one of these ranges.',
    source: SOURCES.endpoints,
    examples: { triggers: at('100.64.0.0/31'), quiet: {}, beside: [...routeless] },
    judge: (tunnel) =>
      net(tunnel, ({ address }) => {
        const ip = dotted(address);
        // Link-local addresses have a rule of their own, with the way out of it.
        return inAny(ip, ALLOWED) || inAny(ip, LINK_LOCAL) ? FINE : found(INTERFACE, tunnel.interfaceAddress);
      }),
  },
  {
    id: 'ifaddr-aws-linklocal',
    family: 'addressing',
    severity: 'error',
    title: 'Link-local interface address outside Cloudflare’s range',
    reads: [INTERFACE],
    basis: 'documented',
    why: 'AWS picks its inside networks from all of 169.254.0.0/16, Cloudflare takes only those in 169.254.240.0/20.',
    fix: 'Choose the inside network yourself on AWS, from 169.254.240.0/20.',
    source: SOURCES.aws,
    examples: { triggers: at('169.254.10.1/30'), quiet: {}, beside: [...routeless, 'ifaddr-prefer-31'] },
    judge: (tunnel) =>
      net(tunnel, ({ address }) => {
        const ip = dotted(address);
        return inAny(ip, LINK_LOCAL) && !inAny(ip, ALLOWED) ? found(INTERFACE, tunnel.interfaceAddress) : FINE;
      }),
  },
  {
    id: 'ifaddr-network-or-broadcast',
    family: 'addressing',
    severity: 'error',
    title: 'Interface address is no host of its /30',
    reads: [INTERFACE],
    basis: 'documented',
    why: 'The first address of a /30 names the network and the last is its broadcast; neither can be an end of a tunnel.',
    fix: 'Use one of the two in the middle.',
    source: SOURCES.endpoints,
    examples: {
      triggers: at('10.65.0.0/30'),
      quiet: at('10.65.0.1/30'),
      beside: [...routeless, 'ifaddr-prefer-31'],
    },
    judge: (tunnel) =>
      net(tunnel, ({ bits, address, first, last }) =>
        bits === 30 && (address === first || address === last) ? found(INTERFACE, tunnel.interfaceAddress) : FINE,
      ),
  },
  {
    id: 'ifaddr-overlap',
    family: 'addressing',
    severity: 'error',
    title: 'Interface networks overlap',
    reads: [INTERFACE, 'name', 'gre_tunnels', 'cf_interconnects'],
    basis: 'heuristic',
    why: 'With networks that have addresses in common, Cloudflare cannot tell which tunnel leads to them.',
    fix: 'Renumber one of them.',
    source: SOURCES.endpoints,
    examples: {
      triggers: { a: { interfaceAddress: '10.64.0.1/30' } },
      quiet: {},
      beside: ['ifaddr-prefer-31', ...routeless],
    },
    shelves: ({ interfaceAddress }) => {
      const own = netOf(interfaceAddress);
      return own === null ? [] : netClashes(own);
    },
    // Identical networks have a rule of their own.
    judge: (tunnel, world) => clashVerdict(tunnel, world, (a, b) => intersects(a, b) && !identical(a, b)),
  },
  {
    id: 'ifaddr-duplicate',
    family: 'addressing',
    severity: 'error',
    title: 'Interface network used twice',
    reads: [INTERFACE, 'name', 'gre_tunnels', 'cf_interconnects'],
    basis: 'heuristic',
    why: 'Two tunnels with one interface network make routing ambiguous.',
    fix: 'Give each tunnel a network of its own.',
    source: SOURCES.endpoints,
    examples: { triggers: { b: { interfaceAddress: '10.64.0.0/31' } }, quiet: {}, beside: [...routeless] },
    shelves: ({ interfaceAddress }) => {
      const own = netOf(interfaceAddress);
      return own === null ? [] : netClashes(own);
    },
    judge: (tunnel, world) => clashVerdict(tunnel, world, identical),
  },
  {
    id: 'ifaddr6-not-127',
    family: 'addressing',
    severity: 'error',
    title: 'IPv6 interface network is no /127',
    reads: [INTERFACE6],
    basis: 'schema',
    why: 'Inside a tunnel IPv6 needs a /127.',
    fix: 'Set a /127 from the account’s virtual subnet.',
    source: SOURCES.api,
    examples: { triggers: at6('2606:54c1:7:0:a9fe:12d2:1:200/126'), quiet: at6('2606:54c1:7:0:a9fe:12d2:1:200/127') },
    judge: ({ interfaceAddress6: text }) =>
      text === null || net6Of(text)?.bits === 127 ? FINE : found(INTERFACE6, text),
  },
  {
    id: 'ifaddr6-not-first-ip',
    family: 'addressing',
    severity: 'error',
    title: 'IPv6 interface address is not the first of its network',
    reads: [INTERFACE6],
    basis: 'schema',
    why: 'Cloudflare’s side is the first address of the /127.',
    fix: 'Set the even address of the two.',
    source: SOURCES.api,
    examples: { triggers: at6('2606:54c1:7:0:a9fe:12d2:1:201/127'), quiet: at6('2606:54c1:7:0:a9fe:12d2:1:200/127') },
    judge: (tunnel) =>
      net6(tunnel, ({ odd, pair, bits }) => {
        const remedy = { interfaceAddress6: `${pair}/127` };
        return odd && bits === 127 ? found(INTERFACE6, tunnel.interfaceAddress6 ?? '', '', { remedy }) : FINE;
      }),
  },
  {
    id: 'ifaddr6-out-of-subnet',
    family: 'addressing',
    severity: 'warning',
    title: 'IPv6 interface network apart from the others',
    reads: [INTERFACE6],
    basis: 'schema',
    why: 'All networks come from one virtual subnet of the account and none is its first address; the API does not tell the subnet, so tunnels are compared.',
    fix: 'Compare it with the virtual subnet that Cloudflare assigned.',
    source: SOURCES.api,
    examples: {
      triggers: { ...at6('2606:54c1:8::1:204/127'), b: SECOND, more: [THIRD] },
      quiet: { ...at6('2606:54c1:7:0:a9fe:12d2:1:204/127'), b: SECOND, more: [THIRD] },
      beside: ['x:no-route-to-tunnel'],
    },
    shelves: ({ interfaceAddress6 }) => {
      const own = net6Of(interfaceAddress6);
      return own === null ? [] : [subnet6Shelf(own.subnet)];
    },
    census: (world) => commonSubnet6(world) ?? '',
    judge: (tunnel, world) =>
      net6(tunnel, ({ subnet, base }) => {
        const text = tunnel.interfaceAddress6 ?? '';
        if (base) return found(INTERFACE6, text, ', the first address of its /96');
        const common = commonSubnet6(world);
        return common === null || common === subnet ? FINE : found(INTERFACE6, text, `, most others in ${common}/96`);
      }),
  },
  {
    id: 'ifaddr6-overlap',
    family: 'addressing',
    severity: 'error',
    title: 'IPv6 interface network used twice',
    reads: [INTERFACE6, 'name'],
    basis: 'heuristic',
    why: 'Two tunnels with one interface network make routing ambiguous.',
    fix: 'Give each tunnel a network of its own.',
    source: SOURCES.api,
    examples: { triggers: { a: SECOND, b: SECOND }, quiet: { a: SECOND, b: THIRD } },
    shelves: ({ interfaceAddress6 }) => {
      const own = net6Of(interfaceAddress6);
      return own === null ? [] : [net6Shelf(own.pair)];
    },
    judge: (tunnel, world) =>
      net6(tunnel, ({ pair }) => {
        const others = othersOn(world.shelf(net6Shelf(pair)), tunnel);
        return others === null ? FINE : found(INTERFACE6, tunnel.interfaceAddress6 ?? '', `, also on ${others}`);
      }),
  },
];

function identical(a: Net, b: Net): boolean {
  return a.first === b.first && a.last === b.last;
}
