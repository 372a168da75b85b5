/** A shift report as tables, in the order in which it is handed over, and as lines to take along. */
import { incidentTitle, type Say } from '../../../shared/alert-words/index.ts';
import type { FoundFinding } from '../../../shared/lint.ts';
import { type HistoryEvent, type TunnelKey, tunnelOf } from '../../../shared/model.ts';
import type { ShiftReport } from '../../../shared/reports.ts';
import { exactTime, shortTime } from '../../format/time.ts';
import { tunnelHash } from '../../state/route.svelte.ts';
import { events } from '../../words/events.ts';
import { history as words } from '../../words/history.ts';
import type { Flat } from './export.ts';
import type { Sheet, SheetCell } from './sheet.ts';
import { type Around, incidentSheet } from './sheets.ts';

/** One table of the report with what stands there when it is empty. */
export interface ShiftSection {
  readonly id: 'open' | 'opened' | 'resolved' | 'keys' | 'findings' | 'changes' | 'unseen';
  readonly sheet: Sheet;
  readonly none: string;
}

/** What else the words need. */
export interface ShiftAround extends Around {
  readonly say: Say;
  readonly tunnelName: (key: TunnelKey) => string | null;
  readonly findingTitle: (finding: FoundFinding) => string;
}

const nameOf = ({ key, detail }: HistoryEvent, { tunnelName }: ShiftAround): string =>
  (key === null ? null : tunnelName(key)) ?? (typeof detail.name === 'string' ? detail.name : words.none);

/** The sections: what is open first, because the next shift begins with it. */
export function shiftSections(report: ShiftReport, around: ShiftAround): readonly ShiftSection[] {
  const { shift } = words;
  const { columns } = shift;
  const { now, say, known, accountName } = around;
  const tunnel = (key: TunnelKey, name: string): SheetCell =>
    known(key) ? { text: name, href: tunnelHash(key) } : { text: name };
  const incidents = (id: 'open' | 'opened' | 'resolved', none: string): ShiftSection => ({
    id,
    sheet: incidentSheet(report[id], say, now, shift[id]),
    none,
  });
  return [
    incidents('open', shift.noneOpen),
    incidents('opened', shift.noneOpened),
    incidents('resolved', shift.noneResolved),
    {
      id: 'changes',
      none: shift.noChanges,
      sheet: {
        caption: shift.changes,
        columns: [
          { id: 'at', head: columns.at },
          { id: 'tunnel', head: columns.tunnel, wide: 1.6 },
          { id: 'change', head: columns.change, wide: 5 },
        ],
        rows: report.changes.map((event) => ({
          id: String(event.seq),
          cells: [
            { text: shortTime(event.at, now), title: exactTime(event.at) },
            event.key === null ? { text: words.none } : tunnel(event.key, nameOf(event, around)),
            { text: events.event(event) },
          ],
        })),
      },
    },
    {
      id: 'findings',
      none: shift.noFindings,
      sheet: {
        caption: shift.findings,
        columns: [
          { id: 'severity', head: columns.severity },
          { id: 'tunnel', head: columns.tunnel, wide: 1.6 },
          { id: 'finding', head: columns.finding, wide: 5 },
        ],
        rows: report.newFindings.map((finding) => ({
          id: `${finding.rule}@${finding.key}@${finding.evidence}`,
          cells: [
            { text: shift.severity[finding.severity] },
            tunnel(finding.key, finding.name || shift.account),
            { text: `${around.findingTitle(finding)}: ${finding.evidence}` },
          ],
        })),
      },
    },
    {
      id: 'keys',
      none: shift.noKeys,
      sheet: {
        caption: shift.keys,
        columns: [
          { id: 'tunnel', head: columns.tunnel },
          { id: 'due', head: columns.due },
        ],
        rows: report.keysDue.map(({ key, name, dueAt }) => ({
          id: key,
          cells: [
            tunnel(key, name),
            dueAt === null ? { text: words.none } : { text: shortTime(dueAt, now), title: exactTime(dueAt) },
          ],
        })),
      },
    },
    {
      id: 'unseen',
      none: shift.allSeen,
      sheet: {
        caption: shift.unseen,
        columns: [
          { id: 'account', head: columns.account },
          { id: 'unseen', head: columns.unseen },
        ],
        rows: report.unobserved.map(({ accountId, ms }) => ({
          id: accountId,
          cells: [{ text: accountName(accountId) }, { text: words.span(ms) }],
        })),
      },
    },
  ];
}

/** Lines of the report, each with its section. */
export function flatShift(report: ShiftReport, around: ShiftAround): Flat[] {
  const line = (section: string, at: number | null, name: string | null, id: string | null, what: string): Flat => ({
    section,
    at: at === null ? null : new Date(at).toISOString(),
    name,
    id,
    what,
  });
  const incidents = (['open', 'opened', 'resolved'] as const).flatMap((section) =>
    report[section].map(({ incident }) =>
      line(section, incident.since, null, incident.id, incidentTitle(incident, around.say)),
    ),
  );
  return [
    ...incidents,
    ...report.changes.map((event) =>
      line('changes', event.at, nameOf(event, around), event.key && tunnelOf(event.key), events.event(event)),
    ),
    ...report.newFindings.map((one) =>
      line('findings', one.since, one.name, tunnelOf(one.key), `${around.findingTitle(one)}: ${one.evidence}`),
    ),
    ...report.keysDue.map(({ key, name, dueAt }) => line('keys', dueAt, name, tunnelOf(key), words.shift.keys)),
    ...report.unobserved.map(({ accountId, ms }) =>
      line('not-observed', null, around.accountName(accountId), accountId, `${Math.round(ms / 1_000)} s`),
    ),
  ];
}
