/**
 * The notifications of this desktop: the sink of the alerts that the person at it sees.
 *
 * One object for each incident, shown again for each notice: so the newer takes the place of the older on every system, and no
 * garbage collection of an older one takes the newer away. An alarm is withdrawn when somebody takes care of its incident or
 * the incident is over, whether or not a notice of it follows.
 */
import { Notification } from 'electron';
import { type Desktop, type NativeNotification, NotShown } from '../../engine/alerts/sinks/native.ts';
import type { BridgeHost } from '../../engine/bridge/host.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Incident } from '../../shared/alerts.ts';
import type { CallName, Calls } from '../../shared/bridge.ts';
import { matchersOf } from '../../shared/incident-matchers.ts';
import { sectionOf } from '../../shared/incident-order.ts';
import type { Millis, TunnelKey } from '../../shared/model.ts';
import { BoardMirror } from '../board-mirror.ts';
import type { Preferences } from '../preferences.ts';
import { activatedIncident } from './activation.ts';
import { faceOf } from './face.ts';
import { handOver } from './handed-over.ts';
import { fromNotification, NOTIFICATION_WORDS } from './words.ts';

/** Shows the main window with something in it. */
export interface NotificationActions {
  openTunnel(key: TunnelKey): void;
  openIncident(id: string): void;
  openInbox(): void;
}

export interface NotificationOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly preferences: Pick<Preferences, 'current'>;
  readonly actions: NotificationActions;
  /** Whether a page of ours is there to play its own tone; the system is silent then. */
  readonly pageSounds: () => boolean;
  /** Who acknowledges and silences, for the record: the person at this desktop. */
  readonly person: string;
  /** Takes a sentence about something that was asked for here and failed. */
  readonly log: (sentence: string) => void;
}

/** The desktop for the engine, and its other half: the host that buttons and clicks talk to, once there is one. */
export interface DesktopNotifications extends Desktop {
  follow(host: Pick<BridgeHost, 'subscribe' | 'call'>): void;
  dispose(): void;
}

interface Entry {
  readonly notification: Notification;
  readonly incidentId: string | null;
  /** Shown last: the end of trouble, which is not withdrawn with it. */
  over: boolean;
  /** Between asking for it and seeing it the system closes what it replaces. */
  pending: boolean;
}

/** So many are kept; older ones are taken away. */
const MOST = 100;
const HOUR: Millis = 3_600_000;
/** Windows tells of one click twice, by the notification and by the app; within this time they are one. */
const TWICE_MS: Millis = 300;
const PREFIX = 'tunnelwatch-';

class LiveNotifications implements DesktopNotifications {
  readonly #options: NotificationOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #mirror = new BoardMirror();
  #host: Pick<BridgeHost, 'subscribe' | 'call'> | null = null;
  #stop: () => void = () => undefined;
  #usedAt: Millis = Number.NEGATIVE_INFINITY;
  #recalled = false;

  constructor(options: NotificationOptions) {
    this.#options = options;
  }

  wanted = (): boolean => this.#options.preferences.current().notifications;

  show = async (notification: NativeNotification, signal: AbortSignal): Promise<void> => {
    const { platform, preferences, pageSounds, clock } = this.#options;
    if (!Notification.isSupported()) throw new NotShown(NOTIFICATION_WORDS[notification.language ?? 'en'].unsupported);
    const { sound, volume } = preferences.current();
    // An update takes the place of what is shown. Where somebody put that away, or takes care of it, nothing is missing.
    if (notification.silent && !this.#entries.has(notification.tag)) return;
    const entry = this.#entry(notification);
    Object.assign(entry.notification, faceOf(notification, platform, sound && volume > 0 && !pageSounds()));
    entry.over = notification.mood === 'good';
    entry.pending = true;
    try {
      await handOver(entry.notification, clock, signal);
    } finally {
      entry.pending = false;
      // It was withdrawn while it was on its way to the screen.
      if (this.#entries.get(notification.tag) !== entry) entry.notification.close();
    }
  };

  follow(host: Pick<BridgeHost, 'subscribe' | 'call'>): void {
    this.#stop();
    this.#host = host;
    this.#stop = host.subscribe((message) => {
      this.#mirror.take(message, this.#options.clock.monotonic());
      if (message.type === 'board') void this.#recall(message.status.practice);
      if (message.type !== 'pulse') this.#withdrawTaken();
    });
    if (this.#options.platform === 'win32') {
      Notification.handleActivation((details) => this.#activated(details));
    }
  }

  dispose(): void {
    this.#stop();
    this.#stop = () => undefined;
    for (const [tag, { notification }] of this.#entries) {
      // A click on it would reach nobody; macOS and Windows start the app for it.
      if (this.#options.platform === 'linux') notification.close();
      this.#forget(tag);
    }
  }

  #entry({ tag, incidentId }: NativeNotification): Entry {
    const known = this.#entries.get(tag);
    // The newest last.
    this.#entries.delete(tag);
    const id = PREFIX + tag;
    const entry = known ?? this.#keep(tag, incidentId, new Notification({ id, groupId: id }));
    this.#entries.set(tag, entry);
    for (const oldest of [...this.#entries.keys()].slice(0, -MOST)) this.#withdraw(oldest);
    return entry;
  }

  /** Without a reference a notification stops answering, and on macOS it vanishes. */
  #keep(tag: string, incidentId: string | null, notification: Notification): Entry {
    const entry: Entry = { notification, incidentId, over: false, pending: false };
    this.#entries.set(tag, entry);
    notification.on('click', () => {
      this.#usedAt = this.#options.clock.monotonic();
      this.#open(incidentId);
    });
    notification.on('action', ({ actionIndex }) => {
      this.#usedAt = this.#options.clock.monotonic();
      this.#press(actionIndex, incidentId);
    });
    notification.on('close', ({ reason }) => {
      // What only left the screen can still be in the list of the system, to be withdrawn from there.
      if (!entry.pending && reason !== 'timedOut') this.#forget(tag);
    });
    return entry;
  }

  #forget(tag: string): void {
    const notification = this.#entries.get(tag)?.notification;
    // Not those of an attempt to show it that is under way.
    for (const event of ['click', 'action', 'close'] as const) notification?.removeAllListeners(event);
    this.#entries.delete(tag);
  }

  #withdraw(tag: string): void {
    const entry = this.#entries.get(tag);
    this.#forget(tag);
    entry?.notification.close();
  }

