/**
 * Recurring times of the week in a zone, as spans of real time. Pure.
 *
 * A window means what clocks on the wall show. Where a change of the clock takes a time away, it begins or ends at the
 * change; where a time comes twice, it begins at the first and ends at the second, so that a window covers at least what
 * its words say. One that lies wholly in the missing hour does not happen that night.
 */
import { IANAZone } from 'luxon';
import type { Instant, Millis } from '../../../shared/model.ts';
import type { WeekTime } from '../contract.ts';

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;

/** A stretch of real time: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Offset of a zone at a moment, milliseconds. */
type OffsetAt = (at: Instant) => Millis;

/** The first and the last moment at which clocks show `reading` (a local time, written as if it were UTC). */
function momentsOf(offset: OffsetAt, reading: Instant): { readonly first: Instant; readonly last: Instant } {
  // A day away on both sides lies before and after any change near the reading, and zones change at most once in four days.
  const [before, after] = [offset(reading - DAY), offset(reading + DAY)];
  const found = [reading - before, reading - after].filter((at) => at + offset(at) === reading);
  if (found.length > 0) return { first: Math.min(...found), last: Math.max(...found) };
  const change = changeBetween(offset, reading - after, reading - before);
  return { first: change, last: change };
}

/** The first moment after a jump of the clock that lies in `(from, to]`. */
function changeBetween(offset: OffsetAt, from: Instant, to: Instant): Instant {
  const old = offset(from);
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offset(middle) === old) before = middle;
    else after = middle;
  }
  return after;
}

/** What a time of the week is on the night of `midnight` (a local date, written as if it were UTC); `null` when it is not. */
function spanOn(time: WeekTime, offset: OffsetAt, midnight: Instant): Span | null {
  const weekday = new Date(midnight).getUTCDay() || 7;
  if (!time.days.includes(weekday)) return null;
  const begin = midnight + time.from * MINUTE;
  const end = (time.to <= time.from ? midnight + DAY : midnight) + time.to * MINUTE;
  // Nearly every night: no change near it. These two are asked for at midnights alone, so that they are known already.
  const usual = offset(midnight - DAY);
  if (usual === offset(midnight + 3 * DAY)) return { from: begin - usual, to: end - usual };
  const { first: from } = momentsOf(offset, begin);
  const { last: to } = momentsOf(offset, end);
  return from < to ? { from, to } : null;
}

/** Occurrences from two days before `now` to 17 days after it: each weekly time at least twice, should one not happen. */
function spansAround(time: WeekTime, now: Instant): readonly Span[] {
  const zone = IANAZone.create(time.zone);
  if (!zone.isValid) return [];
  const known = new Map<Instant, Millis>();
  const offset = (at: Instant): Millis => {
    const found = known.get(at) ?? zone.offset(at) * MINUTE;
    known.set(at, found);
    return found;
  };
  const local = now + offset(now);
  const today = local - (((local % DAY) + DAY) % DAY);
  return Array.from({ length: 20 }, (_, day) => spanOn(time, offset, today + (day - 2) * DAY)).filter(
    (span) => span !== null,
  );
}

/** Sorted, those that touch or overlap joined to one. */
function join(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || last.to < span.from) joined.push(span);
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return joined;
}

/** Times of the week as one calendar: what is open, and what comes. */
export interface Calendar {
  /** The span that `now` lies in; of one that never ends, the part that is known (two weeks and more). */
  current(now: Instant): Span | null;
  /** The first span that begins after `now`; `null` when none does. */
  next(now: Instant): Span | null;
}

/** The calendar of several times (any of them opens it), and of single spans. An unknown zone never opens. */
export function calendarOf(times: readonly WeekTime[], once: readonly Span[] = []): Calendar {
  let known: { readonly at: Instant; readonly spans: readonly Span[] } | null = null;
  const spansAt = (now: Instant): readonly Span[] => {
    // Good for a day ahead: the spans reach 17 days on.
    if (known === null || now < known.at || now - known.at > DAY) {
      const recurring = times.flatMap((time) => spansAround(time, now));
      known = { at: now, spans: join([...recurring, ...once.filter(({ from, to }) => from < to)]) };
    }
    return known.spans;
  };
  return {
    current: (now) => spansAt(now).find(({ from, to }) => from <= now && now < to) ?? null,
    next: (now) => spansAt(now).find(({ from }) => from > now) ?? null,
  };
}
