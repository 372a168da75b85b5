/** The naive model of a lane: one cell for each moment. Slow and obvious, so that the real code can be held against it. */
import fc from 'fast-check';
import type { Span, Step } from '../../../src/engine/history/intervals.ts';
import type { Interval, LaneValue } from '../../../src/shared/model.ts';

/** Moments 0 to END - 1 are looked at; nothing is recorded after NOW. */
export const NOW = 50;
export const END = 60;

export type Cells = readonly (LaneValue | null)[];

const VALUES = ['healthy', 'degraded', 'down', 'nodata'] as const satisfies readonly LaneValue[];

/** Steps in the order of recording; the clock may jump either way between them. */
export const stepsArbitrary: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ at: fc.nat(NOW), value: fc.constantFrom(...VALUES, null) }),
  { maxLength: 12 },
);

export const gapsArbitrary: fc.Arbitrary<Span[]> = fc.array(
  fc.record({ from: fc.nat(END - 1), to: fc.option(fc.nat(END - 1), { freq: 5 }) }),
  { maxLength: 5 },
);

/** Each step fills everything from its moment on, in the order of recording. */
export function cellsOf(steps: readonly Step[]): (LaneValue | null)[] {
  const cells: (LaneValue | null)[] = new Array(END).fill(null);
  for (const { at, value } of steps) cells.fill(value, at);
  return cells;
}

/** Where a gap lies over something known, it is unobserved. */
export function withGaps(cells: Cells, gaps: readonly Span[]): (LaneValue | null)[] {
  return cells.map((value, at) => {
    const blind = gaps.some((gap) => gap.from <= at && at < (gap.to ?? Number.POSITIVE_INFINITY));
    return blind && value !== null ? 'unobserved' : value;
  });
}

/** What intervals say about each moment; throws when two speak about the same one. */
export function readCells(intervals: readonly Interval[]): (LaneValue | null)[] {
  const cells: (LaneValue | null)[] = new Array(END).fill(null);
  for (const { from, to, value } of intervals) {
    for (let at = from; at < (to ?? END); at += 1) {
      if (cells[at] !== null && at < END) throw new Error(`two intervals cover ${at}`);
      cells[at] = value;
    }
  }
  return cells.slice(0, END);
}

/** Time per value in `[from, to)`. */
export function count(cells: Cells, from: number, to: number): Map<LaneValue, number> {
  const counts = new Map<LaneValue, number>();
  for (const value of cells.slice(from, to)) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
