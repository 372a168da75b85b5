/**
 * What a poll costs: the whole cycle from the request to the delta for the bridge and the history on disk, divided by
 * `list()` of Cloudflare's official SDK alone on the same bytes, in turns within one run.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Cloudflare from 'cloudflare';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import { createUndiciTransport } from '../../src/engine/cloudflare/transport.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { ACCOUNT, T0 } from '../fixtures/tunnels.ts';
import { countingTransport } from '../harness/counting-transport.ts';
import { engineOver } from '../harness/engine-over.ts';

const INTERVAL = 30_000;
/** Health and close watch are left out: the SDK's list has no counterpart to them. */
const NOTHING = {
  ok: false,
  error: {
    kind: 'aborted',
    sentence: '',
    status: null,
    code: null,
    retryAfterMs: null,
    permission: null,
    cfRay: null,
  },
  meta: { requests: 0, rate: null, cfRay: null, bytes: 0 },
} as const;
const ROUNDS: Readonly<Record<number, number>> = { 1000: 60, 10000: 24 };

async function startServer(): Promise<{ port: number; stop: () => void }> {
  const script = fileURLToPath(new URL('children/list-server.ts', import.meta.url));
  const child = fork(script, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (data) => resolve(Number(data))));
  return { port, stop: () => child.disconnect() };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function time(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Medians in milliseconds of our cycle and of the SDK's list. */
async function compare(port: number, mode: 'same' | 'changed', count: number): Promise<{ ours: number; sdk: number }> {
  const base = (who: string): string => `http://127.0.0.1:${port}/${mode}/${count}/${who}`;
  const sdk = new Cloudflare({ apiToken: 'bench', baseURL: base('sdk') });
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-bench-'));
  const clock = virtualClock(T0);
  const transport = countingTransport(createUndiciTransport({ proxy: null, noProxy: null, ca: [], env: {} }));
  const client = createCloudflareClient({
    apiBase: base('ours'),
    transport,
    userAgent: 'bench',
    credentials: {
      budgetKey: 'bench',
      refused: () => {},
      get: async () => ({ ok: true, value: { kind: 'token', token: 'bench' } }),
    },
  });
  const engine = engineOver({
    clock,
    path: join(folder, 'history.db'),
    client: {
      ...client,
      tunnelHealth: async () => NOTHING,
      tunnelTraffic: async () => NOTHING,
      getTunnel: async () => NOTHING,
    },
    intervalMs: INTERVAL,
  });
  let sent = 0;
  engine.subscribe((message) => {
    sent += JSON.stringify(message).length;
  });
  engine.start();
  await clock.advance(0, transport.idle);
  const oursMs: number[] = [];
  const sdkMs: number[] = [];
  const rounds = ROUNDS[count] ?? 20;
  for (let i = 0; i < rounds + 5; i++) {
    // The ticks between two rounds are not part of the round; the one that falls together with it is.
    await clock.advance(INTERVAL - 1, transport.idle);
    const ours = await time(() => clock.advance(1, transport.idle));
    const theirs = await time(() => sdk.magicTransit.ipsecTunnels.list({ account_id: ACCOUNT }));
    if (i >= 5) {
      oursMs.push(ours);
      sdkMs.push(theirs);
    }
  }
  if (sent === 0) throw new Error('the engine sent no delta: nothing was measured');
  await engine.stop();
  await transport.close();
  rmSync(folder, { recursive: true });
  return { ours: median(oursMs), sdk: median(sdkMs) };
}

export default {
  name: 'poll',
  async run(): Promise<Record<string, number>> {
    const server = await startServer();
    const figures: Record<string, number> = {};
    for (const count of [1000, 10_000]) {
      for (const [mode, name] of [
        ['same', 'unchanged'],
        ['changed', 'changed1pct'],
      ] as const) {
        const { ours, sdk } = await compare(server.port, mode, count);
        process.stderr.write(`poll.${name}.${count}: ours ${ours.toFixed(2)} ms, sdk ${sdk.toFixed(2)} ms\n`);
        figures[`poll.${name}.${count}.vsSdk`] = ours / sdk;
      }
    }
    server.stop();
    return figures;
  },
};
