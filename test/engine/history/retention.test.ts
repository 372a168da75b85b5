import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LaneValue } from '../../../src/shared/model.ts';
import {
  ACME,
  type Bed,
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
  pass,
  START,
  T1,
} from './harness.ts';

const RETENTION = { changesMs: 10 * DAY, rollupsMs: 40 * DAY };

/** Health goes down for ten minutes every six hours; maintenance runs each hour. */
async function live({ clock, history }: Bed, days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 1) {
    const at = clock.now();
    if (hour % 6 === 0) {
      const changes = [change(at, 'down', { from: 'healthy' }), change(at + 10 * MINUTE, 'healthy', { from: 'down' })];
      history.record({ ...EMPTY, changes, events: [event(at, 'bgp-detail', { key: T1 })] });
    }
    await pass(clock, HOUR);
    maintainAll(history, clock.now());
  }
}

describe('rollups', () => {
  it('cover every finished hour and day, and only those', async () => {
    const place = bed();
    await live(place, 3);
    const { history, clock } = place;
    const hours = history.rollups(T1, 'health', 'hour', START, clock.now() + DAY);
    expect(hours.reduce((sum, { ms }) => sum + ms, 0)).toBe(3 * DAY);
    expect(hours.filter(({ value }) => value === 'down')).toHaveLength(12);
    const days = history.rollups(T1, 'health', 'day', 0, clock.now() + DAY);
    // From Tuesday 10:00 to Friday 10:00: Tuesday in part, Wednesday, Thursday.
    expect(days.filter(({ value }) => value === 'down').map(({ ms, entries }) => [ms, entries])).toEqual([
      [30 * MINUTE, 3],
      [40 * MINUTE, 4],
      [40 * MINUTE, 4],
    ]);
  });

  it('catch up after a long absence', async () => {
    const { history, clock } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    await pass(clock, 60 * DAY);
    maintainAll(history, clock.now());
    const hours = history.rollups(T1, 'health', 'hour', START, clock.now());
    expect(hours).toHaveLength(60 * 24);
    expect(new Set(hours.map(({ start }) => start)).size).toBe(60 * 24);
  });
});

