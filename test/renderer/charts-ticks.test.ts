import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickStep, timeTicks, zoneOffset } from '../../src/renderer/charts/ticks.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 9, 20, 12, 7, 0);

describe('the time axis', () => {
  it('puts ticks on round local times', () => {
    const ticks = timeTicks({ from: NOW - 6 * HOUR, to: NOW }, 8, 'en-GB', 'UTC');
    expect(ticks.map((tick) => tick.label)).toEqual(['07:00', '08:00', '09:00', '10:00', '11:00', '12:00']);
  });

  it('names the day at local midnight, in a zone that is not on the hour', () => {
    const ticks = timeTicks({ from: NOW - DAY, to: NOW }, 9, 'en-GB', 'Asia/Kolkata');
    const midnight = ticks.find((tick) => tick.day);
    expect(midnight?.label).toMatch(/20 Oct/);
    expect(midnight?.at).toBe(Date.UTC(2026, 9, 19, 18, 30));
  });

  it('keeps to local midnight on both sides of a change of daylight saving time', () => {
    const change = Date.UTC(2026, 9, 25, 1, 0);
    const ticks = timeTicks({ from: change - 3 * DAY, to: change + 3 * DAY }, 7, 'en-GB', 'Europe/Berlin');
    expect(ticks.length).toBeGreaterThanOrEqual(5);
    expect(ticks.every((tick) => tick.day)).toBe(true);
    expect(new Set(ticks.map((tick) => zoneOffset(tick.at, 'Europe/Berlin')))).toEqual(new Set([2 * HOUR, HOUR]));
  });

  it('is ascending, inside the view, with steps of at most the number asked for', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Auckland');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700 * 24 }),
        fc.integer({ min: 3, max: 45 * 24 * 60 }),
        fc.integer({ min: 2, max: 14 }),
        zones,
        (start, minutes, most, zone) => {
          const from = Date.UTC(2025, 0, 1) + start * HOUR;
          const view = { from, to: from + minutes * 60_000 };
          const ticks = timeTicks(view, most, 'en-GB', zone);
          expect(ticks.length).toBeLessThanOrEqual(most + 2);
          ticks.forEach((tick, i) => {
            expect(tick.at).toBeGreaterThanOrEqual(view.from);
            expect(tick.at).toBeLessThanOrEqual(view.to);
            const before = ticks[i - 1];
            if (before) expect(tick.at).toBeGreaterThan(before.at);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('chooses the smallest step that fits', () => {
    expect(tickStep(6 * HOUR, 8)).toBe(HOUR);
    expect(tickStep(30 * DAY, 8)).toBe(7 * DAY);
    expect(tickStep(10 * 60_000, 10)).toBe(60_000);
  });
});
