import { describe, expect, it } from 'vitest';
import { createPastDesk, type IncidentPast } from '../../../src/engine/past/desk.ts';
import { incidentThen } from '../../../src/engine/past/incident-then.ts';
import type { Alert, Incident, IncidentStep } from '../../../src/shared/alerts.ts';
import type { BoardRow } from '../../../src/shared/model.ts';
import { alert, incident } from '../alerts/store/made.ts';
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
import { row } from '../reports/bed.ts';

const T2 = key('t2');
type Bed = ReturnType<typeof bed>;

function deskOver(place: Bed, rows: readonly BoardRow[] = [], alerts: IncidentPast | null = null) {
  const accounts = [{ id: ACME, name: 'Acme' }];
  return createPastDesk({
    clock: place.clock,
    past: place.history.past,
    alerts: () => alerts,
    rows: () => rows,
    accounts,
  });
}

describe('the board of then', () => {
  it('has names, addresses and severity of then, the newest site, and the key if it was there already', async () => {
    const place = bed();
    const { history, clock } = place;
    const json = (cloudflareEndpoint: string): string =>
      JSON.stringify({ cloudflareEndpoint, customerEndpoint: '198.51.100.7', description: 'core #lab' });
    history.record({
      ...EMPTY,
      identities: [{ key: T1, name: 'ams-a', goneAt: null }],
      configs: [{ key: T1, at: START, hash: 'one', json: json('162.159.64.1') }],
      changes: [change(START, 'down'), change(START, 'up', { lane: 'bgp' })],
    });
    await pass(clock, HOUR);
    history.record({
      ...EMPTY,
      configs: [{ key: T1, at: clock.now(), hash: 'two', json: json('162.159.64.2') }],
      changes: [change(clock.now(), 'degraded', { from: 'down' })],
    });
    await pass(clock, HOUR);
    const live = { ...row(T1, 'Amsterdam'), pskGeneratedAt: START + 30 * MINUTE };
    const desk = deskOver(place, [live]);
    const [first] = (await desk.past({ at: START + MINUTE })).rows;
    expect(first).toMatchObject({
      name: 'ams-a',
      cloudflareEndpoint: '162.159.64.1',
      customerEndpoint: '198.51.100.7',
      description: 'core #lab',
      site: { name: 'Amsterdam', source: 'cloudflare' },
      severity: 'critical',
      recovering: false,
      pskGeneratedAt: null,
      lanes: { health: { value: 'down', since: START, exact: false }, psk: { value: 'unobserved' } },
    });
    const [second] = (await desk.past({ at: START + HOUR + MINUTE })).rows;
    expect(second).toMatchObject({
      cloudflareEndpoint: '162.159.64.2',
      severity: 'warning',
      recovering: true,
      pskGeneratedAt: START + 30 * MINUTE,
      lanes: { health: { value: 'degraded', since: START + HOUR, exact: true } },
    });
    expect((await desk.past({ at: clock.now() + DAY })).at).toBe(clock.now());
  });

  it('shows a gap as what it is, and the account as blind', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({ ...EMPTY, changes: [change(START, 'healthy'), change(START, 'up', { lane: 'bgp' })] });
    await pass(clock, 2 * HOUR);
    const gap = { accountId: ACME, source: 'list', from: START + HOUR, to: START + 90 * MINUTE } as const;
    history.record({ ...EMPTY, gaps: [gap] });
    const desk = deskOver(place);
    const { rows, blind } = await desk.past({ at: START + 80 * MINUTE });
    expect(blind).toEqual([{ accountId: ACME, since: START + HOUR }]);
    expect(rows[0]?.lanes.bgp).toEqual({ value: 'unobserved', since: START + HOUR, exact: true });
    expect(rows[0]?.lanes.health.value).toBe('healthy');
    const after = await desk.past({ at: START + 90 * MINUTE });
    expect([after.blind, after.rows[0]?.lanes.bgp.value, after.rows[0]?.lanes.bgp.since]).toEqual([[], 'up', START]);
    const stretch = await desk.pastStretch({ from: START, to: clock.now() });
    expect(stretch).toEqual({
      changes: [
        { at: START + HOUR, key: T1, lane: 'bgp', from: 'up', to: 'unobserved' },
        { at: START + 90 * MINUTE, key: T1, lane: 'bgp', from: 'unobserved', to: 'up' },
      ],
      until: clock.now(),
      complete: true,
    });
  });

  it('is unknown, never up, before the changes that are kept; the range says where that is', async () => {
    const place = bed({ changesMs: 5 * DAY, rollupsMs: 365 * DAY });
    const { history, clock } = place;
    const desk = deskOver(place);
    expect(await desk.pastRange({})).toEqual({ earliest: null, latest: START });
    history.record({
      ...EMPTY,
      identities: [{ key: T1, name: 'ams-a', goneAt: null }],
      changes: [change(START, 'healthy'), change(START + DAY, 'down')],
    });
    expect((await desk.pastRange({})).earliest).toBe(START);
    await pass(clock, 12 * DAY);
    maintainAll(history, clock.now());
    const earliest = (await desk.pastRange({})).earliest ?? 0;
    expect(earliest).toBe(Date.UTC(2026, 10, 10));
    const [then] = (await desk.past({ at: earliest - 1 })).rows;
    expect([then?.severity, then?.lanes.health.value]).toEqual(['unknown', 'unobserved']);
    expect((await desk.past({ at: earliest })).rows[0]?.lanes.health.value).toBe('down');
  });
});

