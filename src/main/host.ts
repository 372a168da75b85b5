/**
 * The desktop's engine behind its bridge: from the settings, or in practice mode.
 */
import { type BridgeHost, createBridgeHost, type PracticeStarter } from '../engine/bridge/host.ts';
import type { Engine } from '../engine/contract.ts';
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

async function configuredEngine(options: DesktopHostOptions): Promise<Result<Engine, string>> {
  const settings = await settingsOf(options);
  if (!settings.ok) return settings;
  const opened = await openEngine(settings.value, options.machine);
  if (!opened.ok) return opened;
  for (const warning of opened.value.warnings) options.warn(warning);
  opened.value.engine.start();
  return ok(opened.value.engine);
}

/** Opens the host with its engine running. The error is for the user: a sentence, or one for each problem of the settings. */
export async function openDesktopHost(options: DesktopHostOptions): Promise<Result<BridgeHost, string>> {
  const engine = options.asked.demo ? await options.startPractice() : await configuredEngine(options);
  if (!engine.ok) return engine;
  const host = createBridgeHost({
    engine: engine.value,
    clock: options.machine.clock,
    startPractice: options.startPractice,
    onBug: (call, error) => options.machine.onBug(`the call ${call}`, error),
  });
  return ok(host);
}
