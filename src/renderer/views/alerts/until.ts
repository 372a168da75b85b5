/** Times that people mean: `4 h`, `the next 08:00`, and what a date field says. Pure; in the reader's zone. */
import type { Instant } from '../../../shared/model.ts';

const HOUR = 3_600_000;
const MORNING = 8;

/** The next time that the clock shows 08:00. */
export function nextMorning(now: Instant): Instant {
  const at = new Date(now);
  at.setHours(MORNING, 0, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.getTime();
}

export function inHours(now: Instant, hours: number): Instant {
  return now + hours * HOUR;
}

/** The value of a date-and-time field for an instant: `2026-11-21T12:00`. */
export function fieldOf(at: Instant): string {
  const local = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = [local.getFullYear(), two(local.getMonth() + 1), two(local.getDate())].join('-');
  return `${date}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

/** What a date-and-time field says; `null` when it says nothing, or nothing that is still to come. */
export function fromField(value: string, now: Instant): Instant | null {
  const at = new Date(value).getTime();
  return Number.isFinite(at) && at > now ? at : null;
}
