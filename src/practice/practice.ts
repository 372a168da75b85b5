/**
 * Practice mode: the built-in simulator with a week of past, then the present over real HTTP on loopback. Nothing here
 * reaches Cloudflare, and nothing of it is kept: the history lies in a folder of its own that goes away at the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAlerting } from '../engine/alerts/alerting.ts';
import type { Alerting } from '../engine/alerts/contract.ts';
import { openAlertStore } from '../engine/alerts/store/open-store.ts';
import type { Clock } from '../engine/clock.ts';
import { type CloudflareClient, createCloudflareClient } from '../engine/cloudflare/client.ts';
import type { CredentialSource } from '../engine/cloudflare/contract.ts';
import { createUndiciTransport } from '../engine/cloudflare/transport.ts';
import type { Engine, EngineAccount } from '../engine/contract.ts';
import { writeTokenEntry } from '../engine/credentials/entries.ts';
import { memoryCredential } from '../engine/credentials/source.ts';
import { memoryVault } from '../engine/credentials/vault.ts';
import { openWriteToken } from '../engine/credentials/write-token.ts';
import { createEngine } from '../engine/engine.ts';
import type { History } from '../engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../engine/history/open-history.ts';
import { keyPolicies } from '../engine/keys/policies.ts';
import type { Ledger } from '../engine/ledger/contract.ts';
import { LEDGER_DB, openLedger } from '../engine/ledger/open-ledger.ts';
import type { WriteAccount } from '../engine/operations/contract.ts';
import { DEFAULT_OBJECTIVES, objectives } from '../engine/reports/objectives.ts';
import { ALERTS_DB } from '../engine/settings/open-alerting.ts';
import { openDesks } from '../engine/settings/open-desks.ts';
import { HISTORY_FILE, withCleanup } from '../engine/settings/open-engine.ts';
import type { Millis } from '../shared/model.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { createSimulator, type ScenarioName, type Served, type Simulator } from '../simulator/index.ts';
import { practiceAlerts, practiceSink } from './practice-sink.ts';
import { PRACTICE_POLICY, replay } from './replay.ts';

const DAY_MS: Millis = 86_400_000;
/** Livelier than usual, so that what the scenario does shows within seconds. */
const LIST_ROUND_MS: Millis = 10_000;
const HEALTH_ROUND_MS: Millis = 30_000;

export interface PracticeOptions {
  readonly clock: Clock;
  readonly version: string;
  /** Days of past; 7 by default, 0 for none. */
  readonly days?: number;
  readonly scenario?: ScenarioName;
  readonly seed?: number;
  /** As the scenario says if not given. */
  readonly tunnels?: number | undefined;
  /** Share of the past that is made, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Calls the making of the past off. */
  readonly signal?: AbortSignal;
  readonly random?: () => number;
}

export interface Practice {
  /** Running. Its `stop()` also ends the simulator and removes the history. */
  readonly engine: Engine;
  readonly simulatorUrl: string;
  readonly accounts: Simulator['accounts'];
}

