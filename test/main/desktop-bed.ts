/** The whole main process over the fake electron and a behaving engine, ready to be prodded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { createBridgeHost } from '../../src/engine/bridge/host.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type Launch, launchArguments } from '../../src/main/arguments.ts';
import { type DesktopOptions, startDesktop } from '../../src/main/desktop.ts';
import type { Bridge } from '../../src/shared/bridge.ts';
import { ok } from '../../src/shared/result.ts';
import { app, BrowserWindow, becomeReady, ipcRendererOf, journal, resetElectron } from '../fakes/electron.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { builtPreload, runPreload } from '../fakes/preload-sandbox.ts';

/** Lets everything that was begun go its way: turns of the loop count, for a busy machine gives few of them in a given time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve, 3));
}

/** What a command line asks for. */
export function launchOf(...args: string[]): Launch {
  const parsed = launchArguments(args, '/work');
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

/** The bridge as the page of this window gets it. */
export function pageOf(window: BrowserWindow | undefined): Bridge {
  if (window === undefined) throw new Error('no window was opened');
  return runPreload(builtPreload(), ipcRendererOf(window.webContents)).exposed.get('tunnelwatch') as Bridge;
}

/** A later start of the program: this process is handed what that one was given. */
export function startAgain(...args: string[]): void {
  app.emit('second-instance', {}, ['tunnelwatch', '--chromium-added-this', ...args], '/', { args, cwd: '/work' });
}

const updates = { check: vi.fn(async () => undefined), install: vi.fn(() => false) };

/** A tray to close windows into, and what is called when it goes. */
interface Bed {
  readonly tray: boolean;
  readonly dispose: () => void;
}

/** Prepares a folder for each test, and takes it away. */
export function desktopBed() {
  const bed = { folder: '', page: '', placeFile: '' };
  beforeEach(() => {
    resetElectron();
    bed.folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-desktop-'));
    bed.page = bed.folder;
    bed.placeFile = join(bed.folder, 'own', 'window.json');
    writeFileSync(join(bed.folder, 'index.html'), '<!doctype html><title>Tunnelwatch</title>');
  });
  afterEach(() => {
    app.removeAllListeners('window-all-closed');
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    rmSync(bed.folder, { recursive: true, force: true });
  });

  return {
    bed,
    /** Starts the app and waits until it stands. */
    async start({ tray = false, dispose = vi.fn(), ...over }: Partial<DesktopOptions & Bed> = {}) {
      const engine = fakeEngine();
      const host = createBridgeHost({ engine, clock: systemClock(), startPractice: null, onBug: () => undefined });
      const openHost = vi.fn(async () => ok({ host, beside: () => ({ tray, updates, dispose }) }));
      const log = vi.fn();
      startDesktop({
        launch: launchOf(),
        started: { args: [], cwd: '/work' },
        preload: '/p/index.cjs',
        bundle: bed.page,
        devServer: null,
        platform: 'linux',
        program: '/opt/tunnelwatch',
        script: null,
        placeFile: bed.placeFile,
        closesToTray: () => true,
        log,
        openHost,
        helpActs: () => ({ openLogs: vi.fn(), copyDiagnostics: vi.fn(), openLink: vi.fn() }),
        ...over,
      });
      const before = [...journal];
      await becomeReady();
      await settle();
      return { engine, host, openHost, log, before, window: BrowserWindow.getAllWindows()[0] };
    },
  };
}
