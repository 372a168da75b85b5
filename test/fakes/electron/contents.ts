/** A page as the main process holds it. */
import { EventEmitter } from 'node:events';
import { cancellable, state } from './process.ts';

/** A frame as `event.senderFrame` shows it. */
export interface FakeFrame {
  url: string;
  parent: FakeFrame | null;
  detached: boolean;
}

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };
type PageListener = (event: object, payload: unknown) => void;

/** The side of a page that the main process holds. */
export class FakeWebContents extends EventEmitter {
  readonly id = state.nextId++;
  readonly mainFrame: FakeFrame = { url: '', parent: null, detached: false };
  readonly sent: { channel: string; payload: unknown }[] = [];
  /** Listeners of the page's `ipcRenderer`. */
  readonly page = new Map<string, Set<PageListener>>();
  windowOpenHandler: WindowOpenHandler | null = null;
  reloads = 0;
  readonly typed: string[] = [];
  zoomFactor = 1;
  audioMuted = false;
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
  setAudioMuted(muted: boolean): void {
    this.audioMuted = muted;
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
    this.crashed = false;
    this.startNavigation(this.mainFrame.url);
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  /** Only the part behind `#` differs: the document stays. */
  open(url: string): void {
    const [before] = this.mainFrame.url.split('#');
    this.startNavigation(url, this.mainFrame.url !== '' && url.includes('#') && url.split('#')[0] === before);
  }
  /** What a person would have typed. */
  sendInputEvent(event: Electron.KeyboardInputEvent): void {
    this.typed.push(event.keyCode);
  }
  forcefullyCrashRenderer(): void {
    this.crash('killed');
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
({}) as FakeWebContents satisfies Pick<
  Electron.WebContents,
  'isDestroyed' | 'isCrashed' | 'send' | 'reload' | 'id' | 'getURL' | 'forcefullyCrashRenderer' | 'setAudioMuted'
>;
