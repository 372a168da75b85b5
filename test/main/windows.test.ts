/** Windows come, hide, go and come back; the engine notices nothing of it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  app,
  BrowserWindow,
  fakeDisplay,
  keptAwake,
  plug,
  powerMonitor,
  resetElectron,
  screen,
} from '../fakes/electron.ts';
import { desktopBed, launchOf, pageOf, settle, startAgain } from './desktop-bed.ts';

const { bed, start } = desktopBed();
const dispose = vi.fn();
const tray = { tray: true, dispose };
const one = (): BrowserWindow => {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('there is no window');
  return window;
};
const remembered = (): unknown => JSON.parse(readFileSync(bed.placeFile, 'utf8'));
const remember = (place: unknown): void => {
  mkdirSync(dirname(bed.placeFile), { recursive: true });
  writeFileSync(bed.placeFile, typeof place === 'string' ? place : JSON.stringify(place));
};

afterEach(() => vi.useRealTimers());

describe('the main window', () => {
  it('keeps its size and place when it was dragged, and has them in the next start', async () => {
    await start();
    one().drag({ x: 300, y: 200, width: 900, height: 700 });
    await expect.poll(() => existsSync(bed.placeFile)).toBe(true);
    const place = { bounds: { x: 300, y: 200, width: 900, height: 700 }, maximized: false, fullScreen: false };
    expect(remembered()).toEqual(place);
    resetElectron();
    await start();
    expect(one().options).toMatchObject(place.bounds);
  });

  it('stays maximised or full screen, with the size to come back to', async () => {
    const bounds = { x: 10, y: 50, width: 1000, height: 700 };
    remember({ bounds, maximized: true, fullScreen: false });
    await start();
    expect(one().maximized).toBe(true);
    expect(one().options).toMatchObject(bounds);
    one().setFullScreen(true);
    one().close();
    expect(remembered()).toEqual({ bounds, maximized: true, fullScreen: true });
  });

  it.each(['{', '[]', '{"bounds":{"x":"1"}}', '{"bounds":null}', ''])(
    'opens as usual over the broken file %j',
    async (text) => {
      remember(text);
      const { log } = await start();
      expect(one().options).toMatchObject({ width: 1360, height: 860 });
      expect(log.mock.calls.flat().join()).toContain('cannot be read');
    },
  );

  it('opens on a display that is there when its own is gone', async () => {
    remember({ bounds: { x: 2500, y: 100, width: 1000, height: 700 }, maximized: false, fullScreen: false });
    await start();
    expect(one().options).toMatchObject({ width: 1000, height: 700 });
    expect(one().options.x).toBeUndefined();
  });

  it('forgets its place rather than fail where nothing can be written', async () => {
    writeFileSync(dirname(bed.placeFile), 'a file where a folder should be');
    const { log } = await start();
    one().drag({ x: 1 });
    one().close();
    expect(log.mock.calls.flat().filter((line) => line.includes('cannot be written'))).toHaveLength(1);
  });
});

describe('closed to the tray', () => {
  it('is hidden, destroyed after five minutes, and comes back at the same address; polling goes on', async () => {
    const { engine, host } = await start(tray);
    vi.useFakeTimers();
    const window = one();
    window.webContents.open('app://bundle/#/alerts/i-7');
    window.close();
    expect([window.isDestroyed(), window.isVisible()]).toEqual([false, false]);
    vi.advanceTimersByTime(299_000);
    expect(window.isDestroyed()).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(window.isDestroyed()).toBe(true);
    expect(app.ended).toBeNull();
    expect(engine.stopped).toBe(false);
    expect(host.board().type).toBe('board');
    app.emit('activate');
    expect(one()).not.toBe(window);
    expect(one().loaded).toEqual(['app://bundle/#/alerts/i-7']);
    vi.useRealTimers();
    await settle();
    expect(one().isVisible()).toBe(true);
    expect((await pageOf(one()).call('pollNow', { accountId: null })).ok).toBe(true);
  });

  it('comes back as it was within five minutes, and is not destroyed then', async () => {
    await start(tray);
    vi.useFakeTimers();
    const window = one();
    window.close();
    vi.advanceTimersByTime(60_000);
    startAgain();
    expect(window.isVisible()).toBe(true);
    vi.advanceTimersByTime(600_000);
    expect(window.isDestroyed()).toBe(false);
  });

  it('ends the app where there is no tray, or nobody wants it', async () => {
    await start();
    one().close();
    await settle();
    expect(app.ended).toBe('quit');
  });

  it('ends the app where nobody wants the tray', async () => {
    await start({ ...tray, closesToTray: () => false });
    one().close();
    await settle();
    expect(app.ended).toBe('quit');
  });

  it('does not end the app though the wish changes while it is there', async () => {
    let wish = true;
    await start({ ...tray, closesToTray: () => wish });
    vi.useFakeTimers();
    one().close();
    wish = false;
    vi.advanceTimersByTime(300_000);
    expect(BrowserWindow.getAllWindows()).toEqual([]);
    expect(app.ended).toBeNull();
  });

  it('lets the app end when it is asked to', async () => {
    const { engine } = await start(tray);
    dispose.mockClear();
    app.quit();
    one().close();
    await settle();
    expect(BrowserWindow.getAllWindows()).toEqual([]);
    expect(engine.stopped).toBe(true);
    expect(dispose).toHaveBeenCalledTimes(1);
    expect(app.ended).toBe('quit');
  });
});

describe('--hidden', () => {
  it('begins without any window; a second start opens it', async () => {
    const { engine } = await start({ ...tray, launch: launchOf('--hidden') });
    expect(BrowserWindow.all).toEqual([]);
    expect(engine.stopped).toBe(false);
    startAgain('--hidden');
    expect(BrowserWindow.all).toEqual([]);
    startAgain();
    expect(BrowserWindow.all).toHaveLength(1);
  });

  it('opens the window all the same where no tray would lead back', async () => {
    const { log } = await start({ launch: launchOf('--hidden') });
    expect(BrowserWindow.all).toHaveLength(1);
    expect(log.mock.calls.flat().join()).toContain('no tray');
  });
});

describe('started by macOS at login', () => {
  it('begins without a window, which the dock brings', async () => {
    app.openedAtLogin = true;
    await start({ platform: 'darwin' });
    expect(BrowserWindow.all).toEqual([]);
    app.emit('activate');
    expect(BrowserWindow.all).toHaveLength(1);
  });
});

describe('the wall', () => {
  it('is full screen on the display that was named, which stays awake while it is shown and no longer', async () => {
    plug(fakeDisplay(1), fakeDisplay(7, -1280, 0, 1280, 1024), fakeDisplay(3, 1920, 0));
    await start({ launch: launchOf('--wall', '--display', '3') });
    expect(BrowserWindow.all).toHaveLength(1);
    const wall = one();
    expect(wall.options).toMatchObject({ x: 1920, y: 0, width: 1920, height: 1080, fullscreen: true });
    expect(wall.loaded).toEqual(['app://bundle/#/wall']);
    expect([wall.fullScreen, keptAwake()]).toEqual([true, 1]);
    wall.hide();
    expect(keptAwake()).toBe(0);
    wall.show();
    expect(keptAwake()).toBe(1);
    wall.close();
    expect(keptAwake()).toBe(0);
  });

  it('keeps nothing awake for the main window', async () => {
    await start();
    expect(keptAwake()).toBe(0);
  });

  it('is opened by a second start beside the main window, once, and moved by a third', async () => {
    plug(fakeDisplay(1), fakeDisplay(2, 1920, 0));
    await start();
    startAgain('--wall');
    await settle();
    expect(BrowserWindow.getAllWindows()).toHaveLength(2);
    const wall = BrowserWindow.all[1];
    startAgain('--wall', '--display', '2');
    expect(BrowserWindow.getAllWindows()).toHaveLength(2);
    expect(wall?.bounds).toEqual({ x: 1920, y: 0, width: 1920, height: 1080 });
    expect([wall?.fullScreen, keptAwake()]).toEqual([true, 1]);
  });

  it('shows the view of its flags, and another one when a later start asks for it', async () => {
    await start({ launch: launchOf('--wall', '--rotate', '30', '--view', 'by=site&name=NOC') });
    expect(one().loaded).toEqual(['app://bundle/#/wall?by=site&name=NOC&rotate=30']);
    startAgain('--wall');
    startAgain('--wall', '--view', '?account=Acme');
    expect(one().loaded.slice(1)).toEqual(['app://bundle/#/wall?account=Acme']);
  });

  it('goes to its display when that is plugged in later, and away from one that is pulled out', async () => {
    const { log } = await start({ launch: launchOf('--wall', '--display', '2') });
    expect(one().getBounds().x).toBe(0);
    expect(log.mock.calls.flat().join()).toContain('no display 2');
    plug(fakeDisplay(1), fakeDisplay(2, 1920, 0));
    screen.emit('display-added');
    expect(one().getBounds().x).toBe(1920);
    plug(fakeDisplay(1));
    screen.emit('display-removed');
    expect(one().getBounds().x).toBe(0);
    one().close();
    expect(screen.listenerCount('display-added')).toBe(0);
  });
});

describe('the end of the session', () => {
  it('of Windows stops the engine, of others quits', async () => {
    const windows = await start();
    startAgain('--wall');
    BrowserWindow.all[1]?.emit('session-end');
    await settle();
    expect(windows.engine.stopped).toBe(true);
  });

  it('of Linux and macOS quits', async () => {
    const { engine } = await start();
    powerMonitor.emit('shutdown');
    await settle();
    expect(engine.stopped).toBe(true);
    expect(app.ended).toBe('quit');
  });
});
