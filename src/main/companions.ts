/** What lives beside the windows for as long as the host does: notifications, the tray, updates. */
import { userInfo } from 'node:os';
import { app } from 'electron';
import type { Desktop } from '../engine/alerts/sinks/native.ts';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { Clock } from '../engine/clock.ts';
import type { AlertLanguage } from '../shared/alert-words/languages.ts';
import { createNotifications } from './notifications/notifications.ts';
import { followMute, pageSounds } from './notifications/sound.ts';
import type { Preferences } from './preferences.ts';
import { createTray } from './tray/tray.ts';
import { loadUpdater, startUpdates, type UpdateState, type Updates } from './update.ts';
import type { Windows } from './windows.ts';

/** What companions need from outside. */
export interface CompanionOptions {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly preferences: Preferences;
  /** Folder of the tray's pictures. */
  readonly icons: string;
  /** `null` is the usual profile. */
  readonly profile: string | null;
  /** Takes a sentence for the log. */
  readonly log: (sentence: string) => void;
}

/** The companions of a running host. */
export interface Companions {
  /** Whether there is a tray to close windows into. */
  readonly tray: boolean;
  readonly updates: Updates;
  dispose(): void;
}

const personHere = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run as somebody without a name.
    return 'this desktop';
  }
};

function openTray(
  options: CompanionOptions,
  person: string,
  host: BridgeHost,
  windows: Windows,
  language: AlertLanguage,
): { dispose(): void } | null {
  const { profile, log } = options;
  try {
    return createTray({
      ...options,
      host,
      title: profile === null ? 'Tunnelwatch' : `Tunnelwatch (${profile})`,
      person,
      language,
      actions: {
        openBoard: () => windows.go('#/board'),
        openWall: () => windows.openWall(null, null),
        openTunnel: (key) => windows.go(`#/tunnel/${key}`),
        openIncident: (id) => windows.go(`#/alerts/${id}`),
        openPreferences: () => windows.go('#/settings'),
        openHelp: () => app.showAboutPanel(),
        quit: () => app.quit(),
      },
    });
  } catch (error) {
    log(`There is no tray: ${error instanceof Error ? error.message : 'unknown cause'}`);
    return null;
  }
}

/** Companions on their way: notifications are needed to open a host, and need one afterwards. */
export interface ComingCompanions {
  /** For the engine's alerts. */
  readonly desktop: Desktop;
  /** The rest of them over the running host; `showUpdate` is told what became of updates. */
  over(host: BridgeHost, showUpdate: (state: UpdateState) => void, language: AlertLanguage): Companions;
}

/** Prepares the companions; nothing is shown before there is a host. */
export function prepareCompanions(options: CompanionOptions, windows: Windows): ComingCompanions {
  const { clock, platform, env, preferences, log } = options;
  const person = personHere();
  const notifications = createNotifications({
    platform,
    clock,
    preferences,
    pageSounds,
    person,
    log,
    actions: {
      openTunnel: (key) => windows.go(`#/tunnel/${key}`),
      openIncident: (id) => windows.go(`#/alerts/${id}`),
      openInbox: () => windows.go('#/alerts'),
    },
  });
  return {
    desktop: notifications,
    over(host, showUpdate, language) {
      const stopMuting = followMute(app, preferences);
      notifications.follow(host);
      const tray = openTray(options, person, host, windows, language);
      const updates = startUpdates({
        clock,
        app,
        load: loadUpdater,
        platform,
        env,
        mode: () => preferences.current().updates,
        alerts: () => host.board().alerts,
        log,
        tell: showUpdate,
      });
      return {
        tray: tray !== null,
        updates,
        dispose() {
          updates.stop();
          tray?.dispose();
          notifications.dispose();
          stopMuting();
        },
      };
    },
  };
}
