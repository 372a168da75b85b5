/**
 * Both ends of a tunnel's inside. The API names Cloudflare's side; the customer's is derived: in a /31 (or an IPv6 /127)
 * it is the other address, in a /30 (/126) the other usable host. Anything larger leaves it open.
 */

export interface InsideAddresses {
  readonly cloudflare: string;
  /** Derived, not reported; `null` where the prefix does not determine it. */
  readonly customer: string | null;
}

/** Splits `interface_address` (CIDR). `null` when it is not an address with a prefix length. */
export function insideAddresses(cidr: string): InsideAddresses | null {
  const [address = '', length = ''] = cidr.trim().split('/');
  if (address === '' || !/^\d{1,3}$/.test(length)) return null;
  const bits = Number(length);
  if (address.includes(':')) return v6(address, bits);
  return v4(address, bits);
}

function v4(address: string, bits: number): InsideAddresses | null {
  const parts = address.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length !== 4 || bits > 32 || parts.some((part) => Number.isNaN(part) || part > 255)) return null;
  const last = parts[3] ?? 0;
  const other = partner(last, 32 - bits);
  return { cloudflare: address, customer: other === null ? null : [...parts.slice(0, 3), other].join('.') };
}

function v6(address: string, bits: number): InsideAddresses | null {
  if (bits > 128 || !/^[0-9a-f:]+$/i.test(address)) return null;
  const cut = address.lastIndexOf(':') + 1;
  const last = Number.parseInt(address.slice(cut) || '0', 16);
  const other = partner(last, 128 - bits);
  // A trailing group of zeros may have been left out ("fd00::"); the rest stays as Cloudflare wrote it.
  return { cloudflare: address, customer: other === null ? null : `${address.slice(0, cut)}${other.toString(16)}` };
}

/** The other address of a pair, given the last number of one: one host bit or two. */
function partner(last: number, hostBits: number): number | null {
  if (hostBits === 1) return last ^ 1;
  if (hostBits !== 2) return null;
  const host = last & 3;
  return host === 1 || host === 2 ? last ^ 3 : null;
}
