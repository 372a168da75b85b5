/**
 * Notifications of three systems. What Electron does and the names do not tell: showing one again closes what it shows first
 * and says so; `close` may come for what only left the screen; a picture of what is on the screen is kept.
 */
import { EventEmitter } from 'node:events';
import { state } from './process.ts';

type Options = Electron.NotificationConstructorOptions;

export class Notification extends EventEmitter {
  static readonly all: Notification[] = [];
  static supported = true;
  /** Set to let the next `show` fail with this error. */
  static failure: string | null = null;
  /** Left on the screen by an earlier process (macOS). */
  static history: Notification[] = [];
  static readonly removed: string[] = [];
  static activation: ((details: Electron.ActivationArguments) => void) | null = null;
  static isSupported(): boolean {
    return Notification.supported;
  }
  static async getHistory(): Promise<Notification[]> {
    return Notification.history;
  }
  static remove(id: string | string[]): void {
    Notification.removed.push(...[id].flat());
  }
  static handleActivation(callback: (details: Electron.ActivationArguments) => void): void {
    Notification.activation = callback;
  }
  /** Test side: what is on the screen or in the notification centre. */
  static shown(): Notification[] {
    return Notification.all.filter(({ visible }) => visible);
  }
  static reset(): void {
    Notification.all.length = 0;
    Notification.supported = true;
    Notification.failure = null;
    Notification.history = [];
    Notification.removed.length = 0;
    Notification.activation = null;
  }

  readonly id: string;
  readonly groupId: string;
  title: string;
  body: string;
  silent: boolean;
  sound: string;
  urgency: NonNullable<Options['urgency']>;
  timeoutType: NonNullable<Options['timeoutType']>;
  actions: Electron.NotificationAction[];
  visible = false;
  shows = 0;

  constructor(options: Options = {}) {
    super();
    if (!state.isReady) throw new Error('Cannot create Notification before app is ready');
    this.id = options.id ?? `random-${Notification.all.length}`;
    this.groupId = options.groupId ?? '';
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.sound = options.sound ?? '';
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
    this.actions = options.actions ?? [];
    Notification.all.push(this);
  }
  show(): void {
    this.close();
    const { failure } = Notification;
    queueMicrotask(() => {
      if (failure !== null) {
        this.emit('failed', {}, failure);
        return;
      }
      this.visible = true;
      this.shows += 1;
      this.emit('show', {});
    });
  }
  close(): void {
    if (!this.visible) return;
    this.visible = false;
    this.emit('close', { reason: 'applicationHidden' });
  }
  /** Test side: somebody clicks it; it is gone then. */
  click(): void {
    this.visible = false;
    this.emit('click', {});
    this.emit('close', {});
  }
  /** Test side: somebody presses a button. */
  press(actionIndex: number): void {
    this.emit('action', { actionIndex, selectionIndex: -1 }, actionIndex, -1);
  }
  /** Test side: it leaves the screen by itself; Windows keeps it in its centre. */
  timeOut(): void {
    this.emit('close', { reason: 'timedOut' });
  }
  /** Test side: somebody puts it away. */
  dismiss(): void {
    this.visible = false;
    this.emit('close', { reason: 'userCanceled' });
  }
}
({}) as Notification satisfies Pick<
  Electron.Notification,
  'id' | 'groupId' | 'title' | 'body' | 'silent' | 'sound' | 'urgency' | 'timeoutType' | 'actions' | 'show' | 'close'
>;
Notification satisfies { isSupported: typeof Electron.Notification.isSupported };
