/** What the findings view shows and in which order. Lives in the hash, so that it can be linked. */
import type { Finding, Instant, Millis, TunnelKey } from '../../../shared/model.ts';
import { DAY } from '../../format/duration.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Finding['severity'][];
export type FindingSeverity = (typeof SEVERITIES)[number];
/** Findings that stand, those that somebody waived, and what no rule could judge. */
export const PILES = ['open', 'waived', 'unknown'] as const;
export type Pile = (typeof PILES)[number];
export const GROUPINGS = ['rule', 'tunnel'] as const;
export type Grouping = (typeof GROUPINGS)[number];
/** Stretches that "new since" offers by name, beside the reader's last visit. */
export const STRETCHES = { day: DAY, week: 7 * DAY, month: 30 * DAY } as const satisfies Record<string, Millis>;
export type Stretch = keyof typeof STRETCHES;
/** `null`: of any age. */
export type NewSince = 'visit' | Stretch | Instant | null;

/** Names one finding: a rule and a tunnel. */
export interface FindingName {
  readonly rule: string;
  readonly key: TunnelKey;
  /** What was found, where a rule finds several things about one account; else `null`. */
  readonly evidence: string | null;
}

export interface FindingsQuery {
  readonly pile: Pile;
  readonly by: Grouping;
  /** Empty: all of them. */
  readonly severities: readonly FindingSeverity[];
  readonly account: string | null;
  readonly text: string;
  readonly since: NewSince;
  /** The finding that is open beside the list; `null`: the first. */
  readonly open: FindingName | null;
}

/** Reads the query of a hash. What it does not know it leaves out. */
export function readFindingsQuery(params: URLSearchParams): FindingsQuery {
  const severities = (params.get('severity') ?? '').split(',');
  const [rule, key] = [params.get('rule'), params.get('key')];
  return {
    pile: PILES.find((pile) => pile === params.get('show')) ?? 'open',
    by: GROUPINGS.find((by) => by === params.get('by')) ?? 'rule',
    severities: SEVERITIES.filter((severity) => severities.includes(severity)),
    account: params.get('account'),
    text: params.get('q') ?? '',
    since: sinceOf(params.get('since')),
    open: rule !== null && key !== null ? { rule, key: key as TunnelKey, evidence: params.get('found') } : null,
  };
}

function sinceOf(text: string | null): NewSince {
  if (text === null) return null;
  if (text === 'visit' || Object.hasOwn(STRETCHES, text)) return text as NewSince;
  return /^\d{10,14}$/.test(text) ? Number(text) : null;
}

/** The query of a hash; what is as always is left out. */
export function writeFindingsQuery(query: FindingsQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (query.pile !== 'open') params.set('show', query.pile);
  if (query.by !== 'rule') params.set('by', query.by);
  if (query.severities.length > 0) params.set('severity', query.severities.join());
  if (query.account !== null) params.set('account', query.account);
  if (query.text !== '') params.set('q', query.text);
  if (query.since !== null) params.set('since', String(query.since));
  if (query.open !== null) {
    params.set('rule', query.open.rule);
    params.set('key', query.open.key);
    if (query.open.evidence !== null) params.set('found', query.open.evidence);
  }
  return params;
}

/** Whether anything is left out. */
export function isFindingsFiltered({ severities, account, text, since }: FindingsQuery): boolean {
  return severities.length > 0 || account !== null || text.trim() !== '' || since !== null;
}
