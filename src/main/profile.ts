/** What one profile stands on: its folders, known to Electron before anything asks for them, and its log. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { createLog } from '../headless/log.ts';
import { logTail } from '../headless/log-tail.ts';
import { defaultPaths } from '../headless/paths.ts';
import type { Launch } from './arguments.ts';
import { logFile } from './log-file.ts';
import { desktopPlaces } from './places.ts';

/**
 * Opens the profile that a start asked for. Electron's lock lies in its folder, so this comes before the lock. Who names a
 * folder by Chromium's own switch has everything of the window in there.
 */
export function openProfile(
  { profile, logLevel }: Launch,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
) {
  const places = desktopPlaces(defaultPaths(env, platform), profile, platform, homedir());
  const named = app.commandLine.hasSwitch('user-data-dir');
  if (!named) app.setPath('userData', places.userData);
  const userData = app.getPath('userData');
  app.setAppLogsPath(named ? join(userData, 'logs') : places.logs);
  const logs = app.getPath('logs');
  const tail = logTail(logFile(join(logs, 'tunnelwatch.log')));
  const log = createLog(logLevel, tail);
  return { places, userData, logs, tail, log, warn: (sentence: string): void => log.warn(sentence) };
}
