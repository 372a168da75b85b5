/** Notices as the planner makes them, with names that nobody would want in a message. */
import type { Notice } from '../../../../src/engine/alerts/contract.ts';
import type { Alert, Incident, NoticeKind } from '../../../../src/shared/alerts.ts';
import type { AccountId, TunnelKey } from '../../../../src/shared/model.ts';

export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
export const SINCE = Date.UTC(2026, 10, 21, 10, 2);

/** Each is the name of a tunnel that somebody really could choose. */
export const HOSTILE: readonly string[] = [
  '<!channel> <!here> @here @channel <@U123>',
  '</b><script>alert(1)</script>',
  'a\r\nBcc: evil@example.com\r\n\r\nbody',
  '"quoted" \'single\' \\ back `tick`',
  '🚇🚇 tünnel ✓ 東京',
  'x'.repeat(300),
  '[click](https://evil.example) **bold** _em_ ~~no~~ <https://evil.example|ok>',
  '{{{mustache}}} $shell $(reboot) `reboot` ; rm -rf / | true && false',
  '\u0000\u0007\u001b[31mred\u202etxt\u2028line',
  '\ud800 half',
  '-rf',
  '*/ %0d%0aSet-Cookie: a=b',
];

export interface Wanted {
  readonly kind?: NoticeKind;
  readonly name?: string;
  readonly severity?: Alert['severity'];
  readonly id?: string;
  readonly link?: string | null;
  readonly since?: number;
  readonly cause?: Incident['cause'];
}

export function alertOf(name: string, index = 0, more: Partial<Alert> = {}): Alert {
  const key = `${ACCOUNT}/${String(index).padStart(32, '0')}` as TunnelKey;
  return {
    id: `bgp-down@${key}@${SINCE}`,
    rule: 'bgp-down',
    severity: 'critical',
    phase: 'firing',
    subject: {
      kind: 'tunnel',
      accountId: ACCOUNT,
      account: name,
      key,
      name,
      site: name,
      cloudflareEndpoint: '203.0.113.1',
      customerEndpoint: '198.51.100.7',
      tags: [name, 'gold'],
    },
    since: SINCE,
    exact: true,
    firedAt: SINCE + 30_000,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: { state: name, attempts: 2, tcp: false, peer: null },
    ...more,
  };
}

/** A notice about one tunnel of this name, or as wanted. */
export function notice(wanted: Wanted = {}): Notice {
  const { kind = 'firing', name = 'ams-1', severity = 'critical', link = 'https://noc.example/#/alerts/i-7' } = wanted;
  const over = kind === 'resolved';
  const since = wanted.since ?? SINCE;
  const lead = alertOf(name, 0, { severity, since, ...(over && { phase: 'resolved', resolvedAt: since + 840_000 }) });
  const others = Array.from({ length: 10 }, (_, index) => alertOf(`${name} ${index}`, index + 1, { since }));
  const incident: Incident = {
    id: wanted.id ?? 'i-7',
    cause: wanted.cause ?? { kind: 'tunnel', accountId: ACCOUNT, key: `${ACCOUNT}/t` as TunnelKey, name },
    severity,
    phase: over ? 'resolved' : 'firing',
    since,
    exact: true,
    openedAt: since + 30_000,
    changedAt: since + 30_000,
    resolvedAt: over ? since + 840_000 : null,
    rules: ['bgp-down'],
    accountIds: [ACCOUNT],
    counts: { pending: 0, firing: over ? 0 : 11, recovering: 0, resolved: over ? 11 : 0 },
    tunnels: 11,
    lead,
    priorChange: null,
    returns: 0,
    acknowledgement: { by: name, at: since, comment: name, until: null },
    silencedBy: [],
    fresh: true,
    delivery: 'none',
  };
  const title = `${name} lost BGP`;
  return {
    kind,
    at: since + 60_000,
    incident,
    alerts: [lead, ...others],
    text: {
      title: over ? `Resolved: ${title}` : title,
      sentence: `BGP down since 10:02 (14 min). ${name} again.`,
      lines: [lead, ...others].map((_, index) => `${name} ${index}: BGP down since 10:02`),
      next: [`Check the router of ${name}`, 'Check the line'],
    },
    accounts: { [ACCOUNT]: name },
    link,
  };
}
