/**
 * A page that dies or hangs is loaded anew, a few times in a while: the engine lives in this process and notices nothing. A
 * page that dies again and again waits until some time has passed; a wall is still there in a year.
 */
import type { BrowserWindow } from 'electron';

/** So many new loads within this time; the next one waits until the first of them is that old. */
const MOST_RELOADS = 3;
const WITHIN_MS = 10 * 60_000;
/** A page that does not react for so long is ended, and then loaded anew. */
const PATIENCE_MS = 30_000;

/** Looks after the page of this window until the window is gone. `log` takes a sentence for the log. */
export function careForPage(window: BrowserWindow, log: (sentence: string) => void): void {
  const { webContents: page } = window;
  const reloads: number[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let waiting = false;

  const later = (delay: number, task: () => void): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!window.isDestroyed()) task();
    }, delay);
    timers.add(timer);
    return timer;
  };

  function revive(): void {
    if (waiting) return;
    const now = performance.now();
    while (reloads[0] !== undefined && now - reloads[0] >= WITHIN_MS) reloads.shift();
    const [oldest] = reloads;
    if (reloads.length < MOST_RELOADS || oldest === undefined) {
      reloads.push(now);
      page.reload();
      return;
    }
    waiting = true;
    log(`The page died ${MOST_RELOADS} times in a short while; it is loaded again later.`);
    later(oldest + WITHIN_MS - now, () => {
      waiting = false;
      revive();
    });
  }

  page.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(`The page's process is gone: ${reason}, exit code ${exitCode}.`);
    revive();
  });

  let hanging: NodeJS.Timeout | null = null;
  window.on('unresponsive', () => {
    if (hanging !== null) return;
    log('The page does not react.');
    hanging = later(PATIENCE_MS, () => {
      hanging = null;
      // Ends in `render-process-gone`, and goes on there.
      page.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => {
    if (hanging === null) return;
    clearTimeout(hanging);
    timers.delete(hanging);
    hanging = null;
  });
  window.once('closed', () => {
    for (const timer of timers) clearTimeout(timer);
  });
}
