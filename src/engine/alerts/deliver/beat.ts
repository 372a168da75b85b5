/**
 * The dead man's switch: a sign of life at a steady pace, as long as we see. When it stops, somebody else raises the
 * alarm; so it must stop with everything that it stands for, also when the engine does not tell us any more.
 */
import type { Millis } from '../../../shared/model.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { Attempt } from '../contract.ts';
import { retryDelay } from './backoff.ts';

/** The engine ticks each few seconds. One that is silent for so long does not watch any more. */
const LAST_WORD_MS: Millis = 5 * 60_000;

export interface Beat {
  /** What the engine says now. */
  seeing(sees: boolean): void;
  stop(): void;
}

/** Calls `send` each `everyMs` while we see; after a failure sooner, with a growing pause. */
export function createBeat(clock: Clock, random: () => number, everyMs: Millis, send: () => Promise<Attempt>): Beat {
  let sees = false;
  let toldAt: Millis = Number.NEGATIVE_INFINITY;
  let dueAt: Millis = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let busy = false;
  let stopped = false;
  let cancel: Cancel = () => undefined;

  const awake = (): boolean => sees && clock.monotonic() - toldAt <= LAST_WORD_MS;

  async function beat(): Promise<void> {
    busy = true;
    const startedAt = clock.monotonic();
    const { ok } = await send();
    busy = false;
    failures = ok ? 0 : failures + 1;
    dueAt = ok
      ? Math.max(clock.monotonic(), startedAt + everyMs)
      : clock.monotonic() + Math.min(everyMs, retryDelay(failures, random()));
    wait();
  }

  /** Asleep without a timer: the next word of the engine wakes it. */
  function wait(): void {
    cancel();
    if (stopped || busy || !awake()) return;
    const left = dueAt - clock.monotonic();
    if (left <= 0) void beat();
    else cancel = clock.after(left, wait);
  }

  return {
    seeing(now) {
      const changed = now !== sees;
      const slept = !awake();
      sees = now;
      toldAt = clock.monotonic();
      if (changed || slept) wait();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
