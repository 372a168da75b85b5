/** Which part of the record the slider covers. Pure. */
import type { Instant, Millis } from '../../shared/model.ts';

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;

/** How much the slider covers; `all`: the whole record. */
export const SPANS = ['6h', '24h', '7d', '30d', 'all'] as const;
export type Span = (typeof SPANS)[number];

const LENGTHS: Readonly<Record<Exclude<Span, 'all'>, Millis>> = {
  '6h': 6 * HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};
/** A record that has just begun still has a slider. */
const LEAST: Millis = 60_000;

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** The shortest span that holds a moment of so long ago. */
export function spanFor(ageMs: Millis): Span {
  return SPANS.find((span) => span === 'all' || LENGTHS[span] >= ageMs) ?? 'all';
}

/**
 * The window of the slider. Stands still as long as the moment is in it; else the moment comes to its middle. Ends at the present
 * at the latest, and grows with it.
 * @param record From the beginning of the record to the present.
 * @param before The window as it was; `null`: there was none, or of another span.
 */
export function windowOf(span: Span, at: Instant, record: Stretch, before: Stretch | null): Stretch {
  const to = Math.max(record.to, record.from + LEAST);
  const length = span === 'all' ? Number.POSITIVE_INFINITY : LENGTHS[span];
  if (length >= to - record.from) return { from: record.from, to };
  if (before !== null && at >= before.from && at <= before.to) return before;
  // The present stays at the edge while the moment is in sight from there.
  if (at >= to - length) return { from: to - length, to };
  const from = Math.max(record.from, at - length / 2);
  return { from, to: from + length };
}

/** One step of the slider by its keys: fine by arrows, coarse by pages; both in whole seconds, rounded to what people count in. */
export function stepsOf({ from, to }: Stretch): { readonly fine: Millis; readonly coarse: Millis } {
  const fine = NICE.find((step) => step >= (to - from) / 360) ?? DAY;
  return { fine, coarse: NICE.find((step) => step >= fine * 12) ?? 7 * DAY };
}

const NICE: readonly Millis[] = [
  1_000,
  5_000,
  10_000,
  60_000,
  5 * 60_000,
  10 * 60_000,
  30 * 60_000,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
];
