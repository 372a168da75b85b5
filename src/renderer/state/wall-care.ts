import type { BridgeMessage } from '../../shared/bridge.ts';
import type { Millis } from '../../shared/model.ts';
import { elapsed, type Moment, momentOf, type PageClock } from './page-clock.ts';

/** What the care of a wall needs of its page. */
export interface CarePage {
  /** The moment that the picture shows; `null` when there is no picture. */
  drawn(): number | null;
  /** Whether anybody could see it: a hidden page draws nothing, and need not. */
  visible(): boolean;
  /** Whether this very page can be loaded now; a reload into an error page would be the last one. */
  reachable(): Promise<boolean>;
  /** Whether the host serves the same page as the one that runs. */
  current(): Promise<boolean>;
  reload(): void;
}

/** How often it is looked at. */
const CHECK_MS: Millis = 5_000;
/** A picture that is so old is stuck: its clock shows seconds. */
const STUCK_MS: Millis = 25_000;
/** Without a host for so long, although the host answers: the connection itself is stuck. */
const WEDGED_MS: Millis = 120_000;
/** Between two reloads, so that a page that cannot be mended is no storm. */
const PATIENCE_MS: Millis = 60_000;

/**
 * Nobody sits at a wall. Loads it anew when its picture stands still although time passes, when the host was exchanged for
 * another version, and when a lost host answers but its events do not come. Never while the page could not be loaded.
 */
export class WallCare {
  readonly #page: CarePage;
  readonly #clock: PageClock;
  #begun: Moment;
  #met = false;
  #lostAt: Moment | null = null;
  #stuck = false;
  #renewing = false;
  #asking = false;

  constructor(page: CarePage, clock: PageClock) {
    this.#page = page;
    this.#clock = clock;
    this.#begun = momentOf(clock);
  }

  /** Looks after the page until the returned function is called. */
  start(): () => void {
    return this.#clock.every(CHECK_MS, () => void this.check());
  }

  /** Hears a message of the host. A whole board begins a new connection: behind it may be another version. */
  hear({ type }: BridgeMessage): void {
    this.#lostAt = type === 'lost' ? (this.#lostAt ?? momentOf(this.#clock)) : null;
    if (type !== 'board') return;
    this.#renewing ||= this.#met;
    this.#met = true;
  }

  /** One look. Resolves when it is over. */
  async check(): Promise<void> {
    const now = momentOf(this.#clock);
    if (this.#asking || elapsed(this.#begun, now) < PATIENCE_MS) return;
    const wedged = this.#lostAt !== null && elapsed(this.#lostAt, now) > WEDGED_MS;
    const stands = this.#standsStill(now);
    // One look may fall into a pause of the machine; two are enough.
    const stuck = stands && this.#stuck;
    this.#stuck = stands;
    if (!stuck && !wedged && !this.#renewing) return;
    this.#asking = true;
    try {
      if (!(await this.#page.reachable())) return;
      const renewed = this.#renewing && !(await this.#page.current());
      this.#renewing = false;
      if (!stuck && !wedged && !renewed) return;
      this.#begun = momentOf(this.#clock);
      this.#page.reload();
    } finally {
      this.#asking = false;
    }
  }

  #standsStill({ wall }: Moment): boolean {
    const drawn = this.#page.drawn();
    return this.#page.visible() && (drawn === null || Math.abs(wall - drawn) > STUCK_MS);
  }
}
