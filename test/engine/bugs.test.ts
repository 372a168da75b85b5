/**
 * What a bug of ours may cost: its round. Never the polling, never the process, and never a change that nobody hears of.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudflareReader } from '../../src/engine/cloudflare/contract.ts';
import type { Engine } from '../../src/engine/contract.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { History, RecordBatch } from '../../src/engine/history/contract.ts';
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import type { DeltaMessage } from '../../src/shared/bridge.ts';
import type { StateChange, Tunnel, TunnelKey } from '../../src/shared/model.ts';
import { ACCOUNT, bgpStatus, POLICY, T0, tunnel } from '../fixtures/tunnels.ts';
import { historyAt } from '../harness/engine-over.ts';

const INTERVAL = 30_000;
const META = { requests: 1, rate: null, cfRay: null, bytes: 0 };
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A client that tells each change once, as the real one does. */
function client(): CloudflareReader & { tunnels: Tunnel[]; lists: number; slow: (() => Promise<void>) | null } {
  let told = new Map<string, Tunnel>();
  const state = {
    tunnels: [tunnel('a'), tunnel('b')],
    lists: 0,
    slow: null as (() => Promise<void>) | null,
    listTunnels: async () => {
      state.lists += 1;
      const now = new Map(state.tunnels.map((t) => [t.id, t]));
      const changed = state.tunnels.filter((t) => told.get(t.id) !== t);
      const removed = [...told.values()].filter((t) => !now.has(t.id)).map((t) => t.id);
      told = new Map(state.tunnels.map((t) => [t.id, t]));
      await state.slow?.();
      const unchanged = changed.length + removed.length === 0;
      return { ok: true as const, value: { unchanged, tunnels: now, changed, removed, unreadable: [] }, meta: META };
    },
    getTunnel: async (_: unknown, id: string) => {
      const found = state.tunnels.find((t) => t.id === id);
      if (found === undefined) throw new Error('asked for a stranger');
      return { ok: true as const, value: found, meta: META };
    },
    tunnelHealth: async () => ({ ok: true as const, value: [], meta: META }),
    tunnelTraffic: async () => ({ ok: true as const, value: [], meta: META }),
  };
  return state;
}

let clock: VirtualClock;
let cloudflare: ReturnType<typeof client>;
let history: History;
let engine: Engine;
let breakRecord: ((batch: RecordBatch) => boolean) | null;
const bugs: string[] = [];
const changes: StateChange[] = [];
const rows = new Map<TunnelKey, string>();

function hear(message: DeltaMessage): void {
  changes.push(...message.changes);
  for (const row of message.rows) rows.set(row.key, row.lanes.bgp.value);
  for (const key of message.removed) rows.delete(key);
}

beforeEach(async () => {
  clock = virtualClock(T0);
  cloudflare = client();
  breakRecord = null;
  bugs.length = 0;
  changes.length = 0;
  rows.clear();
  const real = historyAt(null, clock);
  history = {
    ...real,
    record(batch) {
      if (breakRecord?.(batch) === true) throw new TypeError('a bug');
      return real.record(batch);
    },
  };
  engine = createEngine({
    accounts: [
      { id: ACCOUNT, name: 'Acme', client: cloudflare, budgetKey: 'b', intervalMs: INTERVAL, healthIntervalMs: 60_000 },
    ],
    clock,
    history,
    policy: POLICY,
    version: '0',
    practice: false,
    random: () => 0.5,
    onBug: (doing) => bugs.push(doing),
  });
  engine.subscribe((message) => {
    if (message.type === 'delta') hear(message);
  });
  engine.start();
  await clock.advance(5_000, settle);
  expect([...rows.values()]).toEqual(['up', 'up']);
  changes.length = 0;
});
afterEach(() => engine.stop());

const account = () => engine.board().status.accounts[0];
const setDown = (): Tunnel => {
  const [a, ...rest] = cloudflare.tunnels;
  if (a === undefined) throw new Error('no tunnel');
  cloudflare.tunnels = [{ ...a, bgpStatus: bgpStatus('down') }, ...rest];
  return a;
};

