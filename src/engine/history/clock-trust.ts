/**
 * May we delete by the wall clock? A clock that leaps ahead by a year would make the whole history look expired, and
 * NTP may take it back a minute later. So after a leap forward of more than a day pruning waits for an hour.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import type { Clock } from '../clock.ts';

/** Shorter leaps happen each night when a laptop sleeps, and cost at most a day of history. */
const LEAP_MS: Millis = 24 * 3_600_000;
const STEADY_MS: Millis = 3_600_000;

/**
 * Tells at each call whether the wall time `now` has been plausible for an hour.
 *
 * @param lastKnown wall time of the last sign of life in the file, `null` when there is none
 */
export function createClockTrust(clock: Clock, lastKnown: Instant | null): (now: Instant) => boolean {
  let last = { wall: lastKnown, mono: clock.monotonic() };
  let waitUntil = Number.NEGATIVE_INFINITY;
  return (now) => {
    const mono = clock.monotonic();
    const expected = last.wall === null ? now : last.wall + (mono - last.mono);
    if (now - expected > LEAP_MS) waitUntil = mono + STEADY_MS;
    last = { wall: now, mono };
    return mono >= waitUntil;
  };
}
