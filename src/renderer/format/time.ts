import type { Instant } from '../../shared/model.ts';
import { LOCALE } from '../words/language.ts';
import { DAY } from './duration.ts';
import { readerDate, readerZone } from './zone.ts';

/** One way to write each kind of time, in a zone of its own. */
interface Writing {
  readonly clock: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly dateYear: Intl.DateTimeFormat;
  readonly month: Intl.DateTimeFormat;
  readonly monthYear: Intl.DateTimeFormat;
  readonly exact: Intl.DateTimeFormat;
  readonly moment: Intl.DateTimeFormat;
}

function writing(zone: { readonly timeZone?: string }): Writing {
  const as = (form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(LOCALE, { ...zone, ...form });
  return {
    clock: as({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    weekday: as({ weekday: 'short' }),
    date: as({ day: 'numeric', month: 'short' }),
    dateYear: as({ day: 'numeric', month: 'short', year: 'numeric' }),
    month: as({ month: 'short' }),
    monthYear: as({ month: 'long', year: 'numeric' }),
    exact: as({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
    moment: as({
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
  };
}

const LOCAL = writing({});
const UTC = writing({ timeZone: 'UTC' });
const written = (): Writing => (readerZone() === 'UTC' ? UTC : LOCAL);

/** `10:02` in the reader's zone. */
export function clockTime(at: Instant): string {
  return written().clock.format(at);
}

/** As short as it can be without doubt: `10:02` today, `Tue 10:02` within six days, `3 Aug 10:02`, `3 Aug 2025`. */
export function shortTime(at: Instant, now: Instant): string {
  const { clock, weekday, date, dateYear } = written();
  const then = readerDate(at);
  const today = readerDate(now);
  if (Math.floor(then.getTime() / DAY) === Math.floor(today.getTime() / DAY)) return clock.format(at);
  if (at <= now && now - at < 6 * DAY) return `${weekday.format(at)} ${clock.format(at)}`;
  if (then.getUTCFullYear() === today.getUTCFullYear()) return `${date.format(at)} ${clock.format(at)}`;
  return dateYear.format(at);
}

/** `Tue 3 Aug, 10:02:30 CET`: a moment of the past on its own, to the second, in the reader's zone. */
export function momentTime(at: Instant): string {
  return written().moment.format(at);
}

/** `3 Aug 2025`. */
export function calendarDate(at: Instant): string {
  return written().dateYear.format(at);
}

/** `3 Aug`. */
export function dayAndMonth(at: Instant): string {
  return written().date.format(at);
}

/** `Aug`, in three letters. */
export function monthName(at: Instant): string {
  return written().month.format(at).slice(0, 3);
}

/** `August 2025`. */
export function monthAndYear(at: Instant): string {
  return written().monthYear.format(at);
}

/** Both the reader's zone and UTC, to the second, the reader's choice first: what a title shows. */
export function exactTime(at: Instant): string {
  const local = LOCAL.exact.format(at);
  if (local.endsWith(' UTC')) return local;
  if (readerZone() === 'UTC') return `${UTC.exact.format(at)} · ${local}`;
  const utc = new Date(at).toISOString();
  return `${local} · ${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC`;
}
