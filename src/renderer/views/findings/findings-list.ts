/** The findings in piles, filtered, counted, grouped, and as rows of equal height. Pure. */
import type { FoundFinding, NotEvaluated } from '../../../shared/lint.ts';
import { type Finding, type Instant, tunnelOf } from '../../../shared/model.ts';
import {
  type FindingName,
  type FindingSeverity,
  type FindingsQuery,
  type Pile,
  SEVERITIES,
  STRETCHES,
} from './findings-query.ts';

/** What a group shows before somebody asks for all of it. */
export const FEW = 5;

/** Findings of one rule or of one tunnel. */
export interface FindingGroup {
  /** The id of the rule, or the key of the tunnel. */
  readonly id: string;
  readonly severity: FindingSeverity;
  readonly findings: readonly FoundFinding[];
}

export interface FindingList {
  /** Worst first; within a severity the largest by rule, the first by name by tunnel. */
  readonly groups: readonly FindingGroup[];
  /** By severity, of what the other filters leave in this pile. */
  readonly counts: Readonly<Record<FindingSeverity, number>>;
  /** How many stand in each pile, whatever the filters. */
  readonly piles: Readonly<Record<Pile, number>>;
}

/** Whether somebody lives with a finding at `now`. */
export function isWaived({ waiver }: Pick<FoundFinding, 'waiver'>, now: Instant): boolean {
  return waiver !== null && waiver.until > now;
}

/** Names a finding among all. */
export const findingId = ({ rule, key, evidence }: Pick<Finding, 'rule' | 'key' | 'evidence'>): string =>
  `${rule}@${key}@${evidence}`;

/** The way to say which finding is open. */
export function nameOf({ rule, key, evidence }: Pick<Finding, 'rule' | 'key' | 'evidence'>): FindingName {
  // Findings about no tunnel bear the key of an account without a tunnel, and there may be several.
  return { rule, key, evidence: tunnelOf(key) === '' ? evidence : null };
}

/** The moment that "new since" means; `null`: none, or the reader was never here before. */
export function sinceAt(since: FindingsQuery['since'], now: Instant, lastVisit: Instant | null): Instant | null {
  if (since === null || typeof since === 'number') return since;
  return since === 'visit' ? lastVisit : now - STRETCHES[since];
}

/**
 * The list that a query shows.
 * @param haystack What a search looks through, in lower case.
 */
export function findingList(
  found: readonly FoundFinding[],
  notEvaluated: readonly NotEvaluated[],
  query: FindingsQuery,
  {
    now,
    lastVisit,
    haystack,
  }: {
    readonly now: Instant;
    readonly lastVisit: Instant | null;
    readonly haystack: (finding: FoundFinding) => string;
  },
): FindingList {
  const counts = { error: 0, warning: 0, info: 0 };
  const waived = found.filter((finding) => isWaived(finding, now));
  const pile = query.pile === 'waived' ? waived : found.filter((finding) => !isWaived(finding, now));
  const since = sinceAt(query.since, now, lastVisit);
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown: FoundFinding[] = [];
  for (const finding of query.pile === 'unknown' ? [] : pile) {
    if (query.account !== null && finding.accountId !== query.account) continue;
    if (since !== null && finding.since < since) continue;
    if (words.length > 0) {
      const text = haystack(finding);
      if (!words.every((word) => text.includes(word))) continue;
    }
    counts[finding.severity] += 1;
    if (query.severities.length === 0 || query.severities.includes(finding.severity)) shown.push(finding);
  }
  return {
    groups: grouped(shown, query.by),
    counts,
    piles: { open: found.length - waived.length, waived: waived.length, unknown: notEvaluated.length },
  };
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const rank = (severity: FindingSeverity): number => SEVERITIES.indexOf(severity);

function grouped(findings: readonly FoundFinding[], by: FindingsQuery['by']): readonly FindingGroup[] {
  const groups = [...Map.groupBy(findings, (finding) => (by === 'rule' ? finding.rule : finding.key))].map(
    ([id, members]): FindingGroup => ({
      id,
      severity: SEVERITIES[Math.min(...members.map(({ severity }) => rank(severity)))] ?? 'info',
      findings: members.toSorted(by === 'rule' ? byName : bySeverity),
    }),
  );
  return groups.sort(
    (a, b) =>
      rank(a.severity) - rank(b.severity) ||
      (by === 'rule' ? b.findings.length - a.findings.length : 0) ||
      COLLATOR.compare(label(a, by), label(b, by)),
  );
}

function byName(a: FoundFinding, b: FoundFinding): number {
  return rank(a.severity) - rank(b.severity) || COLLATOR.compare(a.name, b.name);
}
function bySeverity(a: FoundFinding, b: FoundFinding): number {
  return rank(a.severity) - rank(b.severity) || COLLATOR.compare(a.rule, b.rule);
}
function label(group: FindingGroup, by: FindingsQuery['by']): string {
  return by === 'rule' ? group.id : (group.findings[0]?.name ?? '');
}

/** A row of the list: the head of a group, a finding, or the way to the rest of a group. */
export type FindingRow =
  | { readonly kind: 'group'; readonly id: string; readonly group: FindingGroup }
  | { readonly kind: 'finding'; readonly id: string; readonly finding: FoundFinding }
  | { readonly kind: 'rest'; readonly id: string; readonly group: FindingGroup; readonly rest: number };

/** All rows from top to bottom; groups in `whole` are shown to their end. */
export function findingRows(groups: readonly FindingGroup[], whole: ReadonlySet<string>): readonly FindingRow[] {
  const rows: FindingRow[] = [];
  for (const group of groups) {
    rows.push({ kind: 'group', id: `g:${group.id}`, group });
    // One more takes no more room than the line that offers it.
    const all = whole.has(group.id) || group.findings.length <= FEW + 1;
    for (const finding of all ? group.findings : group.findings.slice(0, FEW)) {
      rows.push({ kind: 'finding', id: findingId(finding), finding });
    }
    if (!all) rows.push({ kind: 'rest', id: `r:${group.id}`, group, rest: group.findings.length - FEW });
  }
  return rows;
}
