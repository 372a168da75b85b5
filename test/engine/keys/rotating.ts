/** The keys' desk as it is in the app: engine, operations, a ledger on disk, the simulator; on a virtual clock. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Desk } from '../../../src/engine/bridge/desk-calls.ts';
import { type CloudflareClient, createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { CredentialSource, Transport } from '../../../src/engine/cloudflare/contract.ts';
import type { Engine } from '../../../src/engine/contract.ts';
import { writeTokenEntry } from '../../../src/engine/credentials/entries.ts';
import { memoryCredential } from '../../../src/engine/credentials/source.ts';
import { memoryVault } from '../../../src/engine/credentials/vault.ts';
import { openWriteToken } from '../../../src/engine/credentials/write-token.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import { keyPolicies } from '../../../src/engine/keys/policies.ts';
import { LEDGER_DB, openLedger } from '../../../src/engine/ledger/open-ledger.ts';
import { DEFAULT_OBJECTIVES, objectives } from '../../../src/engine/reports/objectives.ts';
import { openDesks } from '../../../src/engine/settings/open-desks.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { KeyCalls, Rotation } from '../../../src/shared/keys.ts';
import type { AccountId, TunnelKey } from '../../../src/shared/model.ts';
import type { OperationCalls } from '../../../src/shared/operations.ts';
import { createSimulator } from '../../../src/simulator/index.ts';
import type { Incident, SiteSpec } from '../../../src/simulator/scenario.ts';
import { POLICY, T0 } from '../../fixtures/tunnels.ts';

export const MINUTE = 60_000;
const API = 'http://127.0.0.1/client/v4';
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

export interface Rotating {
  readonly simulator: ReturnType<typeof createSimulator>;
  readonly account: AccountId;
  readonly engine: () => Engine;
  readonly keys: () => Desk<KeyCalls>;
  readonly operations: () => Desk<OperationCalls>;
  readonly folder: string;
  readonly now: () => number;
  go(ms: number): Promise<void>;
  unlock(): Promise<unknown>;
  key(name: string): TunnelKey;
  /** The process ends and another one begins. */
  restart(): Promise<void>;
  rotation(id: string): Promise<Rotation>;
  /** Done when a key is about to be made; not when that is only validated. */
  beforeKey(task: () => void): void;
  /** Wall time alone. */
  jump(ms: number): void;
}

const SITES: readonly SiteSpec[] = [
  { code: 'ams1', city: 'Amsterdam', carriers: ['Nordlink'] },
  { code: 'lis1', city: 'Lisbon', carriers: ['Tejo Fibra'], tunnels: 1, bgp: 'off' },
];

/** A small account, some minutes after the start; `incidents` are counted from that moment. */
export async function rotating(incidents: readonly Incident[] = []): Promise<Rotating> {
  const folder = mkdtempSync(join(tmpdir(), 'tw-rotating-'));
  const virtual = virtualClock(T0 - 10 * MINUTE);
  const clock = { ...virtual, after: (ms: number, task: () => void) => virtual.after(Math.ceil(ms), task) };
  const name = 'Acme';
  const spec = { name, cloudflareEndpoints: ['162.159.67.17', '162.159.73.81'], colos: ['AMS', 'FRA'] as const };
  const scenario = { name: 'rotating', title: '-', accounts: [{ ...spec, sites: SITES }], incidents };
  const simulator = createSimulator({ scenario, seed: 1, clock, origin: T0 });
  const [account] = simulator.accounts;
  if (account === undefined) throw new Error('no account');
  const inner = simulator.transport();
  let beforeKey = (): void => undefined;
  const transport: Transport = {
    ...inner,
    exchange(request) {
      if (request.url.endsWith('/psk_generate')) beforeKey();
      return inner.exchange(request);
    },
  };
  const clientWith = (credentials: CredentialSource): CloudflareClient =>
    createCloudflareClient({ apiBase: API, credentials, transport, userAgent: 'test', clock });

  function start(): { readonly engine: Engine; readonly close: () => Promise<void> } {
    const ledger = openLedger({ path: join(folder, LEDGER_DB), clock });
    const history = openHistory({ path: join(folder, 'history.db'), clock, retention: DEFAULT_RETENTION });
    if (!ledger.ok || !history.ok || account === undefined) throw new Error('refused');
    const credentials = memoryCredential(account.readToken);
    const { budgetKey } = credentials;
    const client = clientWith(credentials);
    const accounts = [{ id: account.id, name, client, budgetKey, intervalMs: 30_000, healthIntervalMs: 60_000 }];
    const session = memoryVault([[writeTokenEntry(account.id, API), account.writeToken]]);
    const places = { env: {}, vault: memoryVault() };
    const token = openWriteToken({
      account: { id: account.id, name, apiBase: API },
      named: null,
      places,
      session,
      clock,
    });
    const desks = openDesks({
      clock,
      history: history.value,
      ledger: ledger.value,
      accounts,
      policies: keyPolicies(POLICY, [], () => []),
      objectives: objectives(
        DEFAULT_OBJECTIVES,
        (id) => id,
        () => [],
      ),
      writing: [{ id: account.id, name, token, clientWith }],
      keychain: memoryVault(),
    });
    const engine = createEngine({
      accounts,
      clock,
      history: history.value,
      policy: POLICY,
      version: 'test',
      practice: true,
      random: () => 0.5,
      desks,
    });
    engine.start();
    const close = async (): Promise<void> => {
      await engine.stop();
      ledger.value.close();
    };
    return { engine, close };
  }

  let running = start();
  onTestFinished(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const keys = (): Desk<KeyCalls> => running.engine.desks.keys as Desk<KeyCalls>;
  const operations = (): Desk<OperationCalls> => running.engine.desks.operations as Desk<OperationCalls>;
  const go = async (ms: number): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    await virtual.advance(ms, settled);
  };
  await go(10 * MINUTE);
  return {
    simulator,
    account: account.id,
    engine: () => running.engine,
    keys,
    operations,
    folder,
    now: () => clock.now(),
    go,
    unlock: async () => operations().unlock({ accountId: account.id, forMs: 60 * MINUTE, by: 'Ada' }),
    key(wanted) {
      const row = running.engine.board().rows.find((one) => one.name === wanted);
      if (row === undefined) throw new Error(`no tunnel ${wanted}`);
      return row.key;
    },
    beforeKey(task) {
      beforeKey = task;
    },
    jump: (ms) => virtual.jumpWall(ms),
    async restart() {
      await running.close();
      running = start();
      await go(3 * MINUTE);
    },
    async rotation(id) {
      const rotation = await keys().rotation({ id });
      if (rotation === null) throw new Error('no rotation');
      return rotation;
    },
  };
}
