/**
 * Notices that wall time and monotonic time parted: the machine slept (on Linux the monotonic clock stands still then) or
 * somebody set the clock. Which of the two it was cannot be told from inside; both call for one prompt look.
 */
import type { Millis } from '../../shared/model.ts';
import type { Clock } from '../clock.ts';

/** NTP slews by less than this between two looks. */
const NOTICEABLE_MS: Millis = 5_000;

export class Drift {
  readonly #clock: Clock;
  #offset: Millis;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.monotonic();
  }

  /** How far wall time ran ahead (positive) or was set back since the last look, in whole milliseconds; 0 when that is not worth a word. */
  look(): Millis {
    const offset = this.#clock.now() - this.#clock.monotonic();
    const drift = offset - this.#offset;
    // Taken over each time: two clocks of which one is slewed drift apart by seconds a day, and that is no jump.
    this.#offset = offset;
    return Math.abs(drift) < NOTICEABLE_MS ? 0 : Math.round(drift);
  }
}
