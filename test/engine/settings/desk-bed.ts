/** A host with its settings desk over a file in a fresh folder, a simulated Cloudflare, and a keychain that can be broken. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEngineSlot, type EngineSlot } from '../../../src/engine/bridge/engine-slot.ts';
import { type BridgeHost, createBridgeHost } from '../../../src/engine/bridge/host.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import type { Engine } from '../../../src/engine/contract.ts';
import { memoryVault, sessionFirst, type Vault } from '../../../src/engine/credentials/vault.ts';
import type { Reach } from '../../../src/engine/settings/carried.ts';
import { createSettingsDesk } from '../../../src/engine/settings/desk.ts';
import { openSettings } from '../../../src/engine/settings/file.ts';
import { type Machine, openEngine } from '../../../src/engine/settings/open-engine.ts';
import type { CallName, Calls } from '../../../src/shared/bridge.ts';
import { err } from '../../../src/shared/result.ts';
import { createSimulator, type Served, type SimAccount, type Simulator } from '../../../src/simulator/index.ts';

export interface Cloud {
  readonly simulator: Simulator;
  readonly apiBase: string;
  readonly account: SimAccount;
  close(): Promise<void>;
}

/** A calm Cloudflare on loopback. */
export async function openCloud(): Promise<Cloud> {
  const simulator = createSimulator({
    scenario: 'calm',
    clock: systemClock(),
    seed: 7,
    origin: Date.now() - 3_600_000,
  });
  const served: Served = await simulator.listen();
  const [account] = simulator.accounts;
  if (account === undefined) throw new Error('no account');
  return { simulator, apiBase: `${served.url}/client/v4`, account, close: () => served.close() };
}

/** A keychain in memory that refuses while `problem` is set. */
export function brittleVault(): Vault & { problem: string | null; entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const bed = {
    problem: null as string | null,
    entries,
    get: async (name: string) => (bed.problem === null ? inner().get(name) : err(bed.problem)),
    set: async (name: string, secret: string) => {
      if (bed.problem !== null) return err(bed.problem);
      entries.set(name, secret);
      return inner().set(name, secret);
    },
    delete: async (name: string) => {
      if (bed.problem !== null) return err(bed.problem);
      const there = entries.delete(name);
      return { ok: true as const, value: there };
    },
  };
  const inner = (): Vault => memoryVault(entries);
  return bed;
}

export interface Bed {
  readonly folder: string;
  readonly path: string;
  readonly host: BridgeHost;
  readonly slot: EngineSlot;
  readonly keychain: ReturnType<typeof brittleVault>;
  readonly session: Vault;
  readonly warnings: readonly string[];
  readonly bugs: readonly unknown[];
  call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Calls[N]['reply']>;
  file(): unknown;
  files(): readonly string[];
  close(): Promise<void>;
}

export interface BedOptions {
  /** What stands in the file at the start; nothing for a first run. */
  readonly text?: string;
  readonly named?: boolean;
  readonly reach?: Reach;
  readonly practice?: () => Engine;
  readonly env?: Readonly<Record<string, string>>;
  readonly log?: readonly string[];
  readonly keychain?: ReturnType<typeof brittleVault>;
  readonly folder?: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}

/** Opens everything as the hosts do. */
export async function openBed(options: BedOptions = {}): Promise<Bed> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tw-desk-'));
  const path = join(folder, 'settings', 'config.yaml');
  if (options.text !== undefined) {
    await mkdir(dirname(path), { recursive: true });
    writeFileSync(path, options.text);
  }
  const clock = systemClock();
  const keychain = options.keychain ?? brittleVault();
  const session = memoryVault();
  const [warnings, bugs]: [string[], unknown[]] = [[], []];
  const machine: Machine = {
    clock,
    places: { env: options.env ?? {}, vault: sessionFirst(session, keychain) },
    dataDir: join(folder, 'data'),
    version: '0.0.0-test',
    random: () => 0.5,
    onBug: (doing, error) => bugs.push([doing, error]),
  };
  const settings = await openSettings(path);
  if (!settings.ok) throw new Error('the settings of this bed are wrong');
  const opened = options.practice === undefined ? await openEngine(settings.value.settings, machine) : null;
  if (opened?.ok === false) throw new Error(opened.error);
  const engine = opened?.value.engine ?? options.practice?.();
  if (engine === undefined) throw new Error('unreachable');
  engine.start();
  const slot = createEngineSlot(engine, clock);
  const desk = createSettingsDesk({
    path,
    named: options.named ?? false,
    reach: options.reach ?? 'window',
    machine,
    slot,
    vaults: { keychain, session },
    applied: opened === null ? null : settings.value.settings,
    warn: (sentence) => warnings.push(sentence),
    logLines: () => options.log ?? [],
  });
  const host = createBridgeHost({
    engine: slot,
    clock,
    startPractice: null,
    settings: desk,
    onBug: (call, error) => bugs.push([call, error]),
  });
  return {
    folder,
    path,
    host,
    slot,
    keychain,
    session,
    warnings,
    bugs,
    async call(name, args) {
      const answer = await host.call(name, args);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.sentence}`);
      return answer.value as never;
    },
    file: () => JSON.parse(readFileSync(path, 'utf8')),
    files: () => filesBelow(folder),
    async close() {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
