/**
 * The desktop's engine behind its bridge: from the settings, or in practice mode.
 */
import { createEngineSlot } from '../engine/bridge/engine-slot.ts';
import { type BridgeHost, createBridgeHost, type PracticeStarter } from '../engine/bridge/host.ts';
import type { DesktopDesk } from '../engine/bridge/host-calls.ts';
import type { Engine } from '../engine/contract.ts';
import { memoryVault, sessionFirst } from '../engine/credentials/vault.ts';
import { createSettingsDesk } from '../engine/settings/desk.ts';
import { openSettings } from '../engine/settings/file.ts';
import { loadSettings } from '../engine/settings/load.ts';
import { type Machine, openEngine } from '../engine/settings/open-engine.ts';
import { describeProblem, type SettingsError } from '../engine/settings/problems.ts';
import type { Settings } from '../engine/settings/schema.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { DesktopArguments } from './arguments.ts';

/** What the desktop's host is made of. */
export interface DesktopHostOptions {
  readonly asked: DesktopArguments;
  /** The settings file where none is asked for; it need not exist. */
  readonly usualConfig: string;
  readonly machine: Machine;
  readonly startPractice: PracticeStarter;
  /** Takes sentences for the terminal. */
  readonly warn: (sentence: string) => void;
  /** The last lines of the log, the oldest first; for diagnostics. */
  readonly logLines?: () => readonly string[];
  /** Answers for what the desktop itself prefers. */
  readonly desktop?: DesktopDesk;
}

const inWords = ({ file, problems }: SettingsError): string =>
  problems.map((problem) => describeProblem(file, problem)).join('\n');

async function settingsOf({ asked, usualConfig, warn }: DesktopHostOptions): Promise<Result<Settings, string>> {
  if (asked.config !== null) {
    const loaded = await loadSettings(asked.config);
    return loaded.ok ? loaded : err(inWords(loaded.error));
  }
  const opened = await openSettings(usualConfig);
  if (!opened.ok) return err(inWords(opened.error));
  if (opened.value.notice !== null) warn(opened.value.notice);
  return ok(opened.value.settings);
}

interface Opened {
  readonly engine: Engine;
  /** `null` in practice mode. */
  readonly settings: Settings | null;
}

async function configuredEngine(options: DesktopHostOptions, machine: Machine): Promise<Result<Opened, string>> {
  const settings = await settingsOf(options);
  if (!settings.ok) return settings;
  const opened = await openEngine(settings.value, machine);
  if (!opened.ok) return opened;
  for (const warning of opened.value.warnings) options.warn(warning);
  opened.value.engine.start();
  return ok({ engine: opened.value.engine, settings: settings.value });
}

async function practiceEngine(options: DesktopHostOptions): Promise<Result<Opened, string>> {
  const engine = await options.startPractice();
  return engine.ok ? ok({ engine: engine.value, settings: null }) : engine;
}

/** Opens the host with its engine running. The error is for the user: a sentence, or one for each problem of the settings. */
export async function openDesktopHost(options: DesktopHostOptions): Promise<Result<BridgeHost, string>> {
  const { asked, usualConfig, warn, logLines } = options;
  const vaults = { keychain: options.machine.places.vault, session: memoryVault() };
  const places = { ...options.machine.places, vault: sessionFirst(vaults.session, vaults.keychain) };
  const machine: Machine = { ...options.machine, places, session: vaults.session };
  const opened = await (asked.demo ? practiceEngine(options) : configuredEngine(options, machine));
  if (!opened.ok) return opened;
  const slot = createEngineSlot(opened.value.engine, machine.clock);
  const settings = createSettingsDesk({
    path: asked.config ?? usualConfig,
    named: asked.config !== null,
    reach: 'window',
    machine,
    vaults,
    slot,
    applied: opened.value.settings,
    warn,
    ...(logLines && { logLines }),
  });
  const host = createBridgeHost({
    engine: slot,
    clock: machine.clock,
    startPractice: options.startPractice,
    settings,
    ...(options.desktop && { desktop: options.desktop }),
    onBug: (call, error) => machine.onBug(`the call ${call}`, error),
  });
  return ok(host);
}
