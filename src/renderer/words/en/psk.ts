import type { Instant, LaneValues, Millis } from '../../../shared/model.ts';
import type { DueBucket, DueStep } from '../../charts/due-buckets.ts';
import { DAY, duration, wholeDays } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { calendarDate, dayAndMonth, monthAndYear, monthName } from '../../format/time.ts';
import { readerDate } from '../../format/zone.ts';

export type PskValue = LaneValues['psk'];

export const title = 'Pre-shared keys';
export const policy = (text: string): string =>
  `A PSK is ${text}. The clock starts when Cloudflare generates it; a key that is given to Cloudflare may not move its date.`;
export const independent = 'The age is known even while health is not.';

/** The names of the states, as chips and beside marks. */
export const state: Readonly<Record<PskValue, string>> = {
  missing: 'Missing',
  stale: 'Stale',
  due: 'Due',
  aging: 'Aging',
  fresh: 'Fresh',
  unobserved: 'Not observed',
};

export const sorts = { age: 'Missing, then oldest', due: 'Next due first', name: 'Name', site: 'Site' } as const;
export const sortLabel = 'Sort by';
export const accountLabel = 'Account';
export const allAccounts = 'All accounts';
export const search = 'Search name, site, address';
export const searchLabel = 'Search tunnels';
export const states = 'Tunnels by state of their PSK';
export const clear = 'Clear filters';
export const noSite = 'no site';
export const listLabel = 'Tunnels by age of their PSK';
export const empty = 'There are no tunnels yet.';
export const noMatch = 'No tunnel matches the filters.';
export const columns = { tunnel: 'Tunnel', age: 'Age', bar: 'Against the policy', due: 'Rotation' } as const;

/** `12 of 1,000 tunnels`. */
export function shown(some: number, all: number): string {
  return some === all ? plural(all, 'tunnel', 'tunnels') : `${count(some)} of ${plural(all, 'tunnel', 'tunnels')}`;
}

/** `34 d`, `3 h`, `ahead of our clock`. */
export function age(generatedAt: Instant | null, now: Instant): string {
  if (generatedAt === null) return 'not reported';
  if (generatedAt > now) return 'ahead of our clock';
  return now - generatedAt < DAY ? duration(now - generatedAt) : `${count(wholeDays(now - generatedAt))} d`;
}

/** `due in 146 d, 12 Mar 2027`, `overdue by 20 d`, `generate one`. */
export function due(generatedAt: Instant | null, dueMs: Millis, now: Instant): string {
  if (generatedAt === null) return 'generate one';
  const at = generatedAt + dueMs;
  const left = Math.ceil((at - now) / DAY);
  if (left > 0) return left === 1 ? 'due within a day' : `due in ${count(left)} d, ${calendarDate(at)}`;
  const days = wholeDays(now - at);
  return days === 0 ? 'due since today' : `overdue by ${count(days)} d`;
}

/** Words before a row of an account that cannot be read at the moment. */
export function asOf(ageMs: Millis | null): string {
  return ageMs === null ? 'not read yet' : `as of ${duration(ageMs)} ago`;
}

export const dueChart = {
  title: 'Rotations falling due',
  steps: { week: 'By week', month: 'By month' } satisfies Record<DueStep, string>,
  step: 'Columns',
  // Two short lines: the columns are narrow.
  missing: ['No', 'PSK'],
  overdue: ['Past', 'due'],
  later: ['All', 'later'],
  filtered: 'Of the tunnels shown.',
};

/** The label below a column, in one or two lines; the year stands at its January. */
export function bucketLabel(bucket: DueBucket, step: DueStep): string | string[] {
  if (bucket.kind !== 'span') return dueChart[bucket.kind];
  if (step === 'week') return dayAndMonth(bucket.from).split(' ');
  const month = monthName(bucket.from);
  const begins = readerDate(bucket.from);
  return begins.getUTCMonth() === 0 ? [month, String(begins.getUTCFullYear())] : month;
}

/** The full name of a column, for the table and on hover. */
export function bucketName(bucket: DueBucket, step: DueStep): string {
  if (bucket.kind === 'missing') return 'No PSK reported';
  if (bucket.kind === 'overdue') return 'Overdue now';
  if (bucket.kind === 'later') return `After ${calendarDate(bucket.from - 1)}`;
  return step === 'week' ? `Week of ${calendarDate(bucket.from)}` : monthAndYear(bucket.from);
}

/** `3 tunnels in November 2026`, and so on, in one sentence for screen readers. */
export function dueSentence(buckets: readonly DueBucket[], step: DueStep): string {
  const parts = buckets
    .filter((bucket) => bucket.count > 0)
    .map((bucket) => `${bucketName(bucket, step)}: ${plural(bucket.count, 'tunnel', 'tunnels')}`);
  return parts.length === 0 ? 'No tunnels to count.' : `${parts.join('; ')}.`;
}
