/** What is on show: the reply of the part that is open as tables, as lines to save, and in sentences. Pure. */
import type { Say } from '../../../shared/alert-words/index.ts';
import type { FoundFinding } from '../../../shared/lint.ts';
import type { TunnelKey } from '../../../shared/model.ts';
import type { HeatMap } from '../../../shared/reports.ts';
import { history as words } from '../../words/history.ts';
import { type Flat, flatAvailability, flatHeat, flatIncidents, flatRestless } from './export.ts';
import { heatLowSheet, heatSheet, MOST_COLUMNS, MOST_LOW } from './heat-sheet.ts';
import type { HistoryPage } from './history-page.svelte.ts';
import type { HistoryQuery } from './history-query.ts';
import type { Stretch } from './ranges.ts';
import { found, type Sheet, sorted } from './sheet.ts';
import { type Around, availabilitySheet, incidentSheet, restlessSheet } from './sheets.ts';
import { flatShift, shiftSections } from './shift-sheets.ts';
import { coverageOf, verdictOf } from './sums.ts';

/** Something to look at, to print and to save. */
export interface Shown {
  /** Which time the reply is about. */
  readonly stretch: Stretch;
  /** What stands above the tables, a sentence each. */
  readonly facts: readonly string[];
  readonly cover: string;
  /** The table of the screen; `null` where there are several. */
  readonly sheet: Sheet | null;
  /** Rows on show, and without the search; `null` where there is no one list. */
  readonly rows: { readonly some: number; readonly all: number } | null;
  /** What is printed. */
  readonly sections: readonly { readonly sheet: Sheet; readonly none: string; readonly after?: string }[];
  /** What is exported, worked out when somebody wants it. */
  readonly lines: () => readonly Flat[];
  readonly options: Flat;
}

export interface ShownAround extends Around {
  readonly say: Say;
  readonly tunnelName: (key: TunnelKey) => string | null;
  readonly findingTitle: (finding: FoundFinding) => string;
}

/** The ids of the rows that are left of a table are those that are exported. */
function kept<T>(rows: readonly T[], idOf: (row: T) => string, { rows: left }: Sheet): readonly T[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return left.flatMap(({ id }) => byId.get(id) ?? []);
}

function availability(
  { availability: { reply } }: HistoryPage,
  query: HistoryQuery,
  around: ShownAround,
): Shown | null {
  if (reply === null) return null;
  const { args, value } = reply;
  const sheet = sorted(found(availabilitySheet(value, args.scope, around), query.text), query.sort);
  const rows = kept(value, ({ id }) => id, sheet);
  const cover = coverageOf(rows);
  const { met, missed, untold, burning } = verdictOf(rows);
  const facts = [words.availability.verdict(met, missed, untold), words.availability.burning(burning)];
  return {
    stretch: args,
    facts: rows.length === 0 ? [] : facts,
    cover:
      cover.share === 0 ? words.noCover : cover.share === null ? '' : words.covered(cover.share, cover.unobservedMs),
    sheet,
    rows: { some: rows.length, all: value.length },
    sections: [{ sheet, none: words.noMatch, after: `${words.availability.method} ${words.degraded[args.degraded]}.` }],
    lines: () => flatAvailability(rows, args, around),
    options: { scope: args.scope, degraded: args.degraded },
  };
}

/** The rows of a map that a search leaves. */
export function heatRows(map: HeatMap, text: string): HeatMap['rows'] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? map.rows : map.rows.filter(({ name }) => name.toLowerCase().includes(wanted));
}

function heat({ heat: { reply } }: HistoryPage, query: HistoryQuery, around: ShownAround): Shown | null {
  if (reply === null) return null;
  const { args, value } = reply;
  const rows = heatRows(value, query.text);
  const low = heatLowSheet(value, rows, around, MOST_LOW);
  const whole = !query.table || query.report || value.starts.length > MOST_COLUMNS;
  const facts = [words.heat.note, ...(args.cell === 'hour' && value.cellMs > 3_600_000 ? [words.heat.days] : [])];
  return {
    stretch: args,
    facts,
    cover: '',
    sheet: sorted(whole ? low.sheet : heatSheet(value, rows, around), query.sort),
    rows: { some: rows.length, all: value.rows.length },
    sections: [
      {
        sheet: low.sheet,
        none: words.heat.allGood,
        ...(low.more > 0 ? { after: words.heat.more(low.more) } : {}),
      },
    ],
    lines: () => flatHeat({ ...value, rows }),
    options: { cell_s: value.cellMs / 1_000 },
  };
}

function restless({ restless: { reply } }: HistoryPage, query: HistoryQuery, around: ShownAround): Shown | null {
  if (reply === null) return null;
  const { args, value } = reply;
  const sheet = sorted(found(restlessSheet(value, around), query.text), query.sort);
  return {
    stretch: args,
    facts: [],
    cover: '',
    sheet,
    rows: { some: sheet.rows.length, all: value.length },
    sections: [{ sheet, none: words.restless.calm.sentence }],
    lines: () =>
      flatRestless(
        kept(value, ({ key }) => key, sheet),
        args,
      ),
    options: {},
  };
}

function incidents({ incidents: { reply } }: HistoryPage, query: HistoryQuery, around: ShownAround): Shown | null {
  if (reply === null) return null;
  const { args, value } = reply;
  const { account } = query;
  const own = value.filter(
    ({ incident }) => account === null || incident.accountIds.some((id: string) => id === account),
  );
  const sheet = sorted(found(incidentSheet(own, around.say, around.now), query.text), query.sort);
  const list = kept(own, ({ incident }) => incident.id, sheet);
  const open = list.filter(({ incident }) => incident.phase !== 'resolved').length;
  const taken = list.filter(({ acknowledgedBy }) => acknowledgedBy !== null).length;
  return {
    stretch: args,
    facts: [words.incidents.sum(list.length, open, taken)],
    cover: '',
    sheet,
    rows: { some: list.length, all: own.length },
    sections: [{ sheet, none: words.incidents.calm.sentence }],
    lines: () => flatIncidents(list, around.say),
    options: {},
  };
}

function shift({ shift: { reply } }: HistoryPage, around: ShownAround): Shown | null {
  if (reply === null) return null;
  const { args, value } = reply;
  return {
    stretch: args,
    facts: [],
    cover: '',
    sheet: null,
    rows: null,
    sections: shiftSections(value, around),
    lines: () => flatShift(value, around),
    options: {},
  };
}

/** `null` until the host has answered. */
export function shownOf(page: HistoryPage, query: HistoryQuery, around: ShownAround): Shown | null {
  switch (query.part) {
    case 'availability':
      return availability(page, query, around);
    case 'heat':
      return heat(page, query, around);
    case 'restless':
      return restless(page, query, around);
    case 'incidents':
      return incidents(page, query, around);
    case 'shift':
      return shift(page, around);
  }
}