  #withdrawTaken(): void {
    for (const [tag, { incidentId, over }] of this.#entries) {
      const incident = incidentId === null ? undefined : this.#mirror.incident(incidentId);
      if (!over && incident !== undefined && sectionOf(incident) !== 'firing') this.#withdraw(tag);
    }
  }

  /** What an earlier run left in the notification centre of macOS: taken over, or withdrawn where it is over. */
  async #recall(practice: boolean): Promise<void> {
    if (this.#recalled || practice || this.#options.platform !== 'darwin') return;
    this.#recalled = true;
    for (const notification of await Notification.getHistory()) {
      const tag = notification.id.slice(PREFIX.length);
      if (!notification.id.startsWith(`${PREFIX}i-`) || this.#entries.has(tag)) continue;
      const incident = this.#mirror.incident(tag);
      if (incident !== undefined && sectionOf(incident) === 'firing') this.#keep(tag, tag, notification);
      else Notification.remove(notification.id);
    }
  }

  /** A click or a button on Windows, also from a time before this process. */
  #activated({ type, actionIndex, arguments: said }: Electron.ActivationArguments): void {
    const { clock } = this.#options;
    const at = clock.monotonic();
    const id = activatedIncident(said, PREFIX);
    clock.after(TWICE_MS, () => {
      if (this.#usedAt >= at - TWICE_MS) return;
      if (type === 'action' && actionIndex !== undefined && id !== null) this.#press(actionIndex, id);
      else this.#open(id);
    });
  }

  #open(id: string | null): void {
    const { actions } = this.#options;
    if (id === null) {
      actions.openInbox();
      return;
    }
    const key = tunnelOf(this.#mirror.incident(id));
    if (key === null) actions.openIncident(id);
    else actions.openTunnel(key);
  }

  #press(index: number, id: string | null): void {
    const { person, clock } = this.#options;
    const incident = id === null ? undefined : this.#mirror.incident(id);
    if (id === null || incident === undefined) {
      this.#open(id);
      return;
    }
    const record = { by: person, comment: fromNotification };
    if (index === 0) {
      this.#ask('acknowledge', { ids: [id], ...record, until: null }, id);
      return;
    }
    const startsAt = clock.now();
    const matchers = matchersOf(incident, (account) => this.#mirror.accountName(account));
    this.#ask('silence', { matchers, startsAt, endsAt: startsAt + HOUR, ...record }, id);
  }

  /** Somebody who was refused has to see it: the window opens. */
  #ask<N extends CallName>(name: N, args: Calls[N]['args'], id: string): void {
    void this.#host?.call(name, args).then((answer) => {
      if (answer.ok) return;
      this.#options.log(answer.error.sentence);
      this.#options.actions.openIncident(id);
    });
  }
}

/** The tunnel of an incident that is about one alone. */
function tunnelOf(incident: Incident | undefined): TunnelKey | null {
  if (incident === undefined) return null;
  const { cause, lead, tunnels } = incident;
  if (cause.kind === 'tunnel') return cause.key;
  return lead.subject.kind === 'tunnel' && tunnels === 1 ? lead.subject.key : null;
}

/** The notifications of this desktop. `show` goes to the engine; `follow` is called once there is a host and Electron is ready. */
export function createNotifications(options: NotificationOptions): DesktopNotifications {
  return new LiveNotifications(options);
}
