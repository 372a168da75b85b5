/**
 * What alerting adds. `detectToNotify`: from the list answer that completes a decision to the arrival of its message at a
 * webhook, all of it real (engine, files, sockets) but the clock, which is virtual: a wait of alerting's own would pass on
 * it in no time, so what the clock moved on meanwhile is added. `step`: rules, causes and people alone over 10,000 tunnels, in time worked.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAlerting } from '../../src/engine/alerts/alerting.ts';
import { createAlertBook } from '../../src/engine/alerts/book/book.ts';
import type { World } from '../../src/engine/alerts/contract.ts';
import { createIncidentBook } from '../../src/engine/alerts/incidents/book.ts';
import { makeNotice } from '../../src/engine/alerts/notice.ts';
import { createPlanner } from '../../src/engine/alerts/people/planner.ts';
import { openNotifiers } from '../../src/engine/alerts/sinks/open-notifiers.ts';
import { openAlertStore } from '../../src/engine/alerts/store/open-store.ts';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import { createUndiciTransport } from '../../src/engine/cloudflare/transport.ts';
import { memoryCredential } from '../../src/engine/credentials/source.ts';
import { memoryVault } from '../../src/engine/credentials/vault.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { alertConfig } from '../../src/engine/settings/alert-config.ts';
import { parseSettings } from '../../src/engine/settings/load.ts';
import type { Settings } from '../../src/engine/settings/schema.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import type { TunnelKey } from '../../src/shared/model.ts';
import { alertWorld } from '../engine/alerts/world.ts';
import { ACCOUNT, DAY, POLICY, T0 } from '../fixtures/tunnels.ts';
import { countingTransport } from '../harness/counting-transport.ts';
import { historyAt } from '../harness/engine-over.ts';

const INTERVAL = 30_000;
/** Long enough for an incident to be over before the next one begins. */
const REST = 20 * 60_000;
const SAMPLES = 120;
/** Every so often it is not a tunnel but a hundred at once. */
const OUTAGE_EVERY = 10;
const OUTAGE = 100;
const NOTHING = {
  ok: false,
  error: { kind: 'aborted', sentence: '', status: null, code: null, retryAfterMs: null, permission: null, cfRay: null },
  meta: { requests: 0, rate: null, cfRay: null, bytes: 0 },
} as const;
const nobody = { env: {}, vault: memoryVault() };

function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function settingsFor(url: string): Settings {
  const alerts = {
    sinks: [{ name: 'hook', type: 'webhook', url }],
    routes: [{ to: ['hook'] }],
    zone: 'UTC',
  };
  return must(parseSettings(JSON.stringify({ accounts: [], alerts }), 'bench.yaml'));
}

/** Notes when each message of a firing incident arrived, in full. */
async function receiver(): Promise<{ url: string; arrivals: number[]; close: () => void }> {
  const arrivals: number[] = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if ((JSON.parse(body) as { status?: string }).status === 'firing') arrivals.push(performance.now());
      reply.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, arrivals, close: () => server.closeAllConnections() };
}

