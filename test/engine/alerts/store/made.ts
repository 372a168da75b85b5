/** Made-up alerts, incidents, notices and records; free of vitest, so that child processes can use it. */
import type { AlertRecord, Notice, OutboxItem, PlanMemory, Planned } from '../../../../src/engine/alerts/contract.ts';
import type { Alert, Incident, NoticeKind, Silence } from '../../../../src/shared/alerts.ts';
import { type AccountId, type Instant, type TunnelId, tunnelKey } from '../../../../src/shared/model.ts';

export const START: Instant = Date.UTC(2026, 10, 3, 10);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const ACME = 'a'.repeat(32) as AccountId;

export function alert(n: number, more: Partial<Alert> = {}): Alert {
  const key = tunnelKey(ACME, `t${n}` as TunnelId);
  return {
    id: `bgp-down@${key}@${START + n}`,
    rule: 'bgp-down',
    severity: 'critical',
    phase: 'firing',
    subject: {
      kind: 'tunnel',
      accountId: ACME,
      account: 'Acme',
      key,
      name: `tunnel ${n}`,
      site: null,
      cloudflareEndpoint: '203.0.113.1',
      customerEndpoint: null,
      tags: ['core'],
    },
    since: START + n,
    exact: true,
    firedAt: START + n,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: { state: 'BGP_DOWN', n },
    ...more,
  };
}

export function incident(n: number, more: Partial<Incident> = {}): Incident {
  const lead = alert(n);
  return {
    id: `i-${n}`,
    cause: { kind: 'tunnel', accountId: ACME, key: tunnelKey(ACME, `t${n}` as TunnelId), name: `tunnel ${n}` },
    severity: 'critical',
    phase: 'firing',
    since: START + n,
    exact: true,
    openedAt: START + n,
    changedAt: START + n,
    resolvedAt: null,
    rules: ['bgp-down'],
    accountIds: [ACME],
    counts: { pending: 0, firing: 1, recovering: 0, resolved: 0 },
    tunnels: 1,
    lead,
    priorChange: null,
    returns: 0,
    acknowledgement: null,
    silencedBy: [],
    fresh: true,
    delivery: 'none',
    ...more,
  };
}

export const resolved = (n: number, at: Instant): Incident =>
  incident(n, { phase: 'resolved', resolvedAt: at, changedAt: at });

export function notice(n: number, kind: NoticeKind = 'firing', title = `tunnel ${n} lost BGP`): Notice {
  return {
    kind,
    at: START + n,
    incident: kind === 'resolved' ? resolved(n, START + n + MINUTE) : incident(n),
    alerts: [alert(n)],
    text: { title, sentence: 'Since 10:00.', lines: [], next: ['Check the peer.'] },
    accounts: { [ACME]: 'Acme' },
    link: null,
  };
}

export const planned = (
  n: number,
  kind: NoticeKind = 'firing',
  sink = 'hook',
  holdUntil: Instant | null = null,
): Planned => ({ sink, notice: notice(n, kind), holdUntil });

export function memory(n: number, more: Partial<PlanMemory> = {}): PlanMemory {
  return {
    incidentId: `i-${n}`,
    sinks: [
      {
        name: 'hook',
        severity: 'critical',
        cause: '1 of 1',
        toldAt: START,
        since: START,
        pagedAt: START,
        heldUntil: null,
      },
    ],
    unattendedSince: START,
    escalated: [],
    acknowledged: null,
    hushed: false,
    ...more,
  };
}

export function silence(id: string, endsAt: Instant): Silence {
  return {
    id,
    matchers: [{ name: 'site', op: '=', value: 'Berlin' }],
    startsAt: START,
    endsAt,
    by: 'Ada',
    comment: 'works',
    createdAt: START,
  };
}

export const NOTHING: AlertRecord = {
  alerts: [],
  incidents: [],
  steps: [],
  memories: [],
  silences: [],
  planned: [],
  withdrawn: [],
};

/** Incident number n opens: with its alert, its first step, what is remembered, and one notice for `hook`. */
export function opening(n: number): AlertRecord {
  return {
    ...NOTHING,
    alerts: [alert(n)],
    incidents: [incident(n)],
    steps: [{ incidentId: `i-${n}`, step: { at: START + n, what: 'opened', by: null, note: '1 of 1' } }],
    memories: [memory(n)],
    planned: [planned(n)],
  };
}
export const membersOf = (...numbers: readonly number[]): Record<string, string[]> =>
  Object.fromEntries(numbers.map((n) => [`i-${n}`, [alert(n).id]]));

export const delivered = (item: OutboxItem, at: Instant): OutboxItem => ({
  ...item,
  state: 'delivered',
  attempts: item.attempts + 1,
  lastAttemptAt: at,
  answer: '200 OK',
});
