/**
 * Cloudflare's clock, as the `Date` of its answers tells it. A machine whose clock is an hour behind would else ask for
 * results of an hour ago and show them as new; one whose clock is set a year ahead would call every key stale.
 */
import type { Instant, Millis } from '../../shared/model.ts';

/** Less than this is the way of the answer, the fraction of a second that `Date` leaves out, and ordinary drift. */
const AGREE_MS: Millis = 60_000;
/** Answers that are slower or quicker than the one before move nothing. */
const JITTER_MS: Millis = 10_000;
/** `Date` is cut to the second. */
const HALF_A_SECOND: Millis = 500;

export class CloudClock {
  #aheadMs: Millis = 0;
  #sure = false;

  /** How far Cloudflare's clock is ahead of ours; 0 while they agree. */
  get aheadMs(): Millis {
    return this.#aheadMs;
  }

  /** False until the first answer, and after our clock jumped until one tells whether time passed or the clock was set. */
  get sure(): boolean {
    return this.#sure;
  }

  /** A good answer came. `date`: Cloudflare's clock in it, where it said so; `now`: ours. */
  heard(date: Instant | undefined, now: Instant): void {
    this.#sure = true;
    if (date === undefined) return;
    const ahead = date + HALF_A_SECOND - now;
    if (Math.abs(ahead) <= AGREE_MS) this.#aheadMs = 0;
    else if (Math.abs(ahead - this.#aheadMs) > JITTER_MS) this.#aheadMs = ahead;
  }

  /** Our wall clock jumped: the machine slept, or somebody set it. */
  doubt(): void {
    this.#sure = false;
  }
}
