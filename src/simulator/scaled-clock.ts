import type { Clock } from '../engine/clock.ts';
import type { Instant } from '../shared/model.ts';

/**
 * A clock that runs `speed` times as fast as `base`. Its wall time starts at `origin`, now if not given; its monotonic
 * time and its timers are scaled alike.
 */
export function scaledClock(base: Clock, speed: number, origin: Instant = base.now()): Clock {
  const begun = base.monotonic();
  return {
    now: () => origin + (base.monotonic() - begun) * speed,
    monotonic: () => base.monotonic() * speed,
    after: (delay, task) => base.after(delay / speed, task),
  };
}