async function listServer(): Promise<{
  port: number;
  down: (which: readonly number[]) => Promise<void>;
  stop: () => void;
}> {
  const script = fileURLToPath(new URL('children/alert-server.ts', import.meta.url));
  const child = fork(script, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (data) => resolve(Number(data))));
  const down = (which: readonly number[]): Promise<void> =>
    new Promise((resolve) => {
      child.once('message', () => resolve());
      child.send(which);
    });
  return { port, down, stop: () => child.disconnect() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function detectToNotify(): Promise<number> {
  const [hook, server] = [await receiver(), await listServer()];
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-bench-'));
  const clock = virtualClock(T0);
  const settings = settingsFor(hook.url);
  let answeredAt = 0;
  const sockets = createUndiciTransport({ proxy: null, noProxy: '*', ca: null, env: {} });
  const transport = countingTransport({
    async exchange(request) {
      const reply = await sockets.exchange(request);
      answeredAt = performance.now();
      return reply;
    },
    close: () => sockets.close(),
  });
  const credentials = memoryCredential('bench');
  const client = createCloudflareClient({
    apiBase: `http://127.0.0.1:${server.port}`,
    transport,
    userAgent: 'bench',
    credentials,
    clock,
  });
  const onBug = (doing: string, error: unknown): never => {
    throw new Error(doing, { cause: error });
  };
  const { notifiers } = must(await openNotifiers(settings, { clock, places: nobody, version: 'bench' }));
  const engine = createEngine({
    accounts: [
      {
        id: ACCOUNT,
        name: 'Acme',
        // Lists decide here; health is a question to another API.
        client: {
          ...client,
          tunnelHealth: async () => NOTHING,
          tunnelTraffic: async () => NOTHING,
          getTunnel: async () => NOTHING,
        },
        budgetKey: 'bench',
        intervalMs: INTERVAL,
        healthIntervalMs: 60_000,
      },
    ],
    clock,
    history: historyAt(join(folder, 'history.db'), clock),
    policy: POLICY,
    version: 'bench',
    practice: false,
    random: () => 0.5,
    onBug,
    alerting: createAlerting({
      config: alertConfig(settings),
      store: must(openAlertStore({ path: join(folder, 'alerts.db'), clock, retentionMs: 90 * DAY })),
      notifiers,
      clock,
      random: () => 0.5,
      onBug,
    }),
  });
  engine.start();
  await clock.advance(REST, transport.idle);
  const took: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const first = (sample * 8) % 1_000;
    const down =
      sample % OUTAGE_EVERY === OUTAGE_EVERY - 1
        ? Array.from({ length: OUTAGE }, (_, i) => (first + 2 * i) % 1_000)
        : [first];
    await server.down(down);
    const before = hook.arrivals.length;
    // The second answer that says so decides. A message that comes later than that was held back by alerting.
    let decidedAt = 0;
    let rounds = 0;
    for (; rounds < 6 && hook.arrivals.length === before; rounds++) {
      await clock.advance(INTERVAL, transport.idle);
      if (rounds < 2) decidedAt = answeredAt;
      for (const patience = performance.now() + 400; hook.arrivals.length === before && performance.now() < patience; )
        await turn();
    }
    const arrived = hook.arrivals[before];
    if (arrived === undefined) throw new Error(`no message about ${down.length} tunnels that are down`);
    took.push(arrived - decidedAt + Math.max(0, rounds - 2) * INTERVAL);
    await server.down([]);
    await clock.advance(REST, transport.idle);
  }
  await engine.stop();
  await transport.close();
  hook.close();
  server.stop();
  rmSync(folder, { recursive: true });
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  process.stderr.write(
    `alerts.detectToNotify: ${sorted.length} messages, median ${at(0.5).toFixed(1)} ms, p90 ${at(0.9).toFixed(1)} ms, most ${at(1).toFixed(1)} ms\n`,
  );
  return at(0.99);
}

/** Time that this thread worked: the machine may have other things to do meanwhile, and nothing here waits. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** One answer that changes a hundred of 10,000 tunnels: half of them fail, half of them come back. */
function step(): number {
  const w = alertWorld();
  const { alerts } = must(parseSettings(JSON.stringify({ accounts: [] }), 'bench.yaml'));
  const config = alertConfig({ alerts });
  const book = createAlertBook(config, []);
  const incidents = createIncidentBook({ alerts: [], incidents: [], members: {}, nextIncident: 1 }, () => 'Acme');
  const planner = createPlanner(config, [], (incident, about, kind, at) =>
    makeNotice({ incident, alerts: about, kind, at: at.now, zone: 'UTC', link: null, names: {} }),
  );
  const keys: TunnelKey[] = Array.from({ length: 10_000 }, (_, i) => w.add({ name: `t-${i}`, site: `s-${i >> 1}` }));
  const world: World = {
    ...w.world,
    // As the engine's own: one after the other, without a copy of all.
    *tunnels() {
      for (const key of keys) {
        const view = w.world.tunnel(key);
        if (view !== null) yield view;
      }
    },
  };
  const evaluate = (): number => {
    w.pass(INTERVAL);
    w.list();
    const observed = w.observed();
    const from = worked();
    const told = incidents.apply(book.observe(observed, world), observed.moment, world, () => []);
    planner.plan(told, observed.moment, (id) => incidents.alertsOf(id));
    planner.tick(observed.moment, incidents.open(), (id) => incidents.alertsOf(id));
    return worked() - from;
  };
  evaluate();
  evaluate();
  const took: number[] = [];
  for (let round = 0; round < 80; round++) {
    for (let i = 0; i < 50; i++) {
      const failing = keys[(round * 137 + i * 191) % keys.length];
      const back = keys[((round - 4) * 137 + i * 191 + keys.length) % keys.length];
      if (failing !== undefined) w.set(failing, { bgp: 'down' });
      if (back !== undefined && round >= 4) w.set(back, { bgp: 'up' });
    }
    const ms = evaluate();
    if (round >= 20) took.push(ms);
  }
  const sorted = took.toSorted((a, b) => a - b);
  process.stderr.write(
    `alerts.step: ${took.length} steps, median ${(sorted[30] ?? 0).toFixed(2)} ms, most ${(sorted.at(-1) ?? 0).toFixed(2)} ms, ${incidents.open().length} incidents open\n`,
  );
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export default {
  name: 'alerts',
  async run(): Promise<Record<string, number>> {
    return { 'alerts.step.10000ms': step(), 'alerts.detectToNotifyP99Ms.1000': await detectToNotify() };
  },
};