describe('pruning', () => {
  it('drops old changes and events, keeps the interval that reaches over the horizon, and leaves the rest as it was', async () => {
    const place = bed(RETENTION);
    place.history.record({ ...EMPTY, changes: [change(START, 'fresh', { lane: 'psk' })] });
    await live(place, 30);
    const { history, clock } = place;
    const oldest =
      history
        .changes(T1, 0, 1_000)
        .filter(({ lane: of }) => of === 'health')
        .at(-1)?.at ?? 0;
    expect(oldest).toBeGreaterThan(clock.now() - 12 * DAY);
    const events = history.events({ key: null, accountId: null, before: null, limit: 1_000 });
    expect(events.length).toBeGreaterThan(35);
    expect(events.length).toBeLessThan(50);
    // Nothing changed in this lane since the beginning: it must not be forgotten.
    expect(lane(history, clock.now() - DAY, clock.now(), 'psk')).toEqual([{ from: START, to: null, value: 'fresh' }]);
    const days = lane(history, clock.now() - 10 * DAY, clock.now());
    expect(days.filter(({ value }) => value === 'down')).toHaveLength(40);
    expect(days[0]?.from).toBeLessThanOrEqual(clock.now() - 10 * DAY);
  });

  it('answers availability from rollups where the changes are gone, to the millisecond at whole hours', async () => {
    const kept = bed();
    const pruned = bed(RETENTION);
    await live(kept, 35);
    await live(pruned, 35);
    const now = kept.clock.now();
    expect(pruned.clock.now()).toBe(now);
    expect(pruned.history.availability(T1, now)).toEqual(kept.history.availability(T1, now));
    // In the middle of an hour the cut hour is shared out; the sum still is the window.
    for (const { upMs, degradedMs, downMs, uncountedMs, unobservedMs, window } of pruned.history.availability(
      T1,
      now + 1_234_567,
    )) {
      const length = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY }[window];
      expect(upMs + degradedMs + downMs + uncountedMs + unobservedMs).toBe(length);
    }
  });

  it('keeps hourly rollups for their time and daily ones three times as long', async () => {
    const place = bed({ changesMs: 3 * DAY, rollupsMs: 5 * DAY });
    await live(place, 25);
    const { history, clock } = place;
    const first = (span: 'hour' | 'day'): number =>
      (clock.now() - (history.rollups(T1, 'health', span, 0, clock.now())[0]?.start ?? 0)) / DAY;
    expect(first('hour')).toBeGreaterThan(4);
    expect(first('hour')).toBeLessThan(7);
    expect(first('day')).toBeGreaterThan(14);
    expect(first('day')).toBeLessThan(17);
  });

  it('keeps the newest configuration and drops bodies that nobody has any more', async () => {
    const { history, clock } = bed(RETENTION);
    const config = (hash: string): void => {
      history.record({
        ...EMPTY,
        configs: [{ key: T1, at: clock.now(), hash, json: '{}' }],
        changes: [change(clock.now(), 'ok', { lane: 'config' })],
      });
    };
    for (const hash of ['h1', 'h2', 'h3']) {
      config(hash);
      await pass(clock, DAY);
    }
    await pass(clock, 30 * DAY);
    // The leap of the clock is believed after an hour.
    maintainAll(history, clock.now());
    await pass(clock, 2 * HOUR);
    maintainAll(history, clock.now());
    expect(history.configs(T1, 10).map(({ hash }) => hash)).toEqual(['h3']);
  });

  it('forgets a tunnel that left when its last rollup is past its time', async () => {
    const place = bed({ changesMs: 2 * DAY, rollupsMs: 3 * DAY });
    const { history, clock } = place;
    const gone = key('gone');
    history.record({
      ...EMPTY,
      changes: [change(START, 'healthy', { key: gone })],
      configs: [{ key: gone, at: START, hash: 'g', json: '{}' }],
      events: [event(START, 'tunnel-appeared', { key: gone })],
      identities: [{ key: gone, name: 'gone', goneAt: null }],
    });
    history.record({ ...EMPTY, identities: [{ key: gone, name: 'gone', goneAt: START + HOUR }] });
    await live(place, 5);
    expect(history.remembered(ACME).tunnels.map((tunnel) => tunnel.key)).toContain(gone);
    await live(place, 7);
    expect(history.remembered(ACME).tunnels.map((tunnel) => tunnel.key)).toEqual([T1]);
    // Its numbers are free; a tunnel of the same id begins anew.
    history.record({ ...EMPTY, changes: [change(clock.now(), 'down', { key: gone })] });
    expect(lane(history, 0, clock.now() + 1, 'health', gone)).toHaveLength(1);
  });

  it('keeps the file from growing', async () => {
    const place = bed({ changesMs: 2 * DAY, rollupsMs: 2 * DAY });
    const { history, clock, path } = place;
    const values: readonly LaneValue[] = ['healthy', 'down'];
    const sizes: number[] = [];
    for (let hour = 0; hour < 12 * 24; hour += 1) {
      const changes = Array.from({ length: 400 }, (_, index) =>
        change(clock.now() + index * 8_000, values[index % 2] ?? 'down', { key: key(`t${index % 4}`) }),
      );
      history.record({ ...EMPTY, changes });
      await pass(clock, HOUR);
      maintainAll(history, clock.now());
      if (hour % 24 === 23) sizes.push(statSync(path).size);
    }
    const [settled, last] = [sizes[6] ?? 0, sizes[11] ?? 0];
    expect(last).toBeLessThan(settled * 1.2);
    expect(history.changes(key('t0'), 0, 1_000).length).toBe(1_000);
  });
});
