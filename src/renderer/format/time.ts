import type { Instant } from '../../shared/model.ts';
import { DAY } from './duration.ts';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DATE_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const LOCAL = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/** `10:02` in the reader's zone. */
export function clockTime(at: Instant): string {
  return CLOCK.format(at);
}

/** As short as it can be without doubt: `10:02` today, `Tue 10:02` within six days, `3 Aug 10:02`, `3 Aug 2025`. */
export function shortTime(at: Instant, now: Instant): string {
  if (sameDay(at, now)) return CLOCK.format(at);
  if (at <= now && now - at < 6 * DAY) return `${WEEKDAY.format(at)} ${CLOCK.format(at)}`;
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) return `${DATE.format(at)} ${CLOCK.format(at)}`;
  return DATE_YEAR.format(at);
}

/** `3 Aug 2025`. */
export function calendarDate(at: Instant): string {
  return DATE_YEAR.format(at);
}

/** Reader's zone and UTC, to the second: what a title shows. */
export function exactTime(at: Instant): string {
  const local = LOCAL.format(at);
  if (local.endsWith(' UTC')) return local;
  const utc = new Date(at).toISOString();
  return `${local} · ${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC`;
}

function sameDay(a: Instant, b: Instant): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
