import { describe, expect, it } from 'vitest';
import { CloudClock } from '../../../src/engine/poll/cloud-clock.ts';
import { Drift } from '../../../src/engine/poll/drift.ts';
import { nextHealthWindow } from '../../../src/engine/poll/health-window.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import { T0 } from '../../fixtures/tunnels.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('Cloudflare’s clock', () => {
  it('agrees with ours within a minute, slow answers included', () => {
    const cloud = new CloudClock();
    cloud.heard(T0 - 20_000, T0);
    expect(cloud.aheadMs).toBe(0);
    cloud.heard(T0 + 59_000, T0);
    expect(cloud.aheadMs).toBe(0);
  });

  it('is followed when ours is wrong, without trembling, and believed again when ours is set right', () => {
    const cloud = new CloudClock();
    cloud.heard(T0 + HOUR, T0);
    const ahead = cloud.aheadMs;
    expect(ahead).toBeGreaterThan(HOUR - 1_000);
    cloud.heard(T0 + HOUR + 3_000, T0 + 9_000);
    expect(cloud.aheadMs).toBe(ahead);
    cloud.heard(T0 + HOUR + MINUTE, T0 + HOUR + MINUTE);
    expect(cloud.aheadMs).toBe(0);
  });

  it('is in doubt after a jump of ours until an answer came, be it without a date', () => {
    const cloud = new CloudClock();
    cloud.doubt();
    expect(cloud.sure).toBe(false);
    cloud.heard(undefined, T0);
    expect(cloud.sure).toBe(true);
  });
});

describe('the drift of two clocks', () => {
  it('of some seconds a day is no jump, however long it goes on', async () => {
    const clock = virtualClock(T0);
    const drift = new Drift(clock);
    const jumps: number[] = [];
    // 100 parts in a million, a poor quartz, looked at each 5 s for a week.
    for (let i = 0; i < (7 * 86_400) / 5; i++) {
      await clock.advance(5_000, async () => undefined);
      clock.jumpWall(0.5);
      const jump = drift.look();
      if (jump !== 0) jumps.push(jump);
    }
    expect(jumps).toEqual([]);
  });
});

describe('the window of health results', () => {
  it('ends a minute in the past, reads two minutes again, and at most a quarter of an hour after an interruption', () => {
    expect(nextHealthWindow(T0, null)).toEqual({ from: T0 - 4 * MINUTE, to: T0 - MINUTE });
    expect(nextHealthWindow(T0, T0 - 2 * MINUTE)).toEqual({ from: T0 - 4 * MINUTE, to: T0 - MINUTE });
    expect(nextHealthWindow(T0, T0 - 8 * MINUTE)).toEqual({ from: T0 - 10 * MINUTE, to: T0 - MINUTE });
    expect(nextHealthWindow(T0, T0 - HOUR)).toEqual({ from: T0 - 16 * MINUTE, to: T0 - MINUTE });
    // Set back: what was read lies ahead.
    expect(nextHealthWindow(T0, T0 + HOUR)).toEqual({ from: T0 - 4 * MINUTE, to: T0 - MINUTE });
  });
});
