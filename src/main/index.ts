/**
 * The desktop app: wiring alone. `tunnelwatch --help` names the flags.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { systemClock } from '../engine/clock.ts';
import { keychainVault } from '../engine/credentials/vault.ts';
import type { Machine } from '../engine/settings/open-engine.ts';
import { bugLog, logHost } from '../headless/log.ts';
import { outliveBugs } from '../headless/outlive.ts';
import { ok } from '../shared/result.ts';
import { HELP, type Launch, launchArguments } from './arguments.ts';
import { prepareCompanions } from './companions.ts';
import { startDesktop } from './desktop.ts';
import { createDesktopDesk } from './desktop-desk.ts';
import { helpActs } from './help-acts.ts';
import { openDesktopHost } from './host.ts';
import { systemLanguage } from './language.ts';
import { loginItem } from './login-item.ts';
import { notificationLimits } from './notifications/sound.ts';
import { startPractice } from './practice-starter.ts';
import { openPreferences } from './preferences.ts';
import { openProfile } from './profile.ts';
import { systemProxyOf } from './system-proxy.ts';
import { trustSystem } from './system-trust.ts';

const { env, platform, argv, execPath, stdout } = process;
// A packaged app has no path of its program among its arguments.
const args = argv.slice(app.isPackaged ? 1 : 2);
const icons = join(import.meta.dirname, '../../resources/tray');
const script = app.isPackaged ? null : app.getAppPath();

function start(launch: Launch): void {
  const { places, logs, userData, tail, log, warn } = openProfile(launch, env, platform);
  const clock = systemClock();
  const onBug = bugLog(log, clock);
  outliveBugs(onBug);
  if (!trustSystem()) warn("The system's certificates cannot be read; those that come along are trusted.");
  const preferences = openPreferences(join(userData, 'preferences.json'), platform, warn);
  const machine: Machine = {
    clock,
    places: { env, vault: keychainVault(clock) },
    dataDir: places.data,
    version: app.getVersion(),
    random: Math.random,
    onBug,
    systemProxy: systemProxyOf(() => session.defaultSession),
  };
  const desktop = createDesktopDesk({
    preferences,
    login: loginItem({ app, platform, env, home: homedir(), profile: launch.profile, program: execPath, script }),
    version: machine.version,
    limits: () => notificationLimits(platform, systemLanguage(app.getLocale())),
    log: warn,
  });
  startDesktop({
    launch,
    started: { args, cwd: process.cwd() },
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    bundle: join(import.meta.dirname, '../renderer'),
    devServer: app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null),
    platform,
    program: execPath,
    script,
    placeFile: join(userData, 'window.json'),
    closesToTray: () => preferences.current().closeToTray,
    log: warn,
    async openHost(windows) {
      log.info({ versions: process.versions }, 'begins');
      const companions = prepareCompanions(
        { clock, platform, env, preferences, icons, profile: launch.profile, log: warn },
        windows,
      );
      const opened = await openDesktopHost({
        asked: launch,
        usualConfig: places.config,
        machine: { ...machine, desktop: companions.desktop, language: systemLanguage(app.getLocale()) },
        startPractice: () => startPractice(machine),
        warn,
        desktop,
        logLines: tail.lines,
      });
      if (!opened.ok) return opened;
      const host = opened.value;
      logHost(host, log);
      return ok({ host, beside: (showUpdate, language) => companions.over(host, showUpdate, language) });
    },
    helpActs: (host, language) => helpActs(host, logs, language),
  });
}

const parsed = launchArguments(args, process.cwd());
if (!parsed.ok) {
  dialog.showErrorBox('Tunnelwatch', parsed.error);
  app.exit(2);
} else if (parsed.value.print !== null) {
  stdout.write(`${parsed.value.print === 'help' ? HELP : app.getVersion()}\n`);
  app.exit(0);
} else start(parsed.value);
