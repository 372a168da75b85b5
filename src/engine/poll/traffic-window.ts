/** When traffic is asked for, over which hours, and how long an answer is believed. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { HealthWindow } from '../cloudflare/contract.ts';

/** What Cloudflare's own alerts call idle: no traffic of customers for six hours. */
export const IDLE_AFTER_MS: Millis = 6 * 3_600_000;
/** Analytics take about this long to arrive. */
const LAG_MS: Millis = 60_000;
const MINUTE_MS: Millis = 60_000;
const USUAL_MS: Millis = 15 * 60_000;
/** One request of traffic for so many of health: where health is stretched to fit the budget, traffic is stretched with it. */
const HEALTH_ROUNDS = 15;
/** An answer is believed for as many rounds, an hour usually. */
const BELIEVED_ROUNDS = 4;

/** How often an account is asked for traffic, when its health is read each `healthIntervalMs`. */
export function trafficInterval(healthIntervalMs: Millis): Millis {
  return Math.max(USUAL_MS, HEALTH_ROUNDS * healthIntervalMs);
}

/** The six hours to ask for, by Cloudflare's clock. */
export function trafficWindow(now: Instant): HealthWindow {
  const to = Math.floor((now - LAG_MS) / MINUTE_MS) * MINUTE_MS;
  return { from: to - IDLE_AFTER_MS, to };
}

/** Knows when the last answer came. Times are monotonic. */
export class TrafficSight {
  readonly #believedMs: Millis;
  #heardAt: Millis | null = null;

  constructor(healthIntervalMs: Millis) {
    this.#believedMs = BELIEVED_ROUNDS * trafficInterval(healthIntervalMs);
  }

  heard(mono: Millis): void {
    this.#heardAt = mono;
  }

  /** The machine slept for `ms`, which monotonic time left out. */
  slept(ms: Millis): void {
    if (this.#heardAt !== null) this.#heardAt -= ms;
  }

  /** True once when the last answer became too old to be believed. */
  lost(mono: Millis): boolean {
    if (this.#heardAt === null || mono - this.#heardAt <= this.#believedMs) return false;
    this.#heardAt = null;
    return true;
  }
}
