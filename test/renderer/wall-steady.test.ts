import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crowd } from '../../src/renderer/views/wall/layout.ts';
import { steadyPlan } from '../../src/renderer/views/wall/steady.ts';

const SCREEN = 1080;
const crowd = (loud: number, calm: number): Crowd => ({
  loud,
  calm,
  box: { width: 1900, height: 900 },
  screen: SCREEN,
  ems: 9,
});

describe('a plan that stays while it serves', () => {
  it('has a place for every tile, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.nat(900), fc.constantFrom(900, 500)), { minLength: 2, maxLength: 12 }),
        (steps) => {
          const plan = steadyPlan();
          for (const [loud, calm, height] of steps) {
            if (loud + calm === 0) continue;
            const { pages, arrangements } = plan({ ...crowd(loud, calm), box: { width: 1900, height } });
            const fresh = steadyPlan()({ ...crowd(loud, calm), box: { width: 1900, height } });
            expect(pages.at(-1)?.calm[1]).toBe(loud + calm);
            expect(arrangements.map((one) => one === null)).toEqual(fresh.arrangements.map((one) => one === null));
            for (const [at, page] of pages.entries()) {
              const one = arrangements[at];
              if (one == null) continue;
              const [troubled, well] = [page.loud[1] - page.loud[0], page.calm[1] - page.calm[0]];
              const upper = (one.loud?.columns ?? 0) * (one.loud?.rows ?? 0);
              const lower = (one.calm?.columns ?? 0) * (one.calm?.rows ?? 0);
              if (one.loud === null) expect(lower).toBeGreaterThanOrEqual(troubled + well);
              else expect([upper >= troubled, lower >= well]).toEqual([true, true]);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('moves nothing when a few of many come and go', () => {
    const plan = steadyPlan();
    const first = plan(crowd(30, 370)).arrangements[0];
    for (const loud of [31, 33, 29, 32, 28, 34]) expect(plan(crowd(loud, 400 - loud)).arrangements[0]).toBe(first);
  });

  it('is made anew for the first that goes down, the last that comes back, a crowd, and another screen', () => {
    const plan = steadyPlan();
    const seen = [plan(crowd(0, 400)), plan(crowd(1, 399)), plan(crowd(40, 360)), plan(crowd(6, 394))];
    seen.push(plan(crowd(0, 400)), plan({ ...crowd(0, 400), box: { width: 900, height: 1800 } }));
    expect(new Set(seen.map(({ arrangements }) => arrangements[0])).size).toBe(seen.length);
  });

  it('gives a few loud ones all the room: nothing is kept free for others', () => {
    const { arrangements } = steadyPlan()(crowd(2, 398));
    expect(arrangements[0]?.loud).toMatchObject({ columns: 2, rows: 1 });
  });
});
