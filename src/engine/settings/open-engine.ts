/**
 * From settings to a running engine: credentials, the way to Cloudflare, the history. Both hosts begin here, so that a
 * setting means the same in the window and on the wall.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Desktop } from '../alerts/sinks/native.ts';
import type { Clock } from '../clock.ts';
import type { SystemProxy } from '../cloudflare/way.ts';
import type { Engine, EngineAccount, OnBug } from '../contract.ts';
import type { SecretPlaces } from '../credentials/secret.ts';
import type { Vault } from '../credentials/vault.ts';
import { createEngine } from '../engine.ts';
import { openHistory } from '../history/open-history.ts';
import { LEDGER_DB, openLedger } from '../ledger/open-ledger.ts';
import { formatDuration } from './duration.ts';
import { policiesOf } from './key-policies.ts';
import { openAlerting } from './open-alerting.ts';
import { type OpenedAccount, openClients } from './open-clients.ts';
import { openDesks } from './open-desks.ts';
import type { Settings } from './schema.ts';
import { objectivesOf } from './slo-objectives.ts';

/** What the machine gives an engine. */
export interface Machine {
  readonly clock: Clock;
  readonly places: SecretPlaces;
  /** What is kept for this session only, through every exchange of the engine; absent: as long as the engine. */
  readonly session?: Vault;
  /** Folder of the history where the settings name none. */
  readonly dataDir: string;
  readonly version: string;
  readonly random: () => number;
  readonly onBug: OnBug;
  /** What the person at the host speaks, where the settings do not say; absent: English. */
  readonly language?: AlertLanguage | undefined;
  /** The desktop that the host runs on: alerts are told there as well. Absent where there is none. */
  readonly desktop?: Desktop | null;
  /** The proxies of the system; absent where a host has no way to ask. */
  readonly systemProxy?: SystemProxy | null;
}

export interface OpenedEngine {
  /** Not started yet. Its `stop()` also closes the connections to Cloudflare. */
  readonly engine: Engine;
  /** Sentences for the log and the terminal. */
  readonly warnings: readonly string[];
}

export const HISTORY_FILE = 'history.db';

/** The same engine, with something more to put away when it stops. */
export function withCleanup(engine: Engine, cleanUp: () => Promise<void>): Engine {
  return {
    start: () => engine.start(),
    async stop() {
      try {
        await engine.stop();
      } finally {
        await cleanUp();
      }
    },
    wake: () => engine.wake(),
    board: () => engine.board(),
    subscribe: (listener) => engine.subscribe(listener),
    tunnel: (key) => engine.tunnel(key),
    get history() {
      return engine.history;
    },
    watch: (key) => engine.watch(key),
    pollNow: (accountId) => engine.pollNow(accountId),
    pause: (forMs) => engine.pause(forMs),
    resume: () => engine.resume(),
    get lint() {
      return engine.lint;
    },
    get alerts() {
      return engine.alerts;
    },
    get desks() {
      return engine.desks;
    },
  };
}

/** A folder that cannot be made is no refusal: the history then begins in memory and says why. */
async function historyPath(settings: Settings, machine: Machine): Promise<string | null> {
  // Without accounts nothing is watched and nothing is kept: a first look leaves no file behind.
  if (settings.accounts.length === 0) return null;
  const folder = settings.data.dir ?? machine.dataDir;
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
  return join(folder, HISTORY_FILE);
}

/**
 * The error is one sentence that the user can act on. `letGo` stops an engine that holds the same files; it is called when
 * credentials, which can take their time, are at hand.
 */
export async function openEngine(
  settings: Settings,
  machine: Machine,
  letGo: () => Promise<void> = async () => undefined,
): Promise<Result<OpenedEngine, string>> {
  const { clock, version } = machine;
  const clients = await openClients(settings, machine);
  if (!clients.ok) return clients;
  await letGo();
  const { accounts, transport } = clients.value;
  const path = await historyPath(settings, machine);
  const history = openHistory({
    path,
    retention: { changesMs: settings.retention.changes, rollupsMs: settings.retention.rollups },
    clock,
  });
  if (!history.ok) {
    await transport.close();
    return err(history.error.sentence);
  }
  const alerting = await openAlerting(settings, machine, path);
  if (!alerting.ok) {
    history.value.close();
    await transport.close();
    return alerting;
  }
  const ledger = openLedger({ path: path === null ? null : join(dirname(path), LEDGER_DB), clock });
  if (!ledger.ok) {
    history.value.close();
    await alerting.value.alerting.stop();
    await Promise.allSettled([transport.close(), alerting.value.close()]);
    return err(ledger.error.sentence);
  }
  const watched = accounts.map(engineAccount);
  const policies = policiesOf(settings);
  const policy = policies.general;
  const engine = createEngine({
    accounts: watched,
    clock,
    history: history.value,
    policy,
    policyOf: policies.policyOf,
    version,
    practice: false,
    random: machine.random,
    onBug: machine.onBug,
    ledger: ledger.value,
    alerting: alerting.value.alerting,
    desks: openDesks({
      clock,
      history: history.value,
      ledger: ledger.value,
      accounts: watched,
      policies,
      objectives: objectivesOf(settings),
      writing: accounts.map(({ writing }) => writing),
      keychain: machine.places.vault,
    }),
  });
  return ok({
    engine: withCleanup(engine, async () => {
      ledger.value.close();
      await Promise.allSettled([transport.close(), alerting.value.close()]);
    }),
    warnings: [
      ...alerting.value.warnings,
      ...accounts.flatMap(({ credential }) => credential.warnings),
      ...slower(settings, engine),
    ],
  });
}

function engineAccount({ settings, client, credential }: OpenedAccount): EngineAccount {
  return {
    id: settings.id,
    name: settings.name,
    number: settings.number,
    client,
    budgetKey: credential.source.budgetKey,
    intervalMs: settings.interval,
    healthIntervalMs: settings.healthInterval,
  };
}

/** Accounts that share a token with so many others that they cannot be asked as often as the settings say. */
function slower({ accounts }: Settings, engine: Engine): string[] {
  return engine.board().status.accounts.flatMap(({ name, intervalMs, healthIntervalMs }, index) => {
    const wanted = accounts[index];
    if (wanted === undefined || (wanted.interval === intervalMs && wanted.healthInterval === healthIntervalMs))
      return [];
    const pace = `each ${formatDuration(intervalMs)} and for health each ${formatDuration(healthIntervalMs)}`;
    return [`${name} is asked ${pace}, less often than set: too many accounts share its token.`];
  });
}
