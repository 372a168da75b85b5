/**
 * The engine as a whole, on a virtual clock over real sockets (the healthy Cloudflare of the fault tests) and over the
 * simulator.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import type { CredentialSource, Transport } from '../../src/engine/cloudflare/contract.ts';
import type { Engine } from '../../src/engine/contract.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { envelope, send } from '../faults/bad-server.ts';
import { type Watching, watching } from '../faults/watching.ts';
import { apiTunnel } from '../fixtures/list-body.ts';
import { DAY, POLICY, T0 } from '../fixtures/tunnels.ts';
import { type CountingTransport, countingTransport } from '../harness/counting-transport.ts';
import { engineOver, historyAt } from '../harness/engine-over.ts';

const MINUTE = 60_000;

describe('rounds', () => {
  let w: Watching;
  afterEach(() => w.stop());
  const asked = (what: string): number => w.server.asked.filter((a) => a === what).length;

  it('asks for the list each interval, for health each minute, for traffic rarely, and nothing more when all is well', async () => {
    w = await watching();
    await w.pass(10 * MINUTE);
    expect(['list', 'health', 'traffic', 'get', 'around'].map(asked)).toEqual([21, 11, 1, 0, 5]);
  });

  it('tells standbys by their traffic, and goes on quietly without that knowledge', async () => {
    w = await watching();
    await w.pass(MINUTE);
    expect(w.engine.board().rows.map(({ idle }) => idle)).toEqual(Array(5).fill(false));
    w.server.habit = (request, reply) => {
      if (request.url?.endsWith('/graphql'))
        send(reply, 200, JSON.stringify({ data: null, errors: [{ message: 'no' }] }));
      else send(reply, 200, envelope({ ipsec_tunnels: w.server.tunnels }));
    };
    await w.pass(20 * MINUTE);
    expect(w.engine.board().rows.map(({ idle }) => idle)).toEqual(Array(5).fill(false));
    await w.pass(50 * MINUTE);
    expect(w.engine.board().rows.map(({ idle }) => idle)).toEqual(Array(5).fill(null));
  });

  it('sends a pulse at least each 15 s and a delta only when something changed', async () => {
    w = await watching();
    await w.pass(2 * MINUTE);
    w.sent.length = 0;
    await w.pass(2 * MINUTE);
    const types = w.sent.map((text) => (JSON.parse(text) as { type: string }).type);
    expect(types.length).toBeGreaterThanOrEqual(8);
    expect(new Set(types)).toEqual(new Set(['pulse']));
    for (const text of w.sent) expect(text.length).toBeLessThan(2_000);
  });

  it('reads at most eight troubled tunnels closely, each 10 s, one request at a time', async () => {
    w = await watching();
    w.server.tunnels = Array.from({ length: 30 }, (_, i) => apiTunnel(i, i >= 20));
    await w.pass(MINUTE);
    const before = asked('get');
    await w.pass(MINUTE);
    expect(asked('get') - before).toBeLessThanOrEqual(8 * 6);
    expect(asked('get') - before).toBeGreaterThanOrEqual(8 * 5);
    expect(w.transport.peak()).toBe(1);
  });

  it('reads a tunnel closely while somebody looks at it, and stops when nobody does', async () => {
    w = await watching();
    await w.pass(MINUTE);
    const key = w.engine.board().rows[3]?.key;
    if (key === undefined) throw new Error('no row');
    w.engine.watch(key);
    await w.pass(29_000);
    const looked = asked('get');
    expect(looked).toBeGreaterThanOrEqual(2);
    await w.pass(5 * MINUTE);
    expect(asked('get') - looked).toBeLessThanOrEqual(1);
  });

  it('sees a change by close watch before the next list', async () => {
    w = await watching();
    w.server.tunnels = [apiTunnel(0, false), apiTunnel(1)];
    await w.pass(31_000);
    w.server.tunnels = [apiTunnel(0, true), apiTunnel(1)];
    w.changes.length = 0;
    await w.pass(12_000);
    expect(w.changes.map((change) => [change.lane, change.from, change.to])).toEqual([['bgp', 'down', 'up']]);
  });

  it('a person who asks now gets a round now, and one only', async () => {
    w = await watching();
    await w.pass(10_000);
    const before = asked('list');
    w.engine.pollNow(null);
    await w.pass(100);
    w.engine.pollNow(null);
    await w.pass(100);
    expect(asked('list') - before).toBe(1);
  });

  it('does not let the list wait for health results that do not end', async () => {
    w = await watching({ deadlineMs: 600_000 });
    await w.pass(MINUTE);
    w.server.habit = (request, reply) => {
      if (!request.url?.endsWith('/graphql')) send(reply, 200, envelope({ ipsec_tunnels: w.server.tunnels }));
    };
    const listed = (): Promise<void> => w.transport.idle((url) => url.endsWith('/graphql'));
    let oldest = 0;
    for (let i = 0; i < 40; i++) {
      await w.clock.advance(5_000, listed);
      oldest = Math.max(oldest, w.account().listAgeMs ?? 0);
    }
    expect(oldest).toBeLessThan(w.account().staleAfterMs);
    expect(w.account().phase).toBe('seeing');
    expect(w.account().healthBlind?.fault).toMatchObject({ kind: 'timeout' });
    w.server.habit = null;
  });

  it('ends a request that is under way when it is stopped', async () => {
    w = await watching({ deadlineMs: 600_000 });
    w.server.habit = () => {};
    void w.pass(1_000);
    await expect.poll(() => w.transport.inFlight()).toBe(1);
    // What waited for the deadline instead would outlast this test.
    await w.engine.stop();
    await w.transport.idle();
  });
});

describe('a restart', () => {
  it('keeps since when a session has been down and shows the time away as a gap', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-restart-'));
    const path = join(folder, 'history.db');
    const clock = virtualClock(T0);
    const simulator = createSimulator({ scenario: 'calm', clock, seed: 1 });
    const transport = countingTransport(simulator.transport());
    const start = (): Engine => {
      const engine = engineOver({
        clock,
        path,
        client: simulatorClient(transport, simulator.readToken),
        accountId: simulator.accounts[0]?.id ?? '',
      });
      engine.start();
      return engine;
    };
    const first = start();
    await clock.advance(10 * MINUTE, transport.idle);
    const healthy = first
      .board()
      .rows.filter(({ lanes }) => lanes.bgp.value === 'up' && lanes.health.value === 'healthy');
    const before = healthy[0];
    if (before === undefined) throw new Error('no healthy row');
    await first.stop();
    await clock.advance(60 * MINUTE, transport.idle);
    const second = start();
    await clock.advance(2 * MINUTE, transport.idle);
    const after = second.board().rows.find((row) => row.key === before.key);
    expect(after?.lanes.bgp).toEqual(before.lanes.bgp);
    const now = clock.now();
    const [track] = second.history.lanes({ keys: [before.key], lanes: ['bgp'], from: T0, to: now });
    expect(track?.intervals.map((interval) => interval.value)).toEqual(['up', 'unobserved', 'up']);
    const away = track?.intervals[1];
    expect((away?.to ?? 0) - (away?.from ?? 0)).toBeGreaterThanOrEqual(60 * MINUTE);
    const events = second.history.events({ key: before.key, accountId: null, before: null, limit: 50 });
    expect(events.map((event) => event.kind)).not.toContain('tunnel-appeared');
    const day = second.history.availability(before.key, now).find((a) => a.window === '24h');
    expect((day?.unobservedMs ?? 0) / MINUTE).toBeGreaterThanOrEqual(60);
    expect(day?.share).toBe(1);
    await second.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('accounts that share a token', () => {
  it('share its budget: a 429 to one holds the other back', async () => {
    const clock = virtualClock(T0);
    const simulator = createSimulator({ scenario: 'calm', clock, seed: 1, accounts: 2 });
    const transport = countingTransport(simulator.transport());
    const engine = createEngine({
      accounts: simulator.accounts.map(({ id, name }) => ({
        id,
        name,
        client: simulatorClient(transport, simulator.readToken),
        budgetKey: 'one token',
        intervalMs: 30_000,
        healthIntervalMs: MINUTE,
      })),
      clock,
      history: historyAt(null, clock),
      policy: POLICY,
      version: '0',
      practice: false,
      random: () => 0.5,
    });
    engine.start();
    await clock.advance(5 * MINUTE, transport.idle);
    const [a, b] = engine.board().status.accounts;
    expect(a?.budget.used).toBe(b?.budget.used);
    expect(a?.budget.used).toBeGreaterThan(20);
    simulator.faults.set({ kind: 'rate-limited', times: 1 });
    await clock.advance(31_000, transport.idle);
    const before = transport.total();
    const blocked = engine.board().status.accounts.map((account) => account.budget.blockedForMs);
    expect(blocked[0]).toBeGreaterThan(0);
    expect(blocked[1]).toBe(blocked[0]);
    await clock.advance((blocked[0] ?? 0) - 1_000, transport.idle);
    expect(transport.total()).toBe(before);
    await engine.stop();
  });
});

describe('a day in the practice world', () => {
  it('is the same day each time', async () => {
    const once = await aDay();
    expect(await aDay()).toEqual(once);
    expect(once.changes.length).toBeGreaterThan(50);
  });
});

async function aDay(): Promise<{ changes: string[]; rows: unknown }> {
  const clock: VirtualClock = virtualClock(T0 - DAY);
  const simulator = createSimulator({ scenario: 'practice', clock, seed: 7, origin: T0 });
  const transport: CountingTransport = countingTransport(simulator.transport());
  const account = simulator.accounts[0];
  const engine = engineOver({
    clock,
    path: null,
    client: simulatorClient(transport, account?.readToken ?? ''),
    accountId: account?.id ?? '',
    intervalMs: 60_000,
    healthIntervalMs: 5 * MINUTE,
  });
  const changes: string[] = [];
  engine.subscribe((message) => {
    if (message.type !== 'delta') return;
    for (const { at, key, lane, to } of message.changes) changes.push(`${at} ${key} ${lane} ${to}`);
  });
  engine.start();
  await clock.advance(DAY + 10 * MINUTE, transport.idle);
  const { rows } = engine.board();
  await engine.stop();
  return { changes, rows };
}

function simulatorClient(transport: Transport, token: string): ReturnType<typeof createCloudflareClient> {
  const credentials: CredentialSource = {
    budgetKey: token,
    refused: () => {},
    get: async () => ({ ok: true, value: { kind: 'token', token } }),
  };
  return createCloudflareClient({ apiBase: 'http://127.0.0.1/client/v4', transport, credentials, userAgent: 'test' });
}
