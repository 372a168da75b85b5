/**
 * Where a profile keeps what: settings and history where the headless host has them, Chromium's own files in a folder of
 * their own, logs where the system wants them. A named profile has all of it apart.
 */
import { dirname, join } from 'node:path';
import type { Paths } from '../headless/paths.ts';

/** Absolute paths. */
export interface DesktopPlaces {
  /** The settings file. */
  readonly config: string;
  /** Folder of the history. */
  readonly data: string;
  /** Chromium's files, the lock, and what the window remembers. */
  readonly userData: string;
  readonly logs: string;
}

/** The places of a profile; `null` is the usual one. `home` is the user's home folder. */
export function desktopPlaces(
  paths: Paths,
  profile: string | null,
  platform: NodeJS.Platform,
  home: string,
): DesktopPlaces {
  const apart = profile === null ? [] : ['profiles', profile];
  const settings = join(dirname(paths.config), ...apart);
  const userData = join(settings, 'desktop');
  return {
    config: join(settings, 'config.yaml'),
    data: join(paths.data, ...apart),
    userData,
    logs: platform === 'darwin' ? join(home, 'Library', 'Logs', 'Tunnelwatch', ...apart) : join(userData, 'logs'),
  };
}
