/**
 * Which accounts are unlocked. A lock falls by itself when the time is over, when the clocks part (the machine slept, or
 * somebody set the clock), and with the process.
 */
import type { AccountId, Instant, Millis } from '../../shared/model.ts';
import type { Cancel, Clock } from '../clock.ts';
import { Drift } from '../poll/drift.ts';

interface Unlocked {
  readonly until: Instant;
  readonly untilMono: Millis;
  readonly cancel: Cancel;
}

export interface Locks {
  /** Unlocking again starts the time anew. */
  unlock(accountId: AccountId, forMs: Millis): Instant;
  /** False when it was locked. */
  lock(accountId: AccountId): boolean;
  /** `null`: locked. */
  until(accountId: AccountId): Instant | null;
  /** Locks everything, for instance because the machine slept. */
  lockAll(why: string): void;
}

/** `onEnd` hears of every lock that fell by itself, with the reason as a sentence. */
export function createLocks(clock: Clock, onEnd: (accountId: AccountId, why: string) => void): Locks {
  const open = new Map<AccountId, Unlocked>();
  const drift = new Drift(clock);

  const close = (accountId: AccountId): boolean => {
    open.get(accountId)?.cancel();
    return open.delete(accountId);
  };
  const end = (accountId: AccountId, why: string): void => {
    if (close(accountId)) onEnd(accountId, why);
  };
  const lockAll = (why: string): void => {
    for (const accountId of [...open.keys()]) end(accountId, why);
  };

  /** Time may have passed without a timer: each question looks at both clocks. */
  function look(): void {
    if (drift.look() !== 0) lockAll('The clock jumped or the machine slept.');
    for (const [accountId, { until, untilMono }] of open) {
      if (clock.now() >= until || clock.monotonic() >= untilMono) end(accountId, 'The time was over.');
    }
  }

  return {
    unlock(accountId, forMs) {
      look();
      close(accountId);
      const until = clock.now() + forMs;
      const cancel = clock.after(forMs, () => end(accountId, 'The time was over.'));
      open.set(accountId, { until, untilMono: clock.monotonic() + forMs, cancel });
      return until;
    },
    lock(accountId) {
      look();
      return close(accountId);
    },
    until(accountId) {
      look();
      return open.get(accountId)?.until ?? null;
    },
    lockAll,
  };
}
