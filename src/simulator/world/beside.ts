/**
 * What stands beside the IPsec tunnels of an account, fitting to them: a GRE tunnel and an interconnect with networks of
 * their own, static routes to whatever has no BGP session, and a redundancy group for the first site. A scenario adds more.
 */
import type { Instant } from '../../shared/model.ts';
import type { BesideKind } from '../api/route.ts';
import type { Json, JsonObject } from '../json.ts';
import { hexOf } from '../random.ts';
import type { AccountSpec, BesideSpec } from '../scenario.ts';
import type { AccountWorld } from './account.ts';
import { customerEndpoint, interfacePair } from './addresses.ts';
import { micros } from './timestamps.ts';

/** What an account's surroundings are made from. */
export interface BesidePlan {
  readonly seed: number;
  /** Position of the account in its world. */
  readonly account: number;
  readonly cloudflareEndpoints: readonly string[];
  readonly made: Instant;
  readonly more: BesideSpec;
}

/** The plan of the account at position `account`. */
export function besidePlan(spec: AccountSpec, account: number, seed: number, origin: Instant): BesidePlan {
  const { cloudflareEndpoints, beside } = spec;
  return { seed, account, cloudflareEndpoints, made: origin - 400 * 86_400_000, more: beside ?? {} };
}

/** Numbers of networks that no IPsec tunnel has: those count up from 0. */
const FIRST_NUMBER = 32_000;
const CLOUDFLARE_ASN = 13_335;

/** The `result` of a read at `t`. */
export function besideAt(world: AccountWorld, kind: BesideKind, t: Instant): Json {
  switch (kind) {
    case 'gre':
      return { gre_tunnels: greTunnels(world) };
    case 'interconnects':
      return { interconnects: [interconnect(world)] };
    case 'routes':
      return { routes: routes(world) };
    case 'bgp-settings':
      return { cloudflare_asn: CLOUDFLARE_ASN, redistribute: { 'static:wan': true } };
    case 'redundancy-groups':
      return { redundancy_groups: redundancyGroups(world, t) };
  }
}

const idOf = ({ id, beside }: AccountWorld, what: string): string => hexOf(beside.seed, `${id}/${what}`, 32);

function times({ beside }: AccountWorld): JsonObject {
  return { created_on: micros(beside.made, 0), modified_on: micros(beside.made, 0) };
}

interface Gre {
  readonly name: string;
  readonly network: { readonly cidr: string; readonly customer: string };
}

/** One as it should be, and those of the scenario, which may sit on the network of an IPsec tunnel. */
function gres({ beside, members }: AccountWorld): readonly Gre[] {
  const own = (n: number): Gre['network'] => interfacePair(beside.account, FIRST_NUMBER + n);
  const more = (beside.more.gre ?? []).map(({ name, on }, n): Gre => {
    const under = members.find(({ plan }) => plan.name === on)?.plan;
    const network = under && { cidr: String(under.config.interface_address), customer: under.customerSide };
    return { name, network: network ?? own(n + 2) };
  });
  return [{ name: 'gre-lab', network: own(0) }, ...more];
}

function greTunnels(world: AccountWorld): Json {
  const { beside } = world;
  return gres(world).map(({ name, network }, n) => ({
    id: idOf(world, `gre/${name}`),
    name,
    description: '',
    cloudflare_gre_endpoint: beside.cloudflareEndpoints[0] ?? '',
    customer_gre_endpoint: customerEndpoint(60_000 + 10 * beside.account + n),
    interface_address: network.cidr,
    mtu: 1476,
    ttl: 64,
    health_check: { enabled: true, rate: 'mid', type: 'request', direction: 'bidirectional', target: { saved: '' } },
    ...times(world),
  }));
}

function interconnect(world: AccountWorld): JsonObject {
  const { beside, colos } = world;
  return {
    id: idOf(world, 'cni'),
    name: 'cni-backbone',
    colo_name: colos[0]?.code ?? 'AMS',
    interface_address: interfacePair(beside.account, FIRST_NUMBER + 1).cidr,
    gre: { cloudflare_endpoint: beside.cloudflareEndpoints[0] ?? '' },
    mtu: 1500,
    version: '2',
    bgp: { customer_asn: 65_499 },
    health_check: { enabled: true, rate: 'mid', type: 'request', target: '' },
    ...times(world),
  };
}

/** One for each tunnel without BGP: both halves of a pair lead to the site's network, the first one preferred. */
function routes(world: AccountWorld): Json {
  const made: { readonly prefix: string; readonly nexthop: string; readonly description: string }[] = [];
  const sites = new Map<string, number>();
  for (const { plan } of world.members) {
    if (plan.bgp !== 'off') continue;
    const site = sites.get(plan.site) ?? sites.size;
    sites.set(plan.site, site);
    const prefix = `10.${200 + (Math.floor(site / 256) % 50)}.${site % 256}.0/24`;
    made.push({ prefix, nexthop: plan.customerSide, description: `${plan.site} over ${plan.name}` });
  }
  for (const [n, { name, network }] of gres(world).entries()) {
    made.push({ prefix: `10.254.${n}.0/24`, nexthop: network.customer, description: `over ${name}` });
  }
  for (const { prefix, nexthop } of world.beside.more.routes ?? []) made.push({ prefix, nexthop, description: '' });
  const seen = new Map<string, number>();
  return made.map(({ prefix, nexthop, description }, n) => {
    const before = seen.get(prefix) ?? 0;
    seen.set(prefix, before + 1);
    const id = idOf(world, `route/${n}/${prefix}`);
    return { id, prefix, nexthop, priority: 100 * (before + 1), weight: 0, description, ...times(world) };
  });
}

/** The first site by name; its tunnels by the ids that they have at `t`. */
function redundancyGroups(world: AccountWorld, t: Instant): Json {
  const present = world.present(t);
  const site = present[0]?.plan.site;
  const members = present.filter(({ plan }) => plan.site === site).map((member) => member.stateAt(t).id);
  if (site === undefined || members.length < 2) return [];
  return [
    { id: idOf(world, 'group'), name: site, member_data: members.map((id) => ({ type: 'ipsec', data: { id } })) },
  ];
}
