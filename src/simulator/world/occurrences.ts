/** When an incident takes place for one tunnel: once, always, or again and again. Times are instants. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { Incident } from '../scenario.ts';
import { parseMoment, parseSpan } from '../span.ts';

export interface Occurrence {
  /** 0 for the first. */
  readonly index: number;
  /** `-Infinity` when it has always been. */
  readonly start: Instant;
  /** `Infinity` when it does not end. */
  readonly end: Instant;
}

export interface Schedule {
  readonly first: Instant;
  readonly length: Millis;
  /** `null`: only once. */
  readonly every: Millis | null;
  /** No occurrence begins at or after this. */
  readonly until: Instant;
}

/** Happens in a moment; what follows from it is an effect, not a length. */
const MOMENTARY: ReadonlySet<Incident['what']> = new Set(['rekey-dips', 'psk-rotated', 'recreated']);

/** The schedule of an incident; `offset` (0 to 1) places one tunnel within `spread`. */
export function scheduleOf(incident: Incident, origin: Instant, offset: number): Schedule {
  if (incident.from === undefined && incident.every !== undefined)
    throw new Error(`${incident.what}: every needs from`);
  const open = MOMENTARY.has(incident.what) ? 0 : Infinity;
  const spread = incident.spread === undefined ? 0 : parseSpan(incident.spread);
  return {
    first: incident.from === undefined ? -Infinity : parseMoment(incident.from, origin) + Math.floor(spread * offset),
    length: incident.for === undefined ? open : parseSpan(incident.for),
    every: incident.every === undefined ? null : parseSpan(incident.every),
    until: incident.until === undefined ? Infinity : parseMoment(incident.until, origin),
  };
}

function at(schedule: Schedule, index: number): Occurrence {
  const start = schedule.first + (schedule.every === null ? 0 : index * schedule.every);
  return { index, start, end: schedule.length === Infinity ? Infinity : start + schedule.length };
}

/** The last occurrence that began at or before `t`. */
export function latest(schedule: Schedule, t: Instant): Occurrence | null {
  if (t < schedule.first || schedule.first >= schedule.until) return null;
  if (schedule.every === null) return at(schedule, 0);
  const running = Math.floor((t - schedule.first) / schedule.every);
  const last = Math.ceil((schedule.until - schedule.first) / schedule.every) - 1;
  return at(schedule, Math.min(running, last));
}

/** The next occurrence that begins after `t`. */
export function next(schedule: Schedule, t: Instant): Occurrence | null {
  const before = latest(schedule, t);
  if (before !== null && schedule.every === null) return null;
  const candidate = at(schedule, before === null ? 0 : before.index + 1);
  return candidate.start < schedule.until ? candidate : null;
}

/** Occurrences that began before `to` and may still have effects after `from`, oldest first. */
export function touching(schedule: Schedule, from: Instant, to: Instant, tail: Millis): Occurrence[] {
  const found: Occurrence[] = [];
  let current = latest(schedule, to - 1);
  while (current !== null && current.end + tail > from) {
    found.push(current);
    current = current.index === 0 ? null : at(schedule, current.index - 1);
  }
  return found.reverse();
}