describe('a bug while an answer is worked through', () => {
  it('is told as a fault of ours, and the change that it swallowed is recorded and shown with the next list', async () => {
    const a = setDown();
    breakRecord = (batch) => batch.changes.length > 0;
    await clock.advance(INTERVAL, settle);
    expect(bugs).toEqual(['working through the list answer of the account Acme']);
    expect(account()).toMatchObject({ failing: { fault: { kind: 'internal' } } });
    expect(account()?.listAgeMs).toBeGreaterThan(INTERVAL - 1);
    breakRecord = null;
    await clock.advance(2 * INTERVAL, settle);
    expect(account()).toMatchObject({ phase: 'seeing', failing: null });
    expect(rows.get(a.key)).toBe('down');
    expect(changes).toMatchObject([{ key: a.key, lane: 'bgp', from: 'up', to: 'down' }]);
    const [track] = history.lanes({ keys: [a.key], lanes: ['bgp'], from: T0, to: clock.now() });
    expect(track?.intervals.map(({ value }) => value)).toEqual(['up', 'down']);
  });

  it('forgets no tunnel that left in the round that broke', async () => {
    const [a, b] = cloudflare.tunnels;
    if (a === undefined || b === undefined) throw new Error('no tunnels');
    cloudflare.tunnels = [a];
    await clock.advance(INTERVAL, settle);
    breakRecord = (batch) => batch.identities.length > 0;
    await clock.advance(INTERVAL, settle);
    expect(bugs.length).toBeGreaterThan(0);
    breakRecord = null;
    await clock.advance(5 * INTERVAL, settle);
    expect([...rows.keys()]).toEqual([a.key]);
    expect(engine.board().rows.map(({ key }) => key)).toEqual([a.key]);
  });

  it('that stays makes us blind, and never green on what was not worked through', async () => {
    setDown();
    breakRecord = (batch) => batch.looked.length > 0;
    await clock.advance(10 * INTERVAL, settle);
    expect(account()).toMatchObject({ phase: 'blind', blind: { fault: { kind: 'internal' } } });
    expect(account()?.listAgeMs).toBeGreaterThan(account()?.staleAfterMs ?? 0);
    expect(cloudflare.lists).toBeGreaterThan(3);
  });
});

describe('a bug elsewhere', () => {
  it('of a listener costs that listener its message', async () => {
    const heard: string[] = [];
    engine.subscribe(() => {
      throw new Error('a bug of a page');
    });
    engine.subscribe(({ type }) => heard.push(type));
    await clock.advance(2 * INTERVAL, settle);
    expect(heard.length).toBeGreaterThan(2);
    expect(new Set(bugs)).toEqual(new Set(['telling a listener']));
    expect(account()?.listAgeMs).toBeLessThanOrEqual(INTERVAL);
  });

  it('of the client costs its round', async () => {
    const lists = cloudflare.lists;
    cloudflare.slow = async () => {
      throw new RangeError('a bug of the client');
    };
    await clock.advance(INTERVAL, settle);
    expect(bugs).toEqual(['polling (list) the account Acme']);
    cloudflare.slow = null;
    setDown();
    await clock.advance(INTERVAL, settle);
    expect(cloudflare.lists).toBeGreaterThan(lists + 1);
    expect([...rows.values()]).toEqual(['down', 'up']);
  });

  it('of the upkeep costs no pulse', async () => {
    const maintain = history.maintain;
    history.maintain = () => {
      throw new Error('a bug of the upkeep');
    };
    const types: string[] = [];
    engine.subscribe(({ type }) => types.push(type));
    await clock.advance(5 * 60_000, settle);
    expect(bugs).toContain('the upkeep of the history');
    // A pulse at least each 15 s, as ever.
    expect(types.length).toBeGreaterThanOrEqual(20);
    history.maintain = maintain;
  });
});

describe('an answer that was called off when it was there already', () => {
  it('loses no change', async () => {
    const a = setDown();
    let release = (): void => {};
    cloudflare.slow = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    await clock.advance(INTERVAL, settle);
    cloudflare.slow = null;
    // The client has taken the list in; the machine wakes before the poller hears of it.
    engine.wake();
    release();
    await clock.advance(5_000, settle);
    expect(rows.get(a.key)).toBe('down');
  });
});
