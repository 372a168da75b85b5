/** `serve`: the host over the accounts of a config file, or a first run without any. */

import { type Clock, systemClock } from '../../engine/clock.ts';
import type { Engine } from '../../engine/contract.ts';
import { readSecret, type SecretPlaces } from '../../engine/credentials/secret.ts';
import { keychainVault } from '../../engine/credentials/vault.ts';
import { openSettings } from '../../engine/settings/file.ts';
import { openEngine } from '../../engine/settings/open-engine.ts';
import type { Settings } from '../../engine/settings/schema.ts';
import { ok, type Result } from '../../shared/result.ts';
import { bugLog, createLog } from '../log.ts';
import { defaultPaths } from '../paths.ts';
import { runHost } from '../run-host.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { requireSettings, settingsTrouble } from './config.ts';

export interface ServeOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  readonly open?: boolean;
}

/** What a command gets from the process that it runs in. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Folder of the built renderer. */
  readonly renderer: string;
}

/** A named file has to be there and right; the usual place may be empty, which is a first run. */
async function settingsFor(options: ServeOptions, { env, terminal }: Surroundings): Promise<Settings> {
  if (options.config !== undefined) return requireSettings(options.config);
  const path = defaultPaths(env).config;
  const opened = await openSettings(path);
  if (!opened.ok) throw settingsTrouble(opened.error);
  if (opened.value.notice !== null) say(terminal.error, `tunnelwatch: ${opened.value.notice}`);
  if (opened.value.from === 'none')
    say(terminal.error, `No accounts yet: the page explains how to begin. Accounts go into ${path}.`);
  return opened.value.settings;
}

async function accessToken(settings: Settings, places: SecretPlaces): Promise<string | null> {
  const source = settings.server.token;
  if (source === undefined) return null;
  const secret = await readSecret(source, places);
  if (!secret.ok) throw new UserError(`The access token of the server cannot be had: ${secret.error}`, EXIT.wrongInput);
  return secret.value.value;
}

/** Practice mode out of the page of a first run; the simulator is loaded only for this. */
async function practiceFromPage(clock: Clock): Promise<Result<Engine, string>> {
  const { startPractice } = await import('../../practice/practice.ts');
  const started = await startPractice({ clock, version: VERSION });
  return started.ok ? ok(started.value.engine) : started;
}

/** Watches and serves until a signal; throws a `UserError` for what the user can correct. */
export async function serve(options: ServeOptions, surroundings: Surroundings): Promise<number> {
  const { env, terminal, renderer } = surroundings;
  const settings = await settingsFor(options, surroundings);
  const clock = systemClock();
  const log = createLog(settings.log.level);
  const onBug = bugLog(log, clock);
  const places = { env, vault: keychainVault(clock) };
  const token = await accessToken(settings, places);
  const opened = await openEngine(settings, {
    clock,
    places,
    dataDir: defaultPaths(env).data,
    version: VERSION,
    random: Math.random,
    onBug,
  });
  if (!opened.ok) throw new UserError(opened.error, EXIT.wrongInput);
  for (const warning of opened.value.warnings) log.warn(warning);
  const { engine } = opened.value;
  engine.start();
  await runHost({
    engine,
    clock,
    log,
    onBug,
    terminal,
    env,
    renderer,
    listen: { host: options.host ?? settings.server.host, port: options.port ?? settings.server.port },
    token,
    names: settings.server.names,
    startPractice: () => practiceFromPage(clock),
    open: options.open ?? false,
  });
  return EXIT.done;
}
