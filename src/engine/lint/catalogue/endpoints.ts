/** Rules about the two outer addresses of a tunnel. */
import type { Tunnel } from '../../../shared/model.ts';
import { canonical, inAny, isDocumentation, ranges, unreachableBecause } from '../addresses.ts';
import { endpointShelf, pairShelf } from '../shelves.ts';
import type { World } from '../world.ts';
import { type CatalogueRule, FINE, found, missing, othersOn, type Verdict } from './rule.ts';
import { SOURCES } from './sources.ts';

const CUSTOMER = 'customer_endpoint';
const CLOUDFLARE = 'cloudflare_endpoint';
/** What Cloudflare publishes as its own, https://www.cloudflare.com/ips/. */
const CLOUDFLARE_RANGES = ranges([
  '173.245.48.0/20',
  '103.21.244.0/22',
  '103.22.200.0/22',
  '103.31.4.0/22',
  '141.101.64.0/18',
  '108.162.192.0/18',
  '190.93.240.0/20',
  '188.114.96.0/20',
  '197.234.240.0/22',
  '198.41.128.0/17',
  '162.158.0.0/15',
  '104.16.0.0/13',
  '104.24.0.0/14',
  '172.64.0.0/13',
  '131.0.72.0/22',
  '2400:cb00::/32',
  '2606:4700::/32',
  '2803:f800::/32',
  '2405:b500::/32',
  '2405:8100::/32',
  '2a06:98c0::/29',
  '2c0f:f248::/32',
]);
/** An address that one tunnel uses stands out where all others share so many, and are this many at least. */
const SHARED_BY_OTHERS = 2;
const OTHERS_AT_LEAST = 4;

const behind = (customerEndpoint: string | null): { a: Partial<Tunnel> } => ({ a: { customerEndpoint } });

function customer({ customerEndpoint }: Tunnel, judge: (address: string) => Verdict): Verdict {
  return customerEndpoint === null ? missing(CUSTOMER) : judge(customerEndpoint);
}

/** The addresses that single tunnels use while the others share few: candidates for typing errors. */
function outliers(world: World): readonly string[] {
  return world.once('outliers', () => findOutliers(world));
}

function findOutliers(world: World): readonly string[] {
  const sizes = [...world.shelfSizes('cloudflare')];
  const lonely = sizes.filter(([, size]) => size === 1);
  const shared = sizes.length - lonely.length;
  const others = world.size - lonely.length;
  if (lonely.length !== 1 || shared < 1 || shared > SHARED_BY_OTHERS || others < OTHERS_AT_LEAST) return [];
  return lonely.map(([address]) => address);
}

