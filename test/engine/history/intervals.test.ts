import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layIntervals, overlap, overlayGaps, touching, unionSpans } from '../../../src/engine/history/intervals.ts';
import { cellsOf, END, gapsArbitrary, NOW, readCells, stepsArbitrary, withGaps } from './model.ts';

describe('layIntervals', () => {
  it('turns changes into intervals, the last one open', () => {
    const steps = [
      { at: 10, value: 'healthy' },
      { at: 20, value: 'down' },
    ] as const;
    expect(layIntervals(steps, NOW)).toEqual([
      { from: 10, to: 20, value: 'healthy' },
      { from: 20, to: null, value: 'down' },
    ]);
  });

  it('lets the newest record win when the clock was set back', () => {
    const steps = [
      { at: 10, value: 'healthy' },
      { at: 30, value: 'down' },
      { at: 20, value: 'degraded' },
    ] as const;
    expect(layIntervals(steps, NOW)).toEqual([
      { from: 10, to: 20, value: 'healthy' },
      { from: 20, to: null, value: 'degraded' },
    ]);
  });

  it('takes a step from the future as one of now', () => {
    const steps = [
      { at: 10, value: 'healthy' },
      { at: 9_000, value: 'down' },
    ] as const;
    expect(layIntervals(steps, NOW).at(-1)).toEqual({ from: NOW, to: null, value: 'down' });
  });

  it('agrees with a cell for each moment', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        expect(readCells(layIntervals(steps, NOW))).toEqual(cellsOf(steps));
      }),
    );
  });
});

describe('overlayGaps', () => {
  it('cuts an interval in two and goes on with it after the gap', () => {
    const base = [{ from: 10, to: null, value: 'healthy' }] as const;
    expect(overlayGaps(base, [{ from: 20, to: 30 }])).toEqual([
      { from: 10, to: 20, value: 'healthy' },
      { from: 20, to: 30, value: 'unobserved' },
      { from: 30, to: null, value: 'healthy' },
    ]);
  });

  it('leaves an open gap open', () => {
    const base = [{ from: 10, to: null, value: 'healthy' }] as const;
    expect(overlayGaps(base, [{ from: 20, to: null }]).at(-1)).toEqual({ from: 20, to: null, value: 'unobserved' });
  });

  it('agrees with a cell for each moment, sorted, merged, without empty intervals', () => {
    fc.assert(
      fc.property(stepsArbitrary, gapsArbitrary, (steps, gaps) => {
        const seen = overlayGaps(layIntervals(steps, NOW), gaps);
        expect(readCells(seen)).toEqual(withGaps(cellsOf(steps), gaps));
        seen.forEach((interval, index) => {
          const before = seen[index - 1];
          expect(interval.from).toBeLessThan(interval.to ?? Number.POSITIVE_INFINITY);
          if (before === undefined) return;
          expect(before.to).not.toBeNull();
          expect(before.to ?? END).toBeLessThanOrEqual(interval.from);
          // Neighbours that touch differ, else they would be one.
          if (before.to === interval.from) expect(before.value).not.toBe(interval.value);
        });
      }),
    );
  });
});

describe('unionSpans', () => {
  it('covers the same moments, sorted and apart', () => {
    const covered = (spans: readonly { from: number; to: number | null }[]): boolean[] =>
      Array.from({ length: END }, (_, at) => spans.some((span) => span.from <= at && at < (span.to ?? END)));
    fc.assert(
      fc.property(gapsArbitrary, (gaps) => {
        const union = unionSpans(gaps);
        expect(covered(union)).toEqual(covered(gaps));
        for (const [index, span] of union.slice(1).entries()) expect(union[index]?.to ?? END).toBeLessThan(span.from);
      }),
    );
  });
});

describe('touching and overlap', () => {
  const intervals = [
    { from: 0, to: 10, value: 'healthy' },
    { from: 10, to: 20, value: 'down' },
    { from: 20, to: null, value: 'healthy' },
  ] as const;

  it('keeps true ends beyond the range', () => {
    expect(touching(intervals, 5, 12)).toEqual(intervals.slice(0, 2));
  });

  it('leaves out what only meets the edge', () => {
    expect(touching(intervals, 10, 20)).toEqual(intervals.slice(1, 2));
  });

  it('measures common time', () => {
    expect(overlap({ from: 20, to: null }, 15, 30)).toBe(10);
    expect(overlap({ from: 0, to: 10 }, 10, 20)).toBe(0);
  });
});
