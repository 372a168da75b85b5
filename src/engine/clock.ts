/**
 * Time as an argument. Wall time is for records, monotonic time is for waiting and for age: a wall clock that is set
 * back by an hour neither stops the polling nor makes an old fact young.
 */
import type { Instant, Millis } from '../shared/model.ts';

/** Stops a timer; harmless when it has run already. */
export type Cancel = () => void;

export interface Clock {
  /** Wall time, Unix milliseconds. May jump either way. */
  now(): Instant;
  /** Milliseconds since some fixed moment. Never goes back; stands still while the machine sleeps on some systems. */
  monotonic(): Millis;
  /** Runs `task` once after `delay` of monotonic time; after 24 days at the latest, which is all that timers can count. */
  after(delay: Millis, task: () => void): Cancel;
}

/** A longer delay overflows a timer of Node, which then runs at once, and again at once. */
const LONGEST_MS: Millis = 2 ** 31 - 1;

/** The clock of the machine. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(delay, task) {
      const timer = setTimeout(task, Math.min(delay, LONGEST_MS));
      return () => clearTimeout(timer);
    },
  };
}
