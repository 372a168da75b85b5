import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { WeekTime } from '../../../../src/engine/alerts/contract.ts';
import { type Calendar, calendarOf } from '../../../../src/engine/alerts/people/week-time.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const HOUR = 3_600_000;

/** `22:00-02:00`, each day unless said otherwise. */
function weekly(zone: string, hours: string, days: readonly number[] = EVERY_DAY): WeekTime {
  const [from = 0, to = 0] = hours.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { days, from, to, zone };
}

const utc = (text: string): number => DateTime.fromISO(text, { zone: 'utc' }).toMillis();
const told = (time: number | undefined): string | null =>
  time === undefined ? null : DateTime.fromMillis(time, { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm");
const first = (calendar: Calendar, now: string): string => {
  const span = calendar.next(utc(now));
  return `${told(span?.from)} ${told(span?.to)}`;
};

describe('a window over the change of the clock', () => {
  // Zone, window, the moment to look from, beginning and end in UTC, hours that it lasts.
  const table: readonly (readonly [string, string, string, string, string, number])[] = [
    // Berlin, spring: 02:00 -> 03:00 on 2026-03-29.
    ['Europe/Berlin', '22:00-02:00', '2026-03-28T12:00', '2026-03-28T21:00', '2026-03-29T01:00', 4],
    ['Europe/Berlin', '22:00-03:00', '2026-03-28T12:00', '2026-03-28T21:00', '2026-03-29T01:00', 4],
    ['Europe/Berlin', '22:00-06:00', '2026-03-28T12:00', '2026-03-28T21:00', '2026-03-29T04:00', 7],
    ['Europe/Berlin', '02:30-04:00', '2026-03-28T12:00', '2026-03-29T01:00', '2026-03-29T02:00', 1],
    ['Europe/Berlin', '01:00-02:30', '2026-03-28T12:00', '2026-03-29T00:00', '2026-03-29T01:00', 1],
    // Wholly in the missing hour: the next night it is.
    ['Europe/Berlin', '02:15-02:45', '2026-03-28T12:00', '2026-03-30T00:15', '2026-03-30T00:45', 0.5],
    // Berlin, autumn: 03:00 -> 02:00 on 2026-10-25.
    ['Europe/Berlin', '22:00-02:00', '2026-10-24T12:00', '2026-10-24T20:00', '2026-10-25T01:00', 5],
    ['Europe/Berlin', '22:00-02:30', '2026-10-24T12:00', '2026-10-24T20:00', '2026-10-25T01:30', 5.5],
    ['Europe/Berlin', '02:00-03:00', '2026-10-24T12:00', '2026-10-25T00:00', '2026-10-25T02:00', 2],
    ['Europe/Berlin', '02:15-02:45', '2026-10-24T12:00', '2026-10-25T00:15', '2026-10-25T01:45', 1.5],
    // The southern hemisphere: autumn 2026-04-05 03:00 -> 02:00, spring 2026-10-04 02:00 -> 03:00.
    ['Australia/Sydney', '22:00-02:00', '2026-04-04T09:00', '2026-04-04T11:00', '2026-04-04T16:00', 5],
    ['Australia/Sydney', '22:00-04:00', '2026-10-03T09:00', '2026-10-03T12:00', '2026-10-03T17:00', 5],
    ['America/Santiago', '22:00-02:00', '2026-09-05T20:00', '2026-09-06T02:00', '2026-09-06T05:00', 3],
    // Half an hour: Lord Howe, autumn 2026-04-05 02:00 -> 01:30, spring 2026-10-04 02:00 -> 02:30.
    ['Australia/Lord_Howe', '01:00-02:00', '2026-04-04T12:00', '2026-04-04T14:00', '2026-04-04T15:30', 1.5],
    ['Australia/Lord_Howe', '01:40-01:50', '2026-04-04T12:00', '2026-04-04T14:40', '2026-04-04T15:20', 40 / 60],
    ['Australia/Lord_Howe', '01:00-02:15', '2026-10-03T12:00', '2026-10-03T14:30', '2026-10-03T15:30', 1],
    ['Australia/Lord_Howe', '02:15-03:00', '2026-10-03T12:00', '2026-10-03T15:30', '2026-10-03T16:00', 0.5],
    // The day of Havana begins at 01:00 on 2026-03-08, and has two midnights on 2026-11-01.
    ['America/Havana', '00:00-06:00', '2026-03-07T18:00', '2026-03-08T05:00', '2026-03-08T10:00', 5],
    ['America/Havana', '22:00-00:00', '2026-10-31T18:00', '2026-11-01T02:00', '2026-11-01T05:00', 3],
    // A zone of quarters of an hour without changes; a whole day that Apia never had.
    ['Asia/Kathmandu', '22:00-02:00', '2026-03-28T12:00', '2026-03-28T16:15', '2026-03-28T20:15', 4],
    ['Pacific/Apia', '12:00-13:00', '2011-12-29T23:30', '2011-12-30T22:00', '2011-12-30T23:00', 1],
  ];
  it.each(table)('%s %s after %s', (zone, hours, now, from, to, length) => {
    const calendar = calendarOf([weekly(zone, hours)]);
    expect(first(calendar, now)).toBe(`${from} ${to}`);
    const span = calendar.current(utc(from));
    expect(span).toEqual({ from: utc(from), to: utc(to) });
    expect((utc(to) - utc(from)) / HOUR).toBeCloseTo(length);
    expect(calendar.current(utc(from) - 1)).toBeNull();
    expect(calendar.current(utc(to) - 1)).toEqual(span);
    expect(calendar.current(utc(to))).toBeNull();
  });
});

describe('days of the week', () => {
  it('are those of the beginning, in the zone', () => {
    // Fridays 22:00 to 02:00 in Auckland: Saturday 02:00 there is Friday in UTC.
    const calendar = calendarOf([weekly('Pacific/Auckland', '22:00-02:00', [5])]);
    expect(first(calendar, '2026-06-01T00:00')).toBe('2026-06-05T10:00 2026-06-05T14:00');
    expect(first(calendar, '2026-06-05T10:00')).toBe('2026-06-12T10:00 2026-06-12T14:00');
  });

  it('a window that lost its only night comes the week after', () => {
    const calendar = calendarOf([weekly('Europe/Berlin', '02:15-02:45', [7])]);
    expect(first(calendar, '2026-03-22T12:00')).toBe('2026-04-05T00:15 2026-04-05T00:45');
  });

  it('times that touch or overlap are one span', () => {
    const calendar = calendarOf([weekly('UTC', '18:00-24:00', [5]), weekly('UTC', '00:00-24:00', [6, 7])]);
    expect(first(calendar, '2026-06-01T00:00')).toBe('2026-06-05T18:00 2026-06-08T00:00');
  });

  it('a whole day has the hours that it has', () => {
    const sundays = calendarOf([weekly('Europe/Berlin', '00:00-00:00', [7])]);
    expect(first(sundays, '2026-10-24T12:00')).toBe('2026-10-24T22:00 2026-10-25T23:00');
    expect(first(sundays, '2026-03-28T12:00')).toBe('2026-03-28T23:00 2026-03-29T22:00');
  });

  it('all of the time is open at any time', () => {
    const calendar = calendarOf([weekly('UTC', '00:00-00:00')]);
    const span = calendar.current(utc('2026-06-01T12:00'));
    expect((span?.to ?? 0) - utc('2026-06-01T12:00')).toBeGreaterThan(7 * 24 * HOUR);
  });

  it('single windows, nothing at all and zones that nobody knows', () => {
    const once = { from: utc('2026-06-03T10:00'), to: utc('2026-06-03T12:00') };
    const calendar = calendarOf([], [once, { from: 5, to: 5 }]);
    expect(calendar.next(utc('2026-06-01T00:00'))).toEqual(once);
    expect(calendar.current(once.from)).toEqual(once);
    expect(calendar.next(once.from)).toBeNull();
    expect(calendarOf([]).current(0)).toBeNull();
    expect(calendarOf([weekly('Mars/Olympus', '00:00-00:00')]).current(0)).toBeNull();
  });

  it('a clock that is set back by a month is believed', () => {
    const calendar = calendarOf([weekly('UTC', '22:00-23:00')]);
    expect(calendar.current(utc('2026-06-20T22:30'))).not.toBeNull();
    expect(calendar.current(utc('2026-05-20T22:30'))?.from).toBe(utc('2026-05-20T22:00'));
  });
});

describe('any window in any zone', () => {
  const ZONES = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Asia/Kolkata',
    'Africa/Casablanca',
  ];
  it('is open whenever clocks there show a time of it, and begins and ends at such a time or a change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1440 }),
        fc.integer({ min: utc('2026-01-01T00:00'), max: utc('2026-12-31T00:00') }),
        (zone, from, to, now) => {
          const calendar = calendarOf([{ days: EVERY_DAY, from, to, zone }]);
          const local = DateTime.fromMillis(now, { zone });
          const minute = local.hour * 60 + local.minute;
          const shown = to > from ? minute >= from && minute < to : minute >= from || minute < to;
          const span = calendar.current(now);
          if (shown) expect(span, local.toISO() ?? '').not.toBeNull();
          // Open though the clock does not show it: only on the day of a change.
          if (!shown && span !== null) {
            expect(local.minus({ hours: 25 }).offset !== local.plus({ hours: 25 }).offset, local.toISO() ?? '').toBe(
              true,
            );
          }
          const next = calendar.next(now);
          if (span !== null && next !== null) expect(next.from).toBeGreaterThan(span.to);
        },
      ),
      { numRuns: 500 },
    );
  });
});
