import type { Instant, Millis } from '../../shared/model.ts';

/** Time as the page sees it. Tests drive their own. */
export interface PageClock {
  /** Wall clock, for words such as "10:02". */
  wall(): Instant;
  /** Milliseconds that never go back; on some systems they stand still while the machine sleeps. */
  mono(): Millis;
  /** Calls `run` once after `ms`. Returns the way to cancel. */
  after(ms: Millis, run: () => void): () => void;
  /** Calls `run` each `ms`. Returns the way to stop. */
  every(ms: Millis, run: () => void): () => void;
}

/** The browser's clocks and timers. */
export function browserClock(): PageClock {
  return {
    wall: () => Date.now(),
    mono: () => performance.now(),
    after(ms, run) {
      const id = setTimeout(run, ms);
      return () => clearTimeout(id);
    },
    every(ms, run) {
      const id = setInterval(run, ms);
      return () => clearInterval(id);
    },
  };
}

/** A moment on both clocks. */
export interface Moment {
  readonly wall: Instant;
  readonly mono: Millis;
}

export function momentOf(clock: PageClock): Moment {
  return { wall: clock.wall(), mono: clock.mono() };
}

/**
 * Time from `then` to `now`, the longer of both clocks: the monotonic clock may stand still in sleep and the wall clock
 * may be set back. What errs errs towards "older", so that nothing looks fresher than it is. Never negative.
 */
export function elapsed(then: Moment, now: Moment): Millis {
  return Math.max(0, now.mono - then.mono, now.wall - then.wall);
}