describe('a stretch', () => {
  it('tells of what happened while nobody looked when somebody looks again, once', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({ ...EMPTY, changes: [change(START, 'up', { lane: 'bgp' }), change(START, 'healthy')] });
    const [blind, seeing] = [START + HOUR, START + 2 * HOUR];
    // Cloudflare says itself when a session changed; health is seen again with the first look.
    history.record({
      ...EMPTY,
      changes: [
        change(blind + MINUTE, 'down', { lane: 'bgp', from: 'up' }),
        change(seeing, 'degraded', { from: 'healthy' }),
      ],
      gaps: (['list', 'health'] as const).map((source) => ({ accountId: ACME, source, from: blind, to: seeing })),
    });
    await pass(clock, 3 * HOUR);
    const { changes } = await deskOver(place).pastStretch({ from: START, to: clock.now() });
    expect(changes.map(({ at, lane, from, to }) => [at, lane, from, to])).toEqual([
      [blind, 'bgp', 'up', 'unobserved'],
      [blind, 'health', 'healthy', 'unobserved'],
      [seeing, 'bgp', 'unobserved', 'down'],
      [seeing, 'health', 'unobserved', 'degraded'],
    ]);
  });

  it('comes in pieces that join, also where thousands of changes share a moment', async () => {
    const place = bed();
    const { history, clock } = place;
    const keys = Array.from({ length: 7_000 }, (_, index) => key(`n${index}`));
    await pass(clock, DAY);
    const at = (ms: number): void => {
      history.record({ ...EMPTY, changes: keys.map((one) => change(START + ms, 'healthy', { key: one })) });
    };
    at(HOUR);
    history.record({ ...EMPTY, changes: [change(START + 2 * HOUR, 'healthy')] });
    const desk = deskOver(place);
    const found: number[] = [];
    for (let from = START, complete = false; !complete; ) {
      const stretch = await desk.pastStretch({ from, to: clock.now() });
      found.push(...stretch.changes.map((one) => one.at));
      ({ until: from, complete } = stretch);
    }
    expect(found).toHaveLength(7_001);
    expect(found.at(-1)).toBe(START + 2 * HOUR);
  });
});

