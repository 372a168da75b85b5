/** Which tunnels stand by, and when nobody can say. */
import { describe, expect, it } from 'vitest';
import { TrafficSight, trafficInterval, trafficWindow } from '../../../src/engine/poll/traffic-window.ts';
import type { Fleet } from '../../../src/engine/state/fleet-contract.ts';
import type { TunnelId } from '../../../src/shared/model.ts';
import { T0, tunnel } from '../../fixtures/tunnels.ts';
import { lister, look, MINUTE, newFleet, row } from './playing.ts';

const HOUR = 60 * MINUTE;
const [a, b] = [tunnel('a'), tunnel('b')];

/** Two healthy tunnels, an hour after they were first seen. */
function healthy(): Fleet {
  const fleet = newFleet();
  fleet.applyList(lister()([a, b]), look(T0 - HOUR));
  fleet.applyHealth([row('a', T0 - HOUR - MINUTE, 1), row('b', T0 - HOUR - MINUTE, 1)], look(T0 - HOUR));
  for (let at = T0 - HOUR + 4 * MINUTE; at <= T0; at += 4 * MINUTE) health(fleet, at, 1, 1);
  return fleet;
}
const health = (fleet: Fleet, at: number, ofA: number, ofB: number) =>
  fleet.applyHealth([row('a', at - MINUTE, ofA), row('b', at - MINUTE, ofB)], look(at));
const carried = (fleet: Fleet, at: number, traffic: Readonly<Record<string, number>>) =>
  fleet.applyTraffic(
    {
      traffic: Object.entries(traffic).map(([tunnelName, bits]) => ({ tunnelName, bits })),
      window: trafficWindow(at),
    },
    look(at),
  );
const idle = (fleet: Fleet) => [fleet.row(a.key)?.idle, fleet.row(b.key)?.idle];

describe('a standby', () => {
  it('is a healthy tunnel without traffic; before the first answer nobody knows', () => {
    const fleet = healthy();
    expect(idle(fleet)).toEqual([null, null]);
    const update = carried(fleet, T0, { a: 1_000 });
    expect(idle(fleet)).toEqual([false, true]);
    expect([...update.touched].sort()).toEqual([a.key, b.key].sort());
    expect(carried(fleet, T0 + 15 * MINUTE, { a: 1_000, b: 0 }).touched.size).toBe(0);
  });

  it('stays one when it dies, and what carried stays what it was when it is dead for hours', () => {
    const fleet = healthy();
    carried(fleet, T0, { a: 1_000 });
    for (let at = T0 + MINUTE; at < T0 + 8 * HOUR; at += 4 * MINUTE) health(fleet, at, 0, 0);
    carried(fleet, T0 + 8 * HOUR, {});
    carried(fleet, T0 + 8 * HOUR, { other: 1 });
    expect(idle(fleet)).toEqual([false, true]);
  });

  it('is not made of a tunnel that only just came back', () => {
    const fleet = healthy();
    carried(fleet, T0, { a: 1_000 });
    for (let at = T0 + MINUTE; at < T0 + 8 * HOUR; at += 4 * MINUTE) health(fleet, at, 0, 1);
    for (let at = T0 + 8 * HOUR; at <= T0 + 8 * HOUR + 20 * MINUTE; at += 4 * MINUTE) health(fleet, at, 1, 1);
    carried(fleet, T0 + 8 * HOUR + 20 * MINUTE, { other: 1 });
    expect(idle(fleet)).toEqual([false, true]);
    for (let at = T0 + 8 * HOUR + 24 * MINUTE; at <= T0 + 9 * HOUR; at += 4 * MINUTE) health(fleet, at, 1, 1);
    carried(fleet, T0 + 9 * HOUR, { other: 1 });
    expect(idle(fleet)).toEqual([true, true]);
  });

  it('is none as soon as it carries, healthy or not', () => {
    const fleet = healthy();
    carried(fleet, T0, { a: 1_000 });
    health(fleet, T0 + 2 * MINUTE, 1, 0);
    carried(fleet, T0 + 15 * MINUTE, { a: 1_000, b: 5 });
    expect(idle(fleet)).toEqual([false, false]);
  });

  it('must have borne its name for the whole six hours', () => {
    const fleet = newFleet();
    const list = lister();
    const young = tunnel('young', { id: 'y' as TunnelId, createdAt: T0 - 2 * HOUR });
    fleet.applyList(list([a, b, young]), look(T0 - HOUR));
    fleet.applyList(list([{ ...a, name: 'new' }, b, young]), look(T0 - HOUR + MINUTE));
    for (let at = T0 - 50 * MINUTE; at <= T0; at += 4 * MINUTE)
      fleet.applyHealth([row('new', at, 1), row('b', at, 1), row('young', at, 1)], look(at + MINUTE));
    carried(fleet, T0, { other: 1 });
    expect([...idle(fleet), fleet.row(young.key)?.idle]).toEqual([null, true, null]);
  });

  it('is forgotten when no answer is recent enough', () => {
    const fleet = healthy();
    carried(fleet, T0, { a: 1_000 });
    expect(fleet.applyTraffic(null, look(T0 + HOUR)).touched.size).toBe(2);
    expect(idle(fleet)).toEqual([null, null]);
    expect(fleet.applyTraffic(null, look(T0 + HOUR)).touched.size).toBe(0);
  });
});

describe('the sight of traffic', () => {
  it('asks each quarter of an hour, and less often where health is stretched', () => {
    expect([30_000, 60_000, 250_000].map(trafficInterval)).toEqual([15 * MINUTE, 15 * MINUTE, 3_750_000]);
    expect(trafficWindow(T0 + 90_500)).toEqual({ from: T0 - 6 * HOUR, to: T0 });
  });

  it('believes an answer for an hour, sleep included, and says once that it is lost', () => {
    const sight = new TrafficSight(60_000);
    expect(sight.lost(10 * HOUR)).toBe(false);
    sight.heard(0);
    expect(sight.lost(HOUR)).toBe(false);
    expect([sight.lost(HOUR + 1), sight.lost(HOUR + 2)]).toEqual([true, false]);
    sight.heard(2 * HOUR);
    sight.slept(HOUR);
    expect(sight.lost(2 * HOUR + 1)).toBe(true);
  });
});
