/** Drives an incident book with alerts made by hand, over the small world of the alerting tests. */

import type {
  AlertChange,
  IncidentBook,
  IncidentChange,
  SavedAlerts,
  SilencedBy,
} from '../../../../src/engine/alerts/contract.ts';
import { createIncidentBook } from '../../../../src/engine/alerts/incidents/book.ts';
import { slotOf } from '../../../../src/engine/alerts/incidents/families.ts';
import type {
  Alert,
  AlertPhase,
  AlertRule,
  AlertSeverity,
  Cause,
  Incident,
  Subject,
} from '../../../../src/shared/alerts.ts';
import type { AccountId, EventDetail, Millis, TunnelKey } from '../../../../src/shared/model.ts';
import { type AlertWorld, alertWorld, testAccount } from '../world.ts';

export type Saved = Pick<SavedAlerts, 'alerts' | 'incidents' | 'members' | 'nextIncident'>;
export const EMPTY: Saved = { alerts: [], incidents: [], members: {}, nextIncident: 1 };

export interface Wish {
  readonly severity?: AlertSeverity;
  readonly facts?: EventDetail;
  /** How long ago it began. */
  readonly ago?: Millis;
}

/** `tunnel`, `endpoint 203.0.113.1 12/12 others 0/24`, `site paris 2/2`, `blind 3`: a cause in short. */
export function short(cause: Cause): string {
  const share = 'extent' in cause ? ` ${cause.extent.failing}/${cause.extent.of}` : '';
  switch (cause.kind) {
    case 'tunnel':
      return `tunnel ${cause.name}`;
    case 'site':
      return `site ${cause.site}${share}`;
    case 'cloudflare-endpoint':
    case 'customer-endpoint':
      return `${cause.kind.split('-')[0]} ${cause.address}${share} others ${cause.others.failing}/${cause.others.of}`;
    case 'account':
      return `account${share}`;
    case 'rule':
      return `rule ${cause.rule}${share}`;
    case 'blind':
      return `blind ${cause.accountIds.length}`;
    case 'app':
      return 'app';
  }
}

export class Rig {
  readonly w: AlertWorld;
  book: IncidentBook;
  silenced: SilencedBy = () => [];
  /** Everything that was told, in order. */
  readonly told: IncidentChange[] = [];
  readonly #alerts = new Map<string, Alert>();
  #pending: AlertChange[] = [];

  constructor(w = alertWorld()) {
    this.w = w;
    this.book = createIncidentBook(EMPTY, (id) => `Account ${id.slice(-1)}`);
  }

  tunnel(key: TunnelKey): Subject {
    const row = this.w.row(key);
    return {
      kind: 'tunnel',
      accountId: row.accountId,
      account: 'Account 0',
      key,
      name: row.name,
      site: row.site?.name ?? null,
      cloudflareEndpoint: row.cloudflareEndpoint,
      customerEndpoint: row.customerEndpoint,
      tags: [],
    };
  }

  site(site: string, accountId: AccountId = testAccount(0)): Subject {
    return { kind: 'site', accountId, account: 'Account 0', site };
  }

  account(n: number): Subject {
    return { kind: 'account', accountId: testAccount(n), account: `Account ${n}` };
  }

  /** The next state of an alert, told with the next `apply`. */
  say(rule: AlertRule, about: TunnelKey | Subject, phase: AlertPhase, wish: Wish = {}): Alert {
    const subject = typeof about === 'string' ? this.tunnel(about) : about;
    const slot = slotOf({ rule, subject });
    const old = this.#alerts.get(slot);
    const { now } = this.w.moment();
    const since = old?.since ?? now - (wish.ago ?? 0);
    const fires = phase === 'firing' && old?.phase !== 'firing';
    const alert: Alert = {
      id: old?.id ?? `${slot}@${since}`,
      rule,
      severity: wish.severity ?? old?.severity ?? 'critical',
      phase,
      subject,
      since,
      exact: true,
      firedAt: phase === 'firing' ? (old?.firedAt ?? now) : (old?.firedAt ?? null),
      resolvedAt: phase === 'resolved' ? now : null,
      returns: (old?.returns ?? 0) + (fires && old?.phase === 'recovering' ? 1 : 0),
      unseen: false,
      facts: wish.facts ?? old?.facts ?? {},
    };
    if (phase === 'resolved') this.#alerts.delete(slot);
    else this.#alerts.set(slot, alert);
    this.#pending.push({ alert, was: old?.phase ?? null });
    return alert;
  }

  /** Several at once. */
  all(rule: AlertRule, keys: readonly TunnelKey[], phase: AlertPhase, wish: Wish = {}): void {
    for (const key of keys) this.say(rule, key, phase, wish);
  }

  apply(): readonly IncidentChange[] {
    const changes = this.#pending;
    this.#pending = [];
    const { events } = this.w.observed();
    const told = this.book.apply(changes, this.w.moment(), this.w.world, this.silenced, events);
    this.told.push(...told);
    return told;
  }

  /** What is pending is confirmed 30 s later. */
  confirm(): readonly IncidentChange[] {
    this.w.pass(30_000);
    for (const alert of [...this.#alerts.values()]) {
      if (alert.phase === 'pending') this.say(alert.rule, alert.subject, 'firing');
    }
    return this.apply();
  }

  /** A restart that keeps what the store keeps: alerts that fired, open incidents, members. */
  restart(): void {
    const incidents = this.book.open();
    const members = Object.fromEntries(incidents.map(({ id }) => [id, this.book.alertsOf(id).map((one) => one.id)]));
    const alerts = incidents.flatMap(({ id }) => this.book.alertsOf(id)).filter(({ firedAt }) => firedAt !== null);
    const next = 1 + Math.max(0, ...this.told.map(({ incident }) => Number(incident.id.slice(2))));
    const saved: Saved = JSON.parse(JSON.stringify({ alerts, incidents, members, nextIncident: next })) as Saved;
    this.book = createIncidentBook(saved, (id) => `Account ${id.slice(-1)}`);
  }

  get open(): readonly Alert[] {
    return [...this.#alerts.values()];
  }

  /** The open incidents in short. */
  causes(): readonly string[] {
    return this.book.open().map(({ cause }) => short(cause));
  }

  only(): Incident {
    const open = this.book.open();
    const [one] = open;
    if (one === undefined || open.length !== 1)
      throw new Error(`${open.length} incidents: ${this.causes().join(', ')}`);
    return one;
  }
}

/** An account of sites with a tunnel each to two Cloudflare endpoints, over a line each. Returns the keys by site and half. */
export function pairs(w: AlertWorld, sites: number, account = testAccount(0)): { a: TunnelKey[]; b: TunnelKey[] } {
  const a: TunnelKey[] = [];
  const b: TunnelKey[] = [];
  for (let n = 0; n < sites; n++) {
    const site = `site-${n}`;
    const to = (half: string, endpoint: string, line: string): TunnelKey =>
      w.add({ name: `${site}-${half}`, site, account, cloudflareEndpoint: endpoint, customerEndpoint: line });
    a.push(to('a', '203.0.113.1', `198.51.${n}.1`));
    b.push(to('b', '203.0.113.2', `198.51.${n}.2`));
  }
  return { a, b };
}

/** The n-th of a list that has one. */
export function nth<T>(list: readonly T[], n: number): T {
  const found = list[n];
  if (found === undefined) throw new Error(`only ${list.length} there`);
  return found;
}
