import type { Millis } from '../../../shared/model.ts';
import type { PageClock } from '../../state/page-clock.ts';

/** What was in sight for this long has been looked at. */
export const LOOK_MS: Millis = 2_000;
const STEP_MS: Millis = 500;

/**
 * Tells which incidents somebody has looked at: in sight for two seconds on a page that is visible and has the focus. A
 * page on a wall or in a tab behind looks at nothing. What stays in sight is told again each two seconds.
 */
export class SeenWatch {
  readonly #clock: PageClock;
  readonly #page: Document;
  readonly #tell: (ids: readonly string[]) => void;
  readonly #observer: IntersectionObserver;
  readonly #ids = new Map<Element, string>();
  /** How long each one in sight has been looked at. */
  readonly #looked = new Map<string, Millis>();
  readonly #stop: () => void;
  #before: Millis;

  constructor(clock: PageClock, page: Document, tell: (ids: readonly string[]) => void) {
    this.#clock = clock;
    this.#page = page;
    this.#tell = tell;
    this.#before = clock.mono();
    this.#observer = new IntersectionObserver((entries) => this.#see(entries), { threshold: 0.5 });
    this.#stop = clock.every(STEP_MS, () => this.#step());
  }

  /** For `{@attach}`: this element shows that incident. */
  shows(id: string): (element: Element) => () => void {
    return (element) => {
      this.#ids.set(element, id);
      this.#observer.observe(element);
      return () => {
        this.#observer.unobserve(element);
        this.#ids.delete(element);
        this.#looked.delete(id);
      };
    };
  }

  stop(): void {
    this.#stop();
    this.#observer.disconnect();
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const id = this.#ids.get(target);
      if (id === undefined) continue;
      if (!isIntersecting) this.#looked.delete(id);
      else if (!this.#looked.has(id)) this.#looked.set(id, 0);
    }
  }

  #step(): void {
    const now = this.#clock.mono();
    // A page that was stopped for a while did not look meanwhile.
    const passed = Math.min(now - this.#before, 2 * STEP_MS);
    this.#before = now;
    if (this.#page.visibilityState !== 'visible' || !this.#page.hasFocus()) return;
    const seen: string[] = [];
    for (const [id, looked] of this.#looked) {
      const total = looked + passed;
      this.#looked.set(id, total >= LOOK_MS ? 0 : total);
      if (total >= LOOK_MS) seen.push(id);
    }
    if (seen.length > 0) this.#tell(seen);
  }
}
