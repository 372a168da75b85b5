/**
 * One attempt at a time is what a receiver gets: with a deadline that holds even when the notifier does not keep its
 * promise, and with bugs of a notifier turned into failed attempts.
 */
import type { Millis } from '../../../shared/model.ts';
import type { Clock } from '../../clock.ts';
import type { OnBug } from '../../contract.ts';
import type { Attempt } from '../contract.ts';
import { DEADLINE_MS } from './backoff.ts';

const TOO_LATE: Attempt = {
  ok: false,
  sentence: `No answer within ${DEADLINE_MS / 1_000} seconds.`,
  retry: true,
  retryAfterMs: null,
};
const BROKEN: Attempt = {
  ok: false,
  sentence: 'A fault in Tunnelwatch stopped this attempt.',
  retry: true,
  retryAfterMs: null,
};
/** How long `stop` waits for receivers that are just answering. */
const FAREWELL_MS: Millis = 800;

export interface Attempts {
  /** Never rejects. `doing` names it for a bug report. */
  run(doing: string, send: (signal: AbortSignal) => Promise<Attempt>): Promise<Attempt>;
  /** True once stopped: an attempt that failed then says nothing about its receiver. */
  stopped(): boolean;
  /** Aborts all that are under way and waits for them, within a second. */
  stop(): Promise<void>;
}

/** Attempts of all sinks of one outbox. */
export function createAttempts(clock: Clock, onBug: OnBug): Attempts {
  const underWay = new Map<Promise<Attempt>, AbortController>();
  let stopped = false;

  async function guarded(doing: string, send: () => Promise<Attempt>): Promise<Attempt> {
    try {
      return await send();
    } catch (error) {
      if (!stopped) onBug(doing, error);
      return BROKEN;
    }
  }

  return {
    stopped: () => stopped,
    async run(doing, send) {
      const controller = new AbortController();
      const answer = guarded(doing, () => send(controller.signal));
      underWay.set(answer, controller);
      let cancel = (): void => undefined;
      const deadline = new Promise<Attempt>((settle) => {
        cancel = clock.after(DEADLINE_MS, () => {
          settle(TOO_LATE);
          controller.abort();
        });
      });
      try {
        return await Promise.race([answer, deadline]);
      } finally {
        cancel();
        underWay.delete(answer);
      }
    },
    async stop() {
      stopped = true;
      for (const controller of underWay.values()) controller.abort();
      if (underWay.size === 0) return;
      let cancel = (): void => undefined;
      const farewell = new Promise<void>((settle) => {
        cancel = clock.after(FAREWELL_MS, settle);
      });
      await Promise.race([Promise.allSettled(underWay.keys()), farewell]);
      // Those that wait for the same answers write them down first.
      await new Promise((settle) => setImmediate(settle));
      cancel();
    },
  };
}
