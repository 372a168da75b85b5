/** The times that a query names, in the reader's zone. Pure, but for the zone. */
import type { Instant, Millis } from '../../../shared/model.ts';
import { DAY } from '../../format/duration.ts';
import { fromReader, readerDate, readerZone } from '../../format/zone.ts';
import type { CellSize, HistoryQuery } from './history-query.ts';

/** `from` inclusive, `to` exclusive. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;
const LENGTHS = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, '90d': 90 * DAY } as const;
const SHIFT_LENGTHS = { '8h': 8 * HOUR, '12h': 12 * HOUR } as const;
/** The longest range that the host answers for. */
const LONGEST: Millis = 400 * DAY;
/** Beyond this many cells hours can no longer be told apart on a screen. */
const MOST_HOURS = 7 * 24;

/** Months that can be chosen, the present one first, as `2026-11`. */
export function months(now: Instant, count: number): readonly string[] {
  const today = readerDate(now);
  return Array.from({ length: count }, (_, back) => {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
    return first.toISOString().slice(0, 7);
  });
}

/** A calendar month of the reader's, as far as it is over. */
export function monthStretch(month: string, now: Instant): Stretch {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const from = fromReader(year, number - 1, 1);
  return { from, to: Math.max(from + MINUTE, Math.min(fromReader(year, number, 1), now)) };
}

/**
 * What a query is about at a moment.
 * @param now In whole minutes, so that a passing second asks for nothing.
 */
export function stretchOf(query: HistoryQuery, now: Instant): Stretch {
  if (query.part === 'shift') return shiftStretch(query, now);
  if (query.range === 'month') return monthStretch(query.month ?? months(now, 1)[0] ?? '', now);
  return { from: now - LENGTHS[query.range], to: now };
}

function shiftStretch({ shift, from, to }: HistoryQuery, now: Instant): Stretch {
  if (shift !== 'own') return { from: now - SHIFT_LENGTHS[shift], to: now };
  const end = Math.min(to ?? now, now);
  const start = Math.max(from ?? end - SHIFT_LENGTHS['8h'], end - LONGEST);
  return { from: Math.min(start, end - MINUTE), to: end };
}

/** Hours as long as they can be told apart, unless the reader chose. */
export function cellOf({ cell }: HistoryQuery, { from, to }: Stretch): CellSize {
  return cell ?? (to - from <= MOST_HOURS * HOUR ? 'hour' : 'day');
}

/** What a date-and-time field says, in the reader's zone; `null` when it says nothing. */
export function timeOfField(value: string): Instant | null {
  const at = new Date(readerZone() === 'UTC' ? `${value}Z` : value).getTime();
  return Number.isFinite(at) ? at : null;
}
