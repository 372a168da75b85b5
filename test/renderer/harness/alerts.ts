/**
 * Alerts for tests, over the tunnels of `boardOf`: every kind of cause, every place in the inbox, what people did, sinks
 * that deliver and one that does not.
 */
import type {
  Alert,
  AlertingStatus,
  AlertRule,
  AlertSeverity,
  AlertsDelta,
  AlertsView,
  Delivery,
  Incident,
  IncidentDetail,
  IncidentStep,
  Matcher,
  RuleView,
  Silence,
  Subject,
} from '../../../src/shared/alerts.ts';
import { ALERT_RULES } from '../../../src/shared/alerts.ts';
import type { BoardMessage, DeltaMessage } from '../../../src/shared/bridge.ts';
import type { BoardRow, Instant } from '../../../src/shared/model.ts';
import { ACME, GLOBEX } from './board.ts';
import type { Answer } from './chromium.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NAMES: Readonly<Record<string, string>> = { [ACME]: 'Acme', [GLOBEX]: 'Globex Europe' };

export function subjectOf(row: BoardRow): Subject {
  return {
    kind: 'tunnel',
    accountId: row.accountId,
    account: NAMES[row.accountId] ?? row.accountId,
    key: row.key,
    name: row.name,
    site: row.site?.name ?? null,
    cloudflareEndpoint: row.cloudflareEndpoint,
    customerEndpoint: row.customerEndpoint,
    tags: [],
  };
}

export function alertOf(rule: AlertRule, subject: Subject, since: Instant, part: Partial<Alert> = {}): Alert {
  const about = subject.kind === 'tunnel' ? subject.key : subject.kind === 'site' ? subject.site : subject.kind;
  return {
    id: `${rule}@${about}@${since}`,
    rule,
    severity: 'critical',
    phase: 'firing',
    subject,
    since,
    exact: true,
    firedAt: since + 30_000,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: {},
    ...part,
  };
}

/** An incident over some alerts; what is not said follows from them. */
export function incidentOf(
  number: number,
  alerts: readonly Alert[],
  part: Partial<Incident> & Pick<Incident, 'cause'>,
): Incident {
  const [lead] = alerts;
  if (lead === undefined) throw new Error('an incident has alerts');
  const since = Math.min(...alerts.map((alert) => alert.since));
  const rules = ALERT_RULES.filter((rule) => alerts.some((alert) => alert.rule === rule));
  const accounts = alerts.flatMap(({ subject }) => (subject.kind === 'app' ? [] : [subject.accountId]));
  const keys = alerts.flatMap(({ subject }) => (subject.kind === 'tunnel' ? [subject.key] : []));
  const resolved = part.phase === 'resolved';
  return {
    id: `i-${number}`,
    severity: lead.severity,
    phase: 'firing',
    since,
    exact: true,
    openedAt: since + 30_000,
    changedAt: since + MINUTE,
    resolvedAt: null,
    rules,
    accountIds: [...new Set(accounts)],
    counts: {
      pending: 0,
      firing: resolved ? 0 : alerts.length,
      recovering: 0,
      resolved: resolved ? alerts.length : 0,
    },
    tunnels: resolved ? 0 : new Set(keys).size,
    lead,
    priorChange: null,
    returns: 0,
    acknowledgement: null,
    silencedBy: [],
    fresh: false,
    delivery: 'delivered',
    ...part,
  };
}

const SINKS: AlertingStatus['sinks'] = [
  {
    name: 'oncall',
    type: 'pagerduty',
    target: 'events.pagerduty.com',
    state: 'failing',
    lastDeliveredAt: null,
    lastAnswer: 'events.pagerduty.com answered 403: invalid routing key.',
    waiting: 2,
  },
  {
    name: 'netops',
    type: 'slack',
    target: 'hooks.slack.com',
    state: 'ok',
    lastDeliveredAt: null,
    lastAnswer: 'hooks.slack.com answered 200: ok.',
    waiting: 0,
  },
  {
    name: 'mail',
    type: 'email',
    target: 'noc@example.net',
    state: 'idle',
    lastDeliveredAt: null,
    lastAnswer: null,
    waiting: 0,
  },
];