export const ENDPOINTS: readonly CatalogueRule[] = [
  {
    id: 'customer-endpoint-missing',
    family: 'addressing',
    severity: 'warning',
    title: 'No customer endpoint',
    reads: [CUSTOMER],
    basis: 'documented',
    why: 'Without it there are no proactive traceroutes, no IKE identity of type ID_IPV4_ADDR, and no default target for unidirectional health checks.',
    fix: 'Set the public address of the router.',
    source: SOURCES.endpoints,
    examples: { triggers: behind(null), quiet: {} },
    judge: ({ customerEndpoint }) =>
      customerEndpoint === null
        ? { found: { evidence: 'customer_endpoint is not set', field: CUSTOMER, value: null } }
        : FINE,
  },
  {
    id: 'customer-endpoint-not-public',
    family: 'addressing',
    severity: 'warning',
    title: 'Customer endpoint is not public',
    reads: [CUSTOMER],
    basis: 'documented',
    why: 'Cloudflare reaches the router over the Internet, so its endpoint must be routable there.',
    fix: 'Set the public address; behind NAT that is the address of the NAT.',
    source: SOURCES.rfc6890,
    examples: { triggers: behind('10.0.0.1'), quiet: {} },
    judge: (tunnel) =>
      customer(tunnel, (address) => {
        if (canonical(address) === null) return found(CUSTOMER, address, ', not an IP address');
        const because = unreachableBecause(address);
        return because === null ? FINE : found(CUSTOMER, address, `, ${because}`);
      }),
  },
  {
    id: 'customer-endpoint-is-cloudflare',
    family: 'addressing',
    severity: 'error',
    title: 'Customer endpoint is Cloudflare’s',
    reads: [CUSTOMER, CLOUDFLARE],
    basis: 'heuristic',
    why: 'The far end of the tunnel is the router, and this address is Cloudflare’s.',
    fix: 'Set the customer endpoint to the address of the router.',
    source: SOURCES.endpoints,
    examples: { triggers: behind('162.159.64.1'), quiet: {} },
    judge: (tunnel) =>
      customer(tunnel, (address) => {
        const same = canonical(address) !== null && canonical(address) === canonical(tunnel.cloudflareEndpoint);
        if (same) return found(CUSTOMER, address, ', as cloudflare_endpoint');
        return inAny(address, CLOUDFLARE_RANGES) ? found(CUSTOMER, address, ', in a range of Cloudflare') : FINE;
      }),
  },
  {
    id: 'customer-endpoint-doc-range',
    family: 'addressing',
    severity: 'warning',
    title: 'Customer endpoint from an example',
    reads: [CUSTOMER],
    basis: 'heuristic',
    why: 'This address belongs to documents and examples; no router has it.',
    fix: 'Set the public address of the router.',
    source: SOURCES.rfc5737,
    examples: { triggers: behind('203.0.113.1'), quiet: {} },
    judge: (tunnel) => customer(tunnel, (address) => (isDocumentation(address) ? found(CUSTOMER, address) : FINE)),
  },
  {
    id: 'cloudflare-endpoint-invalid',
    family: 'addressing',
    severity: 'error',
    title: 'Cloudflare endpoint is not public',
    reads: [CLOUDFLARE],
    basis: 'schema',
    why: 'Cloudflare’s side of a tunnel is a public address of Cloudflare.',
    fix: 'Set one of the addresses that Cloudflare assigned: Address Space, Leased IPs.',
    source: SOURCES.endpoints,
    examples: { triggers: { a: { cloudflareEndpoint: '10.0.0.1' } }, quiet: {} },
    judge: ({ cloudflareEndpoint: address }) => {
      if (canonical(address) === null) return found(CLOUDFLARE, address, ', not an IP address');
      const because = unreachableBecause(address) ?? (isDocumentation(address) ? 'from an example' : null);
      return because === null ? FINE : found(CLOUDFLARE, address, `, ${because}`);
    },
  },
  {
    id: 'cloudflare-endpoint-outlier',
    family: 'addressing',
    severity: 'info',
    title: 'Cloudflare endpoint that no other tunnel uses',
    reads: [CLOUDFLARE],
    basis: 'heuristic',
    why: 'All other tunnels share one or two addresses; a single one beside them is often a typing error.',
    fix: 'Compare it with the assigned addresses: Address Space, Leased IPs.',
    source: SOURCES.endpoints,
    examples: {
      triggers: { more: [{}, {}, { cloudflareEndpoint: '162.159.46.1' }] },
      quiet: { more: [{}, {}, {}] },
      beside: ['x:no-route-to-tunnel'],
    },
    shelves: ({ cloudflareEndpoint }) => [endpointShelf(cloudflareEndpoint)],
    census: (world) => outliers(world).join(' '),
    judge: ({ cloudflareEndpoint: address }, world) => {
      const outlying = outliers(world).includes(canonical(address) ?? address);
      return outlying ? found(CLOUDFLARE, address, ', all other tunnels use others') : FINE;
    },
  },
  {
    id: 'endpoint-pair-duplicate',
    family: 'addressing',
    severity: 'error',
    title: 'Pair of endpoints used twice',
    reads: [CLOUDFLARE, CUSTOMER, 'custom_remote_identities.fqdn_id', 'name'],
    basis: 'documented',
    why: 'An IKE identity of type ID_IPV4_ADDR tells tunnels apart by their two endpoints; here it cannot.',
    fix: 'Identify the router by FQDN or KEY_ID, or use the other Cloudflare endpoint.',
    source: SOURCES.ipsec,
    examples: {
      triggers: { b: { cloudflareEndpoint: '162.159.64.1', customerEndpoint: '44.128.1.1' } },
      quiet: {},
      beside: ['single-customer-endpoint'],
    },
    shelves: ({ cloudflareEndpoint, customerEndpoint }) =>
      customerEndpoint === null ? [] : [pairShelf(cloudflareEndpoint, customerEndpoint)],
    judge: (tunnel, world) =>
      customer(tunnel, (address) => {
        const others = othersOn(world.shelf(pairShelf(tunnel.cloudflareEndpoint, address)), tunnel);
        if (others === null) return FINE;
        const severity = tunnel.fqdnId === null ? 'error' : 'warning';
        return found(CUSTOMER, address, `, ${CLOUDFLARE} ${tunnel.cloudflareEndpoint}, also on ${others}`, {
          severity,
        });
      }),
  },
];
