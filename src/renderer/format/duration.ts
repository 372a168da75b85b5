import type { Instant, Millis } from '../../shared/model.ts';
import { time as words } from '../words/time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** One day in milliseconds. */
export const DAY: Millis = 24 * HOUR;

/** At most two units, the way it is said aloud: `40 s`, `14 min`, `3 h 12 min`, `2 d 4 h`, `412 d`. Never negative. */
export function duration(ms: Millis): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return pair(length, HOUR, 'h', MINUTE, 'min');
  if (length < 10 * DAY) return pair(length, DAY, 'd', HOUR, 'h');
  return `${wholeDays(length)} d`;
}

/** `4 min ago`, `just now` within the minute. */
export function ago(at: Instant, now: Instant): string {
  return now - at < MINUTE ? words.justNow : words.ago(duration(now - at));
}

/** Whole days, rounded down, never negative. */
export function wholeDays(ms: Millis): number {
  return Math.max(0, Math.floor(ms / DAY));
}

function pair(ms: Millis, big: Millis, bigUnit: string, small: Millis, smallUnit: string): string {
  const rest = Math.floor((ms % big) / small);
  const head = `${Math.floor(ms / big)} ${bigUnit}`;
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}
