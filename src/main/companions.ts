/** What lives beside the windows for as long as the host does: the tray and the updates. */
import { userInfo } from 'node:os';
import { app } from 'electron';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { Clock } from '../engine/clock.ts';
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

function openTray(options: CompanionOptions, host: BridgeHost, windows: Windows): { dispose(): void } | null {
  const { profile, log } = options;
  try {
    return createTray({
      ...options,
      host,
      title: profile === null ? 'Tunnelwatch' : `Tunnelwatch (${profile})`,
      person: personHere(),
      actions: {
        openBoard: () => windows.go('#/board'),
        openWall: () => windows.openWall(null),
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

/** Opens them over a running host; `showUpdate` is told what became of updates. */
export function openCompanions(
  options: CompanionOptions,
  host: BridgeHost,
  windows: Windows,
  showUpdate: (state: UpdateState) => void,
): Companions {
  const { clock, platform, env, preferences, log } = options;
  const tray = openTray(options, host, windows);
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
    },
  };
}
