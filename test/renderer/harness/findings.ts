/** Findings, rules, waivers and changes for tests, over the tunnels of `boardOf`; a host that keeps waivers. */
import type { FindingsView, FoundFinding, LintRuleView, NotEvaluated, Waiver } from '../../../src/shared/lint.ts';
import type { BoardRow, Finding, HistoryEvent, Instant, TunnelKey } from '../../../src/shared/model.ts';
import type { TunnelChange } from '../../../src/shared/operations.ts';
import { ACME, GLOBEX } from './board.ts';
import type { Answer } from './chromium.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DOCS = 'https://developers.cloudflare.com/cloudflare-wan/reference/tunnel-health-checks/';

interface Made {
  readonly rule: LintRuleView;
  readonly field: string | null;
  readonly value: string | null;
  readonly evidence: string;
  readonly grouping?: string;
  readonly remedy?: TunnelChange;
}

function rule(
  id: string,
  severity: Finding['severity'],
  family: LintRuleView['family'],
  title: string,
  why: string,
  fix: string,
  source = DOCS,
): LintRuleView {
  return { id, family, severity, title, looksAt: 'health_check', why, fix, basis: 'documented', source };
}

/** One finding of each severity that can be mended from here, one of a group, one without a field. */
export const MADE: readonly Made[] = [
  {
    rule: rule(
      'hc-disabled',
      'error',
      'health-checks',
      'Health check disabled',
      'Without health checks Cloudflare notices no failure and moves no traffic away.',
      'Switch the health check on.',
    ),
    field: 'health_check.enabled',
    value: 'false',
    evidence: 'health_check.enabled is false',
    remedy: { healthCheck: { enabled: true } },
  },
  {
    rule: rule(
      'ifaddr-overlap',
      'error',
      'addressing',
      'Interface networks overlap',
      'Two tunnels share addresses: where a packet goes is no longer certain.',
      'Renumber one of them.',
    ),
    field: 'interface_address',
    value: '10.252.2.26/31',
    evidence: 'interface_address 10.252.2.26/31 lies inside 10.252.2.24/30 of gru-edge-4-b',
  },
  {
    rule: rule(
      'hc-type-reply',
      'warning',
      'health-checks',
      'Health checks of type reply',
      'Stateful firewalls drop echo replies that nobody asked for.',
      'Set the type to request.',
    ),
    field: 'health_check.type',
    value: 'reply',
    evidence: 'health_check.type is reply',
    remedy: { healthCheck: { type: 'request' } },
  },
  {
    rule: rule(
      'no-redundancy',
      'warning',
      'redundancy',
      'No second tunnel',
      'When this tunnel fails the site is cut off.',
      'Add a tunnel to the other Cloudflare endpoint.',
      'https://evil.example/docs?x=1',
    ),
    field: null,
    value: null,
    evidence: 'one tunnel in the group',
    grouping: 'customer endpoint 203.0.113.7',
  },
  {
    rule: rule(
      'ifaddr-prefer-31',
      'info',
      'addressing',
      'A /30 where a /31 would do',
      'A /31 is recommended; a /30 wastes two addresses.',
      'Take a /31 when you next rebuild it.',
      'https://www.rfc-editor.org/rfc/rfc3021',
    ),
    field: 'interface_address',
    value: '10.252.7.1/30',
    evidence: 'interface_address is 10.252.7.1/30',
  },
];

export const RULES: readonly LintRuleView[] = MADE.map((made) => made.rule);

/** The finding `made` on a tunnel. */
export function findingOn(row: BoardRow, made: Made, since: Instant, waiver: Waiver | null = null): FoundFinding {
  const { id, severity, why, fix, source } = made.rule;
  return {
    rule: id,
    severity,
    key: row.key,
    evidence: made.evidence,
    field: made.field,
    value: made.value,
    grouping: made.grouping ?? null,
    why,
    fix,
    source,
    remedy: made.remedy ?? null,
    accountId: row.accountId,
    name: row.name,
    site: row.site?.name ?? null,
    since,
    waiver,
  };
}

export function waiverOf(row: BoardRow, made: Made, at: Instant, until: Instant): Waiver {
  return {
    rule: made.rule.id,
    key: row.key,
    by: 'Ana Kovač',
    reason: 'Lab tunnel, rebuilt with change 4711',
    at,
    until,
  };
}

const NOT_EVALUATED: readonly NotEvaluated[] = [
  { rule: 'hc-type-reply', accountId: ACME, tunnels: 12, because: 'health_check.type was not reported.' },
  {
    rule: 'ifaddr-overlap',
    accountId: GLOBEX,
    tunnels: 200,
    because: 'The GRE tunnels could not be read: the token may not read them.',
  },
];

