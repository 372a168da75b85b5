/** What a made-up host tells of its history: availability, heat, incidents, a shift, the recorded past. */
import type { Incident } from '../../src/shared/alerts.ts';
import type { BoardRow, Millis } from '../../src/shared/model.ts';
import type { PastMark } from '../../src/shared/past.ts';
import type { AvailabilityRow, ReportIncident, ReportScope } from '../../src/shared/reports.ts';
import { ACME, GLOBEX } from '../renderer/harness/board.ts';
import { DAY, events, HOUR, MINUTE, NOW } from '../renderer/tunnel-fixture.ts';

const WEEK: Millis = 7 * DAY;

function availability(scope: ReportScope, rows: readonly BoardRow[]): readonly AvailabilityRow[] {
  return rows.slice(0, scope === 'tunnel' ? 12 : 2).map((row, at): AvailabilityRow => {
    const downMs = Math.max(0, 5 - at) * 25 * MINUTE;
    const share = at === 7 ? null : 1 - downMs / WEEK;
    const burn = at === 0 ? 14.2 : 0.1;
    const budgetMs = WEEK * 0.001;
    return {
      scope,
      id:
        scope === 'tunnel' ? row.key : scope === 'site' ? `${ACME}/${row.site?.name ?? ''}` : at === 0 ? ACME : GLOBEX,
      name:
        scope === 'tunnel'
          ? row.name
          : scope === 'site'
            ? (row.site?.name ?? 'No site')
            : at === 0
              ? 'Acme'
              : 'Globex Europe',
      accountId: row.accountId,
      tunnels: scope === 'tunnel' ? 1 : 6,
      upMs: WEEK - downMs - 3 * HOUR,
      degradedMs: HOUR,
      downMs,
      uncountedMs: 0,
      unobservedMs: 2 * HOUR,
      share,
      budget:
        at === 7 ? null : { objective: 0.999, budgetMs, spentMs: downMs, burn5m: at === 3 ? null : burn, burn1h: burn },
    };
  });
}

function told(incident: Incident): ReportIncident {
  const { acknowledgement } = incident;
  return {
    incident,
    lastedMs: (incident.resolvedAt ?? NOW) - incident.openedAt,
    acknowledgedBy: acknowledgement?.by ?? null,
    acknowledgedAfterMs: acknowledgement === null ? null : 4 * MINUTE,
  };
}

function heat(rows: readonly BoardRow[], cellMs: Millis) {
  const starts = Array.from({ length: 24 }, (_, at) => NOW - (24 - at) * cellMs);
  const cell = (row: number, at: number): number | null =>
    (row + at) % 11 === 0 ? null : (row * 7 + at) % 13 === 0 ? 0 : (row + at) % 5 === 0 ? 0.6 : 1;
  const shown = rows
    .slice(0, 10)
    .map(({ key, name }, row) => ({ key, name, cells: starts.map((_, at) => cell(row, at)) }));
  return { starts, cellMs, rows: shown };
}

/** Answers the calls about reports and the past; `undefined` for every other call. */
export function reportsHost(
  rows: readonly BoardRow[],
  incidents: readonly Incident[],
): (name: string, args: Readonly<Record<string, unknown>>) => unknown {
  const list = incidents.map(told);
  const open = list.filter(({ incident }) => incident.phase !== 'resolved');
  const over = list.filter(({ incident }) => incident.phase === 'resolved');
  const marks = rows.slice(0, 6).map((row, at): PastMark => {
    const { key, accountId, name } = row;
    return { at: NOW - (at + 1) * 40 * MINUTE, kind: 'outage', key, accountId, name, incidentId: null };
  });
  const unobserved = rows.length === 0 ? [] : [{ accountId: ACME, ms: 2 * HOUR }];
  return (name, args) => {
    switch (name) {
      case 'availabilityReport':
        return availability(args.scope as ReportScope, rows);
      case 'heatMap':
        return heat(rows, args.cell === 'day' ? DAY : HOUR);
      case 'restlessness':
        return rows.slice(0, 5).map(({ key, name: called }, at) => ({
          key,
          name: called,
          outages: 9 - at,
          longestMs: 40 * MINUTE,
          downMs: 2 * HOUR,
          dips: at * 4,
          dipPeriodMs: at % 2 === 0 ? null : 8 * HOUR,
        }));
      case 'incidentReport':
        return list;
      case 'shiftReport':
        return {
          from: args.from,
          to: args.to,
          opened: open,
          resolved: over,
          open,
          keysDue: [],
          newFindings: [],
          changes: rows[0] === undefined ? [] : events(rows[0].key),
          unobserved,
        };
      case 'pastRange':
        return { earliest: rows.length === 0 ? null : NOW - 30 * DAY, latest: NOW };
      case 'past':
        return { at: args.at, rows, incidents: incidents.slice(0, 2), blind: [] };
      case 'pastMarks':
        return marks.toReversed();
      case 'pastStretch':
        return { changes: [], until: args.to, complete: true };
      default:
        return undefined;
    }
  };
}
