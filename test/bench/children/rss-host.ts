/**
 * The headless host with 1,000 tunnels: history on disk, HTTP server open, one thousand list rounds and five hundred health
 * rounds over real sockets, hurried by a virtual clock. Prints the resident memory in MiB at the end.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBridgeHost } from '../../../src/engine/bridge/host.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { CloudflareReader } from '../../../src/engine/cloudflare/contract.ts';
import { createUndiciTransport } from '../../../src/engine/cloudflare/transport.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import { startServer } from '../../../src/headless/server.ts';
import { T0 } from '../../fixtures/tunnels.ts';
import { countingTransport } from '../../harness/counting-transport.ts';
import { engineOver } from '../../harness/engine-over.ts';

const INTERVAL = 30_000;
const POLLS = 1_000;

const simulator = fork(process.argv[2] ?? '', ['1000'], { execArgv: [] });
const { base, token, accountId } = await new Promise<{ base: string; token: string; accountId: string }>((resolve) =>
  simulator.once('message', (message) => resolve(message as { base: string; token: string; accountId: string })),
);
const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-rss-'));
const clock = virtualClock(T0);
const transport = countingTransport(createUndiciTransport({ proxy: null, noProxy: null, ca: null, env: {} }));
const reader = createCloudflareClient({
  apiBase: base,
  transport,
  userAgent: 'bench',
  credentials: {
    budgetKey: 'bench',
    refused: () => {},
    get: async () => ({ ok: true, value: { kind: 'token', token } }),
  },
});
/** The simulator lives in the same moment as we do. */
const keepStep = (): void => void simulator.send({ now: clock.now() });
const client: CloudflareReader = {
  listTunnels: (...args) => {
    keepStep();
    return reader.listTunnels(...args);
  },
  getTunnel: (...args) => {
    keepStep();
    return reader.getTunnel(...args);
  },
  tunnelHealth: (...args) => {
    keepStep();
    return reader.tunnelHealth(...args);
  },
  tunnelTraffic: (...args) => {
    keepStep();
    return reader.tunnelTraffic(...args);
  },
};
const engine = engineOver({ clock, path: join(folder, 'history.db'), client, intervalMs: INTERVAL, accountId });
const host = createBridgeHost({ engine, clock, startPractice: null, onBug: () => process.exit(1) });
const server = await startServer({
  host,
  clock: systemClock(),
  listen: { host: '127.0.0.1', port: 0 },
  token: null,
  wallToken: null,
  names: [],
  files: new Map(),
});
engine.start();
await clock.advance(POLLS * INTERVAL, transport.idle);
const { accounts } = engine.board().status;
if (accounts[0]?.phase !== 'seeing' || accounts[0].tunnels !== 1_000) {
  throw new Error(`nothing to measure: ${JSON.stringify(accounts[0]?.blind ?? accounts[0]?.tunnels)}`);
}
const [first] = engine.board().rows;
const colos = first === undefined ? 0 : (engine.tunnel(first.key)?.colos.length ?? 0);
if (colos === 0) throw new Error('no health was read');
process.stdout.write(
  `${JSON.stringify({ colos, rssMb: process.memoryUsage().rss / 1_048_576, requests: transport.total() })}\n`,
);
await server.close();
await host.stop();
await transport.close();
rmSync(folder, { recursive: true });
simulator.disconnect();
process.exit(0);
