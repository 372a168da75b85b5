/**
 * The one window. Its preferences are the security of the app: a test compares them whole, so that an added key is seen.
 */
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron';

/** Page colours before the first paint; the same as the renderer's tokens, so that opening does not flash. */
const PAPER = { dark: '#0b0f14', light: '#ffffff' } as const;

/** Crashes of the page that are answered with a reload; one more and the window stays as it is. */
const RELOADS = 3;

/** Where the window gets its preload and its page. */
export interface WindowSource {
  /** Absolute path of the built preload. */
  readonly preload: string;
  readonly url: string;
  /** Developer tools are for a checkout; a packaged app has none. */
  readonly devTools: boolean;
}

/** Sandboxed, isolated, without Node in any kind of frame, and without a spell checker that fetches dictionaries. */
export function webPreferences(source: WindowSource): WebPreferences {
  return {
    preload: source.preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    devTools: source.devTools,
    spellcheck: false,
  };
}

function reloadAfterCrash(window: BrowserWindow): void {
  let left = RELOADS;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || left === 0 || window.isDestroyed()) return;
    left -= 1;
    window.webContents.reload();
  });
}

/** Opens the window and shows it once it has something to show. */
export function openWindow(source: WindowSource): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Tunnelwatch',
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: webPreferences(source),
  });
  window.once('ready-to-show', () => window.show());
  reloadAfterCrash(window);
  void window.loadURL(source.url);
  return window;
}

/** Brings a window to the front, from wherever it is. */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
