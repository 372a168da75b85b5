/** The whole main process over the fake electron and a behaving engine: start, use, wake, end. */
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { BridgeMessage } from '../../src/shared/bridge.ts';
import { err } from '../../src/shared/result.ts';
import {
  app,
  BrowserWindow,
  dialog,
  handledChannels,
  journal,
  Menu,
  protocol,
  resetElectron,
  session,
  setLock,
} from '../fakes/electron.ts';
import { desktopBed, pageOf, settle, startAgain } from './desktop-bed.ts';

const { bed, start: started } = desktopBed();

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
    await started({ bundle: join(bed.folder, 'missing') });
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
    startAgain();
    expect(window?.focused).toBe(1);
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
