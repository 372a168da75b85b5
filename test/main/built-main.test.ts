/** The main process as built, over the fake electron, with its own engine: a first run in an empty home. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge, BridgeMessage } from '../../src/shared/bridge.ts';
import {
  app,
  BrowserWindow,
  becomeReady,
  dialog,
  ipcRendererOf,
  journal,
  Menu,
  menuItem,
  protocol,
  resetElectron,
  Tray,
} from '../fakes/electron.ts';
import { BUILT_PRELOAD, builtPreload, runPreload } from '../fakes/preload-sandbox.ts';

const BUILT_MAIN = join(BUILT_PRELOAD, '..', '..', 'main', 'index.js');
let home = '';

beforeEach(() => {
  resetElectron();
  home = mkdtempSync(join(tmpdir(), 'tunnelwatch-home-'));
  for (const name of ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'APPDATA', 'LOCALAPPDATA']) vi.stubEnv(name, home);
  vi.stubEnv('ELECTRON_RENDERER_URL', undefined);
  app.paths.set('userData', join(home, 'electron'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

describe('the built main process', () => {
  it('opens the page with the bridge, leaves nothing on disk on a first run, and stops', async () => {
    await import(/* @vite-ignore */ pathToFileURL(BUILT_MAIN).href);
    expect(journal).toEqual(['setPath userData', 'lock', 'schemes', 'enableSandbox']);
    await becomeReady();
    await expect.poll(() => BrowserWindow.getAllWindows().length).toBe(1);
    expect(dialog.errors).toEqual([]);
    expect(app.schemes.get('tunnelwatch')?.args).toEqual(['/repo']);
    expect(menuItem(Menu.current?.template ?? [], 'Board')).not.toBeNull();
    expect(Tray.all).toHaveLength(1);

    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('no window was opened');
    const preload = window.options.webPreferences?.preload;
    expect(preload !== undefined && existsSync(preload)).toBe(true);
    const html = await (await protocol.handled.get('app')?.(new Request('app://bundle/')))?.text();
    expect(html).toContain('<title>Tunnelwatch</title>');

    const page = runPreload(builtPreload(), ipcRendererOf(window.webContents)).exposed.get('tunnelwatch') as Bridge;
    const heard: BridgeMessage[] = [];
    page.subscribe((message) => heard.push(message));
    await expect.poll(() => heard[0]?.type).toBe('board');
    expect(heard[0]).toMatchObject({ status: { practice: false, accounts: [] }, rows: [] });
    expect(await page.call('events', { key: null, accountId: null, before: null, limit: 10 })).toMatchObject({
      ok: true,
    });

    expect(await page.call('desktop', {})).toMatchObject({
      ok: true,
      value: { version: '0.0.0-test', preferences: { startAtLogin: false } },
    });
    expect(await page.call('settings', {})).toMatchObject({ ok: true, value: { editable: true } });
    const log = join(app.getPath('logs'), 'tunnelwatch.log');
    expect(readFileSync(log, 'utf8')).toContain('"msg":"begins"');
    expect(log.startsWith(home)).toBe(true);

    app.quit();
    await expect.poll(() => app.ended).toBe('quit');
    expect(existsSync(join(home, 'history.db'))).toBe(false);
  });
});
