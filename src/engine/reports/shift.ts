/** What one shift hands to the next, and what happened while somebody was away. */
import type { KeyOutlook } from '../../shared/keys.ts';
import type { FoundFinding } from '../../shared/lint.ts';
import type { EventKind, Instant, Millis } from '../../shared/model.ts';
import type { ReportIncident, ShiftReport } from '../../shared/reports.ts';
import { overlap } from '../history/intervals.ts';
import type { PastReader } from '../history/past-contract.ts';

const CHANGES: readonly EventKind[] = [
  'config-changed',
  'psk-changed',
  'tunnel-renamed',
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-recreated',
];
/** Of each list: what somebody reads. */
const MOST_LINES = 500;
/** Keys that come due so soon after the shift are the next one's business. */
const SOON_MS: Millis = 7 * 86_400_000;

/** What the report is put together from. */
export interface ShiftParts {
  readonly past: PastReader;
  readonly now: Instant;
  readonly incidents: readonly ReportIncident[];
  readonly keys: readonly KeyOutlook[];
  readonly findings: readonly FoundFinding[];
}

function keysDue(keys: readonly KeyOutlook[], to: Instant): KeyOutlook[] {
  return keys
    .filter(({ dueAt }) => dueAt !== null && dueAt <= to + SOON_MS)
    .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
    .slice(0, MOST_LINES);
}

/** The report of `[from, to)`. Findings that somebody waived are not news. */
export function shiftOf({ past, now, incidents, keys, findings }: ShiftParts, from: Instant, to: Instant): ShiftReport {
  const inside = (at: Instant | null): boolean => at !== null && at >= from && at < to;
  const unobserved = past.accounts().map((accountId) => {
    const gaps = past.gapsIn(accountId, 'list', from, to);
    return { accountId, ms: gaps.reduce((ms, gap) => ms + overlap(gap, from, Math.min(to, now)), 0) };
  });
  return {
    from,
    to,
    opened: incidents.filter(({ incident }) => inside(incident.openedAt)),
    resolved: incidents.filter(({ incident }) => inside(incident.resolvedAt)),
    open: incidents.filter(({ incident: { openedAt, resolvedAt } }) => openedAt < to && (resolvedAt ?? to) >= to),
    keysDue: keysDue(keys, to),
    newFindings: findings
      .filter(({ since, waiver }) => inside(since) && (waiver === null || waiver.until <= now))
      .slice(0, MOST_LINES),
    changes: past.eventsIn(from, to, CHANGES, 'newest', MOST_LINES),
    unobserved: unobserved.filter(({ ms }) => ms > 0),
  };
}
