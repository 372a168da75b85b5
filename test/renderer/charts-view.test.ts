import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampView,
  dragView,
  follow,
  instantAt,
  isWhole,
  panBy,
  placeOf,
  RANGES,
  rangeLength,
  rangeView,
  SHORTEST_VIEW,
  zoomAt,
} from '../../src/renderer/charts/view.ts';

const NOW = Date.UTC(2026, 9, 20, 12, 0, 0);
const DAY = 86_400_000;
const bounds = { from: NOW - DAY, to: NOW };

const aView = fc
  .tuple(fc.integer({ min: 0, max: DAY - SHORTEST_VIEW }), fc.integer({ min: SHORTEST_VIEW, max: DAY }))
  .map(([start, length]) => ({ from: bounds.from + start, to: Math.min(NOW, bounds.from + start + length) }));

describe('the stretch of time that a timeline shows', () => {
  it('ends now and is as long as its range says', () => {
    for (const range of RANGES) {
      const view = rangeView(range, NOW);
      expect(view.to).toBe(NOW);
      expect(view.to - view.from).toBe(rangeLength(range));
    }
  });

  it('keeps the instant under the pointer where it is while zooming in', () => {
    const zoomed = zoomAt(bounds, bounds.from + DAY / 4, 0.5, bounds);
    expect(zoomed.to - zoomed.from).toBe(DAY / 2);
    expect(placeOf(bounds.from + DAY / 4, 1_000, zoomed)).toBeCloseTo(250, 6);
  });

  it('stays inside its bounds and is never shorter than the shortest, whatever is asked', () => {
    fc.assert(
      fc.property(
        aView,
        fc.integer({ min: 0, max: DAY }),
        fc.double({ min: 0.001, max: 1_000, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (view, focus, factor, share) => {
          for (const next of [
            zoomAt(view, bounds.from + focus, factor, bounds),
            panBy(view, share, bounds),
            dragView(bounds.from + focus, view.to, bounds),
            clampView({ from: view.from - focus, to: view.to + focus }, bounds),
          ]) {
            expect(next.from).toBeGreaterThanOrEqual(bounds.from);
            expect(next.to).toBeLessThanOrEqual(bounds.to + 1e-3);
            expect(next.to - next.from).toBeGreaterThanOrEqual(SHORTEST_VIEW - 1e-3);
          }
        },
      ),
    );
  });

  it('reads a place and an instant back into each other', () => {
    fc.assert(
      fc.property(aView, fc.double({ min: 0, max: 1_000, noNaN: true }), (view, x) => {
        expect(placeOf(instantAt(x, 1_000, view), 1_000, view)).toBeCloseTo(x, 3);
      }),
    );
  });

  it('understands a drag drawn from right to left', () => {
    expect(dragView(NOW - 1_000_000, NOW - 4_000_000, bounds)).toEqual({ from: NOW - 4_000_000, to: NOW - 1_000_000 });
  });

  it('follows the present when the whole range or its newest end is shown, and rests where the reader put it otherwise', () => {
    const later = { from: bounds.from + 60_000, to: bounds.to + 60_000 };
    expect(follow(bounds, bounds, later)).toEqual(later);
    const newest = { from: NOW - 3_600_000, to: NOW };
    expect(follow(newest, bounds, later)).toEqual({ from: newest.from + 60_000, to: newest.to + 60_000 });
    const past = { from: NOW - 7_200_000, to: NOW - 3_600_000 };
    expect(follow(past, bounds, later)).toEqual(past);
  });

  it('knows when nothing is left out', () => {
    expect(isWhole(bounds, bounds)).toBe(true);
    expect(isWhole({ from: NOW - DAY / 2, to: NOW }, bounds)).toBe(false);
  });
});
