/** Whether the desktop app can be opened on this machine, looked up without importing `electron` (that would download). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What the package `electron` calls its program on each system, as its own installer does. */
function programName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The installer writes `path.txt` last: without it what lies in `dist` is half a download. */
function installedName(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * The Electron binary of a checkout, or `null` when there is none. `ELECTRON_OVERRIDE_DIST_PATH` names a folder with one, and
 * then counts alone, as in Electron's own launcher.
 */
export function electronBinary(root: string, env: Env, platform: NodeJS.Platform = process.platform): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const elsewhere = env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = installedName(folder) ?? (elsewhere ? programName(platform) : null);
  if (name === null) return null;
  const binary = join(elsewhere || join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}

/** Why no window can open here, whatever is installed; `null` when one can. */
export function noWindowBecause(env: Env, platform: NodeJS.Platform, uid: number | undefined): string | null {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display for a window';
  return uid === 0 ? "Chromium's sandbox does not run as root" : null;
}
