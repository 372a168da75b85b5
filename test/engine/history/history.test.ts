import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ACME,
  bed,
  change,
  DAY,
  EMPTY,
  event,
  HOUR,
  key,
  lane,
  MINUTE,
  maintainAll,
  OTHER,
  pass,
  START,
  T1,
} from './harness.ts';

describe('lanes', () => {
  it('gives one track for each key and lane, also for a tunnel that nobody knows', () => {
    const { history } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    const tracks = history.lanes({ keys: [T1, key('none')], lanes: ['bgp', 'health'], from: 0, to: START + 1 });
    expect(tracks.map((track) => [track.key, track.lane, track.intervals.length])).toEqual([
      [T1, 'bgp', 0],
      [T1, 'health', 1],
      [key('none'), 'bgp', 0],
      [key('none'), 'health', 0],
    ]);
  });

  it('keeps the true start of what reaches into the range and the true end of what reaches out', async () => {
    const { history, clock } = bed();
    const [a, b, c] = [START, START + HOUR, START + 5 * HOUR];
    history.record({ ...EMPTY, changes: [change(a, 'healthy'), change(b, 'down'), change(c, 'healthy')] });
    await pass(clock, 6 * HOUR);
    expect(lane(history, b + MINUTE, b + 2 * MINUTE)).toEqual([{ from: b, to: c, value: 'down' }]);
    expect(lane(history, c + MINUTE, clock.now())).toEqual([{ from: c, to: null, value: 'healthy' }]);
  });

  it('begins after the gap before it, also when the gap lies before the range', async () => {
    const { history, clock } = bed();
    const gap = { accountId: ACME, source: 'health', from: START + HOUR, to: START + 2 * HOUR } as const;
    history.record({ ...EMPTY, changes: [change(START, 'healthy')], gaps: [gap] });
    await pass(clock, 10 * HOUR);
    expect(lane(history, START + 5 * HOUR, clock.now())).toEqual([{ from: gap.to, to: null, value: 'healthy' }]);
  });

  it('lays list gaps over bgp, psk and config, and health gaps over health', () => {
    const { history, clock } = bed();
    clock.jumpWall(2 * HOUR);
    const gap = { accountId: ACME, from: START + MINUTE, to: null } as const;
    const all = [
      change(START, 'up', { lane: 'bgp' }),
      change(START, 'healthy'),
      change(START, 'fresh', { lane: 'psk' }),
      change(START, 'ok', { lane: 'config' }),
    ];
    history.record({ ...EMPTY, changes: all, gaps: [{ ...gap, source: 'list' }] });
    const last = (): (string | undefined)[] =>
      (['bgp', 'psk', 'config', 'health'] as const).map((name) => lane(history, 0, clock.now(), name).at(-1)?.value);
    expect(last()).toEqual(['unobserved', 'unobserved', 'unobserved', 'healthy']);
    history.record({
      ...EMPTY,
      gaps: [
        { ...gap, source: 'list', to: START + HOUR },
        { ...gap, source: 'health' },
      ],
    });
    expect(last()).toEqual(['up', 'fresh', 'ok', 'unobserved']);
  });

  it('does not lay the gap of one account over another', () => {
    const { history } = bed();
    const there = key('t1', OTHER);
    const gap = { accountId: ACME, source: 'health', from: START, to: null } as const;
    history.record({ ...EMPTY, changes: [change(START, 'healthy', { key: there })], gaps: [gap] });
    expect(lane(history, 0, START + 1, 'health', there).map((interval) => interval.value)).toEqual(['healthy']);
  });

  it('ends where the tunnel left, and begins anew when it comes back', async () => {
    const { history, clock } = bed();
    const left = START + HOUR;
    history.record({
      ...EMPTY,
      changes: [change(START, 'healthy')],
      identities: [{ key: T1, name: 'a', goneAt: null }],
    });
    await pass(clock, HOUR);
    history.record({ ...EMPTY, identities: [{ key: T1, name: 'a', goneAt: left }] });
    await pass(clock, HOUR);
    expect(lane(history, START, clock.now())).toEqual([{ from: START, to: left, value: 'healthy' }]);
    expect(history.remembered(ACME).tunnels).toMatchObject([{ key: T1, goneAt: left, lanes: {} }]);
    const back = clock.now();
    history.record({ ...EMPTY, changes: [change(back, 'down')], identities: [{ key: T1, name: 'a', goneAt: null }] });
    expect(lane(history, START, back + 1)).toEqual([
      { from: START, to: left, value: 'healthy' },
      { from: back, to: null, value: 'down' },
    ]);
    expect(history.changes(T1, 0, 10).map(({ to }) => to)).toEqual(['down', 'healthy']);
  });

  it('takes fractions of milliseconds, as monotonic clocks tell them', () => {
    const { history } = bed();
    const gap = { accountId: ACME, source: 'health', from: START + 10.7, to: null } as const;
    history.record({ ...EMPTY, changes: [change(START + 0.6, 'healthy')], gaps: [gap] });
    history.record({ ...EMPTY, gaps: [{ ...gap, to: START + 20.2 }] });
    expect(lane(history, 0, START + HOUR).map(({ from }) => from - START)).toEqual([0, 10, 20]);
    expect(history.remembered(ACME).openGaps).toEqual([]);
  });
});

