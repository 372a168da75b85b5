import type { PageClock } from '../../../src/renderer/state/page-clock.ts';

interface Timer {
  at: number;
  readonly every: number | null;
  readonly run: () => void;
}

/** A page clock that moves only when the test moves it. */
export class HandClock implements PageClock {
  #wall: number;
  #mono = 0;
  readonly #timers = new Set<Timer>();

  constructor(wall = Date.UTC(2026, 10, 21, 10, 16)) {
    this.#wall = wall;
  }

  wall(): number {
    return this.#wall;
  }
  mono(): number {
    return this.#mono;
  }
  after(ms: number, run: () => void): () => void {
    return this.#add({ at: this.#mono + ms, every: null, run });
  }
  every(ms: number, run: () => void): () => void {
    return this.#add({ at: this.#mono + ms, every: ms, run });
  }

  /** Lets time pass and runs what falls due, in order. */
  pass(ms: number): void {
    const end = this.#mono + ms;
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#move(next.at - this.#mono);
      if (next.every === null) this.#timers.delete(next);
      else next.at += next.every;
      next.run();
    }
    this.#move(end - this.#mono);
  }

  /** The machine sleeps: the wall clock goes on, the monotonic clock and the timers stand still. */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  #move(ms: number): void {
    this.#mono += ms;
    this.#wall += ms;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
