import { beforeEach, describe, expect, it } from 'vitest';
import { openWindow, raise } from '../../src/main/window.ts';
import { BrowserWindow, becomeReady, nativeTheme, resetElectron } from '../fakes/electron.ts';

const source = { preload: '/app/out/preload/index.cjs', url: 'app://bundle/', devTools: false };
const opened = (over: Partial<typeof source> = {}): BrowserWindow => {
  openWindow({ ...source, ...over });
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

  it('reloads a crashed page three times and then leaves it', () => {
    const { webContents } = opened();
    for (let i = 0; i < 5; i += 1) webContents.crash('oom');
    expect(webContents.reloads).toBe(3);
  });

  it('takes a clean exit for what it is', () => {
    const { webContents } = opened();
    webContents.crash('clean-exit');
    expect(webContents.reloads).toBe(0);
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
