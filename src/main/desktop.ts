/**
 * The desktop app from its first line to its last: what must happen before Electron is ready, then windows, host, door and
 * tray, and in the end the stop of the host. Windows come and go; host and tray stay.
 */
import { app, BrowserWindow, dialog, net, powerMonitor, session } from 'electron';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { AlertLanguage } from '../shared/alert-words/languages.ts';
import type { Result } from '../shared/result.ts';
import { type Launch, launchArguments } from './arguments.ts';
import type { Companions } from './companions.ts';
import { keepCrashesHere } from './crashes.ts';
import { claimLinks } from './deep-link.ts';
import { guardEverything, guardSession } from './guards.ts';
import { openIpc } from './ipc.ts';
import { languageOf } from './language.ts';
import { holdSingleInstance, type StartedWith, stopBeforeQuit } from './lifecycle.ts';
import { followLinks } from './link-follower.ts';
import { installMenu, type MenuActs } from './menu.ts';
import { HOME_URL } from './origin.ts';
import { wakeWithMachine } from './power.ts';
import { registerAppScheme, serveBundle } from './protocol.ts';
import type { UpdateState } from './update.ts';
import { createWindows, type Windows } from './windows.ts';

/** A running host, and what lives beside the windows over it. */
export interface OpenedDesktop {
  readonly host: BridgeHost;
  /** The function is told what became of updates. */
  readonly beside: (
    showUpdate: (state: UpdateState) => void,
    language: AlertLanguage,
  ) => Pick<Companions, 'tray' | 'dispose'> & {
    readonly updates: Pick<Companions['updates'], 'check' | 'install'>;
  };
}

/** What the desktop needs from outside. */
export interface DesktopOptions {
  readonly launch: Launch;
  /** The command line as it came, for the instance that may be running already. */
  readonly started: StartedWith;
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Folder of the built page. */
  readonly bundle: string;
  /** Address of a development server that serves the page instead of the bundle. */
  readonly devServer: string | null;
  readonly platform: NodeJS.Platform;
  /** The program, and the app that it was given in a checkout (else `null`): what the system is told to start for links. */
  readonly program: string;
  readonly script: string | null;
  /** File in which the main window keeps its place. */
  readonly placeFile: string;
  /** Whether a closed window leaves the app in the tray, where there is one. */
  readonly closesToTray: () => boolean;
  readonly log: (sentence: string) => void;
  /** Opens a running host; the error is one sentence for the user. */
  readonly openHost: (windows: Windows) => Promise<Result<OpenedDesktop, string>>;
  /** Acts of the menu that have to do with files and clipboard. */
  readonly helpActs: (
    host: BridgeHost,
    language: AlertLanguage,
  ) => Pick<MenuActs, 'openLogs' | 'copyDiagnostics' | 'openLink'>;
}

/** The `appId` of the package. */
export const APP_ID = 'app.tunnelwatch.desktop';

/** Windows of this process; pages of anything else may not talk to us. */
const isOurs = (contents: Electron.WebContents): boolean =>
  BrowserWindow.getAllWindows().some((window) => window.webContents === contents);

/** What a start asks for, here or by a second start of the program. */
function obey(launch: Launch, windows: Windows, openLink: (link: string) => void): void {
  if (launch.wall) windows.openWall(launch.display, launch.view);
  if (launch.link !== null) openLink(launch.link);
  if (!launch.wall && !launch.hidden && launch.link === null) windows.go();
}

async function run(
  options: DesktopOptions,
  home: string,
  windows: Windows,
  links: ReturnType<typeof followLinks>,
): Promise<void> {
  const { platform, launch, log } = options;
  guardSession(session.defaultSession);
  if (options.devServer === null) serveBundle(session.defaultSession.protocol, options.bundle);

  const opened = await options.openHost(windows);
  if (!opened.ok) {
    dialog.showErrorBox('Tunnelwatch cannot start', opened.error);
    app.exit(1);
    return;
  }
  const { host, beside } = opened.value;
  const closeIpc = openIpc(host, isOurs, home);
  const language = await languageOf(host, app.getLocale());
  const acts: MenuActs = {
    go: windows.go,
    openWall: () => windows.openWall(null, null),
    checkForUpdates: () => void companions.updates.check(),
    installUpdate: () => void companions.updates.install(),
    ...options.helpActs(host, language),
  };
  const showMenu = (update: UpdateState): void =>
    installMenu({ platform, devTools: !app.isPackaged, update, language }, acts);
  showMenu({ kind: 'none' });
  const companions = beside(showMenu, language);
  windows.setTray(companions.tray);
  const stopWaking = wakeWithMachine(powerMonitor, net, () => host.wake());
  const end = async (): Promise<void> => {
    windows.letGo();
    stopWaking();
    closeIpc();
    await host.stop();
    // Updates decide at the end by what fires, so they outlive the host.
    companions.dispose();
  };
  stopBeforeQuit(app, end);
  // Windows ends a session without asking to quit, and tells a window; the others say so here.
  app.on('browser-window-created', (_event, window) => window.on('session-end', () => void end()));
  powerMonitor.on('shutdown', () => app.quit());

  links.attach(host);
  // macOS has no flags for what it starts at login, and says so instead; its dock always leads back.
  const mac = platform === 'darwin';
  const hidden = mac ? launch.hidden || app.getLoginItemSettings().wasOpenedAtLogin : launch.hidden && companions.tray;
  if (launch.hidden && !hidden) log('There is no tray here, so --hidden would leave no way in: the window opens.');
  obey({ ...launch, hidden }, windows, links.open);
  // The dock brings the window back.
  app.on('activate', () => windows.go());
}

/** Starts the app. Everything that Electron wants before it is ready is done when this returns. */
export function startDesktop(options: DesktopOptions): void {
  const { log, started, launch } = options;
  const home = options.devServer ?? HOME_URL;
  const source = { preload: options.preload, home, devTools: !app.isPackaged, log };
  const windows = createWindows({
    source,
    placeFile: options.placeFile,
    platform: options.platform,
    closesToTray: options.closesToTray,
    hidden: launch.hidden,
  });
  const links = followLinks(windows.go, log);
  const again = ({ args, cwd }: StartedWith): void => {
    const parsed = launchArguments(args, cwd);
    if (!parsed.ok) log(`A second start was asked for what cannot be: ${parsed.error}`);
    if (!app.isReady()) return;
    if (parsed.ok) obey(parsed.value, windows, links.open);
    else windows.go();
  };
  if (!holdSingleInstance(started, again)) {
    app.quit();
    return;
  }
  // Windows shows notifications of programs alone that say who they are: the name is that of the package.
  app.setAppUserModelId(APP_ID);
  keepCrashesHere(app, log);
  registerAppScheme();
  app.enableSandbox();
  guardEverything(app, home);
  // Links have no room for a profile: they mean the usual one.
  if (launch.profile === null) claimLinks(app, options.program, options.script);
  // macOS hands links over by an event, before the app is ready too.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.open(url);
  });
  app.on('window-all-closed', () => {
    if (!windows.liveOn()) app.quit();
  });
  app
    .whenReady()
    .then(() => run(options, home, windows, links))
    .catch((error: unknown) => {
      console.error('tunnelwatch: the app could not start', error);
      app.exit(1);
    });
}
