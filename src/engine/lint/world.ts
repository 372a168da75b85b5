/** What a judge may look at: one moment of one account. */
import type { AccountId, Instant, Millis, PskPolicy, Tunnel, TunnelKey } from '../../shared/model.ts';
import type { Neighbour, StaticRoute, Surroundings, TunnelFacts } from './contract.ts';
import type { Group } from './grouping.ts';

export interface World {
  readonly accountId: AccountId;
  readonly now: Instant;
  readonly surroundings: Surroundings;
  /** How many tunnels the account has. */
  readonly size: number;
  tunnel(key: TunnelKey): Tunnel | undefined;
  tunnels(): Iterable<Tunnel>;
  policyOf(tunnel: Tunnel): PskPolicy;
  facts(tunnel: Tunnel): TunnelFacts;
  /** By name. */
  shelf(name: string): readonly Tunnel[];
  /** How many lie on each shelf of a kind, by the rest of its name. */
  shelfSizes(kind: string): ReadonlyMap<string, number>;
  /** What is computed once for all tunnels of this moment. */
  once<T>(name: string, compute: () => T): T;
  group(tunnel: Tunnel): Group;
  /** The others of its group, by name. */
  mates(tunnel: Tunnel): readonly Tunnel[];
  /** GRE tunnels and interconnects on a shelf, as far as they are known. */
  neighbours(shelf: string): readonly Neighbour[];
  /** Routes by next hop; empty when routes are not known. */
  routesTo(nexthop: string): readonly StaticRoute[];
  /** How often Cloudflare renews `bgp_status.updated_at`; `null`: not known, or it moves on changes only. */
  readonly bgpBeatMs: Millis | null;
}
