/** Findings to take along: as a table or as data, the same columns in both. */
import { csv } from '../../../shared/csv.ts';
import type { FoundFinding } from '../../../shared/lint.ts';
import type { Instant } from '../../../shared/model.ts';
import { tunnelOf } from '../../../shared/model.ts';
import { isWaived } from './findings-list.ts';

/** One finding, flat. Names are stable: scripts read them. Times are ISO 8601 in UTC. */
function flat(finding: FoundFinding, account: string, now: Instant) {
  const { waiver } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    account,
    account_id: finding.accountId,
    tunnel: finding.name,
    tunnel_id: tunnelOf(finding.key),
    site: finding.site,
    field: finding.field,
    value: finding.value,
    evidence: finding.evidence,
    grouping: finding.grouping,
    why: finding.why,
    fix: finding.fix,
    source: finding.source,
    since: time(finding.since),
    waived: isWaived(finding, now),
    waived_by: waiver?.by ?? null,
    waiver_reason: waiver?.reason ?? null,
    waived_at: waiver === null ? null : time(waiver.at),
    waived_until: waiver === null ? null : time(waiver.until),
  };
}

const time = (at: Instant): string => new Date(at).toISOString();

/**
 * A table of findings; their columns are those of `findingsJson`.
 * @param account What people call the account of a finding.
 */
export function findingsCsv(
  findings: readonly FoundFinding[],
  account: (of: FoundFinding) => string,
  now: Instant,
): string {
  const rows = findings.map((finding) => flat(finding, account(finding), now));
  const heads = Object.keys(rows[0] ?? {});
  return csv(
    heads,
    rows.map((row) => Object.values(row)),
  );
}

/**
 * Findings as JSON: `{ exported_at, findings }`.
 * @param account What people call the account of a finding.
 */
export function findingsJson(
  findings: readonly FoundFinding[],
  account: (of: FoundFinding) => string,
  now: Instant,
): string {
  const all = findings.map((finding) => flat(finding, account(finding), now));
  return `${JSON.stringify({ exported_at: time(now), findings: all }, null, 2)}\n`;
}
