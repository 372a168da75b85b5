/** Rules about the addresses of a tunnel. */
import ipaddr from 'ipaddr.js';
import type { Tunnel } from '../../shared/model.ts';
import type { Rule } from './rule.ts';

const SOURCE =
  'https://developers.cloudflare.com/cloudflare-wan/configuration/manually/how-to/configure-tunnel-endpoints/';

/** Where interface addresses may lie; elsewhere the tunnel does not work. */
const ALLOWED = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.240.0/20'].map((cidr) =>
  ipaddr.IPv4.parseCIDR(cidr),
);
/** Ranges that no router on the Internet can be reached at. */
const UNREACHABLE = new Set([
  'private',
  'loopback',
  'linkLocal',
  'carrierGradeNat',
  'multicast',
  'unspecified',
  'broadcast',
]);

function parseCidr(text: string): readonly [ipaddr.IPv4, number] | null {
  return ipaddr.IPv4.isValidCIDR(text) ? ipaddr.IPv4.parseCIDR(text) : null;
}

function interfaceCidr(tunnel: Tunnel): readonly [ipaddr.IPv4, number] | null {
  return parseCidr(tunnel.interfaceAddress);
}

const shown = (tunnel: Tunnel): string => `interface_address ${tunnel.interfaceAddress}`;

export const ADDRESSING: readonly Rule[] = [
  {
    id: 'ifaddr-not-cidr',
    severity: 'error',
    why: 'The interface address cannot be read as an IPv4 network.',
    fix: 'Set it to an address with its prefix length, for instance 10.10.0.0/31.',
    source: SOURCE,
    check: (tunnel) => (interfaceCidr(tunnel) === null ? shown(tunnel) : null),
  },
  {
    id: 'ifaddr-prefix-length',
    severity: 'error',
    why: 'A tunnel has two ends; only /31 and /30 networks fit.',
    fix: 'Renumber the tunnel to a /31.',
    source: SOURCE,
    check: (tunnel) => {
      const cidr = interfaceCidr(tunnel);
      return cidr !== null && cidr[1] !== 31 && cidr[1] !== 30 ? shown(tunnel) : null;
    },
  },
  {
    id: 'ifaddr-out-of-range',
    severity: 'error',
    why: 'Cloudflare accepts tunnel interfaces only in RFC 1918 space and 169.254.240.0/20.',
    fix: 'Renumber the tunnel into one of these ranges.',
    source: SOURCE,
    check: (tunnel) => {
      const cidr = interfaceCidr(tunnel);
      return cidr !== null && !ALLOWED.some((range) => cidr[0].match(range)) ? shown(tunnel) : null;
    },
  },
  {
    id: 'ifaddr-duplicate',
    severity: 'error',
    why: 'Two tunnels with one interface address make routing ambiguous.',
    fix: 'Give each tunnel a network of its own.',
    source: SOURCE,
    check: (tunnel, { interfaces }) => {
      const others = (interfaces.get(tunnel.interfaceAddress) ?? []).filter((name) => name !== tunnel.name);
      return others.length > 0 ? `${shown(tunnel)}, also used by ${others.slice(0, 3).join(', ')}` : null;
    },
  },
  {
    id: 'customer-endpoint-not-public',
    severity: 'warning',
    why: 'Cloudflare reaches the router over the Internet, so its endpoint must be routable there.',
    fix: 'Set the public address; behind NAT that is the address of the NAT.',
    source: SOURCE,
    check: ({ customerEndpoint }) => {
      if (customerEndpoint === null || !ipaddr.isValid(customerEndpoint)) return null;
      const range = ipaddr.parse(customerEndpoint).range();
      return UNREACHABLE.has(range) ? `customer_endpoint ${customerEndpoint}` : null;
    },
  },
  {
    id: 'customer-endpoint-is-cloudflare',
    severity: 'error',
    why: 'Both ends of the tunnel have the same address.',
    fix: 'Set the customer endpoint to the address of the router.',
    source: SOURCE,
    check: ({ customerEndpoint, cloudflareEndpoint }) =>
      customerEndpoint === cloudflareEndpoint ? `customer_endpoint ${cloudflareEndpoint}` : null,
  },
];
