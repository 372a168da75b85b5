/** Beginning and end of the app: one instance for each profile, and a stop that closes the history before the process ends. */
import { type App, app } from 'electron';
import { z } from 'zod';

/** The engine promises to stop within two seconds; after this long the process ends without it. */
const STOP_LIMIT_MS = 3_000;

/** What a start was given on its command line. */
export interface StartedWith {
  readonly args: readonly string[];
  readonly cwd: string;
}
const startedWith = z.object({ args: z.array(z.string().max(4_096)).max(100), cwd: z.string().max(4_096) });

/**
 * Asks for the lock. A later start hands over what it was given and ends itself: Chromium sorts and adds to command lines, so
 * they travel beside it. False in that later start.
 */
export function holdSingleInstance(own: StartedWith, again: (other: StartedWith) => void): boolean {
  if (!app.requestSingleInstanceLock({ ...own })) return false;
  app.on('second-instance', (_event, _argv, _cwd, handed) => {
    const parsed = startedWith.safeParse(handed);
    again(parsed.success ? parsed.data : { args: [], cwd: own.cwd });
  });
  return true;
}

/** Runs `stop` once before the app ends, however the end was asked for (menu, signal, end of session). */
export function stopBeforeQuit(target: App, stop: () => Promise<void>): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running';
  target.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    state = 'stopping';
    const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_LIMIT_MS));
    void Promise.race([stop().catch(() => undefined), limit]).then(() => {
      state = 'stopped';
      target.quit();
    });
  });
}
