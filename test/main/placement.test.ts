import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayByNumber, LEAST_SIZE, placeWindow } from '../../src/main/placement.ts';
import { fakeDisplay } from '../fakes/electron.ts';

const laptop = fakeDisplay(1, 0, 0, 1440, 900);
const left = fakeDisplay(5, -1920, -100);
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
  fullScreen: false,
});

describe('the place of a window', () => {
  it('is the usual size on a first start, never larger than the display', () => {
    expect(placeWindow(null, [laptop], laptop)).toEqual({ width: 1360, height: 860 });
    const small = fakeDisplay(1, 0, 0, 1024, 768);
    expect(placeWindow(null, [small], small)).toEqual({ width: 1024, height: 744 });
  });

  it.each([
    ['as it was', at(100, 60), true],
    ['on the display to the left', at(-1500, 50), true],
    ['half beyond the right edge', at(1200, 60), true],
    ['with too little of its title bar', at(1380, 60), false],
    ['above the top', at(100, -400), false],
    ['below the bottom', at(100, 895), false],
    ['on a display that is gone', at(3000, 60), false],
  ])('%s', (_, place, kept) => {
    const placed = placeWindow(place, [laptop, left], laptop);
    expect(placed.x === undefined).toBe(!kept);
    if (kept) expect(placed).toMatchObject({ x: place.bounds.x, y: place.bounds.y });
  });

  it('can always be reached, whatever was remembered', () => {
    const coordinate = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(coordinate, coordinate, size, size, (x, y, width, height) => {
        const placed = placeWindow(at(x, y, width, height), [laptop, left], laptop);
        expect(placed.width).toBeGreaterThanOrEqual(LEAST_SIZE.width);
        if (placed.x === undefined || placed.y === undefined) return;
        const { x: px, y: py } = { x: placed.x, y: placed.y };
        const grip = [laptop, left].some(
          ({ workArea: area }) =>
            px < area.x + area.width - 100 &&
            px + placed.width > area.x + 100 &&
            py >= area.y &&
            py < area.y + area.height,
        );
        expect(grip).toBe(true);
      }),
    );
  });

  it('counts displays from left to right, and from top to bottom', () => {
    const above = fakeDisplay(9, 0, -1080);
    const all = [laptop, left, above];
    expect([1, 2, 3, 4].map((number) => displayByNumber(all, number)?.id ?? null)).toEqual([5, 9, 1, null]);
  });
});
