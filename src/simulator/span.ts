/** Times as people write them in a scenario: `90s`, `-2d3h`, `Tue 22:10`. */
import type { Instant, Millis } from '../shared/model.ts';

const UNITS: Readonly<Record<string, Millis>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const DAY = 86_400_000;
/** A weekday in a scenario is at least this long ago, so that its story is over when the live part begins. */
const SETTLED: Millis = 3 * 3_600_000;

/** Reads `1h30m`, `-6d`, `45s`. Throws on anything else: scenarios are ours. */
export function parseSpan(text: string): Millis {
  const match = /^(-?)((?:\d+(?:\.\d+)?[smhd])+)$/.exec(text);
  if (match === null) throw new Error(`"${text}" is not a time span such as 90s, 1h30m or -2d`);
  let total = 0;
  for (const part of (match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)([smhd])/g)) {
    total += Number(part[1]) * (UNITS[part[2] ?? ''] ?? 0);
  }
  return match[1] === '-' ? -total : total;
}

/** Reads a span relative to `origin`, or `Tue 22:10` (UTC): the last such moment at least three hours before `origin`. */
export function parseMoment(text: string, origin: Instant): Instant {
  const match = /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat) (\d\d):(\d\d)$/.exec(text);
  if (match === null) return origin + parseSpan(text);
  const ofDay = Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000;
  let moment = Math.floor(origin / DAY) * DAY + ofDay;
  while (moment > origin - SETTLED || new Date(moment).getUTCDay() !== WEEKDAYS.indexOf(match[1] ?? '')) moment -= DAY;
  return moment;
}
