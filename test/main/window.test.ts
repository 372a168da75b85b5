import { beforeEach, describe, expect, it, vi } from 'vitest';
import { goTo, openWindow, placeOf, raise } from '../../src/main/window.ts';
import { BrowserWindow, becomeReady, nativeTheme, resetElectron } from '../fakes/electron.ts';

const log = vi.fn();
const source = { preload: '/app/out/preload/index.cjs', home: 'app://bundle/', devTools: false, log };
const opened = (over: Partial<typeof source> = {}, place = ''): BrowserWindow => {
  openWindow({ ...source, ...over }, place, {}, (window) => window.show());
  const window = BrowserWindow.all.at(-1);
  if (window === undefined) throw new Error('no window was opened');
  return window;
};

beforeEach(async () => {
  resetElectron();
  await becomeReady();
});

describe('the window', () => {
  it('has exactly these preferences', () => {
    expect(opened().options.webPreferences).toEqual({
      preload: '/app/out/preload/index.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      devTools: false,
      spellcheck: false,
    });
    expect(opened({ devTools: true }).options.webPreferences).toMatchObject({ devTools: true });
  });

  it('loads our page and nothing else', () => {
    expect(opened().loaded).toEqual(['app://bundle/']);
  });

  it('shows itself when it has something to show', async () => {
    const window = opened();
    expect(window.options.show).toBe(false);
    expect(window.isVisible()).toBe(false);
    await Promise.resolve();
    await Promise.resolve();
    expect(window.isVisible()).toBe(true);
  });

  it('opens in the colour of the theme', () => {
    expect(opened().options.backgroundColor).toBe('#0b0f14');
    nativeTheme.shouldUseDarkColors = false;
    expect(opened().options.backgroundColor).toBe('#ffffff');
  });

  it('goes to another place without loading the page anew, and stays where it is meant to be', async () => {
    const window = opened({}, '#/board');
    await Promise.resolve();
    const documents = vi.fn();
    window.webContents.on('did-start-navigation', ({ isSameDocument }) => documents(isSameDocument));
    goTo(window as unknown as Electron.BrowserWindow, source, '#/alerts');
    goTo(window as unknown as Electron.BrowserWindow, source, '#/alerts');
    expect(window.loaded).toEqual(['app://bundle/#/board', 'app://bundle/#/alerts']);
    expect(documents.mock.calls).toEqual([[true]]);
    expect(placeOf(window as unknown as Electron.BrowserWindow)).toBe('#/alerts');
  });

  it('comes to the front from the task bar', () => {
    const window = opened();
    window.minimized = true;
    raise(window as unknown as Electron.BrowserWindow);
    expect(window.minimized).toBe(false);
    expect(window.isVisible()).toBe(true);
    expect(window.focused).toBe(1);
  });
});