/** `count` findings over the rows, the newest of them an hour old; two are waived, one waiver is over. */
export function findingsOf(rows: readonly BoardRow[], count: number, now: Instant): FindingsView {
  const at = (list: readonly Made[], place: number): Made => list[place % list.length] as Made;
  const findings = Array.from({ length: count }, (_, place): FoundFinding => {
    const row = rows[(place * 7) % rows.length] as BoardRow;
    // Each round over the tunnels is another rule for each.
    const made = at(MADE, place + Math.floor(place / rows.length));
    const since = now - (place % 40) * DAY - 60 * MINUTE;
    const waiver =
      place === 3 || place === 8
        ? waiverOf(row, made, now - 20 * DAY, now + 70 * DAY)
        : place === 5
          ? waiverOf(row, made, now - 90 * DAY, now - 2 * DAY)
          : null;
    return findingOn(row, made, since, waiver);
  });
  return {
    findings,
    notEvaluated: NOT_EVALUATED,
    surroundings: [
      { accountId: ACME, readAt: now - 4 * MINUTE, problem: null },
      { accountId: GLOBEX, readAt: null, problem: 'GRE tunnels: the token may not read them.' },
    ],
  };
}

/** A feed of every kind of change, newest first, then `more` plain ones. */
export function changesOf(rows: readonly BoardRow[], now: Instant, more = 0): readonly HistoryEvent[] {
  const row = (place: number): BoardRow => rows[place % rows.length] as BoardRow;
  let seq = 10_000;
  const of = (
    place: number,
    ago: number,
    kind: HistoryEvent['kind'],
    detail: HistoryEvent['detail'],
    key: TunnelKey = row(place).key,
  ): HistoryEvent => ({ seq: seq--, at: now - ago, kind, accountId: row(place).accountId, key, detail });
  const gone = `${ACME}/00000000000000000000000000009999` as TunnelKey;
  return [
    of(0, 18 * MINUTE, 'config-changed', {
      fields: 'healthCheck.type, bgp.md5Key, customerEndpoint, description',
      modifiedAt: now - 19 * MINUTE,
      'healthCheck.type': 'reply -> request',
      'bgp.md5Key': '••• -> •••',
      customerEndpoint: 'not set -> 203.0.113.7',
      description: 'Primary, circuit 4000 -> not set',
    }),
    of(3, 3 * 60 * MINUTE, 'psk-changed', { from: now - 200 * DAY, to: now - 3 * 60 * MINUTE }),
    of(4, 5 * 60 * MINUTE, 'config-changed', { fields: '', modifiedAt: now - 5 * 60 * MINUTE - 40_000 }),
    of(2, 26 * 60 * MINUTE, 'tunnel-recreated', {
      name: row(2).name,
      oldId: '0f3c9a',
      newId: row(2).id,
    }),
    of(5, 3 * DAY, 'tunnel-renamed', { from: 'lab-9', to: row(5).name }),
    of(0, 3 * DAY + 60 * MINUTE, 'tunnel-disappeared', { name: 'old-branch-1' }, gone),
    of(7, 4 * DAY, 'tunnel-appeared', { name: row(7).name }),
    ...Array.from({ length: more }, (_, place) =>
      of(place, 5 * DAY + place * 30 * MINUTE, 'config-changed', {
        fields: 'replayProtection',
        modifiedAt: now - 5 * DAY - place * 30 * MINUTE,
        replayProtection: place % 2 === 0 ? 'true -> false' : 'false -> true',
      }),
    ),
  ];
}

/** What somebody asked of the host, in order. */
export type Asked = { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[];

/** A host with findings and changes; waiving and taking back work. `view: null` refuses to tell. */
export function findingsHost(
  view: FindingsView | null,
  changes: readonly HistoryEvent[],
  now: Instant,
  asked: Asked = [],
): Answer {
  const waivers = new Map<string, Waiver | null>();
  const ok = (value: unknown): unknown => ({ ok: true, value });
  return (name, args) => {
    asked.push({ name, args });
    const id = `${args.rule}@${args.key}`;
    switch (name) {
      case 'findings':
        if (view === null) {
          return { ok: false, error: { kind: 'failed', sentence: 'The engine is starting.' } };
        }
        return ok({
          ...view,
          findings: view.findings
            .filter(({ key }) => args.key === undefined || args.key === key)
            .map((finding) => ({
              ...finding,
              waiver: waivers.has(`${finding.rule}@${finding.key}`)
                ? waivers.get(`${finding.rule}@${finding.key}`)
                : finding.waiver,
            })),
        });
      case 'lintRules':
        return ok(RULES);
      case 'waive': {
        if (String(args.reason).includes('refuse')) {
          return { ok: false, error: { kind: 'failed', sentence: 'There is no such finding any more.' } };
        }
        const waiver = { ...args, at: now } as unknown as Waiver;
        waivers.set(id, waiver);
        return ok(waiver);
      }
      case 'unwaive':
        waivers.set(id, null);
        return ok(true);
      case 'configEvents': {
        const before = typeof args.before === 'number' ? args.before : Number.POSITIVE_INFINITY;
        return ok(
          changes
            .filter(
              ({ seq, key, accountId }) =>
                seq < before &&
                (args.key === null || args.key === key) &&
                (args.accountId === null || args.accountId === accountId),
            )
            .slice(0, Number(args.limit)),
        );
      }
      case 'incidents':
      case 'incidentsOf':
      case 'events':
        return ok([]);
      default:
        return ok(null);
    }
  };
}
