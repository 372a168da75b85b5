/** Notices that might come, with names as awkward as names get: what templates are tried on before they are needed. */
import type { Alert, Incident, NoticeKind } from '../../../shared/alerts.ts';
import type { AccountId, TunnelKey } from '../../../shared/model.ts';
import type { Notice } from '../contract.ts';

const ACCOUNT = '0123456789abcdef0123456789abcdef' as AccountId;
const SINCE = Date.UTC(2026, 0, 15, 10, 2);
const AWKWARD = 'ams "1" \\ <b>&\'}} ,\u2028 é 🚇';

function alertOf(index: number): Alert {
  const name = `${AWKWARD} ${index}`;
  const key = `${ACCOUNT}/${String(index).padStart(32, '0')}` as TunnelKey;
  return {
    id: `bgp-down@${key}@${SINCE}`,
    rule: 'bgp-down',
    severity: 'critical',
    phase: 'firing',
    subject: {
      kind: 'tunnel',
      accountId: ACCOUNT,
      account: AWKWARD,
      key,
      name,
      site: index === 0 ? null : AWKWARD,
      cloudflareEndpoint: '203.0.113.1',
      customerEndpoint: index === 0 ? null : '198.51.100.7',
      tags: index === 0 ? [] : ['gold', AWKWARD],
    },
    since: SINCE,
    exact: true,
    firedAt: SINCE + 30_000,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: { state: 'down', raw: AWKWARD, attempts: 3, tcp: false, peer: null },
  };
}

function incidentOf(alerts: readonly Alert[], lead: Alert, over: boolean): Incident {
  return {
    id: 'i-1',
    cause: {
      kind: 'cloudflare-endpoint',
      accountId: ACCOUNT,
      address: '203.0.113.1',
      extent: { failing: alerts.length, of: alerts.length },
      others: { failing: 0, of: 40 },
    },
    severity: 'critical',
    phase: over ? 'resolved' : 'firing',
    since: SINCE,
    exact: true,
    openedAt: SINCE + 30_000,
    changedAt: SINCE + 30_000,
    resolvedAt: over ? SINCE + 900_000 : null,
    rules: ['bgp-down'],
    accountIds: [ACCOUNT],
    counts: { pending: 0, firing: over ? 0 : alerts.length, recovering: 0, resolved: over ? alerts.length : 0 },
    tunnels: alerts.length,
    lead,
    priorChange: null,
    returns: 0,
    acknowledgement: null,
    silencedBy: [],
    fresh: true,
    delivery: 'none',
  };
}

function sample(kind: NoticeKind, count: number, link: string | null): Notice {
  const alerts = Array.from({ length: count }, (_, index) => alertOf(index));
  return {
    kind,
    at: SINCE + 60_000,
    incident: incidentOf(alerts, alertOf(0), kind === 'resolved'),
    alerts,
    text: {
      title: `${count} of ${count} tunnels of ${AWKWARD} lost BGP`,
      sentence: `Since 10:02. ${AWKWARD}\nAll other endpoints are fine.`,
      lines: alerts.map((_, index) => `${AWKWARD} ${index}: BGP down`),
      next: count === 0 ? [] : [`Check ${AWKWARD}`, 'Check the router'],
    },
    accounts: { [ACCOUNT]: AWKWARD },
    link,
  };
}

/** Many alerts, one, none; with and without a link. */
export const SAMPLES: readonly Notice[] = [
  sample('firing', 3, 'https://noc.example/#/alerts/i-1'),
  sample('resolved', 1, null),
  sample('test', 0, null),
];
