/**
 * The life of one alert, without words and facts: which phase follows from what is said at a look. Pure.
 *
 *     pending -> firing -> recovering -> resolved        pending -> resolved: it passed, nobody heard of it
 *                firing <- recovering                    firing -> resolved: rules whose end needs no proof
 *
 * `look` is when the look was made (monotonic): the arrival of an answer, or the present for rules that time measures. The same
 * answer looked at twice says nothing new.
 */
import type { AlertPhase } from '../../../shared/alerts.ts';
import type { Millis } from '../../../shared/model.ts';
import type { Judgement } from '../rules/rule.ts';

/** Moments on the monotonic clock, each `null` where it does not count. */
export interface Marks {
  /** Pending: the first look of an unbroken row that said so. */
  readonly first: Millis | null;
  /** Recovering: since when it is over, without a break. */
  readonly over: Millis | null;
  /** Recovering: since when it is there again. */
  readonly back: Millis | null;
  /** The newest look. */
  readonly last: Millis | null;
}

export const NO_MARKS: Marks = { first: null, over: null, back: null, last: null };

/** How long things must hold for one alert. */
export interface Limits {
  readonly pendingMs: Millis;
  readonly recoverMs: Millis;
  /** `null`: at least `pendingMs` must pass; else more than `pendingMs` and this much, by which looks may come late. */
  readonly slackMs: Millis | null;
  /** One look is enough when `pendingMs` is 0. */
  readonly confirmed: boolean;
  /** Two looks further apart than this are not a row: nobody knows what was between. */
  readonly gapMs: Millis;
}

export interface Step {
  readonly phase: AlertPhase;
  readonly marks: Marks;
}

/** A second look this much later believes a return, which needs less proof than a beginning. */
const RETURN_MS: Millis = 25_000;

/** The phase after a look. A new alert begins as `pending` without marks. */
export function step(phase: AlertPhase, marks: Marks, is: Judgement['is'], look: Millis, limits: Limits): Step {
  // A clock that looks back was replaced, and so was everything measured by it.
  const broken = marks.last !== null && (look < marks.last || look - marks.last > limits.gapMs);
  const row: Marks = broken ? NO_MARKS : marks;
  switch (phase) {
    case 'pending':
      return pending(row, is, look, limits);
    case 'firing':
      return firing(is, look, limits);
    case 'recovering':
      return recovering(row, is, look, limits);
    case 'resolved':
      return { phase, marks };
  }
}

function pending(row: Marks, is: Judgement['is'], look: Millis, limits: Limits): Step {
  switch (is) {
    case 'absent':
    case 'easing':
      return { phase: 'resolved', marks: NO_MARKS };
    case 'unknown':
      return { phase: 'pending', marks: NO_MARKS };
    case 'held':
      return { phase: 'pending', marks: { ...row, last: look } };
    case 'present': {
      const first = row.first ?? look;
      const lasted = look - first;
      const again = look > first || limits.confirmed;
      const { pendingMs, slackMs } = limits;
      const enough = slackMs === null ? lasted >= pendingMs : lasted > pendingMs + slackMs;
      const marks: Marks = { first, over: null, back: null, last: look };
      return again && enough ? { phase: 'firing', marks: { ...NO_MARKS, last: look } } : { phase: 'pending', marks };
    }
  }
}

function firing(is: Judgement['is'], look: Millis, { recoverMs }: Limits): Step {
  const seen: Marks = { ...NO_MARKS, last: look };
  if (is === 'unknown') return { phase: 'firing', marks: NO_MARKS };
  if (is === 'easing') return { phase: 'recovering', marks: seen };
  if (is !== 'absent') return { phase: 'firing', marks: seen };
  return recoverMs === 0
    ? { phase: 'resolved', marks: NO_MARKS }
    : { phase: 'recovering', marks: { ...seen, over: look } };
}

function recovering(row: Marks, is: Judgement['is'], look: Millis, limits: Limits): Step {
  const seen: Marks = { ...NO_MARKS, last: look };
  switch (is) {
    case 'unknown':
      return { phase: 'recovering', marks: NO_MARKS };
    case 'held':
    case 'easing':
      return { phase: 'recovering', marks: seen };
    case 'absent': {
      const over = row.over ?? look;
      if (look - over >= limits.recoverMs) return { phase: 'resolved', marks: NO_MARKS };
      return { phase: 'recovering', marks: { ...seen, over } };
    }
    case 'present': {
      const back = row.back ?? look;
      const proof = Math.min(RETURN_MS, limits.pendingMs);
      const again = (look > back || limits.confirmed) && look - back >= proof;
      return again ? { phase: 'firing', marks: seen } : { phase: 'recovering', marks: { ...seen, back } };
    }
  }
}
