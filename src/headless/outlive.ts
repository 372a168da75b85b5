/**
 * A bug may cost what it was in the middle of, and not the watching. What the engine guards is reported by it; what nobody
 * caught is reported from here, and the process lives on: pages measure the age of what they show, so nothing that died
 * by the bug can look green.
 */
import type { Clock } from '../engine/clock.ts';
import type { OnBug } from '../engine/contract.ts';
import type { Millis } from '../shared/model.ts';

/** A bug that comes each round is told once in this time. */
const QUIET_MS: Millis = 60_000;
/** Different bugs remembered at once. */
const MOST = 100;

/** Passes each kind of bug on once a minute, so that no log fills the disk. `again`: how often it came unreported. */
export function calmly(clock: Clock, report: (doing: string, error: unknown, again: number) => void): OnBug {
  const told = new Map<string, { at: Millis; again: number }>();
  return (doing, error) => {
    const now = clock.monotonic();
    const before = told.get(doing);
    if (before !== undefined && now - before.at < QUIET_MS) {
      before.again += 1;
      return;
    }
    if (told.size >= MOST) told.clear();
    told.set(doing, { at: now, again: 0 });
    report(doing, error, before?.again ?? 0);
  };
}

/** Takes what nobody caught in this process, until the returned function is called. */
export function outliveBugs(onBug: OnBug): () => void {
  const thrown = (error: unknown): void => onBug('something that threw and that nobody caught', error);
  const rejected = (error: unknown): void => onBug('something that rejected and that nobody caught', error);
  process.on('uncaughtException', thrown);
  process.on('unhandledRejection', rejected);
  return () => {
    process.off('uncaughtException', thrown);
    process.off('unhandledRejection', rejected);
  };
}
