/** When PSK rotations fall due: a year of months (or a quarter of weeks), with what is overdue in front. */
import type { Instant, Millis, PskPolicy } from '../../shared/model.ts';
import { fromReader, readerDate } from '../format/zone.ts';

const DAY = 86_400_000;

/** One column of the chart: PSKs that fall due in `from` (inclusive) to `to` (exclusive). */
export interface DueBucket {
  readonly kind: 'missing' | 'overdue' | 'span' | 'later';
  readonly from: Instant;
  readonly to: Instant;
  readonly count: number;
}

export type DueStep = 'week' | 'month';

/** When a PSK falls due under the policy. */
export function dueAt(generatedAt: Instant, policy: PskPolicy): Instant {
  return generatedAt + policy.dueMs;
}

/** The time of generation that falls due under `policy` when this key does under its own. */
export function dueAsUnder(generatedAt: Instant | null, own: PskPolicy, policy: PskPolicy): Instant | null {
  return generatedAt === null ? null : generatedAt + own.dueMs - policy.dueMs;
}

/**
 * The columns: PSKs never generated, overdue, then 13 weeks or 12 months (the first one is the rest of the current), then
 * all that is later. Weeks begin on Monday; weeks and months are the reader's.
 * @param generated One value for each tunnel; `null` where no PSK was reported.
 */
export function dueBuckets(
  generated: readonly (Instant | null)[],
  policy: PskPolicy,
  now: Instant,
  step: DueStep,
): readonly DueBucket[] {
  const edges = step === 'week' ? weekEdges(now, 13) : monthEdges(now, 12);
  const end = edges.at(-1) ?? now;
  const counts = new Array<number>(edges.length - 1).fill(0);
  let missing = 0;
  let overdue = 0;
  let later = 0;
  for (const at of generated) {
    if (at === null) missing++;
    else {
      const due = dueAt(at, policy);
      const place = edges.findLastIndex((edge) => edge <= due);
      if (due <= now) overdue++;
      else if (due >= end) later++;
      else counts[Math.max(0, place)] = (counts[Math.max(0, place)] ?? 0) + 1;
    }
  }
  const spans = counts.map(
    (count, i): DueBucket => ({ kind: 'span', from: edges[i] ?? end, to: edges[i + 1] ?? end, count }),
  );
  return [
    { kind: 'missing', from: now, to: now, count: missing },
    { kind: 'overdue', from: 0, to: now, count: overdue },
    ...spans,
    { kind: 'later', from: end, to: Number.MAX_SAFE_INTEGER, count: later },
  ];
}

/** Local midnights of Mondays, the first one before or at `now`; one more than the number of weeks. */
function weekEdges(now: Instant, weeks: number): readonly Instant[] {
  const today = readerDate(now);
  const monday = today.getUTCDate() - ((today.getUTCDay() + 6) % 7);
  return Array.from({ length: weeks + 1 }, (_, i) =>
    fromReader(today.getUTCFullYear(), today.getUTCMonth(), monday + 7 * i),
  );
}

function monthEdges(now: Instant, months: number): readonly Instant[] {
  const today = readerDate(now);
  return Array.from({ length: months + 1 }, (_, i) => fromReader(today.getUTCFullYear(), today.getUTCMonth() + i, 1));
}

/** Whole days between two instants, rounded towards zero; negative when `to` is the earlier. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.trunc((to - from) / DAY);
}

/** Share of a policy bar that an age fills: 0 to 1, where 1 is a little beyond the stale mark. */
export function policyShare(age: Millis, policy: PskPolicy): number {
  return Math.min(1, Math.max(0, age / (policy.staleMs * 1.15)));
}
