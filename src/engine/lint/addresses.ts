/** Addresses and networks as rules compare them. Nothing here throws: what cannot be read is `null`. */
import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A network of IPv4, as numbers. */
export interface Net {
  /** The address as it was written. */
  readonly address: number;
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** A network of IPv4 from text such as `10.0.0.0/31`; addresses in four decimal parts only. */
export function netOf(cidr: string | null): Net | null {
  const slash = cidr?.indexOf('/') ?? -1;
  const width = cidr?.slice(slash + 1) ?? '';
  const address = cidr === null || slash < 0 || !/^\d+$/.test(width) ? null : numberOf(cidr.slice(0, slash));
  const bits = Number(width);
  if (address === null || bits > 32) return null;
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return { address, first, last: first + size - 1, bits };
}

/** Four decimal parts as a number; Node's own check is many times faster than the library's, and as strict. */
function numberOf(text: string): number | null {
  return isIPv4(text) ? text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) : null;
}

/** A number as an address. */
export function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** The other host of a /31 or /30: where the router is, when the address as written is Cloudflare's. */
export function otherSide({ address, first, bits }: Net): string | null {
  const offset = address - first;
  if (bits === 31) return dotted(first + (1 - offset));
  return bits === 30 && (offset === 1 || offset === 2) ? dotted(first + (3 - offset)) : null;
}

/** Whether two networks have an address in common. */
export function intersects(a: Net, b: Net): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Reads an address. The library's own `parse` tries IPv6 first, by an exception for each address of IPv4. */
function parsed(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

/** An address in its one usual form, so that two spellings of it are equal; `null` when it is none. */
export function canonical(text: string | null): string | null {
  // Four decimal parts without leading zeros have one spelling.
  if (text === null || isIPv4(text)) return text;
  const ip = parsed(text);
  return ip instanceof ipaddr.IPv6 ? ip.toRFC5952String() : null;
}

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Networks of IPv4 and IPv6 to look addresses up in. */
export function ranges(cidrs: readonly string[]): readonly Range[] {
  return cidrs.map((cidr) => ipaddr.parseCIDR(cidr));
}

/** Whether an IPv4 or IPv6 address lies in one of these networks of its own kind. */
export function inAny(text: string, networks: readonly Range[]): boolean {
  const ip = parsed(text);
  if (ip === null) return false;
  return networks.some(([base, bits]) => base.kind() === ip.kind() && ip.match(base, bits));
}

/** RFC 5737 and RFC 3849, RFC 9637: addresses that stand in examples and nowhere else. */
const DOCUMENTATION = ranges(['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']);
/** Networks that routers on the Internet drop: RFC 6890 and what it names. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  private: 'private',
  loopback: 'loopback',
  linkLocal: 'link-local',
  carrierGradeNat: 'shared (carrier-grade NAT)',
  multicast: 'multicast',
  unspecified: 'unspecified',
  broadcast: 'broadcast',
  uniqueLocal: 'unique local',
};
const FUTURE = ranges(['240.0.0.0/4']);
const PRIVATE = ranges(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']);

/** What stands against an address on the Internet: a word such as `private`; `null`: nothing that we know of. */
export function unreachableBecause(text: string): string | null {
  const ip = parsed(text);
  if (ip === null) return null;
  return UNREACHABLE[ip.range()] ?? (inAny(text, FUTURE) ? 'reserved' : null);
}

/** Whether the address is one of those that stand for others in documents. */
export function isDocumentation(text: string): boolean {
  return inAny(text, DOCUMENTATION);
}

/** RFC 1918. */
export function isPrivate(text: string): boolean {
  return inAny(text, PRIVATE);
}

/** A network of IPv6 in its usual form. `odd`: the address is the second of its /127. */
export interface Net6 {
  readonly address: string;
  readonly bits: number;
  /** The /127 and the /96 around the address. */
  readonly pair: string;
  readonly subnet: string;
  readonly odd: boolean;
  /** The address is the first of its /96, which the virtual subnet itself bears. */
  readonly base: boolean;
}

/** A network of IPv6 from text such as `2001:db8::2/127`. */
export function net6Of(cidr: string | null): Net6 | null {
  if (cidr === null || !ipaddr.IPv6.isValidCIDR(cidr)) return null;
  const [ip, bits] = ipaddr.IPv6.parseCIDR(cidr);
  const last = ip.parts.at(-1) ?? 0;
  const even = new ipaddr.IPv6([...ip.parts.slice(0, -1), last - (last % 2)]);
  return {
    address: ip.toRFC5952String(),
    bits,
    pair: even.toRFC5952String(),
    subnet: new ipaddr.IPv6([...ip.parts.slice(0, 6), 0, 0]).toRFC5952String(),
    odd: last % 2 === 1,
    base: last === 0 && ip.parts.at(-2) === 0,
  };
}
