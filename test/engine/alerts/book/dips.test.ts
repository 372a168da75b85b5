import { describe, expect, it } from 'vitest';
import type { LaneValues, Millis, TunnelKey } from '../../../../src/shared/model.ts';
import { type Round, round } from './round.ts';

type Health = LaneValues['health'];
const MINUTE = 60_000;

function sample(
  r: Round,
  key: TunnelKey,
  health: Health,
  rest: { recovering?: boolean } = {},
  afterMs: Millis = MINUTE,
): void {
  r.w.set(key, { health, ...rest });
  r.answer(afterMs);
}

/** What the newest full minute at `t` shows of a dip: a mean over that minute, judged as the board does. */
function shown(t: Millis, from: Millis, to: Millis): Health {
  const minute = Math.floor(t / MINUTE) * MINUTE - MINUTE;
  const bad = Math.max(0, Math.min(minute + MINUTE, to) - Math.max(minute, from)) / MINUTE;
  return bad > 0.6 ? 'down' : bad >= 0.2 ? 'degraded' : 'healthy';
}

describe('a rekey', () => {
  it.each([0, 7_000, 29_000, 31_000, 59_000])(
    'dips for 1 to 3 minutes every 50 minutes for a week on all tunnels, and fires nothing (minutes begin %d ms later)',
    (phase) => {
      const r = round();
      const keys = Array.from({ length: 6 }, (_, i) => r.w.add({ name: `t-${i}`, site: `s${i >> 1}` }));
      r.answer(0);
      const period = 50 * MINUTE;
      let t = 0;
      // Answers come a little early or late, as they do.
      for (let i = 0; i < 7 * 24 * 60; i++) {
        const step = MINUTE + ((i * 7919) % 2_000) - 1_000;
        t += step;
        for (const [n, key] of keys.entries()) {
          const start = n * 9 * MINUTE + phase;
          const dip = Math.floor((t - start) / period);
          const offset = (t - start) % period;
          const length = (1 + ((n + dip) % 3)) * MINUTE;
          // Minutes are the clock's, not the dip's.
          const inMinute = (start + dip * period) % MINUTE;
          const health = t < start ? 'healthy' : shown(offset + inMinute, inMinute, inMinute + length);
          if (r.w.row(key).lanes.health.value !== health) r.w.set(key, { health });
        }
        r.answer(step);
      }
      expect(r.story().filter((line) => line.endsWith('firing'))).toEqual([]);
      expect(r.story('health-down').length).toBeGreaterThan(100);
    },
  );

  it('falls through degraded and is held there: nothing', () => {
    const r = round();
    const key = r.w.add();
    r.answer(0);
    for (let n = 0; n < 20; n++) {
      sample(r, key, 'degraded');
      sample(r, key, 'down');
      sample(r, key, 'down');
      for (let i = 0; i < 25; i++) sample(r, key, 'degraded', { recovering: true });
      for (let i = 0; i < 30; i++) sample(r, key, 'healthy', { recovering: false });
    }
    expect(r.story().filter((line) => line.endsWith('firing'))).toEqual([]);
  });

  it('named by the recogniser does not count as flapping', () => {
    const dips = (named: boolean): readonly string[] => {
      const r = round();
      const key = r.w.add();
      r.answer(0);
      for (let n = 0; n < 12; n++) {
        sample(r, key, 'down');
        const from = r.w.row(key).lanes.health.since;
        sample(r, key, 'down');
        sample(r, key, 'healthy');
        const to = r.w.row(key).lanes.health.since;
        if (named) r.w.event('rekey-dip', key, { from, to, lengthMs: to - from, periodMs: 10 * MINUTE });
        r.look();
        for (let i = 0; i < 7; i++) sample(r, key, 'healthy');
      }
      return r.story('tunnel-flapping');
    };
    expect(dips(false)).toEqual(['pending', 'firing']);
    expect(dips(true)).toEqual([]);
  });
});

describe('an outage that ends', () => {
  function outage(): { r: Round; key: TunnelKey } {
    const r = round();
    const key = r.w.add();
    r.answer(0);
    for (let i = 0; i < 6; i++) sample(r, key, 'down');
    expect(r.open('health-down')?.phase).toBe('firing');
    return { r, key };
  }

  it('is recovering as long as Cloudflare holds it at degraded, and opens nothing else', () => {
    const { r, key } = outage();
    for (let i = 0; i < 28; i++) {
      sample(r, key, 'degraded', { recovering: true });
      expect(r.open('health-down')?.phase).toBe('recovering');
    }
    for (let i = 0; i < 3; i++) sample(r, key, 'healthy', { recovering: false });
    expect(r.story()).toEqual([
      'health-down pending',
      'health-down firing',
      'health-down recovering',
      'health-down resolved',
    ]);
  });

  it('stays degraded for good: the one alert stays until the other takes over', () => {
    const { r, key } = outage();
    for (let i = 0; i < 5; i++) sample(r, key, 'degraded', { recovering: true });
    for (let i = 0; i < 12; i++) sample(r, key, 'degraded', { recovering: false });
    const story = r.story();
    expect(story.indexOf('health-degraded firing')).toBeGreaterThan(-1);
    expect(story.indexOf('health-down resolved')).toBeGreaterThan(story.indexOf('health-degraded firing'));
  });

  it('falls again while it recovers: it returns', () => {
    const { r, key } = outage();
    sample(r, key, 'degraded', { recovering: true });
    sample(r, key, 'down', { recovering: false });
    expect(r.open('health-down')?.phase).toBe('recovering');
    sample(r, key, 'down');
    expect(r.open('health-down')).toMatchObject({ phase: 'firing', returns: 1 });
  });
});

describe('health that is degraded', () => {
  it('fires after five minutes', () => {
    const r = round();
    const key = r.w.add({ site: 's' });
    r.answer(0);
    for (let i = 0; i < 6; i++) sample(r, key, 'degraded');
    expect(r.open('health-degraded')?.phase).toBe('pending');
    sample(r, key, 'degraded');
    expect(r.open('health-degraded')).toMatchObject({ phase: 'firing', severity: 'warning' });
  });

  it('and gets worse is not said to recover', () => {
    const r = round();
    const key = r.w.add();
    r.answer(0);
    for (let i = 0; i < 8; i++) sample(r, key, 'degraded');
    for (let i = 0; i < 10; i++) sample(r, key, 'down');
    expect(r.open('health-degraded')?.phase).toBe('firing');
    expect(r.open('health-down')?.phase).toBe('firing');
  });

  it('is not told of a tunnel that goes down at once', () => {
    const r = round();
    const key = r.w.add();
    r.answer(0);
    for (let i = 0; i < 20; i++) sample(r, key, 'down');
    expect(r.story('health-degraded')).toEqual([]);
  });

  it.each(['disabled', 'nodata', 'unobserved'] as const)('says nothing where health is %s', (health) => {
    const r = round();
    r.w.add({ health });
    for (let i = 0; i < 20; i++) r.answer(MINUTE);
    expect(r.changes).toEqual([]);
  });
});