describe('events and changes', () => {
  it('numbers events in the order of recording and pages by number', () => {
    const { history } = bed();
    const first = history.record({ ...EMPTY, events: [event(START, 'started'), event(START - HOUR, 'clock-jump')] });
    const second = history.record({
      ...EMPTY,
      events: [event(START + 1, 'blind', { detail: { kind: 'dns', count: 3, hard: true, code: null } })],
    });
    expect([...first, ...second].map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const all = { key: null, accountId: null, before: null, limit: 10 };
    expect(history.events(all)).toEqual([...first, ...second].reverse());
    expect(history.events({ ...all, before: 3, limit: 1 })).toEqual([first[1]]);
  });

  it('finds those of a tunnel, of an account with its tunnels, of the app, and all', () => {
    const { history } = bed();
    history.record({
      ...EMPTY,
      events: [
        event(START, 'started', { accountId: null }),
        event(START, 'blind'),
        event(START, 'tunnel-appeared', { key: T1 }),
        event(START, 'tunnel-appeared', { accountId: OTHER, key: key('t1', OTHER) }),
      ],
    });
    const kinds = (query: { key?: typeof T1; accountId?: typeof ACME | 'app' }): unknown[] =>
      history
        .events({ key: null, accountId: null, before: null, limit: 10, ...query })
        .map((found) => [found.kind, found.accountId]);
    expect(kinds({ key: T1 })).toEqual([['tunnel-appeared', ACME]]);
    expect(kinds({ accountId: ACME })).toEqual([
      ['tunnel-appeared', ACME],
      ['blind', ACME],
    ]);
    expect(kinds({ accountId: 'app' })).toEqual([['started', null]]);
    expect(kinds({})).toHaveLength(4);
    expect(kinds({ key: key('none') })).toEqual([]);
  });

  it('lists changes newest first, with a limit, from a moment on', () => {
    const { history } = bed();
    const changes = Array.from({ length: 30 }, (_, index) =>
      change(START + index, index % 2 === 0 ? 'healthy' : 'down', {
        lane: index % 3 === 0 ? 'health' : 'bgp',
        to: 'down',
      }),
    );
    history.record({ ...EMPTY, changes });
    expect(history.changes(T1, 0, 7)).toEqual(changes.slice(-7).reverse());
    expect(history.changes(T1, START + 28, 100)).toEqual(changes.slice(28).reverse());
  });
});

describe('configurations', () => {
  it('stores a content once and gives it to every tunnel that has it', () => {
    const { history, clock } = bed();
    const configs = [T1, key('t2')].map((of) => ({ key: of, at: START, hash: 'h1', json: '{"name":"x"}' }));
    history.record({ ...EMPTY, configs });
    history.record({ ...EMPTY, configs: [{ key: T1, at: clock.now() + 1, hash: 'h2', json: '{}' }] });
    expect(history.configs(T1, 10).map(({ hash }) => hash)).toEqual(['h2', 'h1']);
    expect(history.configs(key('t2'), 10)).toEqual([configs[1]]);
    expect(history.remembered(ACME).tunnels.map(({ configHash }) => configHash)).toEqual(['h2', 'h1']);
  });
});

describe('availability', () => {
  it('adds up to each window, counting gaps and the time before the first look as unobserved', async () => {
    const { history, clock } = bed();
    const gap = { accountId: ACME, source: 'health', from: START + 2 * HOUR, to: START + 3 * HOUR } as const;
    history.record({ ...EMPTY, changes: [change(START, 'healthy'), change(START + HOUR, 'degraded')], gaps: [gap] });
    await pass(clock, 4 * HOUR);
    const [day, week] = history.availability(T1, clock.now());
    expect(day).toEqual({
      window: '24h',
      upMs: HOUR,
      degradedMs: 2 * HOUR,
      downMs: 0,
      uncountedMs: 0,
      unobservedMs: 21 * HOUR,
      share: 1 / 3,
    });
    expect(week?.unobservedMs).toBe(7 * DAY - 3 * HOUR);
    expect(history.availability(key('none'), clock.now()).map(({ share }) => share)).toEqual([null, null, null]);
  });
});

describe('a restart', () => {
  it('remembers lanes, names, looks and open gaps, and goes on with the numbers', () => {
    const { history, reopen } = bed();
    const gap = { accountId: ACME, source: 'list', from: START + 5, to: null } as const;
    history.record({
      ...EMPTY,
      changes: [change(START, 'up', { lane: 'bgp' }), change(START + 1, 'down', { lane: 'bgp', from: 'up' })],
      identities: [{ key: T1, name: 'old', goneAt: null }],
      looked: [{ accountId: ACME, source: 'list', at: START + 4 }],
    });
    history.record({
      ...EMPTY,
      identities: [{ key: T1, name: 'new', goneAt: null }],
      gaps: [gap],
      looked: [{ accountId: ACME, source: 'list', at: START + 5 }],
    });
    const [last] = history.record({ ...EMPTY, events: [event(START, 'stopped')] });
    const again = reopen();
    expect(again.remembered(ACME)).toEqual({
      tunnels: [
        {
          key: T1,
          name: 'new',
          goneAt: null,
          lanes: { bgp: { value: 'down', since: START + 1, exact: true } },
          configHash: null,
        },
      ],
      lookedAt: { list: START + 5 },
      openGaps: [gap],
    });
    expect(again.remembered(OTHER)).toEqual({ tunnels: [], lookedAt: {}, openGaps: [] });
    const [next] = again.record({ ...EMPTY, events: [event(START, 'started')] });
    expect(next?.seq).toBeGreaterThan(last?.seq ?? Number.POSITIVE_INFINITY);
  });

  it('leaves one tidy file when it is closed', () => {
    const { history, path } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    history.close();
    history.close();
    expect(readdirSync(dirname(path)).sort()).toEqual(['history.db', 'history.db.lock']);
    expect(history.lanes({ keys: [T1], lanes: ['health'], from: 0, to: START })).toMatchObject([{ intervals: [] }]);
  });

  it('counts the time it was off as unobserved once the engine says so, in rollups made before as well', async () => {
    const { history, clock, reopen } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    await pass(clock, 5 * HOUR);
    const again = reopen();
    // Maintenance comes first, the gap after it.
    maintainAll(again, clock.now());
    const hour = (): unknown => again.rollups(T1, 'health', 'hour', START + 2 * HOUR, START + 3 * HOUR);
    expect(hour()).toMatchObject([{ value: 'healthy', ms: HOUR }]);
    again.record({ ...EMPTY, gaps: [{ accountId: ACME, source: 'health', from: START + HOUR, to: clock.now() }] });
    maintainAll(again, clock.now());
    expect(hour()).toMatchObject([{ value: 'unobserved', ms: HOUR, entries: 0 }]);
  });
});
