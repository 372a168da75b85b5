/** A limit on how long an attempt may take, on top of the caller's signal. */
import type { Millis } from '../../../shared/model.ts';
import type { Clock } from '../../clock.ts';

/** The work's own signal also ends after `limitMs`; `late` tells whether that is why. */
export async function withDeadline<T>(
  clock: Clock,
  limitMs: Millis,
  signal: AbortSignal,
  work: (signal: AbortSignal, late: () => boolean) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const cancel = clock.after(limitMs, () => limit.abort());
  try {
    return await work(AbortSignal.any([signal, limit.signal]), () => limit.signal.aborted);
  } finally {
    cancel();
  }
}
