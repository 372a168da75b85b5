/** How long to wait before a notice is tried again, and when to stop trying. Pure. */
import type { Millis } from '../../../shared/model.ts';

const FIRST_MS: Millis = 1_000;
/** A page that waits longer than this after the receiver came back is of little use. */
export const LONGEST_MS: Millis = 5 * 60_000;
/** Waits are shortened by up to a quarter, so that several notices do not return in step. */
const SPREAD = 0.25;
const MAX_DOUBLINGS = 12;

/** One attempt may take so long, whatever the receiver does. */
export const DEADLINE_MS: Millis = 15_000;
/** A notice that nobody took for so long is given up: by then people have looked. */
export const GIVE_UP_MS: Millis = 24 * 3_600_000;
/** A receiver may ask for a pause, but not silence us for good. */
const LONGEST_ASKED_MS: Millis = 3_600_000;

/** The pause after `failures` in a row (1 for the first). `random` is 0 to 1. */
export function retryDelay(failures: number, random: number): Millis {
  const factor = 2 ** Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
  return Math.min(LONGEST_MS, FIRST_MS * factor) * (1 - SPREAD * random);
}

/** What a receiver asked for, within bounds; 0 when it asked for nothing. */
export const askedDelay = (retryAfterMs: Millis | null): Millis =>
  Math.min(LONGEST_ASKED_MS, Math.max(0, retryAfterMs ?? 0));
