/** Until when a finding is waived. Pure; days are those of the reader's zone. */
import type { Instant, Millis } from '../../../shared/model.ts';
import { DAY } from '../../format/duration.ts';
import { fromReader, readerDate } from '../../format/zone.ts';

export const LENGTHS = ['week', 'month', 'quarter', 'year', 'own'] as const;
export type WaiveLength = (typeof LENGTHS)[number];
const DAYS: Readonly<Record<Exclude<WaiveLength, 'own'>, number>> = { week: 7, month: 30, quarter: 90, year: 365 };
/** The host refuses more. */
const LONGEST: Millis = 2 * 365 * DAY;

/** The value of a date field for the day of an instant: `2026-11-21`. */
export function dayOf(at: Instant): string {
  return readerDate(at).toISOString().slice(0, 10);
}

/** The end of the choice; a day of one's own counts to its midnight. `null`: not a day to come within two years. */
export function waiveUntil(length: WaiveLength, own: string, now: Instant): Instant | null {
  if (length !== 'own') return now + DAYS[length] * DAY;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(own) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const end = fromReader(Number(year), Number(month) - 1, Number(day) + 1);
  return end > now && end <= now + LONGEST ? end : null;
}