export interface Stage {
  readonly board: BoardMessage;
  readonly alerts: ReadonlyMap<string, readonly Alert[]>;
  readonly steps: ReadonlyMap<string, readonly IncidentStep[]>;
  readonly older: readonly Incident[];
}

/** A bad day: a board with an incident of every kind. */
export function badDay(board: BoardMessage): Stage {
  const now = board.status.now;
  const { rows } = board;
  const at = (index: number): BoardRow => {
    const row = rows[index];
    if (row === undefined) throw new Error('the board is too small');
    return row;
  };
  const kept = new Map<string, readonly Alert[]>();
  const steps = new Map<string, readonly IncidentStep[]>();
  const made: Incident[] = [];
  const step = (ago: number, what: IncidentStep['what'], note = '', by: string | null = null): IncidentStep => ({
    at: now - ago,
    what,
    by,
    note,
  });
  const add = (
    number: number,
    alerts: readonly Alert[],
    part: Partial<Incident> & Pick<Incident, 'cause'>,
    more: readonly IncidentStep[] = [],
  ): void => {
    const incident = incidentOf(number, alerts, part);
    made.push(incident);
    kept.set(incident.id, alerts);
    steps.set(incident.id, [{ at: incident.openedAt, what: 'opened', by: null, note: '' }, ...more]);
  };
  const mates = (endpoint: string, of: number): readonly BoardRow[] =>
    rows.filter((row) => row.accountId === ACME && row.cloudflareEndpoint === endpoint).slice(0, of);
  const fine = { failing: 0, of: 788 };

  // All tunnels to one of Cloudflare's addresses; new, not delivered to the pager.
  const outage = mates('162.159.66.41', 12).flatMap((row) => [
    alertOf('bgp-down', subjectOf(row), now - 14 * MINUTE, {
      facts: { bgpState: 'Active', tcpEstablished: false, health: 'down' },
    }),
    alertOf('health-down', subjectOf(row), now - 13 * MINUTE, { phase: 'pending', severity: 'warning', firedAt: null }),
  ]);
  add(
    12,
    [...outage.filter(({ rule }) => rule === 'bgp-down'), ...outage.filter(({ rule }) => rule === 'health-down')],
    {
      cause: {
        kind: 'cloudflare-endpoint',
        accountId: ACME,
        address: '162.159.66.41',
        extent: { failing: 12, of: 12 },
        others: fine,
      },
      counts: { pending: 12, firing: 12, recovering: 0, resolved: 0 },
      fresh: true,
      delivery: 'failed',
      priorChange: {
        at: now - 18 * MINUTE,
        key: at(2).key,
        name: at(2).name,
        change: { fields: 'cloudflareEndpoint', cloudflareEndpoint: '162.159.64.1 -> 162.159.66.41' },
      },
    },
    [
      step(12 * MINUTE, 'grew', '12 of 12'),
      step(4 * MINUTE, 'escalated', 'oncall'),
      step(2 * MINUTE, 'reminded', 'netops'),
    ],
  );
  // Half a pair.
  add(
    11,
    [
      alertOf('bgp-down', subjectOf(at(1)), now - 3 * HOUR, { severity: 'warning' }),
      alertOf(
        'redundancy-lost',
        { kind: 'site', accountId: ACME, account: 'Acme', site: at(1).site?.name ?? '' },
        now - 3 * HOUR,
        { severity: 'warning', facts: { tunnels: 2, dead: 1, lastLive: at(11).name } },
      ),
    ],
    {
      cause: { kind: 'site', accountId: ACME, site: at(1).site?.name ?? '', extent: { failing: 1, of: 2 } },
      severity: 'warning',
      fresh: true,
      returns: 2,
    },
    [step(2 * HOUR, 'recovering'), step(HOUR, 'returned')],
  );
  // One that recovers.
  add(
    10,
    [
      alertOf('health-down', subjectOf(at(3)), now - 40 * MINUTE, {
        phase: 'recovering',
        facts: { healthyColos: 12, colos: 14, worst: 'FRA' },
      }),
    ],
    {
      cause: { kind: 'tunnel', accountId: ACME, key: at(3).key, name: at(3).name },
      phase: 'recovering',
      counts: { pending: 0, firing: 0, recovering: 1, resolved: 0 },
      severity: 'critical',
    },
    [step(4 * MINUTE, 'recovering')],
  );
  // Keys of age, on four tunnels.
  add(
    9,
    [8, 18, 28, 38].map((index) =>
      alertOf('psk-stale', subjectOf(at(index)), now - 26 * HOUR, {
        severity: 'warning',
        facts: { ageDays: 412, limitDays: 365, generatedAt: now - 412 * 24 * HOUR },
      }),
    ),
    {
      cause: { kind: 'rule', accountId: ACME, rule: 'psk-stale', extent: { failing: 4, of: 800 } },
      severity: 'warning',
      acknowledgement: {
        by: 'Ana Kovač',
        at: now - 2 * HOUR,
        comment: 'Rotation is planned for Thursday, change 4711',
        until: null,
      },
    },
    [step(2 * HOUR, 'acknowledged', 'Rotation is planned for Thursday, change 4711', 'Ana Kovač')],
  );
  // Ourselves.
  add(
    8,
    [
      alertOf('token-refused', { kind: 'account', accountId: GLOBEX, account: 'Globex Europe' }, now - 7 * MINUTE, {
        severity: 'critical',
        facts: { what: 'list', sentence: 'api.cloudflare.com refused the API token.', tunnels: 200 },
      }),
    ],
    { cause: { kind: 'blind', accountIds: [GLOBEX] }, fresh: true },
  );
  // Silenced.
  add(
    7,
    [
      alertOf('bgp-flapping', subjectOf(at(5)), now - 5 * HOUR, {
        severity: 'warning',
        facts: { changes: 9, windowMs: HOUR },
      }),
    ],
    {
      cause: { kind: 'tunnel', accountId: ACME, key: at(5).key, name: at(5).name },
      severity: 'warning',
      silencedBy: ['s-2'],
      delivery: 'none',
    },
    [step(4 * HOUR, 'silenced', 'Line work until the evening', 'Jo')],
  );
  // Information that nobody has to act on.
  add(
    6,
    [
      alertOf('configuration-changed', subjectOf(at(12)), now - 50 * MINUTE, {
        severity: 'info',
        facts: { fields: 'replayProtection', replayProtection: 'true -> false' },
      }),
    ],
    {
      cause: { kind: 'tunnel', accountId: ACME, key: at(12).key, name: at(12).name },
      severity: 'info',
      delivery: 'none',
    },
  );
  // Over.
  const over = (number: number, index: number, ago: number, lasted: number): Incident => {
    const since = now - ago - lasted;
    const alert = alertOf('health-down', subjectOf(at(index)), since, { phase: 'resolved', resolvedAt: now - ago });
    const incident = incidentOf(number, [alert], {
      cause: { kind: 'tunnel', accountId: at(index).accountId, key: at(index).key, name: at(index).name },
      phase: 'resolved',
      resolvedAt: now - ago,
    });
    kept.set(incident.id, [alert]);
    steps.set(incident.id, [
      { at: incident.openedAt, what: 'opened', by: null, note: '' },
      { at: now - ago - 5 * MINUTE, what: 'recovering', by: null, note: '' },
      { at: now - ago, what: 'resolved', by: null, note: '' },
    ]);
    return incident;
  };
  made.push(over(5, 20, 3 * HOUR, 28 * MINUTE), over(4, 21, 11 * HOUR, 6 * MINUTE));
  const older = [over(3, 22, 50 * HOUR, HOUR), over(2, 23, 90 * HOUR, 9 * MINUTE), over(1, 24, 200 * HOUR, 3 * HOUR)];

  const silence = (id: string, matchers: readonly Matcher[], part: Partial<Silence>): Silence => ({
    id,
    matchers,
    startsAt: now - 4 * HOUR,
    endsAt: now + 80 * MINUTE,
    by: 'Jo',
    comment: 'Line work until the evening',
    createdAt: now - 4 * HOUR,
    ...part,
  });
  const alerts: AlertsView = {
    incidents: made,
    silences: [
      silence(
        's-2',
        [
          { name: 'account', op: '=', value: 'Acme' },
          { name: 'tunnel', op: '=', value: at(5).name },
        ],
        {},
      ),
      silence('s-3', [{ name: 'site', op: '=~', value: 'Osaka.*' }], {
        startsAt: now + 9 * HOUR,
        endsAt: now + 13 * HOUR,
        createdAt: now - HOUR,
        by: 'Ana Kovač',
        comment: '',
      }),
      silence('s-1', [{ name: 'rule', op: '=', value: 'psk-due' }], { endsAt: now - 2 * HOUR, comment: 'Known' }),
    ],
    maintenance: [
      {
        id: 'maintenance:sunday night',
        name: 'sunday night',
        matchers: [{ name: 'account', op: '=', value: 'Acme' }],
        zone: 'Europe/Berlin',
        active: false,
        startsAt: now + 30 * HOUR,
        endsAt: now + 34 * HOUR,
      },
      {
        id: 'maintenance:lab',
        name: 'lab',
        matchers: [{ name: 'tag', op: '=', value: 'lab' }],
        zone: 'UTC',
        active: true,
        startsAt: now - HOUR,
        endsAt: now + 2 * HOUR,
      },
    ],
    status: {
      sinks: SINKS.map((sink) => (sink.state === 'ok' ? { ...sink, lastDeliveredAt: now - 13 * MINUTE } : sink)),
      undelivered: 2,
      storeProblem: null,
    },
  };
  return { board: { ...board, alerts }, alerts: kept, steps, older };
}

