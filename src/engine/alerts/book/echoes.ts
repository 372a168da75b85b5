/**
 * What is remembered of alerts that ended a while ago. Each end that was told and turned out to be none doubles the time that
 * the next end has to prove itself, up to a quarter of an hour: so a day of flapping is one incident and not a hundred.
 */
import type { Instant, Millis } from '../../../shared/model.ts';

/** The end of an alert. */
export interface Echo {
  readonly level: number;
  readonly resolvedAt: Instant;
  /** The same moment, monotonic. */
  readonly mono: Millis;
}

/** An alert that comes back within this time is the same trouble. */
const ECHO_MS: Millis = 60 * 60_000;
const LONGEST_HOLD_MS: Millis = 15 * 60_000;
const MAX_LEVEL = 16;

/** How long it must be over, after `doublings` ends that were none. While the tunnel flaps the longest time counts at once. */
export function holdOf(recoverMs: Millis, doublings: number, flaps: boolean): Millis {
  if (recoverMs === 0) return 0;
  const grown = flaps ? LONGEST_HOLD_MS : recoverMs * 2 ** Math.min(MAX_LEVEL, doublings);
  return Math.max(recoverMs, Math.min(LONGEST_HOLD_MS, grown));
}

export class Echoes {
  /** In the order of their ends. */
  readonly #known = new Map<string, Echo>();

  /** The last end of the alert with this name, if it was a short while ago. */
  of(name: string, mono: Millis): Echo | null {
    const echo = this.#known.get(name);
    return echo === undefined || mono - echo.mono > ECHO_MS ? null : echo;
  }

  add(name: string, echo: Echo): void {
    this.#known.delete(name);
    this.#known.set(name, { ...echo, level: Math.min(MAX_LEVEL, echo.level) });
    for (const [old, { mono }] of this.#known) {
      if (echo.mono - mono <= ECHO_MS) break;
      this.#known.delete(old);
    }
  }
}
