import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/engine/settings/duration.ts';

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['90d', 7_776_000_000],
    ['0s', 0],
    ['999999d', 86_399_913_600_000],
  ])('reads %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each([
    '',
    '30',
    's',
    '1.5h',
    '-5s',
    '5 m',
    ' 5m',
    '5m ',
    '5M',
    '1h30m',
    '5w',
    '5ms',
    '٣s',
    '1e3s',
    '1234567s',
    '5m\n',
  ])('refuses %j', (text) => expect(parseDuration(text)).toBeNull());

  it('reads back every whole number of seconds that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom(1, 60, 3600, 86_400), (count, unit) => {
        const ms = count * unit * 1000;
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it('writes the shortest exact form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.constantFrom('s', 'm', 'h', 'd'), (count, unit) => {
        const written = `${count}${unit}`;
        expect(formatDuration(parseDuration(written) ?? -1).length).toBeLessThanOrEqual(written.length);
      }),
    );
  });

  it('never reads what it would not write: any text gives a whole number of seconds or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = parseDuration(text);
        expect(ms === null || (ms % 1000 === 0 && ms >= 0)).toBe(true);
      }),
    );
  });
});
