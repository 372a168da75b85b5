/**
 * Timestamps as Cloudflare sends them: RFC 3339 with no fraction, or with any number of fraction digits (the same instant
 * comes back in nanoseconds from one call and in microseconds from another). We keep whole milliseconds, cut off, not rounded.
 */
import type { Instant } from '../../shared/model.ts';

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * The instant that the text names, or `null` when it names none. Never throws. Accepts a leap second (`:60`) as the first
 * moment of the next minute, as RFC 3339 permits one.
 */
export function parseTimestamp(text: string): Instant | null {
  const parts = RFC3339.exec(text);
  if (parts === null) return null;
  const field = (at: number): number => Number(parts[at]);
  const [year, month, day] = [field(1), field(2), field(3)];
  const [hour, minute, second] = [field(4), field(5), field(6)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const offset = offsetMs(parts[8], Number(parts[9] ?? 0), Number(parts[10] ?? 0));
  if (offset === null) return null;
  const millis = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  // setUTCFullYear, because Date.UTC reads the years 0 to 99 as 1900 to 1999.
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + millis - offset;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
}

/** The zone offset in milliseconds; `null` when it is out of range. */
function offsetMs(sign: string | undefined, hours: number, minutes: number): number | null {
  if (sign === undefined) return 0;
  if (hours > 23 || minutes > 59) return null;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