describe('marks', () => {
  it('are incidents, outages once each, and events, the more important first where there is no room', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({
      ...EMPTY,
      identities: [{ key: T1, name: 'ams-a', goneAt: null }],
      changes: [
        change(START, 'healthy'),
        change(START + HOUR, 'down'),
        change(START + HOUR + MINUTE, 'down', { lane: 'bgp' }),
        change(START + 3 * HOUR, 'healthy'),
        change(START + 4 * HOUR, 'down'),
      ],
      events: [
        event(START + 2 * HOUR, 'config-changed', { key: T1 }),
        event(START + 2 * HOUR, 'bgp-detail', { key: T1 }),
        event(START + MINUTE, 'rekey-dip', { key: T2 }),
        event(START + 5 * HOUR, 'blind'),
      ],
    });
    await pass(clock, DAY);
    const one = { ...incident(1), openedAt: START + HOUR + 2 * MINUTE, resolvedAt: START + 3 * HOUR };
    const desk = deskOver(place, [], { incidentsDuring: () => [one], recordedAlerts: () => [], stepsOf: () => [] });
    const kinds = async (limit: number) =>
      (await desk.pastMarks({ from: START, to: clock.now(), limit })).map(({ kind, name }) => [kind, name]);
    const [dip, down, opened, changed, resolved, again, blind] = [
      ['rekey-dip', 't2'],
      ['outage', 'ams-a'],
      ['incident-opened', 'tunnel 1'],
      ['config-changed', 'ams-a'],
      ['incident-resolved', 'tunnel 1'],
      ['outage', 'ams-a'],
      ['blind', 'Acme'],
    ];
    expect(await kinds(100)).toEqual([dip, down, opened, changed, resolved, again, blind]);
    expect(await kinds(4)).toEqual([down, opened, resolved, again]);
    expect(await kinds(2)).toEqual([opened, resolved]);
  });
});

describe('an incident as it stood', () => {
  const steps: readonly IncidentStep[] = (
    [
      [0, 'opened', null, ''],
      [10, 'acknowledged', 'Ada', 'on it'],
      [20, 'worse', null, 'warning to critical'],
      [20, 'unacknowledged', null, 'it got worse'],
      [25, 'cause', null, '2 of 2 tunnels of Paris'],
      [30, 'silenced', null, 's-1'],
      [40, 'recovering', null, ''],
      [50, 'returned', null, ''],
      [60, 'resolved', null, ''],
    ] as const
  ).map(([minute, what, by, note]) => ({ at: START + minute * MINUTE, what, by, note }));
  const first = alert(1, {
    severity: 'warning',
    firedAt: START,
    since: START - MINUTE,
    resolvedAt: START + HOUR,
    phase: 'resolved',
  });
  const second = alert(2, {
    firedAt: START + 20 * MINUTE,
    since: START + 19 * MINUTE,
    resolvedAt: START + HOUR,
    phase: 'resolved',
  });
  const alerts: readonly Alert[] = [first, second];
  const ended: Incident = incident(1, {
    cause: { kind: 'site', accountId: ACME, site: 'Paris', extent: { failing: 0, of: 2 } },
    openedAt: START,
    resolvedAt: START + HOUR,
    phase: 'resolved',
  });
  const at = (minute: number): Incident | null => incidentThen(ended, { alerts, steps }, START + minute * MINUTE);

  it('is there from its opening to its end', () => {
    expect([at(-1), at(60)]).toEqual([null, null]);
    expect(at(0)?.resolvedAt).toBeNull();
  });

  it('has the alerts, cause, severity, acknowledgement and course of then', () => {
    expect(at(5)).toMatchObject({
      cause: { kind: 'tunnel', name: 'tunnel 1' },
      severity: 'warning',
      phase: 'firing',
      since: START - MINUTE,
      tunnels: 1,
      counts: { pending: 0, firing: 1, recovering: 0, resolved: 0 },
      acknowledgement: null,
      silencedBy: [],
    });
    expect(at(15)?.acknowledgement).toEqual({ by: 'Ada', at: START + 10 * MINUTE, comment: 'on it', until: null });
    expect(at(35)).toMatchObject({
      cause: { kind: 'site', extent: { failing: 2, of: 2 } },
      severity: 'critical',
      tunnels: 2,
      acknowledgement: null,
      silencedBy: ['s-1'],
      lead: { id: second.id },
    });
    expect(at(45)).toMatchObject({ phase: 'recovering', counts: { firing: 0, recovering: 2 } });
    expect(at(55)).toMatchObject({ phase: 'firing', returns: 1, changedAt: START + 50 * MINUTE });
  });
});
