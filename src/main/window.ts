/**
 * What every window of ours is. Its preferences are the security of the app: a test compares them whole, so that an added
 * key is seen.
 */
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, type WebPreferences } from 'electron';
import { careForPage } from './page-care.ts';

/** Page colours before the first paint; the same as the renderer's tokens, so that opening does not flash. */
const PAPER = { dark: '#0b0f14', light: '#ffffff' } as const;

/** Where windows get their preload and their page. */
export interface WindowSource {
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Address of the page, without a place in it. */
  readonly home: string;
  /** Developer tools are for a checkout; a packaged app has none. */
  readonly devTools: boolean;
  /** Takes sentences for the log. */
  readonly log: (sentence: string) => void;
}

/** Sandboxed, isolated, without Node in any kind of frame, and without a spell checker that fetches dictionaries. */
export function webPreferences(source: Pick<WindowSource, 'preload' | 'devTools'>): WebPreferences {
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

/** Opens a window at a place in the page (`#/board`, or nothing) and shows it by `show` once it has something to show. */
export function openWindow(
  source: WindowSource,
  place: string,
  shape: BrowserWindowConstructorOptions,
  show: (window: BrowserWindow) => void,
): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Tunnelwatch',
    ...shape,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: webPreferences(source),
  });
  window.once('ready-to-show', () => {
    if (!window.isDestroyed()) show(window);
  });
  careForPage(window, source.log);
  goTo(window, source, place);
  return window;
}

/** Takes a window to a place in the page. Only what stands behind `#` changes, so the page stays loaded. */
export function goTo(window: BrowserWindow, { home, log }: Pick<WindowSource, 'home' | 'log'>, place: string): void {
  const url = `${home}${place}`;
  if (window.webContents.getURL() === url) return;
  window.loadURL(url).catch((error: unknown) => {
    // A step to another place calls off the one before it.
    const aborted = error instanceof Error && error.message.includes('ERR_ABORTED');
    if (!aborted) log(`The page could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** The place in the page where this window is: `#/alerts`, or nothing. */
export function placeOf(window: BrowserWindow): string {
  return URL.parse(window.webContents.getURL())?.hash ?? '';
}

/** Brings a window to the front, from wherever it is. */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
