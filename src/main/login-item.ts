/**
 * Start at login, when somebody wants it: by Electron on macOS and Windows, by an autostart file on Linux, where Electron
 * has nothing. What the system says counts, not what we once wrote down: people switch it off there as well.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';

/** What the system is asked to start. */
export interface LoginOptions {
  readonly app: Pick<App, 'setLoginItemSettings' | 'getLoginItemSettings' | 'isPackaged'>;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly profile: string | null;
  /** The running program, and the app that it was given in a checkout. */
  readonly program: string;
  readonly script: string | null;
}

/** The way to ask, set and explain it. */
export interface LoginItem {
  isSet(): boolean;
  /** Throws what the system says. */
  set(on: boolean): void;
  /** Why it cannot be had here: a sentence, or `null`. */
  readonly limit: string | null;
}

/**
 * One argument of `Exec`, by the Desktop Entry Specification: quoted, with `"`, backtick, `$` and backslash escaped, and
 * then each backslash once more, because the whole is a string of the file. `%` stands for a field, so it is doubled.
 */
export function quoteForExec(argument: string): string {
  if (/[\n\r\t\0]/.test(argument)) throw new Error('a path with a line break cannot stand in an autostart file');
  const quoted = argument.replace(/["`$\\]/g, (char) => `\\${char}`).replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}

/** The autostart file for these words of a command line. */
export function autostartFile(command: readonly string[], profile: string | null): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=Tunnelwatch${profile === null ? '' : ` (${profile})`}`,
    'Comment=Watches Magic IPsec tunnels',
    `Exec=${command.map(quoteForExec).join(' ')}`,
    'Icon=tunnelwatch',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

function onLinux({ env, home, profile, program, script }: LoginOptions, flags: readonly string[]): LoginItem {
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(home, '.config');
  const file = join(config, 'autostart', `tunnelwatch${profile === null ? '' : `-${profile}`}.desktop`);
  // An AppImage runs from a mount that is gone after the next start; its own path stays.
  const command = [env.APPIMAGE || program, ...(script === null ? [] : [script]), ...flags];
  return {
    limit: null,
    isSet: () => existsSync(file),
    set(on) {
      if (!on) return rmSync(file, { force: true });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, autostartFile(command, profile), { mode: 0o644 });
    },
  };
}

function onWindows({ app, profile, program }: LoginOptions, flags: readonly string[]): LoginItem {
  const item = { path: program, args: [...flags] };
  const name = `Tunnelwatch${profile === null ? '' : `-${profile}`}`;
  return {
    limit: null,
    isSet: () => app.getLoginItemSettings(item).openAtLogin,
    set: (on) => app.setLoginItemSettings({ ...item, openAtLogin: on, name }),
  };
}

const never = (limit: string): LoginItem => ({
  limit,
  isSet: () => false,
  set: () => {
    throw new Error(limit);
  },
});

/** Start at login as this system knows it. */
export function loginItem(options: LoginOptions): LoginItem {
  const { app, platform, profile } = options;
  const flags = ['--hidden', ...(profile === null ? [] : ['--profile', profile])];
  if (platform === 'linux') return onLinux(options, flags);
  if (!app.isPackaged) return never('Only the installed app can start at login on this system.');
  if (platform === 'win32') return onWindows(options, flags);
  if (platform !== 'darwin') return never('This system has no start at login that Tunnelwatch knows.');
  if (profile !== null) return never('macOS starts the usual profile at login, no other.');
  return {
    limit: null,
    isSet: () => app.getLoginItemSettings().openAtLogin,
    set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
  };
}
