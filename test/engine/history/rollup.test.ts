import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layIntervals, overlayGaps } from '../../../src/engine/history/intervals.ts';
import { expand, HOUR_MS, rollUp } from '../../../src/engine/history/rollup.ts';
import { cellsOf, count, END, gapsArbitrary, NOW, stepsArbitrary, withGaps } from './model.ts';

/** Units of ten moments keep the naive model small. */
const UNIT = 10;
const UNITS = END / UNIT;

describe('rollUp', () => {
  it('agrees with a count of moments in every unit', () => {
    fc.assert(
      fc.property(stepsArbitrary, gapsArbitrary, (steps, gaps) => {
        const base = layIntervals(steps, NOW);
        const rows = expand(rollUp(base, overlayGaps(base, gaps), UNIT, 0, UNITS), UNIT, 0, END);
        const cells = withGaps(cellsOf(steps), gaps);
        for (let unit = 0; unit < UNITS; unit += 1) {
          const here = rows.filter((row) => row.start === unit * UNIT && row.ms > 0);
          expect(new Map(here.map((row) => [row.value, row.ms]))).toEqual(count(cells, unit * UNIT, (unit + 1) * UNIT));
        }
      }),
    );
  });

  it('counts how often a value was taken, also within a gap', () => {
    const base = [
      { from: 0, to: 12, value: 'healthy' },
      { from: 12, to: 14, value: 'down' },
      { from: 14, to: 16, value: 'healthy' },
      { from: 16, to: 18, value: 'down' },
      { from: 18, to: null, value: 'healthy' },
    ] as const;
    const seen = overlayGaps(base, [{ from: 15, to: 17 }]);
    const unit = rollUp(base, seen, UNIT, 1, 2);
    expect(unit.find((row) => row.value === 'down')).toMatchObject({ ms: 3, entries: 2 });
    expect(unit.find((row) => row.value === 'unobserved')).toMatchObject({ ms: 2, entries: 1 });
  });

  it('does not take the end of a gap for a new entry', () => {
    const base = [{ from: 0, to: null, value: 'healthy' }] as const;
    const unit = rollUp(base, overlayGaps(base, [{ from: 12, to: 14 }]), UNIT, 1, 2);
    expect(unit.find((row) => row.value === 'healthy')).toMatchObject({ ms: 8, entries: 0 });
  });

  it('keeps a quiet year in one row', () => {
    const base = [{ from: 0, to: null, value: 'up' }] as const;
    const rows = rollUp(base, base, HOUR_MS, 1, 8_761);
    expect(rows).toEqual([{ start: 1, span: 8_760, value: 'up', ms: HOUR_MS, entries: 0 }]);
    expect(expand(rows, HOUR_MS, 5 * HOUR_MS, 8 * HOUR_MS).map((row) => row.start / HOUR_MS)).toEqual([5, 6, 7]);
  });
});
