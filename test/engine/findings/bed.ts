/** The real engine with its lint desk over real HTTP to a simulator; time passes only when a test says so. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import { createUndiciTransport } from '../../../src/engine/cloudflare/transport.ts';
import type { Engine } from '../../../src/engine/contract.ts';
import { memoryCredential } from '../../../src/engine/credentials/source.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { Ledger } from '../../../src/engine/ledger/contract.ts';
import { openLedger } from '../../../src/engine/ledger/open-ledger.ts';
import { lintRuleViews } from '../../../src/engine/lint/catalogue/catalogue.ts';
import { createLintDesk } from '../../../src/engine/lint/desk.ts';
import { type VirtualClock, virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { FoundFinding } from '../../../src/shared/lint.ts';
import type { BoardRow, HistoryEvent } from '../../../src/shared/model.ts';
import { createSimulator, type Scenario, type SimAccount, type Simulator } from '../../../src/simulator/index.ts';
import { POLICY } from '../../fixtures/tunnels.ts';
import { countingTransport } from '../../harness/counting-transport.ts';
import { historyAt } from '../../harness/engine-over.ts';

export const START = Date.UTC(2026, 10, 3, 10);
export const MINUTE = 60_000;

export interface Bed {
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  readonly account: SimAccount;
  readonly folder: string;
  /** The engine of the moment. */
  engine(): Engine;
  desk(): ReturnType<typeof createLintDesk>;
  /** Paths that were asked for, without the account, oldest first. */
  readonly asked: string[];
  readonly events: HistoryEvent[];
  /** Everything that listeners were sent, as text. */
  readonly sent: string[];
  pass(ms: number): Promise<void>;
  row(name: string): BoardRow;
  /** Of one rule, of one tunnel by name where one is named. */
  found(rule: string, name?: string): readonly FoundFinding[];
  /** Somebody writes to the API with the write token; the reply's body. */
  write(method: string, path: string, body: unknown): Promise<unknown>;
  /** Stops the engine and starts another one over the same files. */
  restart(away?: number): Promise<void>;
  /** All bytes of all files, once the engine has stopped. */
  files(): string;
  stop(): Promise<void>;
}

export async function openBed(scenario: Scenario | string): Promise<Bed> {
  const clock = virtualClock(START);
  const simulator = createSimulator({ scenario, clock, seed: 7 });
  const served = await simulator.listen();
  const [account] = simulator.accounts;
  if (account === undefined) throw new Error('a simulator without accounts');
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-findings-'));
  const inner = createUndiciTransport({ proxy: null, noProxy: '*', ca: null, env: {} });
  const asked: string[] = [];
  const transport = countingTransport({
    exchange(request) {
      asked.push(request.url.replace(/^.*\/magic\//, '').replace(/^.*\/client\/v4\//, ''));
      return inner.exchange(request);
    },
    close: () => inner.close(),
  });
  const events: HistoryEvent[] = [];
  const sent: string[] = [];

  function begin(): { engine: Engine; ledger: Ledger } {
    const opened = openLedger({ path: join(folder, 'ledger.db'), clock });
    if (!opened.ok) throw new Error(opened.error.sentence);
    const credentials = memoryCredential(account?.readToken ?? '');
    const apiBase = `${served.url}/client/v4`;
    const client = createCloudflareClient({ apiBase, credentials, transport, userAgent: 'test', clock });
    const { id, name } = account as SimAccount;
    const { budgetKey } = credentials;
    const engine = createEngine({
      accounts: [{ id, name, client, budgetKey, intervalMs: 30_000, healthIntervalMs: 60_000 }],
      clock,
      history: historyAt(join(folder, 'history.db'), clock),
      ledger: opened.value,
      policy: POLICY,
      version: '0',
      practice: false,
      random: () => 0.5,
      desks: (made) => ({
        lint: createLintDesk({ clock, ledger: opened.value, engine: made, rules: lintRuleViews() }),
        operations: null,
        keys: null,
        past: null,
        reports: null,
      }),
    });
    engine.subscribe((message) => {
      sent.push(JSON.stringify(message));
      if (message.type === 'delta') events.push(...message.events);
    });
    engine.start();
    return { engine, ledger: opened.value };
  }

  let running = begin();
  const pass = (ms: number): Promise<void> => clock.advance(ms, () => transport.idle());
  const desk = (): ReturnType<typeof createLintDesk> => {
    const { lint } = running.engine.desks;
    if (lint === null) throw new Error('no desk');
    return lint as ReturnType<typeof createLintDesk>;
  };
  const end = async (): Promise<void> => {
    await running.engine.stop();
    running.ledger.close();
  };
  let stopped = false;
  return {
    clock,
    simulator,
    account,
    folder,
    asked,
    events,
    sent,
    engine: () => running.engine,
    desk,
    pass,
    row(name) {
      const row = running.engine.board().rows.find((one) => one.name === name);
      if (row === undefined) throw new Error(`no tunnel ${name}`);
      return row;
    },
    found(rule, name) {
      const view = desk().findings({ accountId: null });
      if (view instanceof Promise) throw new Error('the desk answers at once');
      return view.findings.filter((one) => one.rule === rule && (name === undefined || one.name === name));
    },
    async write(method, path, body) {
      const reply = await fetch(`${served.url}/client/v4/accounts/${account.id}/magic/${path}`, {
        method,
        headers: { authorization: `Bearer ${account.writeToken}`, 'x-magic-new-hc-target': 'true' },
        body: JSON.stringify(body),
      });
      if (!reply.ok) throw new Error(await reply.text());
      return reply.json();
    },
    async restart(away = 0) {
      await end();
      await pass(away);
      running = begin();
    },
    files: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    async stop() {
      if (stopped) return;
      stopped = true;
      await end();
      await transport.close();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
