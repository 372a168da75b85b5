/** How tunnels stand at a glance: the page and the tray say the same. Pure. */
import type { AccountStatus, BoardRow, Lanes, LaneValues, Millis } from './model.ts';

/**
 * How a tunnel stands at a glance. Carrying traffic or not comes first (BGP and health); `attention` is a tunnel that is
 * up while its PSK or its configuration wants somebody.
 */
export const KINDS = ['down', 'degraded', 'unknown', 'attention', 'up'] as const;
export type Kind = (typeof KINDS)[number];

/** Whether the facts of an account are recent enough to be believed. BGP, PSK and configuration come with the list. */
export interface Freshness {
  readonly list: boolean;
  readonly health: boolean;
}

export const NOT_FRESH: Freshness = { list: false, health: false };

/** `stale`: the kind is the last one known, on facts that are too old to be shown as true now. */
export interface Standing {
  readonly kind: Kind;
  readonly stale: boolean;
}

const BGP: { readonly [V in LaneValues['bgp']]: Kind | null } = {
  up: 'up',
  establishing: 'degraded',
  down: 'down',
  unconfigured: null,
  unreported: null,
  unknown: 'unknown',
  unobserved: null,
};
const HEALTH: { readonly [V in LaneValues['health']]: Kind | null } = {
  healthy: 'up',
  degraded: 'degraded',
  down: 'down',
  disabled: null,
  nodata: null,
  unobserved: null,
};

/** What the value of a lane says about the tunnel; `null` when it says nothing. */
export function bgpKind(value: LaneValues['bgp']): Kind | null {
  return BGP[value];
}
export function healthKind(value: LaneValues['health']): Kind | null {
  return HEALTH[value];
}
/** The mark that stands beside a PSK. */
export function pskKind(value: LaneValues['psk']): Kind {
  if (value === 'stale' || value === 'missing') return 'down';
  if (value === 'due') return 'degraded';
  return value === 'unobserved' ? 'unknown' : 'up';
}

/**
 * How fresh the facts of an account are.
 * @param sinceReceipt Time since the status was received.
 * @param lost The host is out of reach: nothing is fresh.
 */
export function freshness(account: AccountStatus, sinceReceipt: Millis, lost: boolean): Freshness {
  if (lost) return NOT_FRESH;
  const { listAgeMs, healthAgeMs, staleAfterMs, healthStaleAfterMs } = account;
  return {
    list: listAgeMs !== null && listAgeMs + sinceReceipt < staleAfterMs,
    health: healthAgeMs !== null && healthAgeMs + sinceReceipt < healthStaleAfterMs,
  };
}

/** How a tunnel stands. Up needs a good lane on a recent fact; a bad lane on an old fact stays in sight, as old. */
export function standing(row: Pick<BoardRow, 'lanes' | 'severity' | 'unreadable'>, fresh: Freshness): Standing {
  const recent = worst(
    fresh.list ? bgpKind(row.lanes.bgp.value) : null,
    fresh.health ? healthKind(row.lanes.health.value) : null,
  );
  const known = worst(bgpKind(row.lanes.bgp.value), healthKind(row.lanes.health.value)) ?? 'unknown';
  const trusted = fresh.list && row.unreadable === null;
  if (!trusted) return { kind: attend(known, row), stale: true };
  if (recent === null) return { kind: attend(known, row), stale: known !== 'unknown' };
  return rank(known) < rank(recent) ? { kind: known, stale: true } : { kind: attend(recent, row), stale: false };
}

/** Worst first; at the same kind what is certain comes before what is old, and old "up" ranks with unknown. */
export function standingRank({ kind, stale }: Standing): number {
  if (stale && (kind === 'up' || kind === 'attention')) return rank('unknown') * 2 + 1;
  return rank(kind) * 2 + (stale ? 1 : 0);
}

/** When the worst thing of a tunnel began, for "longest first". */
export function troubleSince(lanes: Lanes): number {
  const bad = [
    { kind: bgpKind(lanes.bgp.value), since: lanes.bgp.since },
    { kind: healthKind(lanes.health.value), since: lanes.health.since },
  ];
  const known = worst(bad[0]?.kind ?? null, bad[1]?.kind ?? null);
  return Math.min(...bad.filter(({ kind }) => kind === known).map(({ since }) => since));
}

function attend(kind: Kind, row: Pick<BoardRow, 'severity'>): Kind {
  return kind === 'up' && (row.severity === 'warning' || row.severity === 'critical') ? 'attention' : kind;
}

function rank(kind: Kind): number {
  return KINDS.indexOf(kind);
}

function worst(a: Kind | null, b: Kind | null): Kind | null {
  if (a === null || b === null) return a ?? b;
  return rank(a) <= rank(b) ? a : b;
}
