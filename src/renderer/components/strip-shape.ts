import type { Instant, Interval, Millis } from '../../shared/model.ts';
import { barsOf, type Tone, toneOf } from '../charts/bars.ts';
import { DAY } from '../format/duration.ts';

/** Pixel height of a strip. */
export const STRIP_HEIGHT = 14;
/** Colour is never alone: the worse, the taller. */
const HEIGHTS: Readonly<Record<Tone, number>> = { good: 5, watch: 5, late: 9, bad: 14, quiet: 1, unknown: 3, gap: 14 };
/** Nothing is drawn narrower; a short outage stays in sight. */
const THINNEST = 2;

/** A strip ready to be drawn: one SVG path for each tone that occurs, and how long each tone lasted. */
export interface StripShape {
  readonly paths: readonly { readonly tone: Tone; readonly d: string }[];
  readonly lasted: Readonly<Record<Tone, Millis>>;
}

/**
 * The last 24 h of one lane. Gaps are hatched; the time before the first interval stays empty.
 * @param width Pixels of the whole day.
 * @param now The right edge.
 * @param seenUntil What was last observed still counted until then; after it there is a gap.
 */
export function stripShape(
  intervals: readonly Interval[],
  width: number,
  now: Instant,
  seenUntil: Instant,
): StripShape {
  const view = { from: now - DAY, to: now };
  const finest = width > 0 ? (THINNEST * DAY) / width : DAY;
  const x = (at: Instant): number => Math.round(((at - view.from) / DAY) * width * 2) / 2;
  const d = new Map<Tone, string>();
  const lasted = { good: 0, watch: 0, late: 0, bad: 0, quiet: 0, unknown: 0, gap: 0 };
  const draw = (tone: Tone, from: Instant, to: Instant): void => {
    const left = Math.min(x(from), width - THINNEST);
    const height = HEIGHTS[tone];
    const wide = tone === 'gap' ? x(to) - left : Math.max(x(to) - left, THINNEST);
    // A minute unseen is a blank, not a tall hatched line beside which nothing else is noticed.
    if (tone === 'gap' && wide <= THINNEST) return;
    d.set(tone, `${d.get(tone) ?? ''}M${left} ${STRIP_HEIGHT - height}h${wide}v${height}h${-wide}z`);
  };
  // Before the record nothing is drawn: nobody has missed anything there.
  const begins = Math.max(view.from, intervals[0]?.from ?? now);
  let edge = begins;
  for (const bar of barsOf(intervals, view, Math.min(now, seenUntil), finest)) {
    if (x(bar.from) > x(edge)) draw('gap', edge, bar.from);
    draw(toneOf(bar.value), bar.from, bar.to);
    edge = bar.to;
  }
  if (x(now) > x(edge)) draw('gap', edge, now);
  for (const { value, from, to } of intervals) {
    lasted[toneOf(value)] += Math.max(0, Math.min(to ?? seenUntil, now) - Math.max(from, view.from));
  }
  const known = lasted.good + lasted.watch + lasted.late + lasted.bad + lasted.quiet + lasted.unknown;
  lasted.gap = Math.max(0, now - begins - known);
  const order: readonly Tone[] = ['gap', 'quiet', 'unknown', 'good', 'watch', 'late', 'bad'];
  return { paths: order.flatMap((tone) => ({ tone, d: d.get(tone) ?? '' })).filter((path) => path.d !== ''), lasted };
}
