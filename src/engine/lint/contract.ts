/**
 * What the linter is told, and what it tells. The list of IPsec tunnels comes in as it changes; what stands beside the list
 * comes in whenever somebody has read it. `null` means "not known" everywhere: a rule that needs it then says that it did
 * not judge, and never that all is well.
 */
import type { NotEvaluated } from '../../shared/lint.ts';
import type {
  AccountId,
  EventDetail,
  EventKind,
  Finding,
  Instant,
  Millis,
  PskPolicy,
  Tunnel,
  TunnelKey,
} from '../../shared/model.ts';

/** A GRE tunnel or an interconnect (CNI): it shares names, addresses and groups with the IPsec tunnels. */
export interface Neighbour {
  readonly kind: 'gre' | 'cni';
  readonly id: string;
  readonly name: string;
  /** CIDR; the address given is Cloudflare's side. */
  readonly interfaceAddress: string | null;
  readonly cloudflareEndpoint: string | null;
  readonly customerEndpoint: string | null;
  /** It has a BGP session of its own. */
  readonly bgp: boolean;
}

/** A static route of the account (`magic/routes`). */
export interface StaticRoute {
  readonly id: string;
  readonly prefix: string;
  /** An address, usually the customer's side of a tunnel. */
  readonly nexthop: string;
  readonly priority: number | null;
  readonly description: string | null;
}

/** A group that somebody made on purpose (`magic/redundancy_groups`). */
export interface RedundancyGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly kind: 'ipsec' | 'gre' | 'cni'; readonly id: string }[];
}

/** Something that happened to a tunnel within the last 24 h, as the event of the history tells it. */
export interface RecentChange {
  readonly at: Instant;
  readonly kind: Extract<EventKind, 'config-changed' | 'tunnel-disappeared' | 'tunnel-recreated'>;
  readonly key: TunnelKey;
  readonly detail: EventDetail;
}

/** Everything about an account beside its list of IPsec tunnels. Parts are compared by identity: a new array is news. */
export interface Surroundings {
  readonly gre: readonly Neighbour[] | null;
  readonly interconnects: readonly Neighbour[] | null;
  readonly routes: readonly StaticRoute[] | null;
  /** `cloudflare_asn` of `magic/bgp/settings`. */
  readonly cloudflareAsn: number | null;
  readonly redundancyGroups: readonly RedundancyGroup[] | null;
  /** Cloudflare's numeric account id, decimal digits; it is in IKE identities and not the id of API paths. */
  readonly accountNumber: string | null;
  /** Elements of the list that could not be read; absent: none. What seems to lead nowhere may lead to one of them. */
  readonly unreadable?: number;
  /** Of the last 24 h, oldest first; older ones are ignored. */
  readonly recent: readonly RecentChange[] | null;
}

export const NOTHING_KNOWN: Surroundings = {
  gre: null,
  interconnects: null,
  routes: null,
  cloudflareAsn: null,
  redundancyGroups: null,
  accountNumber: null,
  recent: null,
};

/** What was observed of one tunnel, as far as rules look at it. */
export interface TunnelFacts {
  /** Nothing but health checks went through it in the last 6 h. */
  readonly idle: boolean | null;
  /** What the data centres say together: all of them healthy, all of them down, or anything between. */
  readonly health: 'healthy' | 'down' | 'mixed' | null;
  /** The site name that Cloudflare's health results give; never one guessed from the tunnel's name. */
  readonly site: string | null;
}

export const NO_FACTS: TunnelFacts = { idle: null, health: null, site: null };

export interface LinterOptions {
  readonly accountId: AccountId;
  /** Ages of keys. The linter asks again for a tunnel when the tunnel changes, and for all on `repolicy`. */
  readonly policyOf: (tunnel: Tunnel) => PskPolicy;
  /** How often Cloudflare renews `bgp_status.updated_at`, where that is known already; otherwise it is learnt. */
  readonly bgpBeatMs?: Millis;
}

/** News for the linter. What is left out has not changed. */
export interface LintStep {
  /** The wall clock. */
  readonly now: Instant;
  /** New or different tunnels. */
  readonly changed?: Iterable<Tunnel>;
  readonly removed?: Iterable<TunnelKey>;
  readonly surroundings?: Surroundings;
  /** By tunnel; those that are not in it keep what was known. */
  readonly facts?: ReadonlyMap<TunnelKey, TunnelFacts>;
  /** `policyOf` answers otherwise from now on. */
  readonly repolicy?: boolean;
}

/** What a change would do to the findings. */
export interface LintDifference {
  readonly causes: readonly Finding[];
  readonly solves: readonly Finding[];
}

/** Keeps the findings of one account, judging again only what news can have touched. No clock, no I/O. */
export interface Linter {
  /** Takes news and time; returns the tunnels whose findings are others now (without those that were removed). */
  apply(step: LintStep): ReadonlySet<TunnelKey>;
  /** Worst first, then in the order of the rules. */
  findings(key: TunnelKey): readonly Finding[];
  /**
   * Findings about no tunnel of the list: routes that lead nowhere, tunnels that vanished. The key of the former is
   * `tunnelKey(accountId, '')`, that of the latter the tunnel's old key.
   */
  accountFindings(): readonly Finding[];
  notEvaluated(): readonly NotEvaluated[];
  /** When `apply` should be called even without news, because time alone changes a verdict; `null`: never. */
  readonly again: Instant | null;
  /** What would come and go if these tunnels were as given (new ones included) and those removed. Changes nothing. */
  whatIf(step: Pick<LintStep, 'now' | 'changed' | 'removed'>): LintDifference;
  /** How many times a rule judged a tunnel since the linter was made: work, for tests and figures. */
  readonly judged: number;
}
