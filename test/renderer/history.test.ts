/** The history views without a page: what a query means, the tables, their sums, what is saved, and absences. */
import { describe, expect, it } from 'vitest';
import { cellAt, cellPixels, heatTone } from '../../src/renderer/charts/heat.ts';
import { isNews, presentAt, readKept } from '../../src/renderer/state/away.svelte.ts';
import { flatAvailability, flatCsv, flatJson } from '../../src/renderer/views/history/export.ts';
import { heatLowSheet, heatSheet } from '../../src/renderer/views/history/heat-sheet.ts';
import { readHistoryQuery, writeHistoryQuery } from '../../src/renderer/views/history/history-query.ts';
import { cellOf, monthStretch, months, stretchOf } from '../../src/renderer/views/history/ranges.ts';
import { lostTime } from '../../src/renderer/views/history/ranks.ts';
import { found, nextSort, type Sheet, sorted } from '../../src/renderer/views/history/sheet.ts';
import { availabilitySheet } from '../../src/renderer/views/history/sheets.ts';
import { burnsTooFast, coverageOf, verdictOf } from '../../src/renderer/views/history/sums.ts';
import * as deAway from '../../src/renderer/words/de/away.ts';
import * as de from '../../src/renderer/words/de/history.ts';
import * as enAway from '../../src/renderer/words/en/away.ts';
import * as en from '../../src/renderer/words/en/history.ts';
import type { TunnelKey } from '../../src/shared/model.ts';
import type { AvailabilityRow, HeatMap, ShiftReport } from '../../src/shared/reports.ts';
import { ACME } from './harness/board.ts';
import { availabilityOf } from './harness/history.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 9, 0);
const around = { now: NOW, several: false, accountName: () => 'Acme', known: () => false };
const row = (part: Partial<AvailabilityRow> = {}): AvailabilityRow =>
  ({ ...availabilityOf(1, NOW - DAY, NOW)[0], ...part }) as AvailabilityRow;

describe('what a link of the history means', () => {
  it('comes back as it was written, and leaves out what it does not know', () => {
    const text = 'part=heat&range=month&month=2026-10&scope=site&degraded=up&cell=day&q=fra&sort=-down&table=1';
    expect(writeHistoryQuery(readHistoryQuery(new URLSearchParams(text))).toString()).toBe(text);
    const odd = readHistoryQuery(new URLSearchParams('part=x&range=1y&month=2026-13&sort=%27;--&from=x'));
    expect(writeHistoryQuery(odd).toString()).toBe('');
  });

  it('takes a calendar month of the reader, the present one up to now', () => {
    const [present, before] = months(NOW, 2);
    expect([present, before]).toEqual(['2026-11', '2026-10']);
    const october = monthStretch('2026-10', NOW);
    expect([new Date(october.from), new Date(october.to)]).toEqual([new Date(2026, 9, 1), new Date(2026, 10, 1)]);
    expect(monthStretch('2026-11', NOW).to).toBe(NOW);
  });

  it('keeps a shift of one’s own the right way round and within what the host answers', () => {
    const shift = (search: string) => stretchOf(readHistoryQuery(new URLSearchParams(`part=shift&${search}`)), NOW);
    expect(shift('')).toEqual({ from: NOW - 8 * HOUR, to: NOW });
    expect(shift('shift=12h')).toEqual({ from: NOW - 12 * HOUR, to: NOW });
    const wrong = shift(`shift=own&from=${NOW + DAY}&to=${NOW - DAY}`);
    expect(wrong.from).toBeLessThan(wrong.to);
    const long = shift(`shift=own&from=1000000000000&to=${NOW}`);
    expect(long.to - long.from).toBe(400 * DAY);
  });

  it('shows hours as long as they can be told apart', () => {
    const query = readHistoryQuery(new URLSearchParams('part=heat'));
    expect(cellOf(query, { from: NOW - 7 * DAY, to: NOW })).toBe('hour');
    expect(cellOf(query, { from: NOW - 30 * DAY, to: NOW })).toBe('day');
    expect(cellOf({ ...query, cell: 'hour' }, { from: NOW - 30 * DAY, to: NOW })).toBe('hour');
  });
});

