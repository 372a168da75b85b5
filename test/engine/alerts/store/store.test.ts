import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../../../src/engine/history/sqlite.ts';
import { virtualClock } from '../../../../src/engine/virtual-clock.ts';
import {
  alert,
  DAY,
  delivered,
  HOUR,
  incident,
  MINUTE,
  membersOf,
  memory,
  NOTHING,
  notice,
  open,
  opening,
  planned,
  resolved,
  START,
  silence,
  tempFolder,
} from './bed.ts';

const ALL = { incidentId: null, sink: null, before: null, limit: 1_000 };

describe.each(['disk', 'memory'] as const)('the store in mode %s', (mode) => {
  const make = (retentionMs = 90 * DAY) => {
    const clock = virtualClock(START);
    const path = mode === 'disk' ? join(tempFolder(), 'alerts.db') : null;
    return { clock, path, store: open(path, clock, retentionMs) };
  };

  it('begins with nothing, and says where it is', () => {
    const { store, path } = make();
    expect(store.load()).toEqual({
      alerts: [],
      incidents: [],
      members: {},
      memories: [],
      silences: [],
      outbox: [],
      nextIncident: 1,
    });
    expect(store.status()).toEqual({ mode, path, problem: null });
    expect(store.uuid).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('numbers notices in order and never twice', () => {
    const { store } = make();
    expect(store.record({ ...NOTHING, planned: [planned(1), planned(1, 'firing', 'mail')] }, {})).toEqual([
      expect.objectContaining({ id: 1, sink: 'hook', state: 'waiting', attempts: 0 }),
      expect.objectContaining({ id: 2, sink: 'mail' }),
    ]);
    const [held] = store.record({ ...NOTHING, planned: [planned(2, 'firing', 'hook', START + HOUR)] }, {});
    expect(held).toMatchObject({ id: 3, state: 'held', holdUntil: START + HOUR });
  });

  it('shows the whole of an incident: alerts worst first, steps in order, deliveries newest first', () => {
    const { store } = make();
    store.record(opening(1), membersOf(1));
    const mild = alert(2, { severity: 'warning', rule: 'health-degraded' });
    const over = alert(3, { phase: 'resolved', resolvedAt: START + 5 });
    store.record(
      {
        ...NOTHING,
        alerts: [over, mild],
        incidents: [incident(1, { tunnels: 3 })],
        steps: [{ incidentId: 'i-1', step: { at: START + 9, what: 'grew', by: null, note: '3 of 3' } }],
        planned: [planned(1, 'update')],
      },
      { 'i-1': [mild.id, alert(1).id, over.id] },
    );
    expect(store.incident('i-1')?.tunnels).toBe(3);
    expect(store.incident('i-2')).toBeNull();
    expect(store.alerts('i-1', 10)).toEqual([alert(1), mild, over]);
    expect(store.alerts('i-1', 1)).toEqual([alert(1)]);
    expect(store.steps('i-1', 10).map(({ what }) => what)).toEqual(['opened', 'grew']);
    expect(store.steps('i-1', 1).map(({ what }) => what)).toEqual(['grew']);
    expect(store.deliveries({ ...ALL, incidentId: 'i-1' })).toEqual([
      expect.objectContaining({ id: 2, kind: 'update', state: 'waiting' }),
      {
        id: 1,
        sink: 'hook',
        kind: 'firing',
        incidentId: 'i-1',
        title: 'tunnel 1 lost BGP',
        plannedAt: START + 1,
        state: 'waiting',
        attempts: 0,
        lastAttemptAt: null,
        nextAttemptInMs: null,
        answer: null,
      },
    ]);
  });

  it('keeps the alerts of an incident that is over', () => {
    const { store } = make();
    store.record(opening(1), membersOf(1));
    const ended = alert(1, { phase: 'resolved', resolvedAt: START + HOUR });
    store.record({ ...NOTHING, alerts: [ended], incidents: [resolved(1, START + HOUR)] }, {});
    expect(store.alerts('i-1', 10)).toEqual([ended]);
  });

  it('pages incidents and deliveries', () => {
    const { store } = make();
    for (let n = 1; n <= 10; n += 1) store.record(opening(n), membersOf(n));
    store.record({ ...NOTHING, incidents: [incident(11, { openedAt: START + 8 })] }, {});
    const first = store.incidents(null, 2);
    expect(first.map(({ id }) => id)).toEqual(['i-10', 'i-9']);
    // Two of the same moment come together: paging is by moment, and none may fall between two pages.
    const second = store.incidents(first.at(-1)?.openedAt ?? 0, 1);
    expect(second.map(({ id }) => id)).toEqual(['i-11', 'i-8']);
    expect(store.incidents(second.at(-1)?.openedAt ?? 0, 100)).toHaveLength(7);
    expect(store.deliveries({ ...ALL, before: 4, limit: 2 }).map(({ id }) => id)).toEqual([3, 2]);
    expect(store.deliveries({ ...ALL, sink: 'mail' })).toEqual([]);
  });

  it('takes back what quiet hours still hold, and tells which', () => {
    const { store } = make();
    const [held, sent] = store.record(
      { ...NOTHING, planned: [planned(1, 'firing', 'hook', START + HOUR), planned(1, 'firing', 'mail')] },
      {},
    );
    const withdrawn = ['hook', 'mail'].map((sink) => ({ incidentId: 'i-1', sink }));
    const [back, next] = store.record({ ...NOTHING, withdrawn, planned: [planned(1, 'worse')] }, {});
    expect(back).toEqual({ ...held, state: 'superseded' });
    expect(next).toMatchObject({ id: 3, state: 'waiting' });
    expect(store.deliveries(ALL).map(({ id, state }) => [id, state])).toEqual([
      [3, 'waiting'],
      [sent?.id, 'waiting'],
      [held?.id, 'superseded'],
    ]);
  });

  it('remembers ends as they were told', () => {
    const { store } = make();
    const [firing, end] = store.record({ ...NOTHING, planned: [planned(1), planned(1, 'resolved')] }, {});
    if (firing === undefined || end === undefined) throw new Error('no items');
    store.update(delivered(firing, START + 10), START + 10);
    store.update(delivered(end, START + 20), START + 20);
    expect(store.ended(START + 20)).toEqual([delivered(end, START + 20)]);
    expect(store.ended(START + 21)).toEqual([]);
  });

  it('forgets by the retention, and nothing that is open, in force or on its way', async () => {
    const { store, clock } = make(10 * DAY);
    for (const n of [1, 2, 3]) store.record(opening(n), membersOf(n));
    const items = store.record(
      { ...NOTHING, silences: [silence('old', START + DAY), silence('new', START + 99 * DAY)] },
      {},
    );
    expect(items).toEqual([]);
    const [first] = store.deliveries({ ...ALL, limit: 3 }).slice(-1);
    expect(first?.id).toBe(1);
    store.update(delivered({ ...opened(1), id: 1 }, START + 5), START + 5);
    store.record({ ...NOTHING, alerts: [ended(1)], incidents: [resolved(1, START + DAY)] }, {});
    // Resolved as long ago, but its notice still waits: that stays, though the incident goes.
    store.record({ ...NOTHING, alerts: [ended(2)], incidents: [resolved(2, START + DAY)] }, {});
    await clock.advance(10 * DAY, async () => {});
    store.prune(clock.now());
    expect(store.incidents(null, 10)).toHaveLength(3);
    await clock.advance(DAY + 1, async () => {});
    store.prune(clock.now());
    expect(store.incidents(null, 10).map(({ id }) => id)).toEqual(['i-3']);
    expect(store.alerts('i-1', 10)).toEqual([]);
    expect(store.alerts('i-3', 10)).toEqual([alert(3)]);
    expect(store.steps('i-1', 10)).toEqual([]);
    expect(store.deliveries(ALL).map(({ id }) => id)).toEqual([3, 2]);
    const saved = store.load();
    expect(saved.silences.map(({ id }) => id)).toEqual(['new']);
    expect(saved.outbox.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('forgets the old alerts of an incident that stays open, and keeps those that it still has', async () => {
    const { store, clock } = make(10 * DAY);
    const [one, two] = [alert(1), alert(2)];
    store.record({ ...opening(1), alerts: [one, two] }, { 'i-1': [one.id, two.id] });
    store.record({ ...NOTHING, alerts: [ended(1)] }, { 'i-1': [two.id] });
    await clock.advance(10 * DAY, async () => {});
    store.prune(clock.now());
    expect(store.alerts('i-1', 10)).toHaveLength(2);
    await clock.advance(DAY + 1, async () => {});
    store.prune(clock.now());
    expect(store.alerts('i-1', 10)).toEqual([two]);
    expect(store.incident('i-1')).not.toBeNull();
  });

  it('forgets nothing when the clock leaps a year ahead, until it stays there', async () => {
    const { store, clock } = make(10 * DAY);
    store.record({ ...opening(1), planned: [] }, membersOf(1));
    store.record({ ...NOTHING, incidents: [resolved(1, START + 5)] }, {});
    store.prune(clock.now());
    clock.jumpWall(365 * DAY);
    store.prune(clock.now());
    expect(store.incidents(null, 10)).toHaveLength(1);
    await clock.advance(HOUR + MINUTE, async () => {});
    store.prune(clock.now());
    expect(store.incidents(null, 10)).toEqual([]);
  });
});

const ended = (n: number) => alert(n, { phase: 'resolved', resolvedAt: START + DAY });
const opened = (n: number) => ({
  id: n,
  sink: 'hook',
  notice: notice(n),
  state: 'waiting' as const,
  attempts: 0,
  lastAttemptAt: null,
  answer: null,
  holdUntil: null,
});

describe('a restart', () => {
  it('finds what was open, what was resolved within a day, and what was not delivered', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const first = open(path, clock);
    first.load();
    for (const n of [1, 2, 3, 4]) first.record(opening(n), membersOf(n));
    for (const [n, at] of [
      [1, START + HOUR],
      [2, START + 30 * HOUR],
    ] as const) {
      const alerts = [alert(n, { phase: 'resolved', resolvedAt: at })];
      first.record({ ...NOTHING, alerts, incidents: [resolved(n, at)] }, {});
    }
    first.record(
      { ...NOTHING, memories: [memory(3, { escalated: ['a'] })], silences: [silence('s', START + 40 * HOUR)] },
      {},
    );
    first.update(delivered(opened(1), START + 9), START + 9);
    first.update({ ...opened(2), attempts: 3, lastAttemptAt: START + 9, answer: '500' }, START + 9);
    first.close();
    await clock.advance(40 * HOUR, async () => {});
    const second = open(path, clock);
    expect(second.uuid).toBe(first.uuid);
    const saved = second.load();
    expect(saved.incidents.map(({ id }) => id).sort()).toEqual(['i-2', 'i-3', 'i-4']);
    expect(saved.alerts).toEqual([alert(3), alert(4)]);
    expect(saved.members).toEqual(membersOf(3, 4));
    expect(saved.memories).toEqual([memory(3, { escalated: ['a'] }), memory(4)]);
    expect(saved.silences).toEqual([silence('s', START + 40 * HOUR)]);
    expect(saved.outbox).toEqual([
      { ...opened(2), attempts: 3, lastAttemptAt: START + 9, answer: '500' },
      opened(3),
      opened(4),
    ]);
    expect(saved.nextIncident).toBe(5);
    expect(second.record({ ...NOTHING, planned: [planned(3)] }, {})[0]?.id).toBe(5);
  });

  it('finds ended alerts of incidents that go on, and no others', () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const first = open(path, clock);
    const over = [1, 3].map((n) => alert(n, { phase: 'resolved', resolvedAt: START + HOUR }));
    for (const n of [1, 3]) first.record(opening(n), membersOf(n));
    first.record({ ...NOTHING, alerts: [alert(2)] }, { 'i-1': [alert(1).id, alert(2).id] });
    first.record({ ...NOTHING, alerts: over, incidents: [resolved(3, START + HOUR)] }, {});
    first.close();
    const saved = open(path, clock).load();
    expect(saved.alerts).toEqual([over[0], alert(2)]);
    expect(saved.members).toEqual({ 'i-1': [alert(1).id, alert(2).id] });
  });

  it('follows members that left', () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const first = open(path, clock);
    first.record({ ...opening(1), alerts: [alert(1), alert(2)] }, { 'i-1': [alert(1).id, alert(2).id] });
    first.close();
    const second = open(path, clock);
    second.load();
    second.record(NOTHING, { 'i-1': [alert(2).id] });
    second.close();
    const third = open(path, clock);
    expect(third.load().members).toEqual({ 'i-1': [alert(2).id] });
    // It is still told of as long as the incident is.
    expect(third.alerts('i-1', 10)).toHaveLength(2);
  });

  it('does not give a number again that was forgotten', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const first = open(path, clock, DAY);
    first.record(opening(7), membersOf(7));
    first.update(delivered({ ...opened(7), id: 1 }, START), START);
    first.record({ ...NOTHING, incidents: [resolved(7, START)] }, {});
    await clock.advance(2 * DAY, async () => {});
    first.prune(clock.now());
    first.close();
    const second = open(path, clock, DAY);
    expect(second.incidents(null, 1)).toEqual([]);
    expect(second.load().nextIncident).toBe(8);
    expect(second.record({ ...NOTHING, planned: [planned(8)] }, {})[0]?.id).toBe(2);
  });

  it('leaves out a row that cannot be read, says so, and marks a notice that is lost', () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const first = open(path, clock);
    for (const n of [1, 2]) first.record(opening(n), membersOf(n));
    first.close();
    const db = openSqlite(path, { busyMs: 0, readOnly: false });
    db.exec(
      `UPDATE incidents SET body = '{"id":"i-1"}' WHERE id = 'i-1'; UPDATE deliveries SET notice = '{' WHERE id = 1;`,
    );
    db.close();
    const second = open(path, clock);
    const saved = second.load();
    expect(saved.incidents.map(({ id }) => id)).toEqual(['i-2']);
    expect(saved.outbox.map(({ id }) => id)).toEqual([2]);
    expect(second.deliveries(ALL).at(-1)).toMatchObject({
      id: 1,
      state: 'failed',
      answer: 'The stored notice could not be read.',
    });
    expect(second.status()).toEqual({
      mode: 'disk',
      path,
      problem: `2 records of ${path} could not be read and are left out.`,
    });
  });
});
