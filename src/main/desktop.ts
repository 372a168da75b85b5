/**
 * The desktop app from its first line to its last: what must happen before Electron is ready, then host, door and window,
 * and in the end the stop of the host.
 */
import { app, BrowserWindow, dialog, powerMonitor, session } from 'electron';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { Result } from '../shared/result.ts';
import { guardEverything, guardSession } from './guards.ts';
import { openIpc } from './ipc.ts';
import { holdSingleInstance, stopBeforeQuit, wakeWithMachine } from './lifecycle.ts';
import { installMenu } from './menu.ts';
import { HOME_URL } from './origin.ts';
import { registerAppScheme, serveBundle } from './protocol.ts';
import { openWindow, raise } from './window.ts';

/** What the desktop needs from outside. */
export interface DesktopOptions {
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Folder of the built page. */
  readonly bundle: string;
  /** Address of a development server that serves the page instead of the bundle. */
  readonly devServer: string | null;
  readonly platform: NodeJS.Platform;
  /** Opens a running host; the error is one sentence for the user. */
  readonly openHost: () => Promise<Result<BridgeHost, string>>;
}

function openMainWindow(options: DesktopOptions, home: string): BrowserWindow {
  return openWindow({ preload: options.preload, url: home, devTools: !app.isPackaged });
}

function raiseMainWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window !== undefined) raise(window);
}

async function run(options: DesktopOptions, home: string): Promise<void> {
  guardSession(session.defaultSession);
  if (options.devServer === null) serveBundle(session.defaultSession.protocol, options.bundle);
  installMenu(options.platform, !app.isPackaged);

  const opened = await options.openHost();
  if (!opened.ok) {
    dialog.showErrorBox('Tunnelwatch cannot start', opened.error);
    app.exit(1);
    return;
  }
  const host = opened.value;
  const ours = (): BrowserWindow[] => BrowserWindow.getAllWindows();
  const closeIpc = openIpc(host, (contents) => ours().some((window) => window.webContents === contents), home);
  stopBeforeQuit(app, async () => {
    closeIpc();
    await host.stop();
  });
  wakeWithMachine(powerMonitor, () => host.wake());
  openMainWindow(options, home);
  // On macOS an app outlives its windows and goes on watching.
  app.on('activate', () => {
    if (ours().length === 0) openMainWindow(options, home);
  });
}

/** Starts the app. Everything that Electron wants before it is ready is done when this returns. */
export function startDesktop(options: DesktopOptions): void {
  const home = options.devServer ?? HOME_URL;
  if (!holdSingleInstance(raiseMainWindow)) {
    app.quit();
    return;
  }
  registerAppScheme();
  app.enableSandbox();
  guardEverything(app, home);
  app.on('window-all-closed', () => {
    if (options.platform !== 'darwin') app.quit();
  });
  app
    .whenReady()
    .then(() => run(options, home))
    .catch((error: unknown) => {
      console.error('tunnelwatch: the app could not start', error);
      app.exit(1);
    });
}
