import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf, tallyIntervals, tallyRollups } from '../../../src/engine/history/availability.ts';
import { layIntervals, overlayGaps } from '../../../src/engine/history/intervals.ts';
import { expand, HOUR_MS, rollUp } from '../../../src/engine/history/rollup.ts';
import { cellsOf, count, END, gapsArbitrary, NOW, stepsArbitrary, withGaps } from './model.ts';

describe('availability', () => {
  it('counts healthy as up, leaves checks off and no data uncounted, and gaps unobserved', () => {
    const intervals = [
      { from: 0, to: 10, value: 'healthy' },
      { from: 10, to: 14, value: 'degraded' },
      { from: 14, to: 16, value: 'down' },
      { from: 16, to: 20, value: 'disabled' },
      { from: 20, to: 23, value: 'nodata' },
      { from: 23, to: 30, value: 'unobserved' },
    ] as const;
    expect(availabilityOf('24h', 40, tallyIntervals(intervals, 0, 40))).toEqual({
      window: '24h',
      upMs: 10,
      degradedMs: 4,
      downMs: 2,
      uncountedMs: 7,
      unobservedMs: 17,
      share: 10 / 16,
    });
  });

  it('has no share where nothing could be counted', () => {
    expect(availabilityOf('7d', 10, tallyIntervals([], 0, 10)).share).toBeNull();
  });

  it('adds up to the window and agrees with a count of moments', () => {
    fc.assert(
      fc.property(stepsArbitrary, gapsArbitrary, fc.nat(END - 1), (steps, gaps, from) => {
        const seen = overlayGaps(layIntervals(steps, NOW), gaps);
        const result = availabilityOf('24h', END - from, tallyIntervals(seen, from, END));
        const counts = count(withGaps(cellsOf(steps), gaps), from, END);
        expect(result.upMs).toBe(counts.get('healthy') ?? 0);
        expect(result.degradedMs).toBe(counts.get('degraded') ?? 0);
        expect(result.downMs).toBe(counts.get('down') ?? 0);
        expect(result.uncountedMs).toBe(counts.get('nodata') ?? 0);
        const sum = result.upMs + result.degradedMs + result.downMs + result.uncountedMs + result.unobservedMs;
        expect(sum).toBe(END - from);
      }),
    );
  });
});

describe('tallyRollups', () => {
  it('says the same as the intervals over whole hours', () => {
    const intervals = [
      { from: 0, to: HOUR_MS * 1.5, value: 'healthy' },
      { from: HOUR_MS * 1.5, to: HOUR_MS * 1.75, value: 'down' },
      { from: HOUR_MS * 1.75, to: null, value: 'healthy' },
    ] as const;
    const hours = expand(rollUp(intervals, intervals, HOUR_MS, 0, 5), HOUR_MS, 0, 5 * HOUR_MS);
    expect(tallyRollups(hours, 0, 5 * HOUR_MS)).toEqual(tallyIntervals(intervals, 0, 5 * HOUR_MS));
  });

  it('takes the share of an hour that is cut by the range, never more than the range', () => {
    const hours = [{ start: 0, value: 'healthy', ms: HOUR_MS, entries: 0 } as const];
    expect(tallyRollups(hours, HOUR_MS / 4, HOUR_MS).up).toBe((HOUR_MS * 3) / 4);
  });
});
