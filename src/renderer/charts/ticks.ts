/**
 * A time axis in the reader's zone. Own code instead of a date adapter: the axis needs a step from a short list, local
 * midnights that survive daylight saving time, and Intl's words; date-fns and its adapter would cost many times as much.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import type { View } from './view.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly Millis[] = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
];

export interface Tick {
  readonly at: Instant;
  readonly label: string;
  /** A local midnight: the label is a date. */
  readonly day: boolean;
}

/** How far local time is ahead of UTC at an instant, in milliseconds. `zone` is an IANA name; absent, the reader's own. */
export function zoneOffset(at: Instant, zone?: string): Millis {
  if (zone === undefined) return -new Date(at).getTimezoneOffset() * MINUTE;
  const parts = offsetParts(zone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(at / 1_000) * 1_000;
}

const offsetParts = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** The instant of a local wall-clock time given as milliseconds; a time that daylight saving skips moves forward. */
function fromLocal(local: Millis, zone: string | undefined): Instant {
  const first = local - zoneOffset(local, zone);
  return local - zoneOffset(first, zone);
}

/** The smallest step of the list that gives at most `most` ticks over the length. */
export function tickStep(length: Millis, most: number): Millis {
  return STEPS.find((step) => length / step <= most) ?? Math.ceil(length / most / DAY) * DAY;
}

/**
 * Ticks on round local times, oldest first.
 * @param most How many ticks fit without touching each other.
 */
export function timeTicks(view: View, most: number, locale?: string, zone?: string): readonly Tick[] {
  const step = tickStep(view.to - view.from, Math.max(1, most));
  const words = labels(locale, zone);
  const ticks: Tick[] = [];
  const start = Math.ceil((view.from + zoneOffset(view.from, zone)) / step) * step;
  // One step more than the length: where clocks are set back, the local times of the range are longer than the range.
  const end = view.to + zoneOffset(view.to, zone) + step;
  for (let local = start; local <= end; local += step) {
    const at = fromLocal(local, zone);
    const last = ticks.at(-1);
    if (at < view.from || at > view.to || (last && at <= last.at)) continue;
    const day = (at + zoneOffset(at, zone)) % DAY === 0;
    ticks.push({ at, day, label: day ? words.day.format(at) : words.time.format(at) });
  }
  return ticks;
}

function labels(
  locale: string | undefined,
  zone: string | undefined,
): { day: Intl.DateTimeFormat; time: Intl.DateTimeFormat } {
  const place = zone === undefined ? {} : { timeZone: zone };
  return {
    day: new Intl.DateTimeFormat(locale, { ...place, weekday: 'short', day: 'numeric', month: 'short' }),
    time: new Intl.DateTimeFormat(locale, { ...place, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  };
}
