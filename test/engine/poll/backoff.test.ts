import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDefinite, MAX_PAUSE_MS, retryDelay } from '../../../src/engine/poll/backoff.ts';
import { FAULT_KINDS } from '../../../src/shared/model.ts';

const INTERVAL = 30_000;

describe('the pause after a failure', () => {
  it('comes back within one interval of the network’s return', () => {
    for (const kind of ['offline', 'dns', 'timeout', 'tls', 'truncated'] as const) {
      for (let n = 1; n < 50; n++) expect(retryDelay(kind, n, INTERVAL, 1, null)).toBeLessThanOrEqual(INTERVAL);
    }
    expect(retryDelay('offline', 1, INTERVAL, 0.5, null)).toBe(2_000);
  });

  it('doubles for a service in trouble, up to five minutes', () => {
    const pauses = [1, 2, 3, 4, 5, 9].map((n) => retryDelay('server-error', n, INTERVAL, 0.5, null));
    expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000, MAX_PAUSE_MS, MAX_PAUSE_MS]);
  });

  it('does not hammer with a credential that was refused', () => {
    expect(retryDelay('bad-token', 1, INTERVAL, 0, null)).toBe(0.75 * MAX_PAUSE_MS);
    expect(isDefinite('bad-token')).toBe(true);
    expect(isDefinite('offline')).toBe(false);
  });

  it('is never shorter than what the answer demanded, never negative, always finite', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FAULT_KINDS),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 10_000, max: 600_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 3_600_000 })),
        (kind, failures, interval, random, atLeast) => {
          const delay = retryDelay(kind, failures, interval, random, atLeast);
          return Number.isFinite(delay) && delay > 0 && delay >= (atLeast ?? 0);
        },
      ),
    );
  });
});
