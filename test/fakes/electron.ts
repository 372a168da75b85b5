/**
 * An `electron` that behaves: vitest resolves the package's name to this file. Every piece is checked against Electron's
 * own types, so that a renamed function fails the type check instead of passing the tests.
 *
 * What Electron refuses, this refuses: schemes and the sandbox after ready, sessions before it, a second handler for a
 * channel. Everything that crosses a process in Electron crosses `structuredClone` here.
 */
import { EventEmitter } from 'node:events';

/** What was called, in order. */
export const journal: string[] = [];

let ready = Promise.withResolvers<void>();
let isReady = false;
let nextId = 1;
let lockIsFree = true;

/** A frame as `event.senderFrame` shows it. */
export interface FakeFrame {
  url: string;
  parent: FakeFrame | null;
  detached: boolean;
}

/** What an event looks like to its listener. */
export function cancellable<P extends object>(params: P): P & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...params,
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true;
    },
  };
  return event;
}

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };
type PageListener = (event: object, payload: unknown) => void;

/** The side of a page that the main process holds. */
export class FakeWebContents extends EventEmitter {
  readonly id = nextId++;
  readonly mainFrame: FakeFrame = { url: '', parent: null, detached: false };
  readonly sent: { channel: string; payload: unknown }[] = [];
  /** Listeners of the page's `ipcRenderer`. */
  readonly page = new Map<string, Set<PageListener>>();
  windowOpenHandler: WindowOpenHandler | null = null;
  reloads = 0;
  private destroyed = false;
  private crashed = false;

  isDestroyed(): boolean {
    return this.destroyed;
  }
  isCrashed(): boolean {
    return this.crashed;
  }
  send(channel: string, payload: unknown): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    const copy: unknown = structuredClone(payload);
    this.sent.push({ channel, payload: copy });
    queueMicrotask(() => {
      for (const listener of this.page.get(channel) ?? []) listener({ sender: 'ipcRenderer' }, copy);
    });
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
    this.crashed = false;
    this.startNavigation(this.mainFrame.url);
  }
  /** Test side: the document changes. */
  startNavigation(url: string, isSameDocument = false): void {
    this.emit('did-start-navigation', cancellable({ url, isMainFrame: true, isSameDocument, frame: this.mainFrame }));
    if (!isSameDocument) this.page.clear();
    this.mainFrame.url = url;
  }
  /** Test side: the page's process dies. */
  crash(reason: Electron.RenderProcessGoneDetails['reason'] = 'crashed'): void {
    this.crashed = reason !== 'clean-exit';
    this.emit('render-process-gone', cancellable({}), { reason, exitCode: 1 });
  }
  /** Test side: the page goes away. */
  destroy(): void {
    this.destroyed = true;
    this.emit('destroyed');
  }
}
({}) as FakeWebContents satisfies Pick<Electron.WebContents, 'isDestroyed' | 'isCrashed' | 'send' | 'reload' | 'id'>;

