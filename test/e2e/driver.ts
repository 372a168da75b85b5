/**
 * The app as a person has it before them, whichever host runs it: the headless one with Chromium, or Electron where its binary
 * is. Journeys are written once and run through both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { electronBinary } from '../../src/headless/desktop-binary.ts';
import { ROOT } from '../packaging/stand-in.ts';
import { launch } from '../renderer/harness/chromium.ts';
import { open, WHY } from './browser.ts';
import { demo, type Installation } from './host.ts';

/** One run of the app with its window. */
export interface Driven {
  readonly page: Page;
  /** Errors and warnings of its console, and exceptions. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** A way to run the app. */
export interface Driver {
  readonly name: string;
  /** Why it cannot be used here; empty when it can. */
  readonly why: string;
  /** With the settings of an installation, or in practice mode. */
  open(what: Installation | 'practice'): Promise<Driven>;
}

/** The headless host as a process, and a page of Chromium on it. */
export const headless: Driver = {
  name: 'the headless host in Chromium',
  why: WHY,
  async open(what) {
    const host = what === 'practice' ? await demo(2) : await what.serve();
    try {
      const browser = await launch();
      const opened = await open(browser, host.url);
      return {
        ...opened,
        async close() {
          await browser.close();
          await host.kill();
        },
      };
    } catch (error) {
      await host.kill();
      throw error;
    }
  },
};

const binary = process.env.ELECTRON_EXEC_PATH ?? electronBinary(ROOT, process.env);

function withoutElectron(): string {
  if (binary === null) return ' (skipped: no Electron binary on this machine)';
  if (process.platform === 'linux' && !process.env.DISPLAY) return ' (skipped: no display on this machine)';
  return '';
}

/** The built app in real Electron, with a home of its own. */
export const electron: Driver = {
  name: 'Electron',
  why: withoutElectron(),
  async open(what) {
    const home = mkdtempSync(join(tmpdir(), 'tw-driven-'));
    const args = ['.', ...(what === 'practice' ? ['--demo'] : ['--config', what.config]), `--user-data-dir=${home}`];
    // Chromium has no sandbox of its own for root.
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    const places = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'APPDATA', 'LOCALAPPDATA'];
    const app = await _electron.launch({
      executablePath: binary ?? '',
      args,
      cwd: ROOT,
      timeout: 90_000,
      env: {
        ...(process.env as Record<string, string>),
        ...Object.fromEntries(places.map((name) => [name, home])),
        ...(what === 'practice' ? {} : what.env),
      },
    });
    const page = await app.firstWindow();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return {
      page,
      complaints,
      async close() {
        await app.close();
        rmSync(home, { recursive: true, force: true });
      },
    };
  },
};

export const DRIVERS: readonly Driver[] = [headless, electron];
