/**
 * The words that every part of Tunnelwatch speaks: tunnels, lanes, changes, events, accounts.
 *
 * Everything here is readonly plain data that survives `structuredClone` and `JSON`. `null` always means
 * "Cloudflare did not say"; it is never a default. Times are Unix milliseconds (`Instant`) unless a name says otherwise.
 */

import type { TunnelChange } from './operations.ts';

export * from './fault.ts';
export * from './status.ts';

/** Wall-clock time in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A length of time in milliseconds. */
export type Millis = number;

/** The 32 hexadecimal digits that name a Cloudflare account in API paths. */
export type AccountId = string & { readonly __brand: 'AccountId' };
/** The identifier of a tunnel inside its account. */
export type TunnelId = string & { readonly __brand: 'TunnelId' };
/** `accountId/tunnelId`: names one tunnel among all accounts, and a recreated tunnel differently from its forerunner. */
export type TunnelKey = string & { readonly __brand: 'TunnelKey' };

/** The key of a tunnel among all accounts. */
export function tunnelKey(accountId: AccountId, tunnelId: TunnelId): TunnelKey {
  return `${accountId}/${tunnelId}` as TunnelKey;
}

/** The account half of a tunnel key. */
export function accountOf(key: TunnelKey): AccountId {
  return key.slice(0, key.indexOf('/')) as AccountId;
}

/** The tunnel half of a tunnel key. */
export function tunnelOf(key: TunnelKey): TunnelId {
  return key.slice(key.indexOf('/') + 1) as TunnelId;
}

/** BGP session state as Cloudflare reports it; a value that this version does not know is kept in `raw`. */
export interface BgpStatus {
  readonly state: 'up' | 'establishing' | 'down' | 'unknown';
  /** The word Cloudflare sent, for instance `BGP_UP`. */
  readonly raw: string;
  readonly tcpEstablished: boolean;
  /** Free text, usually an RFC 4271 state name such as `Established` or `OpenSent`. */
  readonly bgpState: string | null;
  readonly cfSpeakerIp: string | null;
  readonly cfSpeakerPort: number | null;
  readonly customerSpeakerIp: string | null;
  readonly customerSpeakerPort: number | null;
  readonly updatedAt: Instant | null;
}

/** The configured BGP session of a tunnel. The MD5 key itself stays inside the API client. */
export interface BgpConfig {
  readonly customerAsn: number;
  readonly extraPrefixes: readonly string[];
  readonly md5KeySet: boolean;
  /** Tells this MD5 key from another one while the process runs, and says neither. Never recorded, never shown. */
  readonly md5KeyMark?: string;
  /** What is wrong with the characters of the MD5 key, judged where the key is known; absent: nothing, or there is no key. */
  readonly md5KeyFault?: 'forbidden-character' | 'backslash';
  readonly importFilterId: string | null;
  readonly exportFilterId: string | null;
}

/** Health-check configuration; each field may be absent and absent is not the default. Unknown words are kept as sent. */
export interface HealthCheckConfig {
  readonly enabled: boolean | null;
  readonly rate: string | null;
  readonly type: string | null;
  readonly direction: string | null;
  /** `saved: ''` means that Cloudflare computes the target and shows it in `effective`. */
  readonly target: { readonly saved: string | null; readonly effective: string | null } | null;
}

/** One IPsec tunnel as the API last described it. */
export interface Tunnel {
  readonly key: TunnelKey;
  readonly accountId: AccountId;
  readonly id: TunnelId;
  readonly name: string;
  readonly description: string | null;
  readonly cloudflareEndpoint: string;
  readonly customerEndpoint: string | null;
  /** CIDR; the address given is Cloudflare's side. */
  readonly interfaceAddress: string;
  readonly interfaceAddress6: string | null;
  readonly allowNullCipher: boolean | null;
  readonly automaticReturnRouting: boolean | null;
  readonly replayProtection: boolean | null;
  readonly bgp: BgpConfig | null;
  readonly bgpStatus: BgpStatus | null;
  readonly fqdnId: string | null;
  /** Cloudflare's numeric account id, where an older kind of answer gives IKE identities (`remote_identities`). */
  readonly accountNumber?: string;
  readonly healthCheck: HealthCheckConfig | null;
  /** When the pre-shared key was last generated; `null` means that no PSK was reported (absent or `{}`). */
  readonly pskGeneratedAt: Instant | null;
  readonly createdAt: Instant | null;
  readonly modifiedAt: Instant | null;
}

