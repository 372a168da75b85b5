/** Windows. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { FakeWebContents } from './contents.ts';
import { cancellable, journal, state } from './process.ts';
import { displays } from './screen.ts';

const CENTRED = { x: 100, y: 100 };

/** Records its options; `ready-to-show` follows a load as it does in Electron, a moment later. A destroyed one throws. */
export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.all.filter((window) => !window.isDestroyed());
  }

  readonly #contents = new FakeWebContents();
  readonly loaded: string[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  /** Where it is when it is neither maximised nor full screen. */
  bounds: Electron.Rectangle;
  visible: boolean;
  focused = 0;
  minimized = false;
  maximized = false;
  fullScreen: boolean;
  title: string;
  menuBar = true;
  shownInactive = 0;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!state.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
    journal.push('window');
    this.options = options;
    this.bounds = {
      x: options.x ?? CENTRED.x,
      y: options.y ?? CENTRED.y,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.visible = options.show !== false;
    this.fullScreen = options.fullscreen === true;
    this.title = options.title ?? '';
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', cancellable({}), this.#contents);
    app.emit('browser-window-created', cancellable({}), this);
  }
  /** The page. */
  get webContents(): FakeWebContents {
    return this.#contents;
  }
  /** Every call on a window that is gone is a bug of ours. */
  #alive(): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
  }
  async loadURL(url: string): Promise<void> {
    this.#alive();
    this.loaded.push(url);
    this.#contents.open(url);
    await Promise.resolve();
    if (!this.isDestroyed()) this.emit('ready-to-show');
  }
  show(): void {
    this.#alive();
    this.visible = true;
    this.emit('show');
  }
  showInactive(): void {
    this.#alive();
    this.shownInactive += 1;
    this.visible = true;
    this.emit('show');
  }
  hide(): void {
    this.#alive();
    this.visible = false;
    this.emit('hide');
  }
  focus(): void {
    this.#alive();
    this.focused += 1;
  }
  isFocused(): boolean {
    return false;
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
    return this.#contents.isDestroyed();
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  maximize(): void {
    this.#alive();
    this.maximized = true;
    this.visible = true;
    this.emit('maximize');
  }
  isFullScreen(): boolean {
    return this.fullScreen;
  }
  setFullScreen(flag: boolean): void {
    this.#alive();
    this.fullScreen = flag;
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }
  getNormalBounds(): Electron.Rectangle {
    this.#alive();
    return { ...this.bounds };
  }
  getBounds(): Electron.Rectangle {
    this.#alive();
    if (!this.fullScreen) return { ...this.bounds };
    // It fills the display that it was on; when that is gone the system puts it on the first.
    const { x, y } = this.bounds;
    const all = displays().map(({ bounds }) => bounds);
    const own = all.find((at) => x >= at.x && x < at.x + at.width && y >= at.y && y < at.y + at.height);
    return { ...(own ?? all[0] ?? this.bounds) };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#alive();
    this.bounds = { ...this.bounds, ...bounds };
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setMenuBarVisibility(visible: boolean): void {
    this.menuBar = visible;
  }
  /** Test side: a person moves or sizes it. */
  drag(bounds: Partial<Electron.Rectangle>): void {
    this.setBounds(bounds);
    this.emit('resize');
    this.emit('move');
  }
  close(): void {
    if (this.isDestroyed()) return;
    const event = cancellable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.isDestroyed()) return;
    this.#contents.destroy();
    this.emit('closed');
    if (BrowserWindow.getAllWindows().length === 0) app.emit('window-all-closed');
  }
}
({}) as BrowserWindow satisfies Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'isFocused'
  | 'isMinimized'
  | 'restore'
  | 'isVisible'
  | 'isDestroyed'
  | 'isMaximized'
  | 'maximize'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'getNormalBounds'
  | 'getBounds'
  | 'setBounds'
  | 'setTitle'
  | 'setMenuBarVisibility'
  | 'close'
  | 'destroy'
>;
