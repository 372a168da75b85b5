/** History to take along: as a table or as data. Names are stable: scripts read them. Times are ISO 8601 in UTC, lengths in seconds. */
import { incidentTitle, type Say } from '../../../shared/alert-words/index.ts';
import { type Cell, csv } from '../../../shared/csv.ts';
import { type Instant, type Millis, tunnelOf } from '../../../shared/model.ts';
import type { AvailabilityRow, HeatMap, ReportIncident, Restlessness } from '../../../shared/reports.ts';
import type { Around } from './sheets.ts';

/** One line; all lines of an export have the same names. */
export type Flat = Readonly<Record<string, Cell>>;

/** What is exported: of which time, and how it was asked for. */
export interface ExportHead {
  readonly report: string;
  readonly exportedAt: Instant;
  readonly from: Instant;
  readonly to: Instant;
  readonly options: Flat;
}

const time = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
const seconds = (ms: Millis | null): number | null => (ms === null ? null : Math.round(ms / 1_000));

/** Lines of a table of availability. */
export function flatAvailability(
  rows: readonly AvailabilityRow[],
  { from, to }: Pick<ExportHead, 'from' | 'to'>,
  { accountName }: Pick<Around, 'accountName'>,
): Flat[] {
  return rows.map((row) => ({
    from: time(from),
    to: time(to),
    scope: row.scope,
    id: row.scope === 'tunnel' ? tunnelOf(row.id as Parameters<typeof tunnelOf>[0]) : row.id,
    name: row.name,
    account: accountName(row.accountId),
    account_id: row.accountId,
    tunnels: row.tunnels,
    availability: row.share,
    up_s: seconds(row.upMs),
    degraded_s: seconds(row.degradedMs),
    down_s: seconds(row.downMs),
    not_counted_s: seconds(row.uncountedMs),
    not_observed_s: seconds(row.unobservedMs),
    objective: row.budget?.objective ?? null,
    budget_s: seconds(row.budget?.budgetMs ?? null),
    spent_s: seconds(row.budget?.spentMs ?? null),
    left_s: row.budget === null ? null : seconds(row.budget.budgetMs - row.budget.spentMs),
    burn_5m: row.budget?.burn5m ?? null,
    burn_1h: row.budget?.burn1h ?? null,
  }));
}

/** Lines of a heat map: one for each cell, tunnel by tunnel. */
export function flatHeat({ starts, cellMs, rows }: HeatMap): Flat[] {
  return rows.flatMap(({ key, name, cells }) =>
    cells.map((level, place) => ({
      tunnel: name,
      tunnel_id: tunnelOf(key),
      start: time(starts[place] ?? null),
      length_s: seconds(cellMs),
      healthy: level,
    })),
  );
}

/** Lines of outages and dips. */
export function flatRestless(rows: readonly Restlessness[], { from, to }: Pick<ExportHead, 'from' | 'to'>): Flat[] {
  return rows.map((row) => ({
    from: time(from),
    to: time(to),
    tunnel: row.name,
    tunnel_id: tunnelOf(row.key),
    outages: row.outages,
    down_s: seconds(row.downMs),
    longest_s: seconds(row.longestMs),
    rekey_dips: row.dips,
    dip_period_s: seconds(row.dipPeriodMs),
  }));
}

/** Lines of incidents. The title is in the reader's language, the rest as the API has it. */
export function flatIncidents(list: readonly ReportIncident[], say: Say): Flat[] {
  return list.map(({ incident, lastedMs, acknowledgedBy, acknowledgedAfterMs }) => ({
    id: incident.id,
    severity: incident.severity,
    phase: incident.phase,
    cause: incident.cause.kind,
    title: incidentTitle(incident, say),
    tunnels: incident.tunnels,
    since: time(incident.since),
    opened_at: time(incident.openedAt),
    resolved_at: time(incident.resolvedAt),
    lasted_s: seconds(lastedMs),
    acknowledged_by: acknowledgedBy,
    acknowledged_after_s: seconds(acknowledgedAfterMs),
  }));
}

/** As CSV; empty when there is no line. */
export function flatCsv(lines: readonly Flat[]): string {
  return csv(
    Object.keys(lines[0] ?? {}),
    lines.map((line) => Object.values(line)),
  );
}

/** As JSON: `{ report, exported_at, from, to, …options, rows }`. */
export function flatJson({ report, exportedAt, from, to, options }: ExportHead, lines: readonly Flat[]): string {
  const all = { report, exported_at: time(exportedAt), from: time(from), to: time(to), ...options, rows: lines };
  return `${JSON.stringify(all, null, 2)}\n`;
}