/** A tunnel of the list that did not pass validation: it costs itself, not its neighbours. */
export interface UnreadableTunnel {
  readonly id: TunnelId | null;
  readonly name: string | null;
  /** One sentence that names the field and what was expected. */
  readonly reason: string;
}

/** Health of one tunnel as one Cloudflare data centre saw it. `state`: 1 healthy, 0.5 degraded, 0 down, averages between. */
export interface ColoHealth {
  /** Airport code and place, for instance `FRA` and `Frankfurt`. */
  readonly code: string;
  readonly name: string;
  readonly state: number;
  /** How many health-check events the figure rests on. */
  readonly samples: number;
  /** Start of the minute that the figure describes. */
  readonly minute: Instant;
}

export const LANES = ['bgp', 'health', 'psk', 'config'] as const;
/** The four things that we follow for every tunnel. */
export type Lane = (typeof LANES)[number];

/** `unobserved` is a value of every lane: we did not look (asleep, offline, not running, blind). */
export interface LaneValues {
  readonly bgp: 'up' | 'establishing' | 'down' | 'unconfigured' | 'unreported' | 'unknown' | 'unobserved';
  readonly health: 'healthy' | 'degraded' | 'down' | 'disabled' | 'nodata' | 'unobserved';
  readonly psk: 'fresh' | 'aging' | 'due' | 'stale' | 'missing' | 'unobserved';
  readonly config: 'ok' | 'info' | 'warning' | 'error' | 'unobserved';
}
export type LaneValue<L extends Lane = Lane> = LaneValues[L];

/** Worst first where it matters; `unknown` stands apart and never counts as good or bad. */
export type Severity = 'ok' | 'info' | 'warning' | 'critical' | 'unknown';

/** What one lane says now, and since when. */
export interface LaneState<L extends Lane = Lane> {
  readonly value: LaneValue<L>;
  /** First instant at which this value was seen; with `exact: false` it had begun before we looked. */
  readonly since: Instant;
  readonly exact: boolean;
}

export type Lanes = { readonly [L in Lane]: LaneState<L> };

/** The derived state of a tunnel. */
export interface TunnelState {
  readonly key: TunnelKey;
  readonly lanes: Lanes;
  readonly severity: Severity;
  /** Health came back from down or degraded a short while ago and Cloudflare may still hold it at degraded. */
  readonly recovering: boolean;
}

/** One lane took another value. */
export interface StateChange {
  readonly at: Instant;
  readonly key: TunnelKey;
  readonly lane: Lane;
  readonly from: LaneValue | null;
  readonly to: LaneValue;
}