describe('a table', () => {
  const cell = (text: string, by: number | null) => ({ cells: [{ text }, { text: String(by), by }] });
  const sheet: Sheet = {
    caption: '',
    columns: [
      { id: 'name', head: 'Name' },
      { id: 'down', head: 'Down', figure: true },
    ],
    rows: [
      { id: '1', ...cell('b', 2) },
      { id: '2', ...cell('a', null) },
      { id: '3', ...cell('c', 10) },
    ],
  };
  const order = (of: Sheet): string => of.rows.map(({ id }) => id).join('');

  it('sorts figures as figures, what is unknown last in both directions', () => {
    expect(order(sorted(sheet, { column: 'down', down: true }))).toBe('312');
    expect(order(sorted(sheet, { column: 'down', down: false }))).toBe('132');
    expect(order(sorted(sheet, { column: 'name', down: false }))).toBe('213');
    expect(order(sorted(sheet, { column: 'gone', down: false }))).toBe('123');
  });

  it('goes from largest to smallest to the order of the host', () => {
    const down = { id: 'down', head: '', figure: true };
    const first = nextSort(null, down);
    expect([first, nextSort(first, down), nextSort(nextSort(first, down), down)]).toEqual([
      { column: 'down', down: true },
      { column: 'down', down: false },
      null,
    ]);
  });

  it('finds rows by every word', () => {
    expect(order(found(sheet, ' C 10'))).toBe('3');
    expect(order(found(sheet, 'c 2'))).toBe('');
  });
});

describe('availability', () => {
  it('says what was not observed, and counts only what was', () => {
    const rows = [
      row({ upMs: 90, degradedMs: 0, downMs: 0, uncountedMs: 5, unobservedMs: 5 }),
      row({ upMs: 0, degradedMs: 0, downMs: 0, uncountedMs: 0, unobservedMs: 100, budget: null, share: null }),
    ];
    expect(coverageOf(rows)).toEqual({ unobservedMs: 105, share: 95 / 200 });
    expect(coverageOf([]).share).toBeNull();
    expect(verdictOf(rows)).toMatchObject({ untold: 1 });
  });

  it('burns too fast where both windows do', () => {
    const budget = { objective: 0.999, budgetMs: 10, spentMs: 20, burn5m: 2, burn1h: 1 };
    expect(burnsTooFast(budget)).toBe(false);
    expect(burnsTooFast({ ...budget, burn1h: 1.01 })).toBe(true);
    expect(burnsTooFast({ ...budget, burn5m: null, burn1h: 3 })).toBe(false);
    expect(verdictOf([row({ budget })])).toEqual({ met: 0, missed: 1, untold: 0, burning: 0 });
  });

  it('has a cell for each column, with several accounts and without, and for each scope', () => {
    for (const several of [true, false]) {
      for (const scope of ['tunnel', 'site', 'account'] as const) {
        const sheet = availabilitySheet([row({ scope })], scope, { ...around, several });
        expect(sheet.rows[0]?.cells.length).toBe(sheet.columns.length);
      }
    }
  });

  it('draws down before degraded, the most time lost first', () => {
    const rows = [row({ name: 'a', downMs: 0, degradedMs: 0 }), row({ name: 'b', downMs: HOUR, degradedMs: 2 * HOUR })];
    expect(lostTime(rows).bars).toEqual([{ name: 'b', parts: [HOUR, 2 * HOUR], words: '1 h down, 2 h degraded' }]);
  });

  it('is saved with stable names, and no cell becomes a formula', () => {
    const lines = flatAvailability([row({ name: '=cmd|x' })], { from: NOW - DAY, to: NOW }, around);
    const [heads, first] = flatCsv(lines).split('\r\n');
    expect(heads).toBe(
      'from,to,scope,id,name,account,account_id,tunnels,availability,up_s,degraded_s,down_s,not_counted_s,not_observed_s,objective,budget_s,spent_s,left_s,burn_5m,burn_1h',
    );
    expect(first).toContain(",'=cmd|x,");
    const head = { report: 'availability', exportedAt: NOW, from: NOW - DAY, to: NOW, options: { scope: 'tunnel' } };
    expect(JSON.parse(flatJson(head, lines))).toMatchObject({
      from: '2026-11-20T09:00:00.000Z',
      rows: [{ name: '=cmd|x' }],
    });
  });
});

