/**
 * Shelves: under which keys a tunnel (or a GRE tunnel, or an interconnect) is filed, so that those that may clash with it are
 * found without looking at all others.
 */
import type { Tunnel } from '../../shared/model.ts';
import { nameStem } from '../state/site.ts';
import { canonical, dotted, type Net, net6Of, netOf, otherSide } from './addresses.ts';
import type { Neighbour } from './contract.ts';
import { byName } from './grouping.ts';

/**
 * Networks are filed by the widths of their neighbourhoods. A network lies in the neighbourhood of the greatest of these
 * widths that holds it (its home), and is seen from all wider ones: two networks that intersect are nested, so that the
 * larger one's home holds the smaller one.
 */
const WIDTHS = [30, 24, 16, 8, 0] as const;

const hood = (kind: 'seen' | 'home', address: number, width: number): string => {
  const size = 2 ** (32 - width);
  return `net-${kind}${width}:${dotted(Math.floor(address / size) * size)}`;
};

function homeOf(net: Net): number {
  return WIDTHS.find((width) => width <= net.bits) ?? 0;
}

/** The shelves on which a network of IPv4 is put. */
export function netShelves(cidr: string | null): readonly string[] {
  const net = netOf(cidr);
  if (net === null) return [];
  const home = homeOf(net);
  const seen = WIDTHS.filter((width) => width <= home).map((width) => hood('seen', net.first, width));
  return [...seen, hood('home', net.first, home)];
}

/** The shelves on which every network lies that can intersect with this one. */
export function netClashes(net: Net): readonly string[] {
  const home = homeOf(net);
  const wider = WIDTHS.filter((width) => width < home).map((width) => hood('home', net.first, width));
  return [hood('seen', net.first, home), ...wider];
}

/** The minute of a PSK, and those beside it. */
const MINUTE = 60_000;
export const pskMinute = (at: number, offset = 0): string => `psk-minute:${Math.floor(at / MINUTE) + offset}`;

export const nameShelf = (name: string): string => `name:${name}`;
export const foldedShelf = (name: string): string => `folded:${name.toLowerCase()}`;
export const endpointShelf = (address: string): string => `cloudflare:${canonical(address) ?? address}`;
export const pairShelf = (cloudflare: string, customer: string): string =>
  `pair:${canonical(cloudflare) ?? cloudflare} ${canonical(customer) ?? customer}`;

export const fqdnShelf = (fqdn: string, cloudflare: string): string =>
  `fqdn:${fqdn.toLowerCase()} ${canonical(cloudflare) ?? cloudflare}`;
export const fqdnAccountShelf = (number: string): string => `fqdn-account:${number}`;
export const targetShelf = (saved: string): string => `target:${canonical(saved) ?? saved}`;
export const asnShelf = (asn: number): string => `asn:${asn}`;
export const stemShelf = (stem: string): string => `stem:${stem}`;
export const net6Shelf = (pair: string): string => `net6:${pair}`;
export const subnet6Shelf = (subnet: string): string => `subnet6:${subnet}`;

/** `<label>.<account number>.custom.ipsec.cloudflare.com`: the number; `null` when the name has another form. */
export function fqdnAccount(fqdn: string): string | null {
  const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
  const form = new RegExp(`^${label}(?:\\.${label})*\\.([0-9]+)\\.custom\\.ipsec\\.cloudflare\\.com$`, 'i');
  return form.exec(fqdn)?.[1] ?? null;
}

/** All shelves on which a tunnel lies. */
export function shelvesOf(tunnel: Tunnel): readonly string[] {
  const { name, cloudflareEndpoint, customerEndpoint, fqdnId, pskGeneratedAt, bgp } = tunnel;
  const stem = nameStem(name);
  const net6 = net6Of(tunnel.interfaceAddress6);
  const saved = tunnel.healthCheck?.target?.saved ?? '';
  const number = fqdnId === null ? null : fqdnAccount(fqdnId);
  return [
    nameShelf(name),
    foldedShelf(name),
    ...(stem === null ? [] : [stemShelf(stem)]),
    endpointShelf(cloudflareEndpoint),
    ...netShelves(tunnel.interfaceAddress),
    ...(net6 === null ? [] : [net6Shelf(net6.pair), subnet6Shelf(net6.subnet)]),
    ...(customerEndpoint === null ? [] : [pairShelf(cloudflareEndpoint, customerEndpoint)]),
    ...(fqdnId === null ? [] : [fqdnShelf(fqdnId, cloudflareEndpoint)]),
    ...(number === null ? [] : [fqdnAccountShelf(number)]),
    ...(pskGeneratedAt === null ? [] : [pskMinute(pskGeneratedAt)]),
    ...(saved === '' ? [] : [targetShelf(saved)]),
    ...(bgp === null ? [] : [asnShelf(bgp.customerAsn)]),
    ...customerSide(tunnel.interfaceAddress),
  ];
}

/** Where the router of a tunnel is, for next hops of routes. */
export const customerSideShelf = (address: string): string => `customer-side:${address}`;

function customerSide(cidr: string | null): readonly string[] {
  const net = netOf(cidr);
  const side = net === null ? null : otherSide(net);
  return side === null ? [] : [customerSideShelf(side)];
}

/** The shelves on which a GRE tunnel or an interconnect lies. */
export function neighbourShelves({ name, interfaceAddress }: Neighbour): readonly string[] {
  return [nameShelf(name), foldedShelf(name), ...netShelves(interfaceAddress), ...customerSide(interfaceAddress)];
}

/** Tunnels by shelf, each shelf in the order of names. A shelf is named `kind:rest`. */
export class Shelves {
  readonly #kinds = new Map<string, Map<string, Tunnel[]>>();

  of(shelf: string): readonly Tunnel[] {
    return this.#kinds.get(kindOf(shelf))?.get(shelf) ?? [];
  }

  add(tunnel: Tunnel): void {
    for (const shelf of shelvesOf(tunnel)) {
      const kind = kindOf(shelf);
      const shelves = this.#kinds.get(kind) ?? new Map<string, Tunnel[]>();
      this.#kinds.set(kind, shelves);
      const there = shelves.get(shelf);
      if (there === undefined) shelves.set(shelf, [tunnel]);
      else there.splice(place(there, tunnel), 0, tunnel);
    }
  }

  remove(tunnel: Tunnel): void {
    for (const shelf of shelvesOf(tunnel)) {
      const shelves = this.#kinds.get(kindOf(shelf));
      const there = shelves?.get(shelf);
      if (shelves === undefined || there === undefined) continue;
      const at = place(there, tunnel);
      if (there[at]?.key === tunnel.key) there.splice(at, 1);
      if (there.length === 0) shelves.delete(shelf);
    }
  }

  /** How many lie on each shelf of a kind, by the rest of its name. */
  sizes(kind: string): ReadonlyMap<string, number> {
    const sizes = new Map<string, number>();
    for (const [shelf, there] of this.#kinds.get(kind) ?? []) sizes.set(shelf.slice(kind.length + 1), there.length);
    return sizes;
  }
}

function kindOf(shelf: string): string {
  return shelf.slice(0, shelf.indexOf(':'));
}

/** Where the tunnel is or belongs, by halving. */
function place(there: readonly Tunnel[], tunnel: Tunnel): number {
  let [low, high] = [0, there.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = there[middle];
    if (other !== undefined && byName(other, tunnel) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