/** The error is one sentence. */
export async function startPractice(options: PracticeOptions): Promise<Result<Practice, string>> {
  const { clock, days = 7, seed = 1 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'tunnelwatch-practice-'));
  const cleanUp = (): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined);
  const random = options.random ?? Math.random;
  const origin = clock.now();
  const world = { scenario: options.scenario ?? 'practice', seed, tunnels: options.tunnels } as const;
  try {
    const open = (on: Clock): History => openPracticeHistory(join(folder, HISTORY_FILE), on);
    const alerting = (on: Clock): Alerting => openPracticeAlerting(join(folder, ALERTS_DB), on, random);
    const done = await replay({
      world,
      origin,
      from: origin - days * DAY_MS,
      to: () => clock.now(),
      openHistory: open,
      openAlerting: alerting,
      openLedger: (on) => openPracticeLedger(join(folder, LEDGER_DB), on),
      version: options.version,
      random,
      onProgress: options.onProgress ?? (() => undefined),
      signal: options.signal ?? null,
    });
    if (!done) {
      await cleanUp();
      return err('Practice mode was called off.');
    }
    const simulator = createSimulator({ ...world, clock, origin });
    const served = await simulator.listen();
    const ledger = openPracticeLedger(join(folder, LEDGER_DB), clock);
    const kept = { history: open(clock), alerting: alerting(clock), ledger };
    const engine = liveEngine(options, simulator, served, kept, random);
    engine.start();
    const whole = withCleanup(engine, async () => {
      ledger.close();
      await served.close();
      await cleanUp();
    });
    return ok({ engine: whole, simulatorUrl: served.url, accounts: simulator.accounts });
  } catch (error) {
    await cleanUp();
    const cause = error instanceof Error ? error.message : 'unknown cause';
    return err(`Practice mode could not start: ${cause}`);
  }
}

function openPracticeHistory(path: string, clock: Clock): History {
  const opened = openHistory({ path, clock, retention: DEFAULT_RETENTION });
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

function openPracticeLedger(path: string, clock: Clock): Ledger {
  const opened = openLedger({ path, clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

/** The rules as they come, and one receiver that shows what it would have heard. */
function openPracticeAlerting(path: string, clock: Clock, random: () => number): Alerting {
  const store = openAlertStore({ path, clock, retentionMs: DEFAULT_RETENTION.changesMs });
  if (!store.ok) throw new Error(store.error.sentence);
  const onBug = (doing: string, error: unknown): void => {
    throw new Error(`a bug in ${doing}`, { cause: error });
  };
  return createAlerting({
    config: practiceAlerts(),
    store: store.value,
    notifiers: [practiceSink],
    clock,
    random,
    onBug,
  });
}

/** The present: real requests over real sockets, as with Cloudflare. */
function liveEngine(
  options: PracticeOptions,
  simulator: Simulator,
  served: Served,
  { ledger, ...kept }: { readonly history: History; readonly alerting: Alerting; readonly ledger: Ledger },
  random: () => number,
): Engine {
  const { clock, version } = options;
  const transport = createUndiciTransport({ proxy: null, noProxy: '*', ca: null, env: {}, clock });
  const apiBase = `${served.url}/client/v4`;
  const clientWith = (credentials: CredentialSource): CloudflareClient =>
    createCloudflareClient({ apiBase, credentials, transport, userAgent: `tunnelwatch/${version}`, clock });
  const accounts = simulator.accounts.map((account): EngineAccount => {
    const credentials = memoryCredential(account.readToken);
    return {
      id: account.id,
      name: account.name,
      client: clientWith(credentials),
      budgetKey: credentials.budgetKey,
      intervalMs: LIST_ROUND_MS,
      healthIntervalMs: HEALTH_ROUND_MS,
    };
  });
  const policy = PRACTICE_POLICY;
  // The write tokens are there from the start, so that everybody can try; unlocking is part of the practice.
  const keychain = memoryVault();
  const writing = simulator.accounts.map(({ id, name, writeToken }): WriteAccount => {
    const session = memoryVault([[writeTokenEntry(id, apiBase), writeToken]]);
    const account = { id, name, apiBase };
    const token = openWriteToken({ account, named: null, places: { env: {}, vault: keychain }, session, clock });
    return { id, name, token, clientWith };
  });
  const wanted = objectives(
    DEFAULT_OBJECTIVES,
    (id) => id,
    () => [],
  );
  const policies = keyPolicies(policy, [], () => []);
  const parts = { clock, history: kept.history, ledger, accounts, policies, writing, keychain };
  const desks = openDesks({ ...parts, objectives: wanted });
  const engine = createEngine({ accounts, clock, ...kept, ledger, policy, version, practice: true, random, desks });
  return withCleanup(engine, () => transport.close());
}
