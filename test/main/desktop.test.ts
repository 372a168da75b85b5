/** The whole main process over the fake electron and a behaving engine: start, use, wake, end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBridgeHost } from '../../src/engine/bridge/host.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type DesktopOptions, startDesktop } from '../../src/main/desktop.ts';
import type { Bridge, BridgeMessage } from '../../src/shared/bridge.ts';
import { err, ok } from '../../src/shared/result.ts';
import {
  app,
  BrowserWindow,
  becomeReady,
  dialog,
  handledChannels,
  ipcRendererOf,
  journal,
  Menu,
  powerMonitor,
  protocol,
  resetElectron,
  session,
  setLock,
} from '../fakes/electron.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { builtPreload, runPreload } from '../fakes/preload-sandbox.ts';

let bundle = '';
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  resetElectron();
  bundle = mkdtempSync(join(tmpdir(), 'tunnelwatch-desktop-'));
  writeFileSync(join(bundle, 'index.html'), '<!doctype html><title>Tunnelwatch</title>');
});
afterEach(() => rmSync(bundle, { recursive: true, force: true }));

async function started(over: Partial<DesktopOptions> = {}) {
  const engine = fakeEngine();
  const host = createBridgeHost({ engine, clock: systemClock(), startPractice: null, onBug: () => undefined });
  const openHost = vi.fn(async () => ok(host));
  startDesktop({ preload: '/p/index.cjs', bundle, devServer: null, platform: 'linux', openHost, ...over });
  const before = [...journal];
  await becomeReady();
  await settle();
  const window = BrowserWindow.getAllWindows()[0];
  return { engine, host, openHost, before, window };
}

/** The bridge as the page of this window gets it. */
function pageOf(window: BrowserWindow | undefined): Bridge {
  if (window === undefined) throw new Error('no window was opened');
  return runPreload(builtPreload(), ipcRendererOf(window.webContents)).exposed.get('tunnelwatch') as Bridge;
}

describe('start', () => {
  it('takes the lock, the scheme and the sandbox before Electron is ready, and opens the window after', async () => {
    const { before } = await started();
    expect(before).toEqual(['lock', 'schemes', 'enableSandbox']);
    expect(journal.slice(before.length)).toEqual(['ready', 'window']);
  });

  it('shows the bundle, guarded, with a menu', async () => {
    const { window } = await started();
    expect(window?.loaded).toEqual(['app://bundle/']);
    expect(window?.options.webPreferences?.preload).toBe('/p/index.cjs');
    expect(window?.webContents.windowOpenHandler).not.toBeNull();
    expect(session.defaultSession.permissionCheck).not.toBeNull();
    expect((await protocol.handled.get('app')?.(new Request('app://bundle/')))?.status).toBe(200);
    expect(Menu.current).not.toBeNull();
  });

  it('gives the page the board and answers its calls', async () => {
    const { engine, window } = await started();
    const page = pageOf(window);
    const heard: BridgeMessage[] = [];
    page.subscribe((message) => heard.push(message));
    await settle();
    expect(heard).toEqual([engine.board()]);
    expect(await page.call('pollNow', { accountId: null })).toEqual({ ok: true, value: null });
    expect(engine.calls).toContain('pollNow null');
  });

  it('ends at once when another instance runs, and opens nothing', async () => {
    setLock(false);
    const { openHost, window } = await started();
    expect(app.ended).toBe('quit');
    expect(openHost).not.toHaveBeenCalled();
    expect(window).toBeUndefined();
  });

  it('says what is wrong in a box and ends with 1 when there is no host', async () => {
    const { window } = await started({ openHost: async () => err('config.yaml:3: there is no account.') });
    expect(dialog.errors).toEqual([
      { title: 'Tunnelwatch cannot start', content: 'config.yaml:3: there is no account.' },
    ]);
    expect(app.ended).toBe(1);
    expect(window).toBeUndefined();
    expect(handledChannels()).toEqual([]);
  });

  it('ends with 1 when the start has a bug, instead of staying without a window', async () => {
    const terminal = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await started({ bundle: join(bundle, 'missing') });
    expect(app.ended).toBe(1);
    expect(terminal).toHaveBeenCalled();
    terminal.mockRestore();
  });

  it('takes the page from a development server when there is one, and then trusts that address alone', async () => {
    const { window, engine } = await started({ devServer: 'http://localhost:5173/' });
    expect(window?.loaded).toEqual(['http://localhost:5173/']);
    expect(protocol.handled.size).toBe(0);
    expect((await pageOf(window).call('pollNow', { accountId: null })).ok).toBe(true);
    if (window !== undefined) window.webContents.mainFrame.url = 'app://bundle/';
    expect((await pageOf(window).call('pollNow', { accountId: null })).ok).toBe(false);
    expect(engine.calls.filter((call) => call === 'pollNow null')).toHaveLength(1);
  });
});

describe('life', () => {
  it('comes to the front when it is started again', async () => {
    const { window } = await started();
    app.emit('second-instance', {}, [], '/');
    expect(window?.focused).toBe(1);
  });

  it('looks once when the machine wakes', async () => {
    const { engine } = await started();
    powerMonitor.emit('resume');
    expect(engine.calls).toContain('wake');
  });

  it('ends with its window, except on macOS, where the dock brings the window back', async () => {
    const linux = await started();
    linux.window?.close();
    await settle();
    expect(app.ended).toBe('quit');

    resetElectron();
    const mac = await started({ platform: 'darwin' });
    mac.window?.close();
    await settle();
    expect(app.ended).toBeNull();
    app.emit('activate');
    expect(BrowserWindow.getAllWindows()).toHaveLength(1);
    expect((await pageOf(BrowserWindow.getAllWindows()[0]).call('pollNow', { accountId: null })).ok).toBe(true);
    app.emit('activate');
    expect(BrowserWindow.getAllWindows()).toHaveLength(1);
  });

  it('stops the engine before it ends', async () => {
    const { engine } = await started();
    app.quit();
    expect(app.ended).toBeNull();
    await settle();
    expect(engine.stopped).toBe(true);
    expect(app.ended).toBe('quit');
    expect(handledChannels()).toEqual([]);
  });
});
