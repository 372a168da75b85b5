import { describe, expect, it } from 'vitest';
import type { IncidentSource } from '../../../src/engine/reports/incidents.ts';
import { outageFigures } from '../../../src/engine/reports/restless.ts';
import type { Incident, IncidentStep } from '../../../src/shared/alerts.ts';
import type { KeyOutlook } from '../../../src/shared/keys.ts';
import type { FoundFinding } from '../../../src/shared/lint.ts';
import type { Interval, LaneValue } from '../../../src/shared/model.ts';
import { incident } from '../alerts/store/made.ts';
import {
  ACME,
  bed,
  change,
  DAY,
  EMPTY,
  event,
  HOUR,
  key,
  MINUTE,
  maintainAll,
  pass,
  START,
  T1,
} from '../history/harness.ts';
import { reportsOver, row } from './bed.ts';

const T2 = key('t2');

describe('the heat map', () => {
  it('has the worst tunnel first and nothing where nothing was seen', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({ ...EMPTY, changes: [change(START, 'healthy'), change(START, 'healthy', { key: T2 })] });
    history.record({
      ...EMPTY,
      changes: [change(START + HOUR, 'down', { key: T2 }), change(START + 90 * MINUTE, 'degraded', { key: T2 })],
    });
    await pass(clock, 150 * MINUTE);
    maintainAll(history, clock.now());
    const desk = reportsOver(place, []);
    const map = await desk.heatMap({ from: START - HOUR, to: START + 4 * HOUR, accountId: null, cell: 'hour' });
    expect(map.cellMs).toBe(HOUR);
    expect(map.starts.map((at) => (at - START) / HOUR)).toEqual([-1, 0, 1, 2, 3]);
    expect(map.rows.map(({ name, cells }) => [name, cells])).toEqual([
      ['t2', [null, 1, 0.25, 0.5, null]],
      ['t1', [null, 1, 1, 1, null]],
    ]);
  });

  it('comes in days where hours would be too many', async () => {
    const place = bed();
    const { history, clock } = place;
    const keys = Array.from({ length: 120 }, (_, index) => key(`n${index}`));
    history.record({ ...EMPTY, changes: keys.map((one) => change(START, 'healthy', { key: one })) });
    await pass(clock, 2 * DAY);
    const map = await reportsOver(place, []).heatMap({
      from: START - 88 * DAY,
      to: clock.now(),
      accountId: null,
      cell: 'hour',
    });
    expect(map.cellMs).toBe(DAY);
    expect(map.rows).toHaveLength(120);
    expect(map.rows[0]?.cells.slice(-3)).toEqual([1, 1, 1]);
  });
});

describe('restlessness', () => {
  const lane = (...pieces: readonly (readonly [number, LaneValue])[]): readonly Interval[] =>
    pieces.map(([from, value], index) => ({ from, to: pieces[index + 1]?.[0] ?? null, value }));

  it('counts an outage of BGP and health once, and one that we looked away from as well', () => {
    const both = outageFigures(
      [lane([0, 'up'], [10, 'down'], [30, 'up']), lane([0, 'healthy'], [12, 'down'], [40, 'healthy'])],
      0,
      100,
    );
    expect(both).toEqual({ outages: 1, longestMs: 30, downMs: 30 });
    const away = lane([0, 'up'], [10, 'down'], [20, 'unobserved'], [30, 'down'], [45, 'up']);
    expect(outageFigures([away], 0, 100)).toEqual({ outages: 1, longestMs: 15, downMs: 25 });
    // Begun before the range: its time counts, its number does not.
    expect(outageFigures([away], 15, 100)).toEqual({ outages: 0, longestMs: 15, downMs: 20 });
  });

  it('tells dips with their rhythm, the most restless first, and leaves the quiet out', async () => {
    const place = bed();
    const { history, clock } = place;
    const [quiet, dipping, down] = [key('quiet'), key('dipping'), key('down')];
    const healthy = [quiet, dipping, down].map((one) => change(START, 'healthy', { key: one }));
    const outage = [
      change(START + HOUR, 'down', { key: down }),
      change(START + 2 * HOUR, 'healthy', { key: down }),
      change(START + HOUR + MINUTE, 'down', { key: down, lane: 'bgp' }),
      change(START + 2 * HOUR, 'up', { key: down, lane: 'bgp' }),
    ];
    const dips = [8, 16].map((hours) =>
      event(START + hours * HOUR, 'rekey-dip', { key: dipping, detail: { periodMs: hours * HOUR - 1 } }),
    );
    history.record({ ...EMPTY, changes: [...healthy, ...outage], events: dips });
    await pass(clock, DAY);
    const rows = await reportsOver(place, []).restlessness({ from: START, to: clock.now(), accountId: ACME });
    expect(rows).toEqual([
      { key: down, name: 'down', outages: 1, longestMs: HOUR, downMs: HOUR, dips: 0, dipPeriodMs: null },
      { key: dipping, name: 'dipping', outages: 0, longestMs: 0, downMs: 0, dips: 2, dipPeriodMs: 16 * HOUR - 1 },
    ]);
  });
});

