/**
 * A clock that moves only when told to: it replays a week in seconds and drives the scenario tests.
 */
import type { Instant, Millis } from '../shared/model.ts';
import type { Cancel, Clock } from './clock.ts';

interface Timer {
  readonly due: Millis;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

export interface VirtualClock extends Clock {
  /**
   * Moves time forward by `span`, running each timer at its own moment in order. `settle` is awaited after every timer
   * so that the work it started (requests, their answers) ends before time goes on.
   */
  advance(span: Millis, settle: () => Promise<void>): Promise<void>;
  /** Moves wall time alone, as a person or NTP does. */
  jumpWall(by: Millis): void;
}

/** A virtual clock that starts at `start` (wall) and 0 (monotonic). */
export function virtualClock(start: Instant): VirtualClock {
  let mono = 0;
  let wallOffset = start;
  let order = 0;
  const heap: Timer[] = [];

  const before = (a: Timer, b: Timer): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

  function push(timer: Timer): void {
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || before(above, timer)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = timer;
  }

  function pop(): void {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let least = left;
      if (right !== undefined && before(right, left)) {
        least = right;
        child += 1;
      }
      if (before(last, least)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = last;
  }

  return {
    // Wall clocks count whole milliseconds, though timers wait for parts of them.
    now: () => Math.floor(wallOffset + mono),
    monotonic: () => mono,
    after(delay, task): Cancel {
      const timer: Timer = { due: mono + Math.max(0, delay), order: order++, task, cancelled: false };
      push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
    async advance(span, settle) {
      const target = mono + span;
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.due > target) break;
        pop();
        if (next.cancelled) continue;
        mono = Math.max(mono, next.due);
        next.task();
        await settle();
      }
      mono = target;
    },
    jumpWall(by) {
      wallOffset += by;
    },
  };
}
