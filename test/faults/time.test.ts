/**
 * Rows 11-13 of the fault matrix: clocks that jump, machines that sleep, an event loop that stalls.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import { createUndiciTransport } from '../../src/engine/cloudflare/transport.ts';
import { engineOver } from '../harness/engine-over.ts';
import { badServer } from './bad-server.ts';
import { INTERVAL, untouched, type Watching, watching } from './watching.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UP = ['up', 'up', 'up', 'up', 'up'];
const HEALTHY = UP.map(() => 'healthy');
let w: Watching;
const lists = (): number => w.server.asked.filter((what) => what === 'list').length;

beforeEach(async () => {
  w = await watching();
  await w.pass(2 * MINUTE);
  w.changes.length = 0;
  w.events.length = 0;
});
afterEach(() => w.stop());

describe('row 11: the wall clock jumps', () => {
  it.each([
    ['back an hour', -HOUR],
    ['ahead an hour', HOUR],
    ['ahead a year', 365 * 24 * HOUR],
    ['ahead by a leap day', 24 * HOUR],
  ])('%s: one prompt look at most, then the same pace, no tunnel changes but by age', async (_, jump) => {
    const before = lists();
    w.setClock(jump);
    await w.pass(10 * MINUTE);
    expect(lists() - before).toBeGreaterThanOrEqual(20);
    expect(lists() - before).toBeLessThanOrEqual(21);
    expect(w.events.map((e) => e.kind).filter((kind) => kind === 'clock-jump')).toHaveLength(1);
    expect(w.account().phase).toBe('seeing');
    expect(w.changes).toEqual([]);
    expect(w.account().clockAheadMs ?? 0).toBeGreaterThan(-jump - 2_000);
    expect(w.account().clockAheadMs ?? 0).toBeLessThan(-jump + 2_000);
  });

  it.each([
    ['an hour behind', -HOUR],
    ['an hour ahead', HOUR],
  ])('%s from the first moment on: health is of now all the same', async (_, off) => {
    await w.stop();
    w = await watching();
    w.setClock(off);
    await w.pass(5 * MINUTE);
    expect(w.engine.board().rows.map((row) => row.lanes.health.value)).toEqual(HEALTHY);
    // The minutes that it was read from are those of Cloudflare's clock.
    const key = w.engine.board().rows[0]?.key;
    if (key === undefined) throw new Error('no row');
    const minutes = w.engine.tunnel(key)?.colos.map((colo) => w.clock.now() - off - colo.minute) ?? [];
    expect(Math.max(...minutes)).toBeLessThanOrEqual(4 * MINUTE);
    for (const change of w.changes) expect(change.at).toBeLessThanOrEqual(w.clock.now());
  });

  it('set back by an hour, a tunnel that then goes down is not shown healthy for an hour', async () => {
    w.setClock(-HOUR);
    await w.pass(MINUTE);
    w.server.unwell = new Set([0]);
    await w.pass(5 * MINUTE);
    expect(w.engine.board().rows.map((row) => row.lanes.health.value)).toEqual(['down', ...HEALTHY.slice(1)]);
  });

  it('ahead by a year while the network is away: no key comes of age before Cloudflare tells the time', async () => {
    await w.server.close();
    w.setClock(365 * 24 * HOUR);
    await w.pass(5 * MINUTE);
    expect(w.changes).toEqual([]);
    await w.server.reopen();
    await w.pass(MINUTE);
    expect(w.changes).toEqual([]);
    expect(w.account().phase).toBe('seeing');
  });

  it('ahead by a year for a minute and then right again: what is seen afterwards is seen, not a gap of a year', async () => {
    const key = w.engine.board().rows[0]?.key;
    if (key === undefined) throw new Error('no row');
    const begun = w.clock.now();
    w.setClock(365 * 24 * HOUR);
    await w.pass(MINUTE);
    w.setClock(-365 * 24 * HOUR);
    await w.pass(2 * HOUR);
    const now = w.clock.now();
    for (const lane of ['bgp', 'health'] as const) {
      const [track] = w.engine.history.lanes({ keys: [key], lanes: [lane], from: begun + 10 * MINUTE, to: now });
      expect(track?.intervals.map(({ value }) => value)).toEqual([lane === 'bgp' ? 'up' : 'healthy']);
    }
    const [day] = w.engine.history.availability(key, now);
    expect(day?.upMs).toBeGreaterThan(2 * HOUR - 5 * MINUTE);
  });

  it('ahead by a year for hours: not a line of the history expires', async () => {
    const key = w.engine.board().rows[0]?.key;
    if (key === undefined) throw new Error('no row');
    const all = (): number => w.engine.history.changes(key, 0, 1_000).length;
    const before = all();
    expect(before).toBeGreaterThan(3);
    w.setClock(365 * 24 * HOUR);
    await w.pass(3 * HOUR);
    // Again, and this time nobody is there to tell the time.
    w.setClock(365 * 24 * HOUR);
    await w.server.close();
    await w.pass(3 * HOUR);
    expect(all()).toBe(before);
    expect(w.engine.history.events({ key: null, accountId: 'app', before: null, limit: 9 }).at(-1)?.kind).toBe(
      'started',
    );
  });

  it('dates what it writes in whole milliseconds', async () => {
    await w.pass(0.4);
    w.setClock(HOUR + 0.25);
    await w.server.close();
    await w.pass(5 * MINUTE);
    await w.server.reopen();
    await w.pass(MINUTE);
    const times = w.events.flatMap((event) => [event.at, ...Object.values(event.detail)]);
    expect(w.events.length).toBeGreaterThan(3);
    for (const time of times) if (typeof time === 'number') expect(time).toBe(Math.floor(time));
  });

  it('a step of seconds, as NTP makes them, is not worth a word', async () => {
    w.clock.jumpWall(2_000);
    await w.pass(5 * MINUTE);
    expect(w.events).toEqual([]);
  });

  it('keeps the order of recording when time runs back', async () => {
    await w.pass(MINUTE);
    const down = {
      ...w.server.tunnels[0],
      bgp_status: { state: 'BGP_DOWN', tcp_established: false, updated_at: null },
    };
    const [first, ...rest] = w.server.tunnels;
    w.server.tunnels = [down, ...rest];
    await w.pass(INTERVAL);
    w.clock.jumpWall(-HOUR);
    w.server.tunnels = [first ?? {}, ...rest];
    await w.pass(INTERVAL);
    const key = w.engine.board().rows[0]?.key;
    if (key === undefined) throw new Error('no row');
    const changes = w.engine.history.changes(key, 0, 100).filter((change) => change.lane === 'bgp');
    expect(changes.map((change) => change.to)).toEqual(['up', 'down', 'up']);
  });
});

describe('row 12: eight hours of sleep, the network comes twenty seconds late', () => {
  it('looks once at once, raises nothing, draws a gap', async () => {
    const asleepAt = w.clock.now();
    await w.server.close();
    // Linux: the monotonic clock stands still in sleep, the wall clock does not.
    w.clock.jumpWall(8 * HOUR);
    w.engine.wake();
    await w.pass(0);
    expect(w.account().listAgeMs).toBeGreaterThan(8 * HOUR - MINUTE);
    await w.pass(20_000);
    expect(untouched(w)).toEqual({ changes: 0, bgp: UP });
    await w.server.reopen();
    await w.pass(INTERVAL);
    expect(w.account().phase).toBe('seeing');
    expect(w.changes).toEqual([]);
    const gap = w.events.find((event) => event.kind === 'gap' && event.detail.source === 'list');
    expect(gap?.detail.from).toBeGreaterThan(asleepAt - INTERVAL);
    expect(gap?.detail.to).toBeGreaterThan(asleepAt + 8 * HOUR);
  });

  it('notices by itself when nobody tells it that the machine slept', async () => {
    const before = lists();
    w.clock.jumpWall(8 * HOUR);
    await w.pass(6_000);
    expect(lists() - before).toBe(1);
    expect(w.account().listAgeMs).toBeLessThan(6_000);
  });
});

describe('row 13: the event loop stalls', () => {
  it('makes up for lost rounds with one, not with a burst', async () => {
    const clock = systemClock();
    const server = await badServer(() => clock.now());
    const transport = createUndiciTransport({ proxy: null, noProxy: null, ca: [], env: {} });
    const client = createCloudflareClient({
      apiBase: server.url,
      transport,
      userAgent: 'test',
      credentials: {
        budgetKey: 't',
        refused: () => {},
        get: async () => ({ ok: true, value: { kind: 'token', token: 't' } }),
      },
    });
    const engine = engineOver({ clock, path: null, client, intervalMs: 3_000, healthIntervalMs: HOUR });
    engine.start();
    const lists = (): number => server.asked.filter((what) => what === 'list').length;
    await expect.poll(lists, { interval: 10 }).toBeGreaterThan(0);
    const before = lists();
    const until = performance.now() + 10_000;
    while (performance.now() < until) {}
    await expect.poll(lists, { interval: 10 }).toBeGreaterThan(before);
    // A burst would be over by now, and the next round is not due for two seconds more.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(lists() - before).toBe(1);
    await engine.stop();
    await transport.close();
    await server.close();
  });
});