/** Incidents and their steps, as a store gives them. */
function told(list: readonly Incident[], steps: Readonly<Record<string, readonly IncidentStep[]>>): IncidentSource {
  return {
    incidentsDuring: (from, to) =>
      list.filter(({ openedAt, resolvedAt }) => openedAt <= to && (resolvedAt === null || resolvedAt >= from)),
    stepsOf: (id) => steps[id] ?? [],
  };
}

describe('incidents and shifts', () => {
  const ended = { ...incident(1), openedAt: START, since: START - MINUTE, resolvedAt: START + HOUR };
  const going = { ...incident(2), openedAt: START + 30 * MINUTE, since: START, resolvedAt: null };
  const merged = { ...incident(3), openedAt: START, resolvedAt: START + MINUTE, mergedInto: 'i-1' };
  const steps: Record<string, readonly IncidentStep[]> = {
    [ended.id]: [
      { at: START, what: 'opened', by: null, note: '' },
      { at: START + 5 * MINUTE, what: 'acknowledged', by: 'Ada', note: 'on it' },
      { at: START + 9 * MINUTE, what: 'acknowledged', by: 'Bob', note: '' },
    ],
  };

  it('tell how long each lasted, and who said first that he takes care', async () => {
    const place = bed();
    await pass(place.clock, 2 * HOUR);
    const desk = reportsOver(place, [], { alerts: () => told([going, ended, merged], steps) });
    const report = await desk.incidentReport({ from: START, to: START + 2 * HOUR });
    expect(report.map(({ incident: { id }, ...rest }) => ({ id, ...rest }))).toEqual([
      { id: going.id, lastedMs: 2 * HOUR, acknowledgedBy: null, acknowledgedAfterMs: null },
      { id: ended.id, lastedMs: HOUR + MINUTE, acknowledgedBy: 'Ada', acknowledgedAfterMs: 5 * MINUTE },
    ]);
  });

  it('hand over what opened, ended and goes on, keys, findings, changes and blind time', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({
      ...EMPTY,
      changes: [change(START, 'healthy')],
      events: [
        event(START - HOUR, 'config-changed', { key: T1 }),
        event(START + MINUTE, 'tunnel-appeared', { key: T1 }),
        event(START + 2 * MINUTE, 'rekey-dip', { key: T1 }),
        event(START + 3 * MINUTE, 'psk-changed', { key: T1 }),
      ],
      gaps: [
        { accountId: ACME, source: 'list', from: START - HOUR, to: START + 10 * MINUTE },
        { accountId: ACME, source: 'list', from: START + 50 * MINUTE, to: null },
      ],
    });
    await pass(clock, HOUR);
    const outlook = (dueAt: number | null): KeyOutlook => ({ dueAt }) as KeyOutlook;
    const finding = (since: number, until: number | null): FoundFinding =>
      ({ since, waiver: until === null ? null : { until } }) as FoundFinding;
    const desk = reportsOver(place, [row(T1, null)], {
      alerts: () => told([going, ended], steps),
      keys: () => ({
        keys: () => ({
          policies: [],
          keys: [outlook(START + 30 * DAY), outlook(START + DAY), outlook(null), outlook(START - DAY)],
          sameTime: [],
          batches: [],
        }),
      }),
      lint: () => ({
        findings: () => ({
          findings: [
            finding(START + 1, null),
            finding(START - 1, null),
            finding(START + 2, START + DAY),
            finding(START + 3, START + MINUTE),
          ],
          notEvaluated: [],
          surroundings: [],
        }),
      }),
    });
    const shift = await desk.shiftReport({ from: START, to: START + HOUR });
    const ids = (list: readonly { readonly incident: Incident }[]) => list.map(({ incident: { id } }) => id);
    expect([ids(shift.opened), ids(shift.resolved), ids(shift.open)]).toEqual([
      [going.id, ended.id],
      [],
      [going.id, ended.id],
    ]);
    expect(shift.keysDue.map(({ dueAt }) => dueAt)).toEqual([START - DAY, START + DAY]);
    expect(shift.newFindings.map(({ since }) => since)).toEqual([START + 1, START + 3]);
    expect(shift.changes.map(({ kind }) => kind)).toEqual(['psk-changed', 'tunnel-appeared']);
    expect(shift.unobserved).toEqual([{ accountId: ACME, ms: 20 * MINUTE }]);
    const next = await desk.shiftReport({ from: START + HOUR, to: START + 2 * HOUR });
    expect([ids(next.opened), ids(next.resolved), ids(next.open)]).toEqual([[], [ended.id], [going.id]]);
  });
});
