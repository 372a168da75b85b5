/**
 * The desktop app: wiring alone. `electron . [--demo] [--config FILE]`.
 */
import { join } from 'node:path';
import { app } from 'electron';
import { systemClock } from '../engine/clock.ts';
import { keychainVault } from '../engine/credentials/vault.ts';
import type { Machine } from '../engine/settings/open-engine.ts';
import { calmly, outliveBugs } from '../headless/outlive.ts';
import { defaultPaths } from '../headless/paths.ts';
import { ok } from '../shared/result.ts';
import { desktopArguments } from './arguments.ts';
import { startDesktop } from './desktop.ts';
import { openDesktopHost } from './host.ts';

const { env, platform, argv, stderr } = process;
const say = (sentence: string): boolean => stderr.write(`tunnelwatch: ${sentence}\n`);

// A packaged app has no path of its program among its arguments.
const asked = desktopArguments(argv.slice(app.isPackaged ? 1 : 2), process.cwd());
const paths = defaultPaths(env, platform);
const clock = systemClock();
const onBug = calmly(clock, (doing, error) => console.error(`tunnelwatch: a bug: ${doing}`, error));
const machine: Machine = {
  clock,
  places: { env, vault: keychainVault(clock) },
  dataDir: paths.data,
  version: app.getVersion(),
  random: Math.random,
  onBug,
};
outliveBugs(onBug);

/** Practice mode brings the simulator along, so it is loaded only when wanted. */
async function startPractice() {
  const { startPractice: start } = await import('../practice/practice.ts');
  const started = await start({ clock, version: machine.version });
  return started.ok ? ok(started.value.engine) : started;
}

startDesktop({
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  bundle: join(import.meta.dirname, '../renderer'),
  devServer: app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null),
  platform,
  openHost: () => {
    if (asked.demo) say('making a past of seven days; the window opens when it is done.');
    return openDesktopHost({ asked, usualConfig: paths.config, machine, startPractice, warn: say });
  },
});