describe('the heat map', () => {
  const map: HeatMap = {
    starts: [NOW - 2 * HOUR, NOW - HOUR],
    cellMs: HOUR,
    rows: [
      { key: `${ACME}/1` as TunnelKey, name: 'a', cells: [null, 0.5] },
      { key: `${ACME}/2` as TunnelKey, name: 'b', cells: [1, 0] },
    ],
  };

  it('judges by the limits of Cloudflare’s dashboard', () => {
    const tones = [1, 0.99, 0.81, 0.8, 0.4, 0.39, 0, null].map(heatTone);
    expect(tones).toEqual(['good', 'watch', 'watch', 'late', 'late', 'bad', 'bad', 'gap']);
  });

  it('leaves no pixel out and finds the cell under each', () => {
    for (const width of [97, 168, 1001]) {
      for (let x = 0; x < width; x += 1) {
        const cell = cellAt(x + 0.5, 168, width);
        const { from, to } = cellPixels(cell ?? -1, 168, width);
        if (width >= 168) expect(x >= from - 1 && x <= to).toBe(true);
      }
    }
    expect(cellAt(-1, 10, 100)).toBeNull();
    expect(cellAt(100, 10, 100)).toBeNull();
  });

  it('is a table as well: every cell, or those that were not whole', () => {
    const all = heatSheet(map, map.rows, around);
    expect(all.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['a', '–', '50%'],
      ['b', '100%', '0%'],
    ]);
    const { sheet, more } = heatLowSheet(map, map.rows, around, 1);
    expect([sheet.rows.map(({ cells }) => cells[1]?.text), more]).toEqual([['b'], 1]);
  });
});

describe('since you were away', () => {
  const KEPT = { last: NOW, absence: null };

  it('takes half an hour without a sign of life for an absence, and keeps it until it was read', () => {
    expect(presentAt(null, NOW)).toEqual(KEPT);
    expect(presentAt(KEPT, NOW + HOUR / 2 - 1).absence).toBeNull();
    const back = presentAt(KEPT, NOW + HOUR);
    expect(back).toEqual({ last: NOW + HOUR, absence: { from: NOW, to: NOW + HOUR } });
    expect(presentAt(back, NOW + HOUR + 1).absence).toBe(back.absence);
    expect(presentAt(back, NOW + 5 * HOUR).absence).toEqual({ from: NOW, to: NOW + 5 * HOUR });
    expect(presentAt(KEPT, NOW - HOUR)).toEqual({ last: NOW - HOUR, absence: null });
  });

  it('reads what it kept, and nothing else', () => {
    expect(readKept(`${NOW},,`)).toEqual(KEPT);
    expect(readKept(`${NOW},${NOW - 2},${NOW - 1}`)?.absence).toEqual({ from: NOW - 2, to: NOW - 1 });
    for (const odd of [null, '', 'x', '1,2', `${NOW}`]) expect(readKept(odd)).toBeNull();
  });

  it('is silent when nothing happened', () => {
    const none: ShiftReport = {
      from: 0,
      to: 1,
      opened: [],
      resolved: [],
      open: [],
      keysDue: [],
      newFindings: [],
      changes: [],
      unobserved: [],
    };
    expect(isNews(none)).toBe(false);
  });
});

describe('the words', () => {
  it('know one and many, in both languages', () => {
    expect(en.availability.verdict(1, 2, 0)).toBe('1 meets its objective, 2 miss it');
    expect(de.availability.verdict(1, 2, 3)).toBe('1 erreicht das Ziel, 2 verfehlen es, 3 ohne Aussage');
    expect(en.restless.bar(1, 0)).toBe('1 outage');
    expect(de.restless.bar(2, 1)).toBe('2 Ausfälle, 1 Rekey-Einbruch');
    const news = { opened: 1, resolved: 1, open: 0, findings: 0, changes: 2 };
    expect(enAway.news(news)).toBe('1 incident opened, 1 resolved; 2 changes of configuration');
    expect(deAway.news({ ...news, opened: 0 })).toBe('1 Vorfall behoben; 2 Änderungen der Konfiguration');
  });

  it('say the same in German as in English', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shape(part)]))
        : typeof value;
    expect(shape({ ...de })).toEqual(shape({ ...en }));
    expect(shape({ ...deAway })).toEqual(shape({ ...enAway }));
  });
});
