/** Incidents and alerts to put into words: one of each rule with the facts that its rule gives, one of each cause. */

import type { Say } from '../../../src/shared/alert-words/index.ts';
import { PHRASES } from '../../../src/shared/alert-words/languages.ts';
import {
  ALERT_RULES,
  type Alert,
  type AlertPhase,
  type AlertRule,
  type Cause,
  type Incident,
  type Subject,
} from '../../../src/shared/alerts.ts';
import type { AccountId, EventDetail, Millis, TunnelKey } from '../../../src/shared/model.ts';

export const MINUTE: Millis = 60_000;
export const NOW = Date.parse('2026-11-21T10:06:00Z');
export const SINCE = NOW - 4 * MINUTE;
export const ACME = '0000000000000000000000000000acc0' as AccountId;
const BRAVO = '0000000000000000000000000000acc1' as AccountId;
export const KEY = `${ACME}/00000000000000000000000000070001` as TunnelKey;

export const SAY: Say = {
  words: PHRASES.en,
  now: NOW,
  time: (at) => new Date(at).toISOString().slice(11, 16),
  duration: (ms) => (ms < MINUTE ? `${Math.round(ms / 1000)} s` : `${Math.floor(ms / MINUTE)} min`),
  account: (id) => (id === ACME ? 'Acme' : 'Bravo'),
};

/** The same reader, speaking German. */
export const SAY_DE: Say = { ...SAY, words: PHRASES.de };

/** What the sentence of a fault is made of. */
const ASKED: EventDetail = {
  host: 'api.cloudflare.com',
  account: 'Acme',
  needs: 'Account Analytics Read',
  detail: 'connection refused, 127.0.0.1 port 443',
  deadlineMs: 20_000,
  maxBytes: 1_048_576,
};

const FACTS: Readonly<Record<AlertRule, EventDetail>> = {
  'site-isolated': { tunnels: 2, live: 0, dead: 2, unknown: 0, lastLive: null },
  'bgp-down': { tcpEstablished: false, bgpState: 'Idle', health: 'degraded', since: SINCE },
  'health-down': { healthyColos: 1, colos: 14, worst: 'Frankfurt' },
  'bgp-stuck-establishing': { tcpEstablished: true, bgpState: 'OpenSent', health: 'healthy', since: SINCE },
  'bgp-flapping': { changes: 6, windowMs: 60 * MINUTE },
  'tunnel-flapping': { changes: 9, windowMs: 60 * MINUTE },
  'redundancy-lost': { tunnels: 2, live: 1, dead: 1, unknown: 0, lastLive: 'paris-2' },
  'standby-down': { by: 'bgp-down', idleMs: 360 * MINUTE },
  'health-degraded': { healthyColos: 9, colos: 14, worst: 'Frankfurt' },
  'bgp-inconsistent': { state: 'BGP_UP', contradiction: 'up without a TCP connection' },
  'psk-missing': { ageDays: null, generatedAt: null, limitDays: null },
  'psk-stale': { ageDays: 412, generatedAt: SINCE, limitDays: 365 },
  'psk-due': { ageDays: 181, generatedAt: SINCE, limitDays: 180 },
  misconfiguration: {
    findings: 2,
    rule: 'HC-01',
    severity: 'error',
    evidence: 'healthCheck.enabled is false',
    why: 'Cloudflare cannot fail over.',
    fix: 'Switch health checks on.',
  },
  'tunnel-disappeared': { name: 'paris-1' },
  'tunnel-recreated': { name: 'paris-1', oldId: 'old-id', newId: 'new-id' },
  'configuration-changed': { fields: 'replayProtection', replayProtection: 'false -> true', modifiedAt: SINCE },
  'token-refused': {
    what: 'list',
    kind: 'bad-token',
    ...ASKED,
    sentence: 'Cloudflare refuses the token.',
    tunnels: 24,
    permission: null,
    retryAfterMs: null,
  },
  'permission-missing': {
    what: 'health',
    kind: 'missing-permission',
    ...ASKED,
    sentence: 'The token lacks a permission.',
    tunnels: 24,
    permission: 'Account Analytics Read',
    retryAfterMs: null,
  },
  blind: {
    what: 'list',
    kind: 'dns',
    ...ASKED,
    sentence: 'The name api.cloudflare.com cannot be resolved.',
    tunnels: 1,
    permission: null,
    retryAfterMs: null,
  },
  'rate-limited': {
    what: 'list',
    kind: 'rate-limited',
    ...ASKED,
    sentence: 'Cloudflare asks us to slow down.',
    tunnels: 24,
    permission: null,
    retryAfterMs: 5 * MINUTE,
  },
  'store-failing': { problem: 'The disk is full', mode: 'memory', path: null },
};

