/** One account as the judges see it, kept as news comes in: tunnels, shelves, groups, and what stands beside them. */
import type { AccountId, Instant, Millis, PskPolicy, Tunnel, TunnelKey } from '../../shared/model.ts';
import { canonical } from './addresses.ts';
import {
  type LinterOptions,
  type Neighbour,
  NO_FACTS,
  NOTHING_KNOWN,
  type StaticRoute,
  type Surroundings,
  type TunnelFacts,
} from './contract.ts';
import { FACT_FIELDS, type FactField, type Field, SURROUNDING_FIELDS, type SurroundingField } from './fields.ts';
import { type Group, groupsOf } from './grouping.ts';
import { neighbourShelves, Shelves } from './shelves.ts';
import type { World } from './world.ts';

const NOBODY: Group = { sign: 'alone', id: '', words: 'nothing in common with others', members: [], neighbours: [] };

export class Moment implements World {
  now: Instant = 0;
  surroundings: Surroundings = NOTHING_KNOWN;
  bgpBeatMs: Millis | null = null;
  readonly accountId: AccountId;
  readonly #policyOf: LinterOptions['policyOf'];
  readonly #tunnels = new Map<TunnelKey, Tunnel>();
  readonly #shelves = new Shelves();
  readonly #facts = new Map<TunnelKey, TunnelFacts>();
  readonly #once = new Map<string, unknown>();
  #groups: ReadonlyMap<TunnelKey, Group> = new Map();
  #neighbours: ReadonlyMap<string, readonly Neighbour[]> = new Map();
  #routes: ReadonlyMap<string, readonly StaticRoute[]> = new Map();

  constructor({ accountId, policyOf }: LinterOptions) {
    this.accountId = accountId;
    this.#policyOf = policyOf;
  }

  get size(): number {
    return this.#tunnels.size;
  }

  readonly tunnel = (key: TunnelKey): Tunnel | undefined => this.#tunnels.get(key);
  readonly tunnels = (): Iterable<Tunnel> => this.#tunnels.values();
  readonly policyOf = (tunnel: Tunnel): PskPolicy => this.#policyOf(tunnel);
  readonly facts = ({ key }: Pick<Tunnel, 'key'>): TunnelFacts => this.#facts.get(key) ?? NO_FACTS;
  readonly shelf = (name: string): readonly Tunnel[] => this.#shelves.of(name);
  readonly shelfSizes = (kind: string): ReadonlyMap<string, number> => this.#shelves.sizes(kind);
  readonly group = ({ key }: Pick<Tunnel, 'key'>): Group => this.#groups.get(key) ?? NOBODY;
  readonly neighbours = (shelf: string): readonly Neighbour[] => this.#neighbours.get(shelf) ?? [];
  readonly routesTo = (nexthop: string): readonly StaticRoute[] => this.#routes.get(nexthop) ?? [];

  mates(tunnel: Tunnel): readonly Tunnel[] {
    const { members } = this.group(tunnel);
    if (members.length < 2) return [];
    return members.flatMap((key) => (key === tunnel.key ? [] : (this.#tunnels.get(key) ?? [])));
  }

  once<T>(name: string, compute: () => T): T {
    if (!this.#once.has(name)) this.#once.set(name, compute());
    return this.#once.get(name) as T;
  }

  /** Something changed: what was computed once is computed anew. */
  forget(): void {
    this.#once.clear();
  }

  /** Returns the tunnel as it was. */
  put(tunnel: Tunnel): Tunnel | undefined {
    const before = this.#tunnels.get(tunnel.key);
    if (before !== undefined) this.#shelves.remove(before);
    this.#tunnels.set(tunnel.key, tunnel);
    this.#shelves.add(tunnel);
    return before;
  }

  remove(key: TunnelKey): Tunnel | undefined {
    const before = this.#tunnels.get(key);
    if (before === undefined) return undefined;
    this.#shelves.remove(before);
    this.#tunnels.delete(key);
    this.#facts.delete(key);
    return before;
  }

  /** Returns the facts that are others now. */
  observe(key: TunnelKey, facts: TunnelFacts): readonly FactField[] {
    const before = this.facts({ key });
    this.#facts.set(key, facts);
    const fields = Object.keys(FACT_FIELDS) as readonly FactField[];
    return fields.filter((field) => before[FACT_FIELDS[field]] !== facts[FACT_FIELDS[field]]);
  }

  /** Returns the parts that are others now. */
  surround(next: Surroundings): readonly SurroundingField[] {
    const before = this.surroundings;
    this.surroundings = next;
    const fields = Object.keys(SURROUNDING_FIELDS) as readonly SurroundingField[];
    const changed = fields.filter((field) => before[SURROUNDING_FIELDS[field]] !== next[SURROUNDING_FIELDS[field]]);
    if (changed.includes('gre_tunnels') || changed.includes('cf_interconnects')) this.#fileNeighbours();
    if (changed.includes('routes')) {
      this.#routes = Map.groupBy(next.routes ?? [], ({ nexthop }) => canonical(nexthop) ?? nexthop);
    }
    return changed;
  }

  #fileNeighbours(): void {
    const filed = new Map<string, Neighbour[]>();
    for (const neighbour of [...(this.surroundings.gre ?? []), ...(this.surroundings.interconnects ?? [])]) {
      for (const shelf of neighbourShelves(neighbour)) {
        const there = filed.get(shelf);
        if (there === undefined) filed.set(shelf, [neighbour]);
        else there.push(neighbour);
      }
    }
    this.#neighbours = filed;
  }

  /** Forms the groups anew; returns the tunnels whose group is another one now. */
  regroup(): readonly TunnelKey[] {
    const before = this.#groups;
    this.#groups = groupsOf(this.#tunnels.values(), this.surroundings, (key) => this.facts({ key }).site);
    const others: TunnelKey[] = [];
    for (const [key, group] of this.#groups) if (!sameGroup(before.get(key), group)) others.push(key);
    return others;
  }
}

function sameGroup(a: Group | undefined, b: Group): boolean {
  if (a === undefined || a.id !== b.id || a.words !== b.words) return false;
  const same = (x: readonly string[], y: readonly string[]): boolean =>
    x.length === y.length && x.every((one, i) => one === y[i]);
  return same(a.members, b.members) && same(a.neighbours, b.neighbours);
}

/** News of these fields can move tunnels from group to group. */
export const GROUPING_FIELDS: readonly Field[] = [
  'name',
  'description',
  'customer_endpoint',
  'gre_tunnels',
  'cf_interconnects',
  'redundancy_groups',
  'site of the health results',
];
