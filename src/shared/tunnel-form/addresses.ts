/** Addresses and networks as tunnels want them. Each answers about a text; none throws. */
import ipaddr from 'ipaddr.js';

/** Where interface addresses may lie: RFC 1918, and the part of link-local space that Cloudflare's guide names. */
const INTERFACE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.240.0/20'].map((range) =>
  ipaddr.IPv4.parseCIDR(range),
);

/** An address of either family, fully written: `10.1` is none though some parsers take it. */
export const isAddress = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text) || isAddress6(text);

function isAddress6(text: string): boolean {
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
}

/** An IPv4 network with its length, fully written. */
export const isNetwork4 = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text.split('/')[0] ?? '') && ipaddr.IPv4.isValidCIDR(text);

/** An IPv6 network with its length. */
export const isNetwork6 = (text: string): boolean =>
  isAddress6(text.split('/')[0] ?? '') && ipaddr.IPv6.isValidCIDR(text);

/** A network of either family. */
export const isNetwork = (text: string): boolean => isNetwork4(text) || isNetwork6(text);

/** `true` for what is no network: another rule speaks of that. */
const aboutNetwork4 =
  (holds: (address: ipaddr.IPv4, length: number) => boolean) =>
  (text: string): boolean =>
    !isNetwork4(text) || holds(...ipaddr.IPv4.parseCIDR(text));

/** A tunnel has two ends: /31 by the reference, /30 by the guide. */
export const hasTwoEnds = aboutNetwork4((_, length) => length === 31 || length === 30);

/** Cloudflare accepts interfaces in these ranges only. */
export const isInRange = aboutNetwork4((address) => INTERFACE_RANGES.some((range) => address.match(range)));

/** The first and the last address of a /30 belong to nobody. */
export const isHost = aboutNetwork4((address, length) => {
  const last = (address.octets[3] ?? 0) & 3;
  return length !== 30 || (last !== 0 && last !== 3);
});

/** `interface_address6` is a /127. */
export const isPair6 = (text: string): boolean => !isNetwork6(text) || ipaddr.IPv6.parseCIDR(text)[1] === 127;

/** … and names the first address of it. */
export const isFirst6 = (text: string): boolean =>
  !isNetwork6(text) || ((ipaddr.IPv6.parseCIDR(text)[0].parts[7] ?? 0) & 1) === 0;

/** No bits are set beyond the length: 10.0.0.1/8 names no network. */
export function isExact(text: string): boolean {
  if (!isNetwork(text)) return true;
  const [address] = ipaddr.parseCIDR(text);
  const first = isNetwork4(text) ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  return address.toString() === first.toString();
}

/** The same address however it is written; texts that are no addresses are compared as they are. */
export function isSameAddress(one: string, other: string): boolean {
  if (!isAddress(one) || !isAddress(other)) return one === other;
  return ipaddr.parse(one).toString() === ipaddr.parse(other).toString();
}
