import type { Bridge } from '../../shared/bridge.ts';
import type { Instant, StateChange } from '../../shared/model.ts';

/** The record from one moment on, fetched ahead of whoever plays it. Another moment is another tape. */
export class Tape {
  readonly #bridge: Bridge;
  #changes: StateChange[] = [];
  #until: Instant;
  #asking = false;

  constructor(bridge: Bridge, from: Instant) {
    this.#bridge = bridge;
    this.#until = from;
  }

  /** So far it can be played. */
  get until(): Instant {
    return this.#until;
  }

  /** Fetches on until `to`, one question at a time. Resolves with one sentence when the host could not tell. */
  async fill(to: Instant): Promise<string | null> {
    if (this.#asking) return null;
    this.#asking = true;
    try {
      while (this.#until < to) {
        const result = await this.#bridge.call('pastStretch', { from: this.#until, to });
        if (!result.ok) return result.error.sentence;
        this.#changes.push(...result.value.changes);
        this.#until = Math.max(this.#until + 1, result.value.until);
      }
      return null;
    } finally {
      this.#asking = false;
    }
  }

  /** Takes out what happened until `to`, oldest first. */
  take(to: Instant): readonly StateChange[] {
    const end = this.#changes.findIndex(({ at }) => at > to);
    return this.#changes.splice(0, end < 0 ? this.#changes.length : end);
  }
}
