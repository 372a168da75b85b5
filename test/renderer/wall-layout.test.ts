import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aroundOf } from '../../src/renderer/views/wall/chrome.ts';
import { driftAt, driftRoom } from '../../src/renderer/views/wall/drift.ts';
import { type Band, MOST_TILES, NAME_LINE, pagesOf, planOf } from '../../src/renderer/views/wall/layout.ts';
import { atTheEnd, firstThatFits, inTheMiddle, remembered } from '../../src/renderer/views/wall/shorten.ts';

const SCREENS = [
  [1280, 400],
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
] as const;
/** Sixteen letters of a wide type. */
const EMS = 9;
const planFor = (width: number, height: number, loud: number, calm: number, ems = EMS) => {
  const { tiles } = aroundOf({ width, height }, { shout: false, notices: 0, causes: 4 });
  return { tiles, plan: planOf({ loud, calm, box: tiles, screen: height, ems }) };
};
const bandsOf = (plan: ReturnType<typeof planOf>): readonly Band[] =>
  plan.arrangements.flatMap((one) => [one?.loud, one?.calm].filter((band) => band != null));

describe('tiles on any screen', () => {
  it('are all on it, without overlap, in a size that can be read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1280, max: 3840 }),
        fc.integer({ min: 400, max: 2160 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 600 }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (long, short, upright, loud, calm, ems) => {
          fc.pre(loud + calm > 0);
          const [width, height] = upright ? [Math.max(short, 800), long] : [long, short];
          const { tiles, plan } = planFor(width, height, loud, calm, ems);
          const seen = new Set<number>();
          for (const [at, page] of plan.pages.entries()) {
            const arrangement = plan.arrangements[at];
            expect(arrangement).not.toBeNull();
            const { loud: upper, calm: lower, between } = arrangement ?? { loud: null, calm: null, between: 0 };
            const [of, rest] = [page.loud[1] - page.loud[0], page.calm[1] - page.calm[0]];
            expect(of + rest).toBeLessThanOrEqual(MOST_TILES);
            for (let i = page.loud[0]; i < page.loud[1]; i += 1) seen.add(i);
            for (let i = page.calm[0]; i < page.calm[1]; i += 1) seen.add(i);
            const high = (band: Band | null): number =>
              band === null ? 0 : band.rows * band.tileHeight + (band.rows - 1) * band.gap;
            const both = upper === null ? high(lower) : high(upper) + between + high(lower);
            expect(both).toBeLessThanOrEqual(tiles.height + 0.01);
            for (const [band, count] of [
              [upper, of],
              [lower, upper === null ? of + rest : rest],
            ] as const) {
              if (band === null) continue;
              expect(band.columns * band.rows).toBeGreaterThanOrEqual(count);
              expect(band.columns * band.tileWidth + (band.columns - 1) * band.gap).toBeLessThanOrEqual(
                tiles.width + 0.01,
              );
              expect(band.name).toBeGreaterThanOrEqual(9);
              const text = band.name * NAME_LINE + band.lines * band.detail * 1.3;
              expect(text + 2 * band.pad).toBeLessThanOrEqual(band.tileHeight + 0.01);
              if (band.lines > 0) {
                // Details go before names are small, and are themselves never too small.
                expect(band.name).toBeGreaterThanOrEqual(height / 40);
                expect(band.detail).toBeGreaterThanOrEqual(height / 60);
              }
            }
          }
          expect(seen.size).toBe(loud + calm);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(SCREENS)(
    'names have 1/40 of the height of %i x %i with 12, and with 100 where six are in trouble',
    (width, height) => {
      for (const band of bandsOf(planFor(width, height, 3, 9).plan)) {
        expect(band.name).toBeGreaterThanOrEqual(height / 40);
        expect(band.lines).toBe(2);
      }
      const [arrangement] = planFor(width, height, 6, 94).plan.arrangements;
      const worst = arrangement?.loud ?? arrangement?.calm;
      expect(worst?.name).toBeGreaterThanOrEqual(height / 40);
    },
  );

  it.each(SCREENS.filter(([, height]) => height >= 800))(
    '400 stand on one page of %i x %i, 1,000 on three',
    (width, height) => {
      expect(planFor(width, height, 12, 388).plan.pages).toHaveLength(1);
      expect(planFor(width, height, 12, 988).plan.pages).toHaveLength(3);
    },
  );

  it('keeps a few loud ones on every page, and deals many', () => {
    expect(pagesOf(10, 990)).toEqual([
      { loud: [0, 10], calm: [10, 340] },
      { loud: [0, 10], calm: [340, 670] },
      { loud: [0, 10], calm: [670, 1000] },
    ]);
    expect(pagesOf(500, 300)).toEqual([
      { loud: [0, 400], calm: [500, 500] },
      { loud: [400, 500], calm: [500, 800] },
    ]);
  });

  it('is planned within a frame', () => {
    const begun = performance.now();
    for (let run = 0; run < 20; run += 1) planFor(1920, 1080, run, 1000 - run);
    expect((performance.now() - begun) / 20).toBeLessThan(16);
  });
});

describe('texts in their room', () => {
  const measure = (text: string): number => text.length * 0.6;

  it('are shortened in the middle, and their ends stay', () => {
    expect(inTheMiddle('fra-edge-12-a', 20, measure)).toBe('fra-edge-12-a');
    expect(inTheMiddle('fra-edge-12-a', 6, measure)).toBe('fra…e-12-a');
    expect(inTheMiddle('São Paulo 12', 4.2, measure)).toBe('Sã…o 12');
  });

  it('fit, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.double({ min: 2, max: 30, noNaN: true }),
        (text, ems) => {
          expect(measure(inTheMiddle(text, ems, measure))).toBeLessThanOrEqual(Math.max(ems, 3));
          expect(measure(atTheEnd(text, ems, measure))).toBeLessThanOrEqual(Math.max(ems, 3));
        },
      ),
    );
  });

  it('end at a word, and details have shorter forms', () => {
    expect(atTheEnd('12 of 12 tunnels to 162.159.66.41 are down', 16, measure)).toBe('12 of 12 tunnels to…');
    expect(firstThatFits(['BGP down 14 min', 'Down 14 min', '14 min'], 7, measure)).toBe('Down 14 min');
    expect(firstThatFits(['BGP down 14 min'], 2, measure)).toBeNull();
  });

  it('are measured once', () => {
    let asked = 0;
    const once = remembered((text) => {
      asked += 1;
      return text.length;
    });
    expect([once('abc'), once('abc'), asked]).toEqual([3, 3, 1]);
  });
});

describe('the drift against burn-in', () => {
  it('stays within 24 px and 1.5 %, moves each minute, a little, and visits the whole field', () => {
    for (const [width, height] of SCREENS) {
      const room = driftRoom({ width, height });
      const places = Array.from({ length: 24 * 60 }, (_, minute) => driftAt(minute * 60_000, room));
      for (const side of ['x', 'y'] as const) {
        const at = places.map((place) => place[side]);
        const span = Math.max(...at) - Math.min(...at);
        expect(span).toBeLessThanOrEqual(Math.min(24, (side === 'x' ? width : height) * 0.015));
        expect(span).toBe(2 * room[side]);
        const steps = at.slice(1).map((value, index) => Math.abs(value - (at[index] ?? 0)));
        expect(Math.max(...steps)).toBeLessThanOrEqual(2);
      }
      const still = places.filter(
        (place, index) => index > 0 && place.x === places[index - 1]?.x && place.y === places[index - 1]?.y,
      );
      if (height > 400) expect(still).toHaveLength(0);
      expect(driftAt(30_000, room)).toEqual(driftAt(0, room));
    }
  });
});
