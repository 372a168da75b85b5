/** `serve`: the host over the accounts of a config file, or a first run without any. */

import { destination } from 'pino';
import { createEngineSlot, type EngineSlot } from '../../engine/bridge/engine-slot.ts';
import type { SettingsDesk } from '../../engine/bridge/host-calls.ts';
import { type Clock, systemClock } from '../../engine/clock.ts';
import type { Engine } from '../../engine/contract.ts';
import { readSecret, type SecretPlaces } from '../../engine/credentials/secret.ts';
import { keychainVault, memoryVault, sessionFirst, type Vault } from '../../engine/credentials/vault.ts';
import { createSettingsDesk } from '../../engine/settings/desk.ts';
import { openSettings } from '../../engine/settings/file.ts';
import type { Machine } from '../../engine/settings/open-engine.ts';
import { openEngine } from '../../engine/settings/open-engine.ts';
import type { SecretSource, Settings } from '../../engine/settings/schema.ts';
import { isLoopbackHost } from '../../engine/settings/url.ts';
import { ok, type Result } from '../../shared/result.ts';
import { bugLog, createLog } from '../log.ts';
import { logTail } from '../log-tail.ts';
import { defaultPaths } from '../paths.ts';
import { runHost } from '../run-host.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { requireSettings, settingsTrouble } from './config.ts';

export interface ServeOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  /** `true`: the board; otherwise the path of the page. */
  readonly open?: boolean | string;
}

/** What a command gets from the process that it runs in. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Where a person answers, or a script sends a key. */
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
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

/** @param name `access` or `wall`, for people. */
async function serverToken(
  source: SecretSource | undefined,
  places: SecretPlaces,
  name: string,
): Promise<string | null> {
  if (source === undefined) return null;
  const secret = await readSecret(source, places);
  if (!secret.ok)
    throw new UserError(`The ${name} token of the server cannot be had: ${secret.error}`, EXIT.wrongInput);
  return secret.value.value;
}

/** Practice mode out of the page of a first run; the simulator is loaded only for this. */
async function practiceFromPage(clock: Clock): Promise<Result<Engine, string>> {
  const { startPractice } = await import('../../practice/practice.ts');
  const started = await startPractice({ clock, version: VERSION });
  return started.ok ? ok(started.value.engine) : started;
}

interface DeskParts {
  readonly settings: Settings;
  readonly machine: Machine;
  readonly slot: EngineSlot;
  readonly vaults: { readonly keychain: Vault; readonly session: Vault };
  readonly listen: string;
  readonly token: string | null;
  readonly warn: (sentence: string) => void;
  readonly logLines: () => readonly string[];
}

/**
 * Settings can be changed from a page on this machine: of the usual file, and of a JSON file that was named. A page that other
 * machines can reach shows states and changes nothing.
 */
function deskFor({ config }: ServeOptions, env: NodeJS.ProcessEnv, parts: DeskParts): SettingsDesk | null {
  const { settings, listen, token, ...rest } = parts;
  if (!isLoopbackHost(listen)) return null;
  return createSettingsDesk({
    ...rest,
    path: config ?? defaultPaths(env).config,
    named: config !== undefined,
    reach: token === null ? 'open' : 'guarded',
    applied: settings,
  });
}

/** Watches and serves until a signal; throws a `UserError` for what the user can correct. */
export async function serve(options: ServeOptions, surroundings: Surroundings): Promise<number> {
  const { env, terminal, renderer } = surroundings;
  const settings = await settingsFor(options, surroundings);
  const clock = systemClock();
  const tail = logTail(destination({ dest: 2, sync: true }));
  const log = createLog(settings.log.level, tail);
  const onBug = bugLog(log, clock);
  const vaults = { keychain: keychainVault(clock), session: memoryVault() };
  const places = { env, vault: sessionFirst(vaults.session, vaults.keychain) };
  const token = await serverToken(settings.server.token, places, 'access');
  const wallToken = await serverToken(settings.server.wallToken, places, 'wall');
  const dataDir = defaultPaths(env).data;
  const machine: Machine = {
    clock,
    places,
    session: vaults.session,
    dataDir,
    version: VERSION,
    random: Math.random,
    onBug,
  };
  const opened = await openEngine(settings, machine);
  if (!opened.ok) throw new UserError(opened.error, EXIT.wrongInput);
  const warn = (sentence: string): void => log.warn(sentence);
  for (const warning of opened.value.warnings) warn(warning);
  const { engine } = opened.value;
  engine.start();
  const slot = createEngineSlot(engine, clock);
  const listen = { host: options.host ?? settings.server.host, port: options.port ?? settings.server.port };
  const parts = { settings, machine, slot, vaults, listen: listen.host, token, warn, logLines: () => tail.lines() };
  await runHost({
    engine: slot,
    settings: deskFor(options, env, parts),
    clock,
    log,
    onBug,
    terminal,
    env,
    renderer,
    listen,
    token,
    wallToken,
    names: settings.server.names,
    startPractice: () => practiceFromPage(clock),
    open: options.open ?? false,
  });
  return EXIT.done;
}
