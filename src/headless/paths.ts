/** Where settings and data lie when nobody says otherwise, by the customs of each system. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Paths {
  readonly config: string;
  readonly data: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** XDG directories on Linux, Application Support on macOS, AppData on Windows. Relative XDG values are ignored, as XDG says. */
export function defaultPaths(env: Env, platform: NodeJS.Platform = process.platform, home: string = homedir()): Paths {
  if (platform === 'win32') {
    const roaming = env.APPDATA ?? join(home, 'AppData', 'Roaming');
    const local = env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
    return { config: join(roaming, 'Tunnelwatch', 'config.yaml'), data: join(local, 'Tunnelwatch') };
  }
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', 'Tunnelwatch');
    return { config: join(support, 'config.yaml'), data: support };
  }
  const xdg = (value: string | undefined, usual: string): string =>
    value?.startsWith('/') ? value : join(home, usual);
  return {
    config: join(xdg(env.XDG_CONFIG_HOME, '.config'), 'tunnelwatch', 'config.yaml'),
    data: join(xdg(env.XDG_DATA_HOME, '.local/share'), 'tunnelwatch'),
  };
}
