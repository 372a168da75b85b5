/**
 * The language of scenarios: accounts, sites and incidents as plain data. Times are texts (`span.ts`) relative to the
 * scenario's time zero; negative times are the past.
 */
import type { FaultRule } from './faults/fault.ts';
import type { Json } from './json.ts';
import type { ColoCode } from './world/colos.ts';

export interface SiteSpec {
  /** Stem of the tunnel names, letters and a number: `ams1` gives `ams1-tun-a`, `ams1-tun-b`, … */
  readonly code: string;
  readonly city: string;
  /** One customer endpoint each. Tunnels take carriers and Cloudflare endpoints in turn. */
  readonly carriers: readonly string[];
  /** Two unless told otherwise. */
  readonly tunnels?: number;
  /** `unreported`: a session is configured and Cloudflare says nothing about it. On unless told otherwise. */
  readonly bgp?: 'on' | 'off' | 'unreported';
  /** The first tunnel carries all traffic, the others none. All carry some unless told otherwise. */
  readonly standby?: boolean;
  /** Customer ASN; a private one of its own if not given. */
  readonly asn?: number;
  readonly md5Key?: string;
  /** Name of the site in the health results; the city unless told otherwise, `''` when the site is not declared. */
  readonly siteName?: string;
}

/** What stands beside the tunnels of an account, over what every account has. */
export interface BesideSpec {
  /** `on`: the name of an IPsec tunnel whose network it takes, by mistake; one of its own if not given. */
  readonly gre?: readonly { readonly name: string; readonly on?: string }[];
  readonly routes?: readonly { readonly prefix: string; readonly nexthop: string }[];
}

export interface AccountSpec {
  readonly name: string;
  /** Anycast addresses of Cloudflare's side; a pair of tunnels takes one each. */
  readonly cloudflareEndpoints: readonly string[];
  /** Data centres that probe the tunnels. */
  readonly colos: readonly ColoCode[];
  /** `false`: the account has no Magic entitlement and answers 1012. */
  readonly onboarded?: boolean;
  readonly sites: readonly SiteSpec[];
  readonly beside?: BesideSpec;
}

/** Tunnels that all given facts fit. Names are exact; a list means "one of". */
export interface Who {
  readonly account?: string;
  readonly site?: string | readonly string[];
  readonly tunnel?: string | readonly string[];
  readonly carrier?: string;
  /** Position in the account's `cloudflareEndpoints`. */
  readonly endpoint?: number;
  /** A seeded share (0 to 1) of those that fit. */
  readonly share?: number;
}

interface When {
  /** Without it the incident has always been. */
  readonly from?: string;
  /** Without it there is no end. */
  readonly for?: string;
  /** Comes again, counted from `from`. */
  readonly every?: string;
  /** No further occurrence begins at or after this moment. */
  readonly until?: string;
  /** Each tunnel begins at an offset of its own, at most this long. */
  readonly spread?: string;
}

/** Values by dotted path, for instance `{ 'health_check.rate': 'low' }`; `health_check.target` takes the saved address. */
export type Patch = Readonly<Record<string, Json>>;

type Happening =
  | { readonly what: 'carrier-outage' | 'endpoint-outage' | 'tunnel-down' }
  | { readonly what: 'bgp-stuck-establishing' | 'bgp-auth-mismatch' | 'bgp-down' }
  /** Down for about half of each `period` (default 4 min), long enough to lose BGP. */
  | { readonly what: 'flapping'; readonly period?: string }
  /** One dip of 1 to 3 min for each occurrence; give `every`, the lifetime of the SA. */
  | { readonly what: 'rekey-dips' }
  /** All data centres unless `colos` names some; `state` is 0.5 unless told otherwise. */
  | { readonly what: 'colo-degraded'; readonly colos?: readonly ColoCode[]; readonly state?: 0 | 0.5 }
  /** No health rows at all. */
  | { readonly what: 'health-silent' }
  | { readonly what: 'checks-disabled' }
  | { readonly what: 'stale-psk'; readonly age: string }
  /** No PSK was ever set: `psk_metadata` is `{}` or absent, and the tunnel cannot come up. */
  | { readonly what: 'missing-psk'; readonly form?: 'empty' | 'absent' }
  /** Wrong from the start: nobody modified anything. */
  | { readonly what: 'misconfigured'; readonly set?: Patch; readonly unset?: readonly string[] }
  /** Somebody changed it; `modified_on` moves. Without `for`, every second occurrence takes it back. */
  | { readonly what: 'config-changed'; readonly set?: Patch; readonly unset?: readonly string[] }
  | { readonly what: 'renamed'; readonly to: string }
  /** Deleted and created anew under the same name `gap` later (default 3 min): new id, new PSK. */
  | { readonly what: 'recreated'; readonly gap?: string }
  /** `mismatch`: how long the router keeps the old key, and the tunnel is down for it. */
  | { readonly what: 'psk-rotated'; readonly mismatch?: string }
  | { readonly what: 'removed' };

export type Incident = When & { readonly who: Who } & Happening;
export type IncidentKind = Incident['what'];

/** A fault of the API at its time. */
export type ScheduledFault = FaultRule & {
  readonly from: string;
  readonly for: string;
  readonly every?: string;
};

export interface Limits {
  /** REST requests per token and window. */
  readonly quota: number;
  readonly graphqlQuota: number;
  readonly windowMs: number;
  /** How long a token is shut out after it asked too much. */
  readonly blockMs: number;
}

export interface Scenario {
  readonly name: string;
  /** One sentence for `--help` and for the README. */
  readonly title: string;
  readonly accounts: readonly AccountSpec[];
  readonly incidents: readonly Incident[];
  readonly faults?: readonly ScheduledFault[];
  readonly limits?: Partial<Limits>;
  /** `bgp_status.updated_at` moves this often even when nothing changed; without it only changes move it. */
  readonly bgpHeartbeat?: string;
  /** How long health results take to arrive; one minute unless told otherwise. */
  readonly ingestionDelay?: string;
}
