/** Times that people mean: `4 h`, `the next 08:00`, and what a date field says. Pure; in the reader's zone. */
import type { Instant } from '../../../shared/model.ts';
import { fromReader, readerDate, readerZone } from '../../format/zone.ts';

const HOUR = 3_600_000;
const MORNING = 8;

/** The next time that the clock shows 08:00. */
export function nextMorning(now: Instant): Instant {
  const today = readerDate(now);
  const morning = (days: number): Instant =>
    fromReader(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + days, MORNING);
  return morning(0) > now ? morning(0) : morning(1);
}

export function inHours(now: Instant, hours: number): Instant {
  return now + hours * HOUR;
}

/** The value of a date-and-time field for an instant: `2026-11-21T12:00`. */
export function fieldOf(at: Instant): string {
  return readerDate(at).toISOString().slice(0, 16);
}

/** What a date-and-time field says; `null` when it says nothing, or nothing that is still to come. */
export function fromField(value: string, now: Instant): Instant | null {
  const at = new Date(readerZone() === 'UTC' ? `${value}Z` : value).getTime();
  return Number.isFinite(at) && at > now ? at : null;
}
