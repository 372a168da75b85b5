import { describe, expect, it } from 'vitest';
import { Sight } from '../../../src/engine/poll/sight.ts';
import type { Fault, FaultKind } from '../../../src/shared/model.ts';
import { ACCOUNT, T0 } from '../../fixtures/tunnels.ts';

const fault = (kind: FaultKind): Fault => ({
  kind,
  sentence: kind,
  status: null,
  code: null,
  retryAfterMs: null,
  permission: null,
  cfRay: null,
});
const sight = (lookedAt: number | null = null): Sight =>
  new Sight({ accountId: ACCOUNT, source: 'list', intervalMs: 30_000, lookedAt, openGap: null });

describe('sight', () => {
  it('forgives one failure, is blind after two, and dates blindness from the first', () => {
    const s = sight();
    s.succeeded(T0, 0);
    s.failed(fault('offline'), T0 + 30_000);
    expect(s.blind(30_000)).toBeNull();
    s.failed(fault('dns'), T0 + 32_000);
    expect(s.blind(32_000)).toMatchObject({ since: T0 + 30_000, fault: { kind: 'dns' } });
    s.succeeded(T0 + 40_000, 40_000);
    expect(s.blind(40_000)).toBeNull();
    expect(s.failures).toBe(0);
  });

  it('is blind at once when the token is refused', () => {
    const s = sight();
    s.failed(fault('bad-token'), T0);
    expect(s.blind(0)?.since).toBe(T0);
  });

  it('opens a gap at the last good look once all is stale, and closes it with the next', () => {
    const s = sight();
    s.succeeded(T0, 0);
    expect(s.openGap(T0 + 90_000, 90_000)).toBeNull();
    expect(s.openGap(T0 + 95_000, 95_000)).toMatchObject({ from: T0, to: null });
    expect(s.openGap(T0 + 99_000, 99_000)).toBeNull();
    expect(s.succeeded(T0 + 200_000, 200_000)).toMatchObject({ from: T0, to: T0 + 200_000 });
    expect(s.succeeded(T0 + 230_000, 230_000)).toBeNull();
  });

  it('counts a sleep that the monotonic clock missed', () => {
    const s = sight();
    s.succeeded(T0, 0);
    s.slept(8 * 3_600_000);
    expect(s.age(10_000)).toBe(8 * 3_600_000 + 10_000);
    const end = T0 + 8 * 3_600_000 + 10_000;
    expect(s.succeeded(end, 10_000)).toMatchObject({ from: T0, to: end });
  });

  it('shows the time in which no process ran as a gap, and a quick restart as none', () => {
    expect(sight(T0).succeeded(T0 + 3_600_000, 5_000)).toMatchObject({ from: T0, to: T0 + 3_600_000 });
    expect(sight(T0).succeeded(T0 + 20_000, 5_000)).toBeNull();
  });

  it('is not fooled by a wall clock that was set back', () => {
    const s = sight();
    s.succeeded(T0, 0);
    expect(s.succeeded(T0 - 3_600_000, 30_000)).toBeNull();
    expect(s.age(60_000)).toBe(30_000);
  });
});
