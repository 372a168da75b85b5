/**
 * Sounds. A page of ours plays a tone for each severity, at the volume that its reader chose; while one is there notifications
 * are silent. Without a page the system plays its own sound for what is warning or critical: no Electron process but a page can
 * play a tone. Muting reaches both.
 */
import { type App, BrowserWindow, Notification, type WebContents } from 'electron';
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
import type { DesktopView } from '../../shared/settings.ts';
import type { Preferences } from '../preferences.ts';
import { NOTIFICATION_WORDS } from './words.ts';

/** Whether a page is there that plays tones. One that crashed plays none. */
export function pageSounds(): boolean {
  return BrowserWindow.getAllWindows().some(({ webContents }) => !webContents.isCrashed());
}

/** Keeps pages as silent as the preferences say, those to come as well. Returns the way to stop. */
export function followMute(app: App, preferences: Pick<Preferences, 'current' | 'subscribe'>): () => void {
  const obey = (contents: WebContents): void => contents.setAudioMuted(!preferences.current().sound);
  const created = (_event: unknown, contents: WebContents): void => obey(contents);
  app.on('web-contents-created', created);
  const stop = preferences.subscribe(() => {
    for (const { webContents } of BrowserWindow.getAllWindows()) obey(webContents);
  });
  return () => {
    app.removeListener('web-contents-created', created);
    stop();
  };
}

/** What this system cannot do of what the preferences offer. */
export function notificationLimits(platform: NodeJS.Platform, language: AlertLanguage = 'en'): DesktopView['limits'] {
  const { limits, unsupported } = NOTIFICATION_WORDS[language];
  return {
    ...(!Notification.isSupported() && { notifications: unsupported }),
    volume: platform === 'linux' ? limits.noSound : limits.volume,
  };
}
