/** Opens an address in the browser of the person at this machine, when there is one. */
import { spawn } from 'node:child_process';

type Env = Readonly<Record<string, string | undefined>>;

/** The program that opens addresses; `null` without a display or over SSH, where a browser would open for nobody. */
export function browserOpener(env: Env, platform: NodeJS.Platform): readonly [string, ...string[]] | null {
  if (env.CI !== undefined || env.SSH_CONNECTION !== undefined) return null;
  if (platform === 'darwin') return ['open'];
  // `start` is a word of cmd; its first quoted argument is a title.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""'];
  const display = env.DISPLAY || env.WAYLAND_DISPLAY;
  return display === undefined || display === '' ? null : ['xdg-open'];
}

/** True when an opener was started. What becomes of it does not matter to us. */
export function openBrowser(url: string, env: Env, platform: NodeJS.Platform): boolean {
  const opener = browserOpener(env, platform);
  if (opener === null) return false;
  const [program, ...args] = opener;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return true;
}
