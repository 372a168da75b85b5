import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../src/engine/cloudflare/timestamp.ts';

describe('a timestamp', () => {
  it.each([
    ['2023-04-21T10:42:22.138586Z', Date.UTC(2023, 3, 21, 10, 42, 22, 138)],
    ['2025-03-13T14:28:47.054317925Z', Date.UTC(2025, 2, 13, 14, 28, 47, 54)],
    ['2025-03-13T14:33:26.09683Z', Date.UTC(2025, 2, 13, 14, 33, 26, 96)],
    ['2017-06-14T05:20:00Z', Date.UTC(2017, 5, 14, 5, 20)],
    ['2019-12-27T18:11:19.117Z', Date.UTC(2019, 11, 27, 18, 11, 19, 117)],
    ['2019-12-27T18:11:19.1Z', Date.UTC(2019, 11, 27, 18, 11, 19, 100)],
    ['2024-02-29T23:59:59+01:30', Date.UTC(2024, 1, 29, 22, 29, 59)],
    ['2024-02-29t00:00:00z', Date.UTC(2024, 1, 29)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['0050-01-01T00:00:00Z', new Date('0050-01-01T00:00:00Z').getTime()],
  ])('%s is read', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2023-04-21',
    '2023-04-21T10:42:22',
    '2023-13-21T10:42:22Z',
    '2023-02-29T10:42:22Z',
    '2100-02-29T00:00:00Z',
    '2023-04-00T10:42:22Z',
    '2023-04-21T24:00:00Z',
    '2023-04-21T10:60:00Z',
    '2023-04-21T10:42:22.Z',
    '2023-04-21T10:42:22+25:00',
    ' 2023-04-21T10:42:22Z',
    '1682073742',
  ])('%j is none', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it('agrees with the platform for every instant and zero to nine digits', () => {
    const instants = fc.date({ min: new Date(0), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.nat(999_999), fc.nat(9), (date, below, digits) => {
        const nanos = date.toISOString().slice(20, 23) + below.toString().padStart(6, '0');
        const fraction = nanos.slice(0, digits);
        const text = `${date.toISOString().slice(0, 19)}${digits === 0 ? '' : `.${fraction}`}Z`;
        const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
        expect(parseTimestamp(text)).toBe(Math.floor(date.getTime() / 1000) * 1000 + millis);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseTimestamp(text);
        expect(read === null || Number.isFinite(read)).toBe(true);
      }),
    );
  });
});