const TUNNEL: Subject = {
  kind: 'tunnel',
  accountId: ACME,
  account: 'Acme',
  key: KEY,
  name: 'paris-1',
  site: 'Paris',
  cloudflareEndpoint: '203.0.113.1',
  customerEndpoint: '198.51.100.7',
  tags: [],
};

export function subjectFor(rule: AlertRule): Subject {
  if (rule === 'site-isolated' || rule === 'redundancy-lost') {
    return { kind: 'site', accountId: ACME, account: 'Acme', site: 'Paris' };
  }
  if (rule === 'store-failing') return { kind: 'app' };
  const ours = ['token-refused', 'permission-missing', 'blind', 'rate-limited'];
  return ours.includes(rule) ? { kind: 'account', accountId: ACME, account: 'Acme' } : TUNNEL;
}

/** An alert of a rule; other facts where a test wants them. */
export function alertOf(rule: AlertRule, phase: AlertPhase = 'firing', wish: Partial<Alert> = {}): Alert {
  return {
    id: `${rule}@x@${SINCE}`,
    rule,
    severity: 'critical',
    phase,
    subject: subjectFor(rule),
    since: SINCE,
    exact: true,
    firedAt: phase === 'pending' ? null : SINCE,
    resolvedAt: phase === 'resolved' ? NOW : null,
    returns: 0,
    unseen: false,
    facts: FACTS[rule],
    ...wish,
  };
}

const some = { failing: 12, of: 12 };
const none = { failing: 0, of: 24 };

/** One cause of each kind. */
export const CAUSES: Readonly<Record<Cause['kind'], Cause>> = {
  tunnel: { kind: 'tunnel', accountId: ACME, key: KEY, name: 'paris-1' },
  site: { kind: 'site', accountId: ACME, site: 'Paris', extent: { failing: 2, of: 2 } },
  'cloudflare-endpoint': {
    kind: 'cloudflare-endpoint',
    accountId: ACME,
    address: '203.0.113.1',
    extent: some,
    others: none,
  },
  'customer-endpoint': {
    kind: 'customer-endpoint',
    accountId: ACME,
    address: '198.51.100.7',
    extent: { failing: 2, of: 2 },
    others: { failing: 1, of: 24 },
  },
  account: { kind: 'account', accountId: ACME, extent: { failing: 30, of: 36 } },
  rule: { kind: 'rule', accountId: ACME, rule: 'psk-due', extent: { failing: 3, of: 36 } },
  blind: { kind: 'blind', accountIds: [ACME, BRAVO] },
  app: { kind: 'app' },
};

/** The cause that a rule has by itself. */
export function causeFor(rule: AlertRule, many: boolean): Cause {
  const { kind } = subjectFor(rule);
  if (kind === 'app') return CAUSES.app;
  if (kind === 'account') return { kind: 'blind', accountIds: many ? [ACME, BRAVO] : [ACME] };
  if (kind === 'site') return CAUSES.site;
  const outage = ALERT_RULES.indexOf(rule) <= ALERT_RULES.indexOf('health-degraded');
  if (outage) return many ? CAUSES['cloudflare-endpoint'] : CAUSES.tunnel;
  return { kind: 'rule', accountId: ACME, rule, extent: many ? { failing: 3, of: 36 } : { failing: 1, of: 36 } };
}

export function incidentOf(cause: Cause, rules: readonly AlertRule[], wish: Partial<Incident> = {}): Incident {
  const [first = 'bgp-down'] = rules;
  return {
    id: 'i-7',
    cause,
    severity: 'critical',
    phase: 'firing',
    since: SINCE,
    exact: true,
    openedAt: SINCE,
    changedAt: SINCE,
    resolvedAt: null,
    rules,
    accountIds: [ACME],
    counts: { pending: 0, firing: 'extent' in cause ? cause.extent.failing : 1, recovering: 0, resolved: 0 },
    tunnels: 'extent' in cause ? cause.extent.failing : 1,
    lead: alertOf(first),
    priorChange: null,
    returns: 0,
    acknowledgement: null,
    silencedBy: [],
    fresh: true,
    delivery: 'none',
    ...wish,
  };
}

/** The same incident once it is over. */
export function over(incident: Incident): Incident {
  const { cause } = incident;
  const left = 'extent' in cause ? { ...cause, extent: { ...cause.extent, failing: 0 } } : cause;
  const lead = { ...incident.lead, phase: 'resolved' as const, resolvedAt: NOW };
  const counts = { ...incident.counts, firing: 0, resolved: incident.counts.firing };
  return { ...incident, cause: left, phase: 'resolved', resolvedAt: NOW, tunnels: 0, lead, counts };
}
