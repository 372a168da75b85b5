/** Whether the desktop app can be opened on this machine, looked up without importing `electron` (that would download). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** The Electron binary of a checkout, or `null` when it was not downloaded. */
export function electronBinary(root: string, env: Env): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  try {
    const binary = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

/** Why no window can open here, whatever is installed; `null` when one can. */
export function noWindowBecause(env: Env, platform: NodeJS.Platform, uid: number | undefined): string | null {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display for a window';
  return uid === 0 ? "Chromium's sandbox does not run as root" : null;
}
