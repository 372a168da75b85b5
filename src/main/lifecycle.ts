/**
 * Beginning and end of the app: one instance per data folder, a stop that closes the history before the process ends,
 * and a prompt look at the network after sleep.
 */
import { type App, app, type PowerMonitor } from 'electron';

/** The engine promises to stop within two seconds; after this long the process ends without it. */
const STOP_LIMIT_MS = 3_000;

/** Asks for the lock; a later start calls `again` in this process and ends itself. False in that later start. */
export function holdSingleInstance(again: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', again);
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

/** Looks once after sleep and after the screen is unlocked; while the machine sleeps nothing runs and nothing is known. */
export function wakeWithMachine(power: PowerMonitor, wake: () => void): void {
  power.on('resume', wake);
  power.on('unlock-screen', wake);
}
