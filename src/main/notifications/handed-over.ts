/** Waits until a notification is on the screen. */
import type { Notification } from 'electron';
import type { Clock } from '../../engine/clock.ts';
import type { Millis } from '../../shared/model.ts';

/** A system that says neither yes nor no within this time has it: some tell nothing while they do not disturb. */
const PATIENCE_MS: Millis = 3_000;

/** Shows it. Resolves once it is shown or handed over; rejects when the system refuses, and when `signal` ends it. */
export function handOver(notification: Notification, clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (): void => reject(new Error('the system refused it'));
  const aborted = (): void => reject(new Error('it was called off'));
  const shown = (): void => resolve();
  if (signal.aborted) {
    aborted();
    return promise;
  }
  notification.once('show', shown);
  notification.once('failed', failed);
  signal.addEventListener('abort', aborted, { once: true });
  const cancel = clock.after(PATIENCE_MS, shown);
  notification.show();
  return promise.finally(() => {
    cancel();
    notification.removeListener('show', shown);
    notification.removeListener('failed', failed);
    signal.removeEventListener('abort', aborted);
  });
}
