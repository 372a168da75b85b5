/** The two addresses inside a tunnel: Cloudflare's is the interface address, the router takes the other one. */
import type { InnerAddresses } from './contract.ts';

const FORM = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(30|31)$/;

/** `null` for what is no /30 or /31, or names the network or broadcast address of a /30. */
export function innerAddresses(interfaceAddress: string): InnerAddresses | null {
  const form = FORM.exec(interfaceAddress.trim());
  if (form === null) return null;
  const octets = form.slice(1, 5).map(Number);
  if (octets.some((octet) => octet > 255)) return null;
  const bits = form[5] === '30' ? 30 : 31;
  const last = octets[3] ?? 0;
  const base = bits === 31 ? last - (last % 2) : last - (last % 4);
  // RFC 3021: both addresses of a /31 are hosts. Of a /30 the two in the middle are.
  const hosts = bits === 31 ? [base, base + 1] : [base + 1, base + 2];
  const other = hosts.find((host) => host !== last);
  if (!hosts.includes(last) || other === undefined) return null;
  const at = (octet: number): string => [...octets.slice(0, 3), octet].join('.');
  return {
    cloudflare: at(last),
    router: at(other),
    network: at(base),
    bits,
    mask: bits === 31 ? '255.255.255.254' : '255.255.255.252',
  };
}

/** Stand where the addresses are not known. */
export const UNKNOWN_INNER: InnerAddresses = {
  cloudflare: '<CLOUDFLARE-INNER-ADDRESS>',
  router: '<ROUTER-INNER-ADDRESS>',
  network: '<INNER-NETWORK>',
  bits: 31,
  mask: '255.255.255.254',
};
