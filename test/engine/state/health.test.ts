import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLO_FORGOTTEN_MS,
  forgetQuiet,
  healthShare,
  healthVerdict,
  upsertColo,
} from '../../../src/engine/state/health.ts';
import type { ColoHealth } from '../../../src/shared/model.ts';
import { T0 } from '../../fixtures/tunnels.ts';

const colo = (code: string, state: number, minute = T0): ColoHealth => ({
  code,
  name: code,
  state,
  samples: 9,
  minute,
});
const map = (...states: number[]): Map<string, ColoHealth> =>
  new Map(states.map((state, i) => [`C${i}`, colo(`C${i}`, state)]));

describe('health over data centres', () => {
  it.each([
    [[], 'nodata'],
    [[1, 1, 1, 1, 1, 1], 'healthy'],
    // One of six data centres sees loss: normal, not an outage.
    [[1, 1, 1, 1, 1, 0], 'healthy'],
    [[1, 1, 1, 0], 'degraded'],
    [[0.5, 0.5], 'degraded'],
    [[1, 0, 0], 'down'],
    [[0, 0, 0], 'down'],
  ])('%o is %s', (states, verdict) => {
    expect(healthVerdict(map(...states))).toBe(verdict);
  });

  it('names the worst data centre and counts the healthy ones', () => {
    expect(healthShare(map(1, 0.93, 0.5, 0))).toEqual({ healthy: 2, colos: 4, worst: 'C3' });
    expect(healthShare(map(1, 1))).toEqual({ healthy: 2, colos: 2, worst: null });
    expect(healthShare(map())).toBeNull();
  });

  it('lets a late row replace its own minute, never a newer one', () => {
    const colos = map(1);
    expect(upsertColo(colos, colo('C0', 0, T0 - 60_000))).toBe('ignored');
    expect(upsertColo(colos, colo('C0', 0, T0))).toBe('changed');
    expect(upsertColo(colos, colo('C0', 0, T0 + 60_000))).toBe('refreshed');
    expect(colos.get('C0')?.minute).toBe(T0 + 60_000);
  });

  it('forgets a data centre that went quiet', () => {
    const colos = map(1, 1);
    colos.set('C1', colo('C1', 1, T0 - COLO_FORGOTTEN_MS));
    expect(forgetQuiet(colos, T0)).toBe(false);
    expect(forgetQuiet(colos, T0 + 1)).toBe(true);
    expect([...colos.keys()]).toEqual(['C0']);
  });

  it('never calls a tunnel worse when one data centre gets better', () => {
    const rank = { down: 0, degraded: 1, healthy: 2 };
    const state = fc.constantFrom(0, 0.5, 1);
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 40 }), fc.nat(), (states, at) => {
        const i = at % states.length;
        const better = states.with(i, 1);
        const word = (s: number[]): number => rank[healthVerdict(map(...s)) as keyof typeof rank];
        return word(better) >= word(states);
      }),
    );
  });
});
