import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dip, isDip, rhythmOf } from '../../../../src/engine/alerts/dips/rhythm.ts';
import { isDipDue } from '../../../../src/shared/dip.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 9, 20);

const dipAt = (from: number, minutes = 2): Dip => ({ from: START + from, to: START + from + minutes * MINUTE });
const every = (period: number, count: number): Dip[] => Array.from({ length: count }, (_, i) => dipAt(i * period));

describe('the rhythm of dips', () => {
  const cases: readonly [string, readonly Dip[], number | null][] = [
    ['no dip', [], null],
    ['one dip', every(HOUR, 1), null],
    ['two dips: a distance, not yet a rhythm', every(HOUR, 2), null],
    ['three dips each hour', every(HOUR, 3), HOUR],
    ['three dips each 8 h', every(8 * HOUR, 3), 8 * HOUR],
    ['a week of dips each day', every(24 * HOUR, 7), 24 * HOUR],
    ['one beat unseen', every(4 * HOUR, 6).toSpliced(3, 1), 4 * HOUR],
    ['the newest but one unseen', every(4 * HOUR, 6).toSpliced(4, 1), 4 * HOUR],
    ['a dip of another cause between', [...every(4 * HOUR, 3), dipAt(9 * HOUR), dipAt(12 * HOUR)], 4 * HOUR],
    ['every four minutes is flapping', every(4 * MINUTE, 30), null],
    ['every fifteen minutes is flapping', every(15 * MINUTE, 30), null],
    ['once a week is no rekey', every(7 * 24 * HOUR, 5), null],
    ['uneven', [dipAt(0), dipAt(3 * HOUR), dipAt(5 * HOUR), dipAt(12 * HOUR)], null],
    ['three that are about even, by chance perhaps', [dipAt(0), dipAt(8 * HOUR), dipAt(15.7 * HOUR)], null],
    [
      'four that are about even: a router that chooses its moment',
      [dipAt(0), dipAt(8 * HOUR), dipAt(15.7 * HOUR), dipAt(23.5 * HOUR)],
      (23.5 * HOUR) / 3,
    ],
    ['a rhythm long ago, and another dip now', [...every(HOUR, 6), dipAt(40 * HOUR)], null],
  ];
  it.each(cases)('%s', (_, dips, period) => {
    const found = rhythmOf(dips);
    if (period === null) expect(found).toBeNull();
    else expect(found?.periodMs).toBeCloseTo(period, -3);
  });

  it('is less sure when beats are missing or dips come besides', () => {
    const sure = rhythmOf(every(4 * HOUR, 6))?.confidence ?? 0;
    const missed = rhythmOf(every(4 * HOUR, 6).toSpliced(3, 1))?.confidence ?? 0;
    const besides = rhythmOf([...every(4 * HOUR, 5), dipAt(18 * HOUR), dipAt(20 * HOUR)])?.confidence ?? 0;
    expect(sure).toBe(1);
    expect(missed).toBeCloseTo(5 / 6);
    expect(besides).toBeCloseTo(6 / 7);
  });

  it.each([
    ['nothing', 0, false],
    ['a minute', 1, true],
    ['four one-minute results', 4, true],
    ['five minutes: Cloudflare keeps what was really down at degraded for at least as long', 5, false],
  ])('takes %s for a dip: %#', (_, minutes, taken) => {
    expect(isDip(dipAt(0, minutes))).toBe(taken);
  });

  const period = fc.integer({ min: 25, max: 24 * 60 }).map((minutes) => minutes * MINUTE);

  it('finds any period of a clockwork that is seen to the minute', () => {
    fc.assert(
      fc.property(period, fc.integer({ min: 3, max: 12 }), fc.nat(50_000), (length, count, phase) => {
        const seen = every(length, count).map(({ from, to }) => ({
          from: Math.floor((from + phase) / MINUTE) * MINUTE,
          to: Math.ceil((to + phase) / MINUTE) * MINUTE,
        }));
        const found = rhythmOf(seen);
        expect(Math.abs((found?.periodMs ?? 0) - length)).toBeLessThanOrEqual(MINUTE);
        expect(found?.beats).toHaveLength(count);
      }),
    );
  });

  it('finds the period of routers that begin up to a tenth early, from the fifth dip on', () => {
    fc.assert(
      fc.property(
        period,
        fc.array(fc.double({ min: 0.91, max: 1, noNaN: true }), { minLength: 4, maxLength: 20 }),
        (length, early) => {
          let at = 0;
          const dips = [dipAt(0)];
          for (const share of early) {
            at += share * length;
            dips.push(dipAt(at));
          }
          const found = rhythmOf(dips);
          // Beats may be told in twos when they happen to fit better so; never in anything else.
          const ratio = (found?.periodMs ?? 0) / length;
          expect(found).not.toBeNull();
          expect(Math.min(Math.abs(ratio - 0.955), Math.abs(ratio / 2 - 0.955))).toBeLessThan(0.06);
        },
      ),
    );
  });

  it('never throws, never says less than three beats, and only names dips that were there', () => {
    const any = fc
      .array(fc.nat(8 * 24 * 60), { maxLength: 32 })
      .map((list) => [...new Set(list)].sort((a, b) => a - b));
    fc.assert(
      fc.property(any, (minutes) => {
        const dips = minutes.map((minute) => dipAt(minute * MINUTE));
        const found = rhythmOf(dips);
        if (found === null) return;
        expect(found.beats.length).toBeGreaterThanOrEqual(3);
        expect(found.confidence).toBeGreaterThan(0.6);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(found.periodMs).toBeGreaterThanOrEqual(20 * MINUTE);
        for (const beat of found.beats) expect(dips).toContain(beat);
      }),
    );
  });

  it('hardly ever sees a rhythm in dips that come at random', () => {
    let found = 0;
    const runs = 2_000;
    fc.assert(
      fc.property(fc.array(fc.nat(24 * 60), { minLength: 3, maxLength: 3 }), (minutes) => {
        if (rhythmOf(minutes.toSorted((a, b) => a - b).map((minute) => dipAt(minute * MINUTE))) !== null) found += 1;
      }),
      { numRuns: runs, seed: 1 },
    );
    expect(found / runs).toBeLessThan(0.08);
  });
});

describe('when the next dip is due', () => {
  const last = { from: START, periodMs: 8 * HOUR };
  it.each([
    [8 * HOUR, true],
    [8 * HOUR + 20 * MINUTE, true],
    [8 * HOUR + 30 * MINUTE, false],
    [16 * HOUR, true],
    [24 * HOUR, false],
    [HOUR, false],
  ])('after %d ms: %s', (after, due) => {
    expect(isDipDue(last, START + after)).toBe(due);
  });
});