/** The delivery log of that day, newest first. */
export function deliveriesOf(now: Instant): readonly Delivery[] {
  const base: Omit<Delivery, 'id' | 'sink' | 'state' | 'attempts' | 'answer'> = {
    kind: 'firing',
    incidentId: 'i-12',
    title: '12 of 12 tunnels to 162.159.66.41 lost BGP',
    plannedAt: now - 13 * MINUTE,
    lastAttemptAt: now - 2 * MINUTE,
    nextAttemptInMs: null,
  };
  const said = 'events.pagerduty.com answered 403: invalid routing key.';
  const some: readonly Delivery[] = [
    {
      ...base,
      id: 204,
      sink: 'oncall',
      kind: 'escalation',
      state: 'waiting',
      attempts: 3,
      nextAttemptInMs: 64_000,
      answer: said,
    },
    { ...base, id: 203, sink: 'netops', state: 'delivered', attempts: 1, answer: 'hooks.slack.com answered 200: ok.' },
    { ...base, id: 202, sink: 'oncall', state: 'waiting', attempts: 5, nextAttemptInMs: 120_000, answer: said },
    {
      ...base,
      id: 201,
      sink: 'mail',
      kind: 'test',
      incidentId: null,
      title: 'A test of Tunnelwatch',
      state: 'held',
      attempts: 0,
      answer: null,
    },
  ];
  const many = Array.from(
    { length: 120 },
    (_, index): Delivery => ({
      ...base,
      id: 200 - index,
      sink: index % 2 === 0 ? 'netops' : 'oncall',
      kind: index % 3 === 0 ? 'resolved' : 'firing',
      incidentId: 'i-5',
      title: 'gru-edge-1-b is down',
      plannedAt: now - (index + 4) * HOUR,
      state: index % 7 === 3 ? 'failed' : index % 11 === 5 ? 'superseded' : 'delivered',
      attempts: index % 7 === 3 ? 9 : 1,
      answer: 'hooks.slack.com answered 200: ok.',
    }),
  );
  return [...some, ...many];
}

