import { csv } from '../../../shared/csv.ts';
import type { AuditEntry } from '../../../shared/operations.ts';

/** The audit log as a table: one line for each field that changed, so that a spreadsheet can filter. Instants in UTC. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const heads = [
    'id',
    'at',
    'by',
    'account',
    'kind',
    'tunnel',
    'field',
    'before',
    'after',
    'outcome',
    'sentence',
    'cfRay',
  ];
  return csv(heads, entries.flatMap(linesOf));
}

function linesOf(entry: AuditEntry): readonly (string | number | null)[][] {
  const { id, at, by, account, kind, state, sentence, cfRay } = entry;
  const line = (...what: readonly (string | null)[]): (string | number | null)[] => [
    id,
    new Date(at).toISOString(),
    by,
    account,
    kind,
    ...what,
    state,
    sentence,
    cfRay,
  ];
  if (entry.diffs.length === 0) return [line(null, null, null, null)];
  return entry.diffs.flatMap(({ name, changes }) =>
    changes.length === 0
      ? [line(name, null, null, null)]
      : changes.map(({ field, before, after }) => line(name, field, before, after)),
  );
}

/** The audit log as it is. */
export function auditJson(entries: readonly AuditEntry[]): string {
  return `${JSON.stringify(entries, null, 2)}\n`;
}
