/** How somebody wants the desktop app to behave, kept beside the window's place. */
import { z } from 'zod';
import type { DesktopChange, DesktopPreferences } from '../shared/settings.ts';
import { readJson, writeJson } from './json-file.ts';

/** The preferences of the moment, and the way to change them. */
export interface Preferences {
  current(): DesktopPreferences;
  /** What is left out stays. Throws when it cannot be written; nothing has changed then. */
  change(change: DesktopChange): DesktopPreferences;
  /** Called after each change. Returns the way to stop. */
  subscribe(listener: (now: DesktopPreferences) => void): () => void;
}

/**
 * What holds until somebody says otherwise. Some Linux desktops show no tray at all, and a window that was closed into one
 * would be gone for good.
 */
export const usualPreferences = (platform: NodeJS.Platform): DesktopPreferences => ({
  startAtLogin: false,
  closeToTray: platform !== 'linux',
  notifications: true,
  sound: true,
  volume: 0.7,
  trayFilter: '',
  updates: 'check',
});

const kept = z
  .object({
    startAtLogin: z.boolean(),
    closeToTray: z.boolean(),
    notifications: z.boolean(),
    sound: z.boolean(),
    volume: z.number().min(0).max(1),
    trayFilter: z.string().max(200),
    updates: z.enum(['automatic', 'check', 'off']),
  })
  .partial();

/** Undefined values say nothing. */
function merged(before: DesktopPreferences, change: DesktopChange): DesktopPreferences {
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(said) };
}

/** Opens the preferences; a file that is broken counts as none, and `warn` says so. */
export function openPreferences(
  path: string,
  platform: NodeJS.Platform,
  warn: (sentence: string) => void,
): Preferences {
  const read = readJson(path, kept);
  if (read === 'broken') warn(`${path} cannot be read; the desktop's preferences are as in the beginning.`);
  let now = merged(usualPreferences(platform), typeof read === 'string' ? {} : read);
  const listeners = new Set<(now: DesktopPreferences) => void>();
  return {
    current: () => now,
    change(change) {
      const next = merged(now, change);
      writeJson(path, next);
      now = next;
      for (const listener of [...listeners]) listener(now);
      return now;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