const RULE_VIEWS: readonly RuleView[] = ALERT_RULES.map((rule, place) => ({
  rule,
  title: rule.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase()),
  what: 'Cloudflare reports the BGP session of the tunnel as down.',
  why: 'Without the session Cloudflare has no route to the prefixes behind it.',
  source: 'Cloudflare’s documentation of BGP over IPsec tunnels.',
  next: ['Check that the router runs BGP.', 'Check the addresses on both sides.'],
  enabled: place !== 12,
  severity: (['critical', 'warning', 'info'] as const)[place % 3] as AlertSeverity,
  pendingMs: place === 0 ? 0 : 25_000 * place,
  recoverMs: 60_000,
  overrides: place === 3 ? 2 : 0,
}));

/** Who was told of an incident. */
function toldOf(incident: Incident, now: Instant): readonly Delivery[] {
  const kept = deliveriesOf(now).filter(({ incidentId }) => incidentId === incident.id);
  if (kept.length > 0 || incident.delivery === 'none') return kept;
  return [
    {
      id: 100,
      sink: 'netops',
      kind: 'firing',
      incidentId: incident.id,
      title: incident.id,
      plannedAt: incident.openedAt,
      state: 'delivered',
      attempts: 1,
      lastAttemptAt: incident.openedAt,
      nextAttemptInMs: null,
      answer: 'hooks.slack.com answered 200: ok.',
    },
  ];
}

