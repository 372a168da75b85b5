/** What is wrong in one account at the moment, tunnel by tunnel, and what the account consists of. */
import type { Alert, Cause, Extent, Subject } from '../../../shared/alerts.ts';
import type { AccountId, Millis, TunnelKey } from '../../../shared/model.ts';
import type { TunnelView, World } from '../contract.ts';
import type { Case } from './case.ts';

/** A tunnel with open alerts of outage. It has one home: all that is wrong with one tunnel is one incident. */
export interface Trouble {
  readonly key: TunnelKey;
  name: string;
  endpoint: string;
  customer: string | null;
  site: string | null;
  /** When it began, on the monotonic clock. */
  onset: Millis;
  readonly alerts: Map<string, Alert>;
  /** Its session stands: health that looks bad for a minute or two may then be a rekey. */
  bgpUp: boolean;
  home: Case | null;
}

/** Says nothing yet while the session stands: a rekey looks the same. */
function isDip({ bgpUp }: Trouble, { phase, rule }: Alert): boolean {
  return bgpUp && phase === 'pending' && (rule === 'health-down' || rule === 'health-degraded');
}

/** All that there is may be a rekey: it has no part in anybody's outage until it lasts. */
export function isDoubt(trouble: Trouble): boolean {
  return [...trouble.alerts.values()].every((alert) => isDip(trouble, alert));
}

type TunnelSubject = Extract<Subject, { readonly kind: 'tunnel' }>;

/** Trouble begins. */
export function newTrouble(subject: TunnelSubject, onset: Millis, home: Case | null): Trouble {
  const { key, name, cloudflareEndpoint: endpoint, customerEndpoint: customer, site } = subject;
  return { key, name, endpoint, customer, site, onset, alerts: new Map(), bgpUp: false, home };
}

/** Tunnels are renamed and moved while they have trouble. */
export function follow(trouble: Trouble, subject: TunnelSubject, bgpUp: boolean): void {
  trouble.bgpUp = bgpUp;
  trouble.name = subject.name;
  trouble.endpoint = subject.cloudflareEndpoint;
  trouble.customer = subject.customerEndpoint;
  trouble.site = subject.site;
}

/** Pending or firing: counted as failing. What recovers works again as far as we see. */
export function isFailing(trouble: Trouble): boolean {
  for (const alert of trouble.alerts.values()) {
    if ((alert.phase === 'pending' || alert.phase === 'firing') && !isDip(trouble, alert)) return true;
  }
  return false;
}

/**
 * Firing, or with a session that is down already: what may be said of tunnels beside a cause. Health that looks bad for a
 * minute or two may be a rekey, and is no part of anybody's outage.
 */
function isSurelyFailing({ alerts }: Trouble): boolean {
  for (const { phase, rule } of alerts.values()) {
    if (phase === 'firing' || (phase === 'pending' && rule === 'bgp-down')) return true;
  }
  return false;
}

export function isFiring({ alerts }: Trouble): boolean {
  for (const { phase } of alerts.values()) if (phase === 'firing') return true;
  return false;
}

/** The axes along which tunnels share something. */
export type Axis = 'site' | 'customer' | 'endpoint';
export const AXES: readonly Axis[] = ['site', 'customer', 'endpoint'];

/** How many tunnels there are, and of how many of them we can tell whether they work. */
export interface Count {
  of: number;
  judged: number;
}

/** An account counted once: everything that extents and causes need. */
export interface Tally {
  readonly all: Count;
  readonly by: Readonly<Record<Axis, ReadonlyMap<string, Count>>>;
}

/** Without BGP and without health results nobody can say that a tunnel failed: it does not count against an outage. */
function isJudged({ row: { lanes } }: TunnelView): boolean {
  const bgp = lanes.bgp.value;
  const health = lanes.health.value;
  return (
    bgp === 'up' ||
    bgp === 'down' ||
    bgp === 'establishing' ||
    health === 'healthy' ||
    health === 'degraded' ||
    health === 'down'
  );
}

function add(counts: Map<string, Count>, key: string | null | undefined, judged: number): void {
  if (key === null || key === undefined) return;
  const count = counts.get(key);
  if (count === undefined) counts.set(key, { of: 1, judged });
  else {
    count.of += 1;
    count.judged += judged;
  }
}

/** Counts an account: one look at each of its tunnels. */
export function tallyOf(world: World, accountId: AccountId): Tally {
  const all: Count = { of: 0, judged: 0 };
  const site = new Map<string, Count>();
  const customer = new Map<string, Count>();
  const endpoint = new Map<string, Count>();
  for (const view of world.tunnels(accountId)) {
    const judged = isJudged(view) ? 1 : 0;
    all.of += 1;
    all.judged += judged;
    add(endpoint, view.row.cloudflareEndpoint, judged);
    add(customer, view.row.customerEndpoint, judged);
    add(site, view.row.site?.name, judged);
  }
  return { all, by: { site, customer, endpoint } };
}

/** What a cause groups by; `null` where it is not about a group of tunnels along an axis. */
export function groupOf(cause: Cause): { readonly axis: Axis; readonly value: string } | null {
  switch (cause.kind) {
    case 'site':
      return { axis: 'site', value: cause.site };
    case 'customer-endpoint':
      return { axis: 'customer', value: cause.address };
    case 'cloudflare-endpoint':
      return { axis: 'endpoint', value: cause.address };
    default:
      return null;
  }
}

/** Does a tunnel belong to what a cause extends to? */
export function covers(cause: Cause, trouble: Trouble): boolean {
  if (cause.kind === 'account') return true;
  if (cause.kind === 'tunnel') return cause.key === trouble.key;
  const group = groupOf(cause);
  return group !== null && trouble[group.axis] === group.value;
}

/** The same cause with the extent of this moment. */
export function measured(cause: Cause, troubles: Iterable<Trouble>, tally: Tally): Cause {
  if (cause.kind === 'tunnel' || cause.kind === 'blind' || cause.kind === 'app' || cause.kind === 'rule') return cause;
  let inside = 0;
  let outside = 0;
  for (const trouble of troubles) {
    if (covers(cause, trouble)) inside += isFailing(trouble) ? 1 : 0;
    else outside += isSurelyFailing(trouble) ? 1 : 0;
  }
  const group = groupOf(cause);
  const size = group === null ? tally.all.of : (tally.by[group.axis].get(group.value)?.of ?? 0);
  const extent: Extent = { failing: inside, of: Math.max(size, inside) };
  if (cause.kind === 'site' || cause.kind === 'account') return { ...cause, extent };
  return { ...cause, extent, others: { failing: outside, of: Math.max(tally.all.of - size, outside) } };
}
