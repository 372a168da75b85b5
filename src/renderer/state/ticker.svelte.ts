import { type Moment, momentOf, type PageClock } from './page-clock.ts';

/** The one heartbeat of the page: everything that shows an age reads `now`. Stands still while nobody can see it. */
export class Ticker {
  readonly #clock: PageClock;
  readonly #listeners = new Set<() => void>();
  #now = $state.raw<Moment>({ wall: 0, mono: 0 });

  constructor(clock: PageClock) {
    this.#clock = clock;
    this.#now = momentOf(clock);
  }

  /** The last beat, at most one second old while the page is visible. */
  get now(): Moment {
    return this.#now;
  }

  beat(): void {
    this.#now = momentOf(this.#clock);
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` after each beat. Returns the way to stop. */
  onBeat(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Beats each second while `page` is visible, and at once when it becomes visible. Returns the way to stop. */
  start(page: Document): () => void {
    let stop = (): void => {};
    const follow = (): void => {
      stop();
      if (page.visibilityState === 'hidden') return;
      this.beat();
      stop = this.#clock.every(1000, () => this.beat());
    };
    page.addEventListener('visibilitychange', follow);
    follow();
    return () => {
      page.removeEventListener('visibilitychange', follow);
      stop();
    };
  }
}
