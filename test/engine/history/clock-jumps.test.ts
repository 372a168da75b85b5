/** Fault matrix row 11, the history's part: the order of recording survives a wall clock that is set to and fro. */
import { describe, expect, it } from 'vitest';
import { ACME, bed, change, DAY, EMPTY, event, HOUR, lane, MINUTE, maintainAll, pass, START, T1 } from './harness.ts';

const YEAR = 365 * DAY;

describe('a wall clock set back by an hour', () => {
  it('loses no change and no event and keeps their order', async () => {
    const { history, clock, reopen } = bed();
    const record = (to: 'healthy' | 'down'): void => {
      const at = clock.now();
      history.record({
        ...EMPTY,
        changes: [change(at, to)],
        events: [event(at, 'bgp-detail', { key: T1, detail: { to } })],
      });
    };
    record('healthy');
    await pass(clock, 30 * MINUTE);
    record('down');
    clock.jumpWall(-HOUR);
    await pass(clock, 10 * MINUTE);
    record('healthy');
    await pass(clock, 10 * MINUTE);
    record('down');
    const again = reopen();
    const newestFirst = ['down', 'healthy', 'down', 'healthy'];
    expect(again.changes(T1, 0, 10).map(({ to }) => to)).toEqual(newestFirst);
    expect(again.changes(T1, 0, 2).map(({ to }) => to)).toEqual(['down', 'healthy']);
    const events = again.events({ key: T1, accountId: null, before: null, limit: 10 });
    expect(events.map(({ detail }) => detail.to)).toEqual(newestFirst);
    expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).sort((a, b) => b - a));
  });

  it('draws what the newest records say, without overlap, and ends with what is true now', async () => {
    const { history, clock } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy'), change(START + 30 * MINUTE, 'down')] });
    await pass(clock, 40 * MINUTE);
    clock.jumpWall(-HOUR);
    const back = clock.now();
    history.record({ ...EMPTY, changes: [change(back, 'degraded')] });
    expect(lane(history, START - DAY, clock.now() + 1)).toEqual([{ from: back, to: null, value: 'degraded' }]);
    expect(history.remembered(T1.slice(0, 32) as never).tunnels[0]?.lanes.health).toEqual({
      value: 'degraded',
      since: back,
      exact: false,
    });
  });
});

describe('a wall clock that was a year ahead for a moment', () => {
  it('shows the present state at once and heals with the next change', async () => {
    const { history, clock } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    await pass(clock, HOUR);
    clock.jumpWall(YEAR);
    history.record({ ...EMPTY, changes: [change(clock.now(), 'down', { from: 'healthy' })] });
    clock.jumpWall(-YEAR);
    await pass(clock, MINUTE);
    expect(lane(history, START, clock.now() + 1).map(({ value }) => value)).toEqual(['healthy', 'down']);
    await pass(clock, MINUTE);
    const healed = clock.now();
    history.record({ ...EMPTY, changes: [change(healed, 'healthy', { from: 'down' })] });
    await pass(clock, DAY);
    expect(lane(history, START, clock.now()).at(-1)).toEqual({ from: START, to: null, value: 'healthy' });
    expect(history.changes(T1, 0, 10).map(({ to }) => to)).toEqual(['healthy', 'down', 'healthy']);
  });

  it('does not prune the history away', async () => {
    const { history, clock } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')], events: [event(START, 'started')] });
    await pass(clock, MINUTE);
    history.record({ ...EMPTY, changes: [change(clock.now(), 'down')] });
    maintainAll(history, clock.now());
    clock.jumpWall(YEAR);
    for (let minute = 0; minute < 30; minute += 1) {
      await pass(clock, MINUTE);
      maintainAll(history, clock.now());
    }
    clock.jumpWall(-YEAR);
    await pass(clock, 2 * HOUR);
    maintainAll(history, clock.now());
    expect(history.changes(T1, 0, 10)).toHaveLength(2);
    expect(history.events({ key: null, accountId: null, before: null, limit: 10 })).toHaveLength(1);
    // And the rollups of the year that never was are gone where time has come by again.
    const rows = history.rollups(T1, 'health', 'hour', START, clock.now());
    expect(rows.filter(({ start }) => start === START).map(({ value, ms }) => [value, ms])).toEqual([
      ['healthy', MINUTE],
      ['down', 59 * MINUTE],
    ]);
  });

  it('leaves no gap of a year behind: where somebody looked afterwards it was seen', async () => {
    const { history, clock, reopen } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    await pass(clock, HOUR);
    const from = clock.now();
    clock.jumpWall(YEAR);
    const gap = { accountId: ACME, source: 'health', from, to: clock.now() } as const;
    history.record({ ...EMPTY, gaps: [gap], looked: [{ accountId: ACME, source: 'health', at: clock.now() }] });
    clock.jumpWall(-YEAR);
    await pass(clock, 10 * MINUTE);
    const seen = clock.now();
    const again = reopen();
    again.record({ ...EMPTY, looked: [{ accountId: ACME, source: 'health', at: seen }] });
    await pass(clock, 3 * HOUR);
    const now = clock.now();
    expect(lane(again, START, now)).toEqual([
      { from: START, to: from, value: 'healthy' },
      { from, to: seen, value: 'unobserved' },
      { from: seen, to: null, value: 'healthy' },
    ]);
    maintainAll(again, now);
    const hours = again.rollups(T1, 'health', 'hour', START, now);
    const unseen = hours.filter(({ value }) => value === 'unobserved').reduce((sum, { ms }) => sum + ms, 0);
    expect(unseen).toBe(10 * MINUTE);
    // A look that is older than the end of a gap by the usual order of things takes nothing from it.
    again.record({ ...EMPTY, gaps: [{ ...gap, from: now, to: null }] });
    expect(again.remembered(ACME).openGaps).toHaveLength(1);
  });
});
