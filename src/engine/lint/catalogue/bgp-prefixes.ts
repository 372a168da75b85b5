/** Rules about the prefixes that Cloudflare advertises beside the account's routes. */
import ipaddr from 'ipaddr.js';
import type { Tunnel } from '../../../shared/model.ts';
import { canonical } from '../addresses.ts';
import { withBgp } from './bgp-session.ts';
import { type CatalogueRule, FINE, found, namesOf, type Verdict } from './rule.ts';
import { SOURCES } from './sources.ts';

const PREFIXES = 'bgp.extra_prefixes';

interface Prefix {
  readonly text: string;
  readonly network: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
  /** Bits after the prefix are set: it names a host, not a network. */
  readonly hostBits: boolean;
}

function readPrefix(text: string): Prefix | null {
  const valid = text.includes(':') ? ipaddr.IPv6.isValidCIDR(text) : ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
  if (!valid) return null;
  const kind = text.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;
  const [ip, bits] = kind.parseCIDR(text);
  const network = kind.networkAddressFromCIDR(text);
  return { text, network, bits, hostBits: network.toNormalizedString() !== ip.toNormalizedString() };
}

/** Whether `a` holds all of `b`. */
function covers(a: Prefix, b: Prefix): boolean {
  return a.network.kind() === b.network.kind() && a.bits <= b.bits && b.network.match(a.network, a.bits);
}

function judge(
  tunnel: Tunnel,
  judgePrefixes: (prefixes: readonly Prefix[], texts: readonly string[]) => Verdict,
): Verdict {
  const texts = tunnel.bgp?.extraPrefixes ?? [];
  if (texts.length === 0) return FINE;
  return judgePrefixes(
    texts.flatMap((text) => readPrefix(text) ?? []),
    texts,
  );
}

const pruned = (extraPrefixes: readonly string[]) => ({ remedy: { bgp: { extraPrefixes } } });
const advertised = (...extraPrefixes: string[]): { a: Partial<Tunnel> } => ({ a: withBgp({ extraPrefixes }) });

export const BGP_PREFIXES: readonly CatalogueRule[] = [
  {
    id: 'bgp-prefix-invalid',
    family: 'bgp',
    severity: 'error',
    title: 'Advertised prefix that is none',
    reads: [PREFIXES],
    basis: 'schema',
    why: 'Prefixes are networks in CIDR notation, without bits set after the prefix length.',
    fix: 'Write the network, for instance 10.1.0.0/16.',
    source: SOURCES.rfc4632,
    examples: { triggers: advertised('10.1.2.3/16'), quiet: advertised('10.1.0.0/16') },
    judge: (tunnel) =>
      judge(tunnel, (_, texts) => {
        const wrong = texts.filter((text) => readPrefix(text)?.hostBits !== false);
        if (wrong.length === 0) return FINE;
        const host = wrong.some((text) => readPrefix(text) !== null);
        return found(PREFIXES, namesOf(wrong), host ? ', bits are set after the prefix' : ', not in CIDR notation');
      }),
  },
  {
    id: 'bgp-prefix-duplicate-or-covered',
    family: 'bgp',
    severity: 'warning',
    title: 'Advertised prefix within another',
    reads: [PREFIXES],
    basis: 'heuristic',
    why: 'A prefix that is in the list twice, or within another of the list, adds nothing and hides what is meant.',
    fix: 'Remove it, unless it is there to steer traffic.',
    source: SOURCES.rfc4632,
    examples: { triggers: advertised('10.0.0.0/8', '10.1.0.0/16'), quiet: advertised('10.0.0.0/16', '10.1.0.0/16') },
    judge: (tunnel) =>
      judge(tunnel, (prefixes, texts) => {
        // The default route covers all others and is a matter of its own.
        const within = (one: Prefix, i: number): boolean =>
          prefixes.some((other, j) => {
            if (i === j || other.bits === 0 || !covers(other, one)) return false;
            return other.bits < one.bits || j < i;
          });
        const extra = prefixes.filter(within);
        if (extra.length === 0) return FINE;
        const gone = new Set(extra.map((prefix) => prefixes.indexOf(prefix)));
        const readable = prefixes.length === texts.length;
        const left = prefixes.filter((_, i) => !gone.has(i)).map(({ text }) => text);
        return found(PREFIXES, namesOf(extra.map(({ text }) => text)), '', readable ? pruned(left) : {});
      }),
  },
  {
    id: 'bgp-prefix-default-route',
    family: 'bgp',
    severity: 'info',
    title: 'Default route advertised',
    reads: [PREFIXES],
    basis: 'documented',
    why: 'The router learns a default route through the tunnel: all traffic to the Internet may leave through Cloudflare.',
    fix: 'Confirm that this is meant.',
    source: SOURCES.steering,
    examples: {
      triggers: advertised('0.0.0.0/0'),
      quiet: advertised('10.0.0.0/8'),
      beside: ['bgp-prefix-covers-endpoint'],
    },
    judge: (tunnel) =>
      judge(tunnel, (prefixes) => {
        const routes = prefixes.filter(({ bits }) => bits === 0);
        return routes.length === 0 ? FINE : found(PREFIXES, namesOf(routes.map(({ text }) => text)));
      }),
  },
  {
    id: 'bgp-prefix-covers-endpoint',
    family: 'bgp',
    severity: 'error',
    title: 'Advertised prefix holds the Cloudflare endpoint',
    reads: [PREFIXES, 'cloudflare_endpoint'],
    basis: 'heuristic',
    why: 'The router may send the encrypted packets of the tunnel into the tunnel itself.',
    fix: 'Leave the endpoint out of the prefixes, or give the router a host route to it over the line.',
    source: SOURCES.steering,
    examples: { triggers: advertised('162.159.0.0/16'), quiet: advertised('10.0.0.0/8') },
    judge: (tunnel) =>
      judge(tunnel, (prefixes) => {
        const address = canonical(tunnel.cloudflareEndpoint);
        if (address === null) return { missing: 'cloudflare_endpoint is no IP address.' };
        const endpoint = ipaddr.parse(address);
        const holding = prefixes.filter(
          ({ network, bits }) => network.kind() === endpoint.kind() && endpoint.match(network, bits),
        );
        if (holding.length === 0) return FINE;
        const severity = holding.every(({ bits }) => bits === 0) ? 'warning' : 'error';
        const names = namesOf(holding.map(({ text }) => text));
        return found(PREFIXES, names, `, cloudflare_endpoint ${tunnel.cloudflareEndpoint}`, { severity });
      }),
  },
];
