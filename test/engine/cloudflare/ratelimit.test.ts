import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, rateInfoOf, retryAfterOf } from '../../../src/engine/cloudflare/ratelimit.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 0, 0);

describe('the Ratelimit headers', () => {
  it('are read with their policy', () => {
    const headers = { ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=1200;w=300' };
    expect(rateInfoOf(headers)).toEqual({ remaining: 50, resetMs: 30_000, quota: 1200, windowMs: 300_000 });
  });

  it('count the tightest of several limits, each with its own policy', () => {
    const headers = {
      ratelimit: '"default";r=900;t=200, "burst";r=3;t=4',
      'ratelimit-policy': '"burst";q=100;w=60, "default";q=1200;w=300',
    };
    expect(rateInfoOf(headers)).toEqual({ remaining: 3, resetMs: 4000, quota: 100, windowMs: 60_000 });
  });

  it('may come without a policy or without a reset', () => {
    expect(rateInfoOf({ ratelimit: 'default;r=0' })).toEqual({ remaining: 0, resetMs: 0, quota: null, windowMs: null });
  });

  it('are nothing when absent or strange', () => {
    for (const ratelimit of [undefined, '', 'r', '"default";t=3', '"x";r=-1', '"x";r=abc']) {
      expect(rateInfoOf(ratelimit === undefined ? {} : { ratelimit })).toBeNull();
    }
  });

  it('never throw, and never say anything but numbers', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (ratelimit, policy) => {
        const info = rateInfoOf({ ratelimit, 'ratelimit-policy': policy });
        expect(info === null || (Number.isFinite(info.remaining) && Number.isFinite(info.resetMs))).toBe(true);
      }),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    ['30', 30_000],
    ['0', 0],
    ['1.5', 1500],
    ['Fri, 20 Nov 2026 10:02:00 GMT', 120_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['999999999999', MAX_RETRY_AFTER_MS],
    ['Fri, 20 Nov 2126 10:00:00 GMT', MAX_RETRY_AFTER_MS],
    ['-5', null],
    ['soon', null],
    ['', null],
  ])('%j means %j', (text, expected) => {
    expect(retryAfterOf({ 'retry-after': text }, NOW)).toBe(expected);
  });

  it('as a date is measured by the clock of the answer, not by ours', () => {
    const headers = { 'retry-after': 'Fri, 20 Nov 2026 10:01:00 GMT', date: 'Fri, 20 Nov 2026 10:00:30 GMT' };
    expect(retryAfterOf(headers, NOW - 3_600_000)).toBe(30_000);
  });

  it('is nothing when absent', () => {
    expect(retryAfterOf({}, NOW)).toBeNull();
  });
});
