/** The app itself. */
import { EventEmitter } from 'node:events';
import { cancellable, journal, state } from './process.ts';

class FakeApp extends EventEmitter {
  isPackaged = false;
  readonly paths = new Map<string, string>();
  readonly switches = new Map<string, string>();
  /** What `setLoginItemSettings` was told last. */
  login: Electron.Settings = {};
  /** Schemes that this app opens, with the program and arguments that were given along. */
  readonly schemes = new Map<string, { path: string | undefined; args: string[] | undefined }>();
  /** How the app ended: `quit` when nothing stood in the way, or the code of `exit`, which asks nobody. */
  ended: 'quit' | number | null = null;
  userModelId = '';
  /** Test side: macOS started it. */
  openedAtLogin = false;
  readonly commandLine = {
    hasSwitch: (name: string): boolean => this.switches.has(name),
    getSwitchValue: (name: string): string => this.switches.get(name) ?? '',
  };

  getName(): string {
    return 'tunnelwatch';
  }
  /** As Electron has it: empty before the app is ready. */
  getLocale(): string {
    return this.isReady() ? 'en-GB' : '';
  }
  getVersion(): string {
    return '0.0.0-test';
  }
  /** `logs` lies in `userData` unless it was set, as on Linux and Windows. */
  getPath(name: string): string {
    const path = this.paths.get(name) ?? (name === 'logs' ? `${this.paths.get('userData')}/logs` : undefined);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    journal.push(`setPath ${name}`);
    this.paths.set(name, path);
  }
  setAppLogsPath(path?: string): void {
    if (path !== undefined) this.paths.set('logs', path);
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  enableSandbox(): void {
    if (state.isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    journal.push('enableSandbox');
  }
  whenReady(): Promise<void> {
    return state.ready.promise;
  }
  isReady(): boolean {
    return state.isReady;
  }
  aboutPanels = 0;
  showAboutPanel(): void {
    this.aboutPanels += 1;
  }
  getAppPath(): string {
    return '/repo';
  }
  /** What the first instance will be handed by a later start; only plain data crosses. */
  handed: unknown = null;
  requestSingleInstanceLock(additionalData?: Record<never, unknown>): boolean {
    journal.push('lock');
    this.handed = structuredClone(additionalData ?? {});
    return state.lockIsFree;
  }
  setAsDefaultProtocolClient(protocol: string, path?: string, args?: string[]): boolean {
    this.schemes.set(protocol, { path, args });
    return true;
  }
  setLoginItemSettings(settings: Electron.Settings): void {
    this.login = settings;
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    return {
      openAtLogin: this.login.openAtLogin === true,
      wasOpenedAtLogin: this.openedAtLogin,
      status: '',
      executableWillLaunchAtLogin: this.login.openAtLogin === true,
      launchItems: [],
    } as unknown as Electron.LoginItemSettings;
  }
  exit(code = 0): void {
    this.ended = code;
  }
  quit(): void {
    const event = cancellable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.ended = 'quit';
    this.emit('will-quit', cancellable({}));
    this.emit('quit', cancellable({}), 0);
  }
}
export const app = new FakeApp();
app satisfies Pick<
  Electron.App,
  | 'isPackaged'
  | 'getName'
  | 'getLocale'
  | 'getVersion'
  | 'getPath'
  | 'setPath'
  | 'setAppLogsPath'
  | 'setAppUserModelId'
  | 'enableSandbox'
  | 'whenReady'
  | 'isReady'
  | 'getAppPath'
  | 'showAboutPanel'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'quit'
  | 'exit'
>;

/** Test side: a process that was just started. */
export function resetApp(): void {
  app.removeAllListeners();
  app.ended = null;
  app.isPackaged = false;
  app.paths.clear();
  app.switches.clear();
  app.schemes.clear();
  app.login = {};
  app.userModelId = '';
  app.openedAtLogin = false;
}
