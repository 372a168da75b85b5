/** Polling that somebody stopped for a while: until when, and that it ends by itself. */
import type { Instant, Millis } from '../shared/model.ts';
import { LONGEST_PAUSE_MS, type Paused } from '../shared/settings.ts';

export class Pause {
  #paused: Paused | null = null;
  /** Monotonic: a wall clock that is set neither prolongs nor ends a pause. */
  #ends: Millis = 0;

  get paused(): Paused | null {
    return this.#paused;
  }

  /** A further pause takes the place of the one before; `since` stays. `forMs: null` lasts until `end`, a day at most. */
  begin(forMs: Millis | null, now: Instant, mono: Millis): void {
    const length = Math.min(forMs ?? LONGEST_PAUSE_MS, LONGEST_PAUSE_MS);
    this.#paused = { since: this.#paused?.since ?? now, until: forMs === null ? null : now + length };
    this.#ends = mono + length;
  }

  /** True when there was one. */
  end(): boolean {
    const was = this.#paused !== null;
    this.#paused = null;
    return was;
  }

  /** Its time is over. */
  over(mono: Millis): boolean {
    return this.#paused !== null && mono >= this.#ends;
  }
}
