/**
 * Which tunnels belong together: the halves of one connection, so that one can carry what the other carried. Nothing in the
 * API says so for certain; the surest sign wins, and people are told which sign it was.
 */
import type { Tunnel, TunnelKey } from '../../shared/model.ts';
import { tagsIn } from '../alerts/tags.ts';
import { nameStem, sitesByStem } from '../state/site.ts';
import type { Neighbour, Surroundings } from './contract.ts';

/** The signs, the surest first. `alone`: none of them joins it to another. */
export type GroupSign = 'redundancy-group' | 'site-tag' | 'site' | 'customer-endpoint' | 'name-stem' | 'alone';

/** What grouping looks at. */
export type Groupable = Pick<Tunnel, 'key' | 'id' | 'name' | 'description' | 'customerEndpoint'>;

export interface Group {
  readonly sign: GroupSign;
  /** Stable while the sign is the same: `name-stem:ams1`. */
  readonly id: string;
  /** For people: `redundancy group "ams"`, `site tag #site-ams`, `site AMS1`, `customer endpoint 192.0.2.1`, `name stem ams1`. */
  readonly words: string;
  /** The IPsec tunnels in it, by name. */
  readonly members: readonly TunnelKey[];
  /** Names of GRE tunnels and interconnects that belong to it, as far as those are known. */
  readonly neighbours: readonly string[];
}

/** Explicit signs apart, one stem on more tunnels than this is a habit of naming (`tunnel-1` to `tunnel-40`), not a group. */
const MOST_OF_A_STEM = 8;
/** A tag in the description that names a site. */
const SITE_TAG = /^site-./;

type Beside = Pick<Surroundings, 'redundancyGroups' | 'gre' | 'interconnects'>;
type Joined = Pick<Group, 'sign' | 'id' | 'words'>;

/**
 * The group of each tunnel; every tunnel is in exactly one. By redundancy group, else a `#site-…` tag in the description, else
 * the site that Cloudflare reports for it or for its namesakes, else a customer endpoint in common, else a stem of the name in common.
 */
export function groupsOf(
  tunnels: Iterable<Groupable>,
  beside: Beside,
  siteOf: (key: TunnelKey) => string | null,
): ReadonlyMap<TunnelKey, Group> {
  const all = [...tunnels];
  const neighbours = [...(beside.gre ?? []), ...(beside.interconnects ?? [])];
  const made = redundancyGroups(beside);
  const groups = new Map<TunnelKey, Group>();
  const join = (joined: Joined, members: readonly Groupable[], others: readonly string[]): void => {
    const sorted = members.length < 2 ? members : [...members].sort(byName);
    const group: Group = { ...joined, members: sorted.map(({ key }) => key), neighbours: others };
    for (const { key } of members) groups.set(key, group);
  };

  // As on the board: a tunnel without health results stands where its namesakes do.
  const kin = sitesByStem(all.map(({ key, name }) => ({ name, reported: siteOf(key) })));
  const siteFor = ({ key, name }: Groupable): string | null => siteOf(key) ?? kin.get(nameStem(name) ?? '') ?? null;
  const told = Map.groupBy(all, (tunnel) => explicitSign(tunnel, made, siteFor(tunnel)));
  const outside = strangers(beside, neighbours);
  for (const [joined, members] of byId(told)) join(joined, members, outside.get(joined.id) ?? []);

  const silent = told.get(null) ?? [];
  const behind = Map.groupBy(neighbours, ({ customerEndpoint }) => customerEndpoint);
  const sharing = Map.groupBy(silent, ({ customerEndpoint }) => customerEndpoint);
  const left: Groupable[] = [];
  for (const [address, members] of sharing) {
    const others = address === null ? [] : (behind.get(address) ?? []).map((n) => n.name);
    if (address === null || members.length + others.length < 2) left.push(...members);
    else join(sign('customer-endpoint', address, `customer endpoint ${address}`), members, others);
  }

  const namesakes = Map.groupBy(neighbours, ({ name }) => nameStem(name));
  for (const [stem, members] of Map.groupBy(left, ({ name }) => nameStem(name))) {
    const others = stem === null ? [] : (namesakes.get(stem) ?? []).map((n) => n.name);
    const size = members.length + others.length;
    if (stem !== null && size >= 2 && size <= MOST_OF_A_STEM) {
      join(sign('name-stem', stem, `name stem ${stem}`), members, others);
    } else {
      for (const tunnel of members) join(sign('alone', tunnel.key, 'nothing in common with others'), [tunnel], []);
    }
  }
  return groups;
}

function explicitSign(tunnel: Groupable, made: ReadonlyMap<string, Joined>, site: string | null): Joined | null {
  const group = made.get(tunnel.id);
  if (group !== undefined) return group;
  const tag = (tunnel.description?.toLowerCase().includes('#site-') === true ? tagsIn(tunnel.description) : []).find(
    (word) => SITE_TAG.test(word),
  );
  if (tag !== undefined) return sign('site-tag', tag, `site tag #${tag}`);
  return site === null || site === '' ? null : sign('site', site, `site ${site}`);
}

/** By tunnel id. A tunnel that is in two groups belongs to the first. */
function redundancyGroups({ redundancyGroups: groups }: Beside): ReadonlyMap<string, Joined> {
  const made = new Map<string, Joined>();
  for (const { id, name, members } of groups ?? []) {
    const joined = sign('redundancy-group', id, `redundancy group "${name}"`);
    for (const member of members) if (member.kind === 'ipsec' && !made.has(member.id)) made.set(member.id, joined);
  }
  return made;
}

/** Names of what is no IPsec tunnel, by the sign of its redundancy group. */
function strangers(
  { redundancyGroups: groups }: Beside,
  neighbours: readonly Neighbour[],
): ReadonlyMap<string, readonly string[]> {
  const names = new Map(neighbours.map(({ id, name }) => [id, name]));
  return new Map(
    (groups ?? []).map(({ id, members }) => [
      `redundancy-group:${id}`,
      members.filter(({ kind }) => kind !== 'ipsec').map((member) => names.get(member.id) ?? member.id),
    ]),
  );
}

function byId(told: ReadonlyMap<Joined | null, readonly Groupable[]>): Iterable<[Joined, Groupable[]]> {
  const merged = new Map<string, [Joined, Groupable[]]>();
  for (const [joined, members] of told) {
    if (joined === null) continue;
    const known = merged.get(joined.id);
    if (known === undefined) merged.set(joined.id, [joined, [...members]]);
    else known[1].push(...members);
  }
  return merged.values();
}

function sign(kind: GroupSign, name: string, words: string): Joined {
  return { sign: kind, id: `${kind}:${name}`, words };
}

/** By name, then by key: the order in which tunnels are named everywhere. Plain comparison, the same on every machine. */
export function byName(a: Pick<Groupable, 'name' | 'key'>, b: Pick<Groupable, 'name' | 'key'>): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
