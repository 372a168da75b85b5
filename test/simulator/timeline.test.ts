import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/simulator/index.ts';
import { BGP_PHASES } from '../../src/simulator/world/bgp-phase.ts';
import { compileWorld } from '../../src/simulator/world/compile.ts';
import { configAt } from '../../src/simulator/world/config-state.ts';
import { latest, next, type Schedule, touching } from '../../src/simulator/world/occurrences.ts';
import { timeline } from '../../src/simulator/world/timeline.ts';
import { DAY, HOUR, MINUTE, ORIGIN, scenarioWith } from './helpers.ts';

const never = () => Infinity;

const span = (min: number, max: number) => fc.integer({ min, max }).map((seconds) => `${seconds}s`);
const moment = fc.integer({ min: -3 * DAY, max: 3 * DAY }).map((ms) => `${Math.round(ms / 1000)}s`);
const kinds = [
  'tunnel-down',
  'bgp-down',
  'bgp-auth-mismatch',
  'bgp-stuck-establishing',
  'flapping',
  'colo-degraded',
] as const;
const lasting = fc.record({
  what: fc.constantFrom(...kinds),
  who: fc.constant({}),
  from: moment,
  for: span(1, 20_000),
  every: span(20_001, 90_000),
  spread: span(0, 7_200),
});
const momentary = fc.record({
  what: fc.constantFrom('rekey-dips' as const, 'recreated' as const, 'psk-rotated' as const),
  who: fc.constant({}),
  from: moment,
  every: span(4_000, 90_000),
});
const incidents: fc.Arbitrary<Incident[]> = fc.array(fc.oneof(lasting, momentary), { minLength: 1, maxLength: 4 });

function planOf(list: Incident[]) {
  const [account] = compileWorld({ scenario: scenarioWith(list), seed: 11, origin: ORIGIN });
  const plan = account?.tunnels[0];
  if (plan === undefined) throw new Error('no tunnel');
  return plan;
}

describe('whatever happens to a tunnel', () => {
  it('its session is in one phase at any moment, and phases follow one another without a gap', () => {
    fc.assert(
      fc.property(incidents, fc.integer({ min: -2 * DAY, max: 2 * DAY }), (list, offset) => {
        const days = timeline(planOf(list), never);
        let at = ORIGIN + offset;
        for (let i = 0; i < 20; i++) {
          const segment = days.bgpAt(at);
          expect(segment.from).toBeLessThanOrEqual(at);
          expect(segment.to).toBeGreaterThan(at);
          expect(BGP_PHASES).toHaveProperty(segment.phase);
          const following = days.bgpAt(segment.to);
          expect(following.from).toBe(segment.to);
          expect(days.bgpAt(segment.to - 1)).toEqual(segment);
          at = segment.to;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('its health in a window does not depend on how the window is cut', () => {
    fc.assert(
      fc.property(
        incidents,
        fc.integer({ min: -2 * DAY, max: 2 * DAY }),
        fc.integer({ min: 1, max: 12 * 60 }),
        (list, offset, minutes) => {
          const plan = planOf(list);
          const from = ORIGIN + offset;
          const to = from + minutes * MINUTE;
          const middle = from + Math.floor((minutes * MINUTE) / 2);
          const worst = (spans: readonly { from: number; to: number; state: unknown }[], at: number) =>
            spans
              .filter((one) => one.from <= at && at < one.to)
              .map(({ state }) => String(state))
              .sort()[0] ?? '1';
          const whole = timeline(plan, never).healthWithin(from, to);
          const left = timeline(plan, never).healthWithin(from, middle);
          const right = timeline(plan, never).healthWithin(middle, to);
          for (let at = from; at < to; at += 37_000) {
            expect(worst(at < middle ? left : right, at)).toBe(worst(whole, at));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('its configuration holds exactly until it changes', () => {
    fc.assert(
      fc.property(incidents, fc.integer({ min: -2 * DAY, max: 2 * DAY }), (list, offset) => {
        const plan = planOf(list);
        const at = ORIGIN + offset;
        const now = configAt(plan, at, never);
        expect(now.from).toBeLessThanOrEqual(at);
        expect(now.to).toBeGreaterThan(at);
        if (now.to !== Infinity) expect(configAt(plan, now.to - 1, never)).toEqual(now);
        if (now.from !== -Infinity) expect(configAt(plan, now.from, never)).toEqual(now);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a schedule', () => {
  const schedules: fc.Arbitrary<Schedule> = fc.record({
    first: fc.integer({ min: -DAY, max: DAY }),
    length: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2 * HOUR })),
    every: fc.option(fc.integer({ min: 2 * HOUR, max: DAY }), { nil: null }),
    until: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 3 * DAY })),
  });
  const times = fc.integer({ min: -4 * DAY, max: 4 * DAY });

  it('knows the last occurrence and the next one, with nothing between', () => {
    fc.assert(
      fc.property(schedules, times, (schedule, t) => {
        const before = latest(schedule, t);
        const after = next(schedule, t);
        if (before !== null) expect(before.start).toBeLessThanOrEqual(t);
        if (after !== null) {
          expect(after.start).toBeGreaterThan(t);
          expect(after.index).toBe((before?.index ?? -1) + 1);
          expect(after.start).toBeLessThan(schedule.until);
        }
      }),
    );
  });

  it('finds every occurrence that touches a window', () => {
    fc.assert(
      fc.property(schedules, times, fc.integer({ min: 1, max: DAY }), (schedule, from, length) => {
        const found = touching(schedule, from, from + length, HOUR).map(({ index }) => index);
        const expected: number[] = [];
        for (let one = latest(schedule, schedule.first); one !== null; one = next(schedule, one.start)) {
          if (one.start >= from + length) break;
          if (one.end + HOUR > from) expected.push(one.index);
        }
        expect(found).toEqual(expected);
      }),
    );
  });
});
