/**
 * Updates, by electron-updater and by nothing else: looked for in a packaged app, downloaded and installed only when a person
 * wanted that and no alert fires that nobody has taken care of. Where to look is in the package (`app-update.yml`). Trouble
 * with updates is one line in the log: monitoring comes first.
 */
import type { App } from 'electron';
import type { AppUpdater, CancellationToken, UpdateCheckResult } from 'electron-updater';
import type { Clock } from '../engine/clock.ts';
import type { AlertsView } from '../shared/alerts.ts';
import type { DesktopPreferences } from '../shared/settings.ts';

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'allowPrerelease' | 'allowDowngrade' | 'logger' | 'quitAndInstall' | 'on'
> & {
  checkForUpdates(): Promise<Pick<UpdateCheckResult, 'isUpdateAvailable' | 'updateInfo'> | null>;
  downloadUpdate(token?: CancellationToken): Promise<readonly string[]>;
};

/** `held`: it waits until nobody is needed elsewhere. `ready`: it is installed when the app ends, or now if wanted. */
export type UpdateState =
  | { readonly kind: 'none' }
  | { readonly kind: 'available' | 'held' | 'downloading' | 'ready'; readonly version: string };

/** What updates need from the rest of the app. */
export interface UpdateOptions {
  readonly clock: Clock;
  readonly app: Pick<App, 'isPackaged' | 'on'>;
  /** Loads electron-updater, which asks for Electron as soon as it is loaded. */
  readonly load: () => Promise<{ readonly updater: Updater; readonly newToken: () => CancellationToken }>;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly mode: () => DesktopPreferences['updates'];
  readonly alerts: () => AlertsView;
  /** Takes one line for the log. */
  readonly log: (line: string) => void;
  /** Called on each change of the state, for menus. */
  readonly tell: (state: UpdateState) => void;
}

/** Updates while the app runs. */
export interface Updates {
  readonly state: UpdateState;
  /** Looks now; also where updates are off, since somebody asked. */
  check(): Promise<void>;
  /** Ends the app and installs what is ready; false when nothing is, or an alert fires. */
  install(): boolean;
  /** Call it with the stop of the host, after which nobody can say what fires. */
  stop(): void;
}

/** The start of an app is busy enough. */
const FIRST_CHECK_MS = 60_000;
const CHECK_EACH_MS = 6 * 3_600_000;
/** How soon an update that was held back is tried again. */
const HELD_MS = 60_000;

/** Whether nothing is wrong that nobody has taken care of: then an update may come. */
export function quiet({ incidents }: AlertsView): boolean {
  return incidents.every(
    ({ severity, phase, acknowledgement, silencedBy }) =>
      severity === 'info' || phase === 'resolved' || acknowledgement !== null || silencedBy.length > 0,
  );
}

/** The updater of this system. */
export async function loadUpdater(): ReturnType<UpdateOptions['load']> {
  const { autoUpdater, CancellationToken: Token } = (await import('electron-updater')).default;
  return { updater: autoUpdater, newToken: () => new Token() };
}

const inWords = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';

/** Starts to look for updates. In a checkout nothing is ever looked for, and electron-updater is not loaded. */
export function startUpdates(options: UpdateOptions): Updates {
  const { clock, app, mode, alerts, log, platform, env } = options;
  let state: UpdateState = { kind: 'none' };
  let loaded: ReturnType<UpdateOptions['load']> | null = null;
  let busy = false;
  let stopped = false;
  let cancelTimer = (): void => undefined;
  let installNow: (() => void) | null = null;
  let downloading: CancellationToken | null = null;
  /** A package of the system's own is updated by the system, which would ask for a password here. */
  const installs = platform !== 'linux' || Boolean(env.APPIMAGE);

  function become(next: UpdateState): void {
    state = next;
    options.tell(next);
  }

  function updater(): ReturnType<UpdateOptions['load']> {
    loaded ??= options.load().then((parts) => {
      const { updater: own } = parts;
      own.logger = null;
      own.autoDownload = false;
      own.autoInstallOnAppQuit = false;
      own.allowPrerelease = false;
      own.allowDowngrade = false;
      // What goes wrong also rejects the call that it belongs to; unheard it would end the process.
      own.on('error', () => undefined);
      own.on('download-progress', () => {
        if (!quiet(alerts())) downloading?.cancel();
      });
      app.on('before-quit', () => {
        // Once the host has stopped nothing fires any more: what held before that counts.
        if (stopped) return;
        // macOS would start the app again after it was ended: there an update waits for somebody who wants it.
        const now = platform !== 'darwin' && state.kind === 'ready' && mode() === 'automatic' && quiet(alerts());
        own.autoInstallOnAppQuit = now;
      });
      return parts;
    });
    return loaded;
  }

  async function download(version: string): Promise<void> {
    if (!quiet(alerts())) return become({ kind: 'held', version });
    const { updater: own, newToken } = await updater();
    const token = newToken();
    downloading = token;
    become({ kind: 'downloading', version });
    // The handler that installs at the end is set up only while this holds; the end itself decides anew.
    own.autoInstallOnAppQuit = platform !== 'darwin';
    try {
      await own.downloadUpdate(token);
    } catch (error) {
      become({ kind: token.cancelled ? 'held' : 'available', version });
      if (!token.cancelled) throw error;
      return;
    } finally {
      own.autoInstallOnAppQuit = false;
    }
    installNow = () => own.quitAndInstall(true, true);
    become({ kind: 'ready', version });
  }

  async function look(): Promise<void> {
    const { updater: own } = await updater();
    const found = await own.checkForUpdates();
    if (found?.isUpdateAvailable !== true) return become({ kind: 'none' });
    const { version } = found.updateInfo;
    become({ kind: 'available', version });
    if (mode() === 'automatic' && installs) await download(version);
  }

  /** One thing at a time; never rejects. */
  async function step(work: () => Promise<void>): Promise<void> {
    if (busy || stopped || state.kind === 'ready' || !app.isPackaged) return;
    busy = true;
    try {
      await work();
    } catch (error) {
      log(`updates: ${inWords(error)}`);
    } finally {
      busy = false;
    }
  }

  function plan(delay: number): void {
    cancelTimer();
    if (stopped || !app.isPackaged) return;
    cancelTimer = clock.after(delay, () => {
      const held = state.kind === 'held' && mode() === 'automatic' ? state.version : null;
      const wanted = mode() === 'off' ? Promise.resolve() : step(() => (held === null ? look() : download(held)));
      void wanted.then(() => plan(state.kind === 'held' ? HELD_MS : CHECK_EACH_MS));
    });
  }

  plan(FIRST_CHECK_MS);
  return {
    get state() {
      return state;
    },
    check: () => step(look),
    install() {
      if (installNow === null || state.kind !== 'ready' || !quiet(alerts())) return false;
      installNow();
      return true;
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}
