/**
 * Addresses of the practice world. They must look like the real thing to the linter (no documentation, private or
 * benchmark ranges) and belong to nobody who could mind: customer endpoints come from 44.128.0.0/16, the block that the
 * amateur radio network sets aside for experiments and never announces. Nothing ever connects to any of them.
 */

function dotted(base: number, offset: number): string {
  const value = (base + offset) >>> 0;
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

const CUSTOMER_BLOCK = (44 << 24) | (128 << 16);
const INTERFACE_BLOCK = 10 << 24;

/** The nth customer endpoint; neighbours in number do not lie side by side. */
export function customerEndpoint(n: number): string {
  return dotted(CUSTOMER_BLOCK, 257 + ((n * 40_503) % 64_000));
}

/** The nth /31 of an account: Cloudflare's side is the even address, the customer's the odd one. */
export function interfacePair(account: number, n: number): { cidr: string; cloudflare: string; customer: string } {
  const base = INTERFACE_BLOCK + ((64 + (account % 128)) << 16);
  const cloudflare = dotted(base, 2 * n);
  return { cidr: `${cloudflare}/31`, cloudflare, customer: dotted(base, 2 * n + 1) };
}

/** The two hosts of an interface address; the one written is Cloudflare's. */
export function sidesOf(cidr: string): { cloudflare: string; customer: string } {
  const [ip = '', bits] = cidr.split('/');
  const octets = ip.split('.').map(Number);
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  // In a /31 the neighbour differs in the last bit, in a /30 (hosts 01 and 10) in both.
  return { cloudflare: ip, customer: dotted(0, bits === '30' ? value ^ 3 : value ^ 1) };
}

/** Cloudflare's anycast address by position, for scenarios that are generated. */
export function cloudflareEndpoint(n: number): string {
  return `162.159.${64 + (n % 64)}.${(17 + n * 32) % 250}`;
}
