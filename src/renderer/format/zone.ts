import type { Instant, Millis } from '../../shared/model.ts';
import { LOCALE } from '../words/language.ts';
import { time as words } from '../words/time.ts';

const MINUTE = 60_000;
const SHORT = new Intl.DateTimeFormat(LOCALE, { timeZoneName: 'short' });

/**
 * The zone that times are written in: UTC, or `undefined` for that of the reader's machine. The choice stands at the root of the
 * page, beside the theme, so that whatever formats a time need not be handed it.
 */
export function readerZone(): 'UTC' | undefined {
  return typeof document !== 'undefined' && document.documentElement.dataset.zone === 'utc' ? 'UTC' : undefined;
}

/** How far the reader's clock is ahead of UTC at an instant. */
export function readerOffset(at: Instant): Millis {
  return readerZone() === 'UTC' ? 0 : -new Date(at).getTimezoneOffset() * MINUTE;
}

/**
 * The reader's wall clock at an instant, as a date whose UTC fields are those of that clock: `getUTCHours()` is the hour that
 * the reader sees.
 */
export function readerDate(at: Instant): Date {
  return new Date(at + readerOffset(at));
}

/** The instant at which the reader's clock shows these fields; out of range they carry over, as in `Date`. */
export function fromReader(year: number, month: number, day: number, hour = 0, minute = 0): Instant {
  return readerZone() === 'UTC'
    ? Date.UTC(year, month, day, hour, minute)
    : new Date(year, month, day, hour, minute).getTime();
}

/** What people call the zone at an instant: `UTC`, `CET`, `GMT+1`. */
export function zoneName(at: Instant): string {
  if (readerZone() === 'UTC') return 'UTC';
  return SHORT.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? words.localZone;
}
