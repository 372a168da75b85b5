/**
 * The tray: keeps up with the board and shows it. Never takes the focus: windows come up only when somebody chooses so.
 *
 * Some desktops show no tray at all. Nothing depends on it: windows and notifications carry every alarm.
 */
import { Menu, Tray } from 'electron';
import type { BridgeHost } from '../../engine/bridge/host.ts';
import type { Cancel, Clock } from '../../engine/clock.ts';
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
import type { CallName, Calls } from '../../shared/bridge.ts';
import type { Millis, TunnelKey } from '../../shared/model.ts';
import { BoardMirror } from '../board-mirror.ts';
import type { Preferences } from '../preferences.ts';
import { trayIcons } from './icons.ts';
import { type MenuChoices, trayMenu } from './menu.ts';
import { TRAY_WORDS } from './spoken.ts';
import { type TrayIcon, type TrayState, trayState } from './state.ts';
import { fromTray } from './words.ts';

/** What the tray asks the app for: to show a window with something in it, or to end. */
export interface TrayActions {
  openBoard(): void;
  openWall(): void;
  openTunnel(key: TunnelKey): void;
  openIncident(id: string): void;
  openPreferences(): void;
  openHelp(): void;
  quit(): void;
}

export interface TrayOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly host: Pick<BridgeHost, 'subscribe' | 'call'>;
  readonly actions: TrayActions;
  readonly preferences: Pick<Preferences, 'current' | 'subscribe'>;
  /** Left out: English. */
  readonly language?: AlertLanguage;
  /** Folder of the pictures, `resources/tray`. */
  readonly icons: string;
  /** Stands before the words of the tooltip: the app, and its profile where there are several. */
  readonly title: string;
  /** Who acknowledges, for the record: the person at this desktop. */
  readonly person: string;
  /** Takes a sentence about something that was asked for here and failed. */
  readonly log: (sentence: string) => void;
}

/** A change shows at once, the next one a second later: a fleet that falls in pieces does not flicker. */
const PACE_MS: Millis = 1_000;
/** Ages grow without a message. */
const TICK_MS: Millis = 5_000;
/** Where nothing but the age of the data changed, the menu follows this slowly: it may be open. */
const AGE_MS: Millis = 15_000;
/** What Windows shows of a tooltip. */
const LONGEST_TOOLTIP = 127;

/** What stands there now; `words` and `age` those of the menu. */
interface Shown {
  readonly icon: TrayIcon;
  readonly tooltip: string;
  readonly words: string;
  readonly age: string;
}

class LiveTray {
  readonly #options: TrayOptions;
  readonly #tray: Tray;
  readonly #icon: ReturnType<typeof trayIcons>;
  readonly #mirror = new BoardMirror();
  readonly #ends: (() => void)[];
  #shown: Shown;
  #shownAt: Millis = Number.NEGATIVE_INFINITY;
  #menuAt: Millis = Number.NEGATIVE_INFINITY;
  #soon: Cancel | null = null;
  #tick: Cancel = () => undefined;
  #disposed = false;

  constructor(options: TrayOptions) {
    this.#options = options;
    const { platform, host, preferences, clock, icons } = options;
    this.#icon = trayIcons(icons, platform);
    const { icon } = this.#state();
    this.#tray = new Tray(this.#icon(icon));
    this.#shown = { icon, tooltip: '', words: '', age: '' };
    // macOS opens the menu by itself; what Linux means by an activation differs, and the menu has everything.
    if (platform !== 'darwin') this.#tray.on('click', () => options.actions.openBoard());
    this.#show();
    this.#ends = [
      host.subscribe((message) => {
        this.#mirror.take(message, clock.monotonic());
        this.#changed();
      }),
      preferences.subscribe(() => this.#changed()),
    ];
    this.#beat();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const end of this.#ends) end();
    this.#soon?.();
    this.#tick();
    this.#tray.destroy();
  }

  #state(): TrayState {
    const { clock, preferences, language } = this.#options;
    return trayState(this.#mirror.now(clock.monotonic()), preferences.current(), clock.now(), language);
  }

  #beat(): void {
    this.#tick = this.#options.clock.after(TICK_MS, () => {
      this.#changed();
      this.#beat();
    });
  }

  /** Shows it now, or when the pace allows. */
  #changed(): void {
    if (this.#disposed || this.#soon !== null) return;
    const wait = this.#shownAt + PACE_MS - this.#options.clock.monotonic();
    if (wait <= 0) {
      this.#show();
      return;
    }
    this.#soon = this.#options.clock.after(wait, () => {
      this.#soon = null;
      this.#show();
    });
  }

  #show(): void {
    const { clock, preferences, title } = this.#options;
    const mono = clock.monotonic();
    const state = this.#state();
    const { icon, line, age } = state;
    const muted = !preferences.current().sound;
    const full = `${title}: ${age === '' ? line : `${line}, ${age}`}`;
    const tooltip = full.length <= LONGEST_TOOLTIP ? full : `${full.slice(0, LONGEST_TOOLTIP - 1)}…`;
    const words = JSON.stringify([{ ...state, age: '' }, muted]);
    const was = this.#shown;
    this.#shownAt = mono;
    if (was.icon !== icon) this.#tray.setImage(this.#icon(icon));
    if (was.tooltip !== tooltip) this.#tray.setToolTip(tooltip);
    const aged = was.age !== age && mono >= this.#menuAt + AGE_MS;
    const rebuilt = was.words !== words || aged;
    if (rebuilt) {
      this.#menuAt = mono;
      // On Linux a changed menu is seen only when it is set again; elsewhere it does no harm.
      const spoken = TRAY_WORDS[this.#options.language ?? 'en'];
      this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, muted, this.#choices(), spoken)));
    }
    this.#shown = { icon, tooltip, words, age: rebuilt ? age : was.age };
  }

  #choices(): MenuChoices {
    const { actions, person } = this.#options;
    return {
      openBoard: () => actions.openBoard(),
      openWall: () => actions.openWall(),
      openTunnel: (key) => actions.openTunnel(key),
      openIncident: (id) => actions.openIncident(id),
      openPreferences: () => actions.openPreferences(),
      openHelp: () => actions.openHelp(),
      quit: () => actions.quit(),
      acknowledge: (id) => this.#ask('acknowledge', { ids: [id], by: person, comment: fromTray, until: null }),
      pause: (forMs) => this.#ask('pause', { forMs }),
      resume: () => this.#ask('resume', {}),
      mute: (muted) => this.#ask('setDesktop', { preferences: { sound: !muted } }),
    };
  }

  /** The board tells what came of it. */
  #ask<N extends CallName>(name: N, args: Calls[N]['args']): void {
    void this.#options.host.call(name, args).then((answer) => {
      if (!answer.ok) this.#options.log(answer.error.sentence);
    });
  }
}

/** Puts the tray in its place. Call it when Electron is ready; `dispose` takes it away. */
export function createTray(options: TrayOptions): { dispose(): void } {
  return new LiveTray(options);
}