/** Things worth remembering that are not a lane. */
export const EVENT_KINDS = [
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-renamed',
  'tunnel-recreated',
  'tunnel-unreadable',
  'tunnel-readable',
  'config-changed',
  'psk-changed',
  'bgp-detail',
  'blind',
  'seeing',
  'health-blind',
  'health-seeing',
  'gap',
  'clock-jump',
  'started',
  'stopped',
  'store-degraded',
  'store-recovered',
  'rekey-dip',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Flat, printable facts of an event. Keys are documented with the code that makes the event. */
export type EventDetail = { readonly [name: string]: string | number | boolean | null };

/** An event as it is made; the history gives it its sequence number. */
export interface NewEvent {
  readonly at: Instant;
  readonly kind: EventKind;
  readonly accountId: AccountId | null;
  readonly key: TunnelKey | null;
  readonly detail: EventDetail;
}
export interface HistoryEvent extends NewEvent {
  /** Order of recording. Wall clocks jump; this does not. */
  readonly seq: number;
}

/** A stretch of time with one lane value. `to: null` means that it still lasts. */
export interface Interval<L extends Lane = Lane> {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly value: LaneValue<L>;
}

/** The intervals of one lane of one tunnel over a range, oldest first, without overlap. Where nothing is known there is none. */
export interface LaneTrack {
  readonly key: TunnelKey;
  readonly lane: Lane;
  readonly intervals: readonly Interval[];
}

export type AvailabilityWindow = '24h' | '7d' | '30d';

/** Health of a tunnel over a window. The five times add up to the window; `share` is up / (up + degraded + down). */
export interface Availability {
  readonly window: AvailabilityWindow;
  readonly upMs: Millis;
  readonly degradedMs: Millis;
  readonly downMs: Millis;
  /** Checks off or no data: observed by us, but nothing to count. */
  readonly uncountedMs: Millis;
  readonly unobservedMs: Millis;
  /** 0 to 1, or `null` when nothing could be counted. */
  readonly share: number | null;
}

/** Ages at which a PSK changes its lane value. */
export interface PskPolicy {
  readonly agingMs: Millis;
  readonly dueMs: Millis;
  readonly staleMs: Millis;
}

/** Where a tunnel stands, and how we know. */
export interface Site {
  readonly name: string;
  /** `cloudflare`: the site name of the health results; `name`: the stem of the tunnel's name. */
  readonly source: 'cloudflare' | 'name';
}

/** One row of the board. */
export interface BoardRow {
  readonly key: TunnelKey;
  readonly accountId: AccountId;
  readonly id: TunnelId;
  readonly name: string;
  readonly description: string | null;
  readonly site: Site | null;
  readonly cloudflareEndpoint: string;
  readonly customerEndpoint: string | null;
  readonly lanes: Lanes;
  readonly severity: Severity;
  readonly recovering: boolean;
  readonly bgpStatus: BgpStatus | null;
  /** How many data centres report healthy, of how many that report, and the worst of them by name. */
  readonly healthShare: { readonly healthy: number; readonly colos: number; readonly worst: string | null } | null;
  readonly pskGeneratedAt: Instant | null;
  /** The policy of its key where a tag gives it another than the general one. */
  readonly pskPolicy?: PskPolicy;
  /** Nothing but health checks went through it in the last 6 h (Cloudflare's own alerts skip such a tunnel); `null`: not known. */
  readonly idle: boolean | null;
  /** Set when the newest answer about this tunnel could not be read; the states are then the last ones known. */
  readonly unreadable: string | null;
}

/** Everything about one tunnel that is not history. */
export interface TunnelDetail {
  readonly row: BoardRow;
  readonly tunnel: Tunnel;
  readonly colos: readonly ColoHealth[];
  /** Worst first. */
  readonly findings: readonly Finding[];
}

/** A lint finding: something in the configuration that will not work, or works badly. */
export interface Finding {
  readonly rule: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly key: TunnelKey;
  /** The field and the offending value, printable. */
  readonly evidence: string;
  /** The field in the API's words, and its offending value: the part of the evidence to be marked. `null`: no single one. */
  readonly field: string | null;
  readonly value: string | null;
  /** How the tunnels were grouped, for a rule over groups: `redundancy group "ams"`, `customer endpoint 192.0.2.1`. */
  readonly grouping: string | null;
  /** Why it matters, one sentence. */
  readonly why: string;
  /** What to do about it, one sentence. */
  readonly fix: string;
  /** Cloudflare's page or the standard that the rule rests on. */
  readonly source: string;
  /** The change that would end it, where one change surely does. */
  readonly remedy: TunnelChange | null;
}