/** What somebody asked of the host, in order. */
export type Asked = { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[];

/** A host that answers all calls about the alerts of a stage. */
export function alertHost(stage: Stage, asked: Asked = []): Answer {
  const { incidents } = stage.board.alerts;
  const now = stage.board.status.now;
  const ok = (value: unknown): unknown => ({ ok: true, value });
  const detail = (id: unknown): IncidentDetail | null => {
    const incident = [...incidents, ...stage.older].find((one) => one.id === id);
    if (incident === undefined) return null;
    return {
      incident,
      alerts: stage.alerts.get(incident.id) ?? [],
      steps: stage.steps.get(incident.id) ?? [],
      deliveries: toldOf(incident, now),
    };
  };
  return (name, args) => {
    asked.push({ name, args });
    switch (name) {
      case 'incident':
        return ok(detail(args.id));
      case 'incidents': {
        const all = [...incidents, ...stage.older].sort((a, b) => b.openedAt - a.openedAt);
        const before = (args.before ?? Number.POSITIVE_INFINITY) as number;
        return ok(all.filter(({ openedAt }) => openedAt < before).slice(0, args.limit as number));
      }
      case 'incidentsOf': {
        const about = (id: string): boolean =>
          (stage.alerts.get(id) ?? []).some(({ subject }) => subject.kind === 'tunnel' && subject.key === args.key);
        return ok(incidents.filter(({ id, phase }) => phase !== 'resolved' && about(id)));
      }
      case 'acknowledge':
      case 'unacknowledge':
        return ok(args.ids);
      case 'previewSilence':
        return ok({
          incidents: ['i-12'],
          alerts: 12,
          tunnels: 14,
          names: incidents.slice(0, 6).map(({ id }) => `fra-${id}`),
        });
      case 'silence':
        return ok({ ...args, id: 's-9', createdAt: now });
      case 'expireSilence':
        return ok(true);
      case 'deliveries': {
        const before = (args.before ?? Number.POSITIVE_INFINITY) as number;
        const rows = deliveriesOf(now).filter(
          ({ id, sink }) => id < before && (args.sink === null || sink === args.sink),
        );
        return ok(rows.slice(0, args.limit as number));
      }
      case 'testSink':
        return ok(
          args.sink === 'netops'
            ? { ok: true, sentence: 'hooks.slack.com answered 200: ok.' }
            : { ok: false, sentence: 'events.pagerduty.com answered 403: invalid routing key.' },
        );
      case 'rules':
        return ok(RULE_VIEWS);
      case 'lanes':
      case 'events':
      case 'changes':
      case 'availability':
        return ok([]);
      default:
        return ok(null);
    }
  };
}

/** A delta that says only this about alerts. */
export function alertsDelta(board: BoardMessage, part: Partial<AlertsDelta>): DeltaMessage {
  return {
    type: 'delta',
    status: board.status,
    rows: [],
    removed: [],
    changes: [],
    events: [],
    alerts: { incidents: [], removed: [], silences: null, maintenance: null, status: null, ...part },
  };
}