/** Records its options; `ready-to-show` follows a load as it does in Electron, a moment later. */
export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all.filter((window) => !window.isDestroyed());
  }

  readonly webContents = new FakeWebContents();
  readonly loaded: string[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  visible: boolean;
  focused = 0;
  minimized = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!isReady) throw new Error('Cannot create BrowserWindow before app is ready');
    journal.push('window');
    this.options = options;
    this.visible = options.show !== false;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', cancellable({}), this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.mainFrame.url = url;
    await Promise.resolve();
    this.emit('ready-to-show');
  }
  show(): void {
    this.visible = true;
  }
  focus(): void {
    this.focused += 1;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  isVisible(): boolean {
    return this.visible;
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  close(): void {
    this.webContents.destroy();
    this.emit('closed');
    if (BrowserWindow.getAllWindows().length === 0) app.emit('window-all-closed');
  }
}
({}) as BrowserWindow satisfies Pick<
  Electron.BrowserWindow,
  'loadURL' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'isVisible' | 'isDestroyed' | 'close'
>;

class FakeApp extends EventEmitter {
  isPackaged = false;
  readonly paths = new Map<string, string>();
  /** How the app ended: `quit` when nothing stood in the way, or the code of `exit`, which asks nobody. */
  ended: 'quit' | number | null = null;

  getName(): string {
    return 'tunnelwatch';
  }
  getVersion(): string {
    return '0.0.0-test';
  }
  getPath(name: string): string {
    const path = this.paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    journal.push(`setPath ${name}`);
    this.paths.set(name, path);
  }
  enableSandbox(): void {
    if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    journal.push('enableSandbox');
  }
  whenReady(): Promise<void> {
    return ready.promise;
  }
  requestSingleInstanceLock(): boolean {
    journal.push('lock');
    return lockIsFree;
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
  | 'getVersion'
  | 'getPath'
  | 'setPath'
  | 'enableSandbox'
  | 'whenReady'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
>;

type Handler = Parameters<Electron.IpcMain['handle']>[1];
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
};
ipcMain satisfies Pick<Electron.IpcMain, 'handle' | 'removeHandler'>;

/** Test side: the channels that have a handler. */
export const handledChannels = (): string[] => [...handlers.keys()].sort();

/** Test side: a request arrives from `senderFrame` of `sender`; what crosses is cloned both ways, errors as Electron words them. */
export async function invokeFrom(
  sender: FakeWebContents,
  senderFrame: FakeFrame | null,
  channel: string,
  ...args: unknown[]
): Promise<unknown> {
  const handler = handlers.get(channel);
  const event = { type: 'frame', sender, senderFrame, frameId: 1, processId: 1 };
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const answer: unknown = await handler(event as unknown as Electron.IpcMainInvokeEvent, ...structuredClone(args));
    return structuredClone(answer);
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
  }
}

/** Test side: the `ipcRenderer` that the preload of this page gets. */
export function ipcRendererOf(contents: FakeWebContents) {
  const renderer = {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      invokeFrom(contents, contents.mainFrame, channel, ...args),
    on(channel: string, listener: PageListener) {
      const listeners = contents.page.get(channel) ?? new Set<PageListener>();
      contents.page.set(channel, listeners.add(listener));
      return renderer;
    },
  };
  renderer satisfies Pick<Electron.IpcRenderer, 'invoke'>;
  return renderer;
}

type SchemeHandler = (request: Request) => Response | Promise<Response>;

class FakeProtocol {
  readonly schemes: Electron.CustomScheme[] = [];
  readonly handled = new Map<string, SchemeHandler>();
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    journal.push('schemes');
    this.schemes.push(...schemes);
  }
  handle(scheme: string, handler: SchemeHandler): void {
    if (!isReady) throw new Error('protocol.handle should be called after app is ready');
    if (this.handled.has(scheme)) throw new Error('The scheme has been registered');
    this.handled.set(scheme, handler);
  }
}
export const protocol = new FakeProtocol();
protocol satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

/** Keeps the handlers that the app sets, for tests to call. */
export class FakeSession extends EventEmitter {
  readonly protocol = protocol;
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0] = null;

  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['device']): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: FakeSession['displayMedia']): void {
    this.displayMedia = handler;
  }
}
({}) as FakeSession satisfies Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>;

let defaultSession = new FakeSession();
export const session = {
  get defaultSession(): FakeSession {
    if (!isReady) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
};

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: true });
nativeTheme satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>;

export const powerMonitor = new EventEmitter();

export class Menu {
  static current: Menu | null = null;
  readonly template: Electron.MenuItemConstructorOptions[];
  constructor(template: Electron.MenuItemConstructorOptions[]) {
    this.template = template;
  }
  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.current = menu;
  }
}

export const dialog = {
  errors: [] as { title: string; content: string }[],
  showErrorBox(title: string, content: string): void {
    dialog.errors.push({ title, content });
  },
};
dialog satisfies Pick<Electron.Dialog, 'showErrorBox'>;

/** Test side: Electron finishes its start. */
export async function becomeReady(): Promise<void> {
  isReady = true;
  journal.push('ready');
  app.emit('session-created', defaultSession);
  app.emit('ready');
  ready.resolve();
  await ready.promise;
}

/** Test side: another process holds the single-instance lock, or none. */
export function setLock(free: boolean): void {
  lockIsFree = free;
}

/** Test side: back to a process that has just begun. */
export function resetElectron(): void {
  journal.length = 0;
  ready = Promise.withResolvers<void>();
  isReady = false;
  lockIsFree = true;
  handlers.clear();
  BrowserWindow.all.length = 0;
  protocol.schemes.length = 0;
  protocol.handled.clear();
  defaultSession = new FakeSession();
  app.removeAllListeners();
  app.ended = null;
  app.isPackaged = false;
  app.paths.clear();
  powerMonitor.removeAllListeners();
  nativeTheme.shouldUseDarkColors = true;
  Menu.current = null;
  dialog.errors.length = 0;
}
