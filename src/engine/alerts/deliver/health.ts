/** How one sink is doing: what it said last, and when it is worth asking again. */

import type { Instant, Millis } from '../../../shared/model.ts';
import type { Delivery, SinkStatus } from '../../../shared/notices.ts';
import type { Attempt } from '../contract.ts';
import { askedDelay, retryDelay } from './backoff.ts';

export class SinkHealth {
  #state: SinkStatus['state'] = 'idle';
  #lastDeliveredAt: Instant | null = null;
  #lastAnswer: string | null = null;
  #failures = 0;
  #retryAt: Millis = Number.NEGATIVE_INFINITY;
  #quietUntil: Millis = Number.NEGATIVE_INFINITY;

  /** What the delivery log of earlier processes tells; newest first. */
  restore(log: readonly Delivery[]): void {
    const last = log.find(({ answer, lastAttemptAt }) => answer !== null && lastAttemptAt !== null);
    if (last !== undefined) {
      this.#lastAnswer = last.answer;
      this.#state = last.state === 'delivered' ? 'ok' : 'failing';
    }
    this.#lastDeliveredAt = log.find(({ state }) => state === 'delivered')?.lastAttemptAt ?? null;
  }

  /** An attempt ended. True when the sink recovered by it. */
  heard(attempt: Attempt, now: Instant, mono: Millis, random: number): boolean {
    const wasFailing = this.failing;
    this.#lastAnswer = attempt.sentence;
    if (attempt.ok) {
      this.#state = 'ok';
      this.#lastDeliveredAt = now;
      this.#failures = 0;
      this.#retryAt = this.#quietUntil = mono;
      return wasFailing;
    }
    this.#state = 'failing';
    this.#quietUntil = Math.max(this.#quietUntil, mono + askedDelay(attempt.retryAfterMs));
    // Notices that are new try at once though the sink fails; they do not make the others wait longer.
    if (mono >= this.#retryAt) {
      this.#failures += 1;
      this.#retryAt = mono + retryDelay(this.#failures, random);
    }
    return false;
  }

  get failing(): boolean {
    return this.#state === 'failing';
  }

  /** Monotonic time from which the sink may be asked: for something new, or once more for the same. */
  readyAt(again: boolean): Millis {
    return again ? Math.max(this.#retryAt, this.#quietUntil) : this.#quietUntil;
  }

  status(): Pick<SinkStatus, 'state' | 'lastDeliveredAt' | 'lastAnswer'> {
    return { state: this.#state, lastDeliveredAt: this.#lastDeliveredAt, lastAnswer: this.#lastAnswer };
  }
}
