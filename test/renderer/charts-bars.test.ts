import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barAt, barsOf, toneOf, worse } from '../../src/renderer/charts/bars.ts';
import { clipped, grow, NO_TRACKS, observed, stretches, tracksOf } from '../../src/renderer/charts/tracks.ts';
import {
  type AccountId,
  type Interval,
  LANES,
  type StateChange,
  type TunnelId,
  tunnelKey,
} from '../../src/shared/model.ts';

const KEY = tunnelKey('a'.repeat(32) as AccountId, 't1' as TunnelId);
const OTHER = tunnelKey('a'.repeat(32) as AccountId, 't2' as TunnelId);
const VALUES = ['healthy', 'degraded', 'down', 'unobserved', 'nodata'] as const;
const END = 1_000_000;

const track = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.constantFrom(...VALUES)), { minLength: 1, maxLength: 120 })
  .map((parts): Interval[] => {
    let at = 0;
    return parts.map(([length, value], i) => {
      const from = at;
      at += length;
      return { from, to: i === parts.length - 1 ? null : at, value };
    });
  });
const view = fc
  .tuple(fc.integer({ min: 0, max: END - 10 }), fc.integer({ min: 10, max: END }))
  .map(([from, length]) => ({ from, to: from + length }));

describe('bars', () => {
  it('tile the same time as their intervals: nothing is drawn twice, nothing is left out', () => {
    fc.assert(
      fc.property(track, view, fc.integer({ min: 1, max: 20_000 }), (intervals, seen, finest) => {
        const now = Math.max(END, intervals.at(-1)?.from ?? 0);
        const bars = barsOf(intervals, seen, now, finest);
        const drawn = bars.reduce((sum, bar) => sum + bar.to - bar.from, 0);
        const parts = intervals.map((one) => clipped(one, seen, now)).filter((part) => part !== null);
        expect(drawn).toBe(parts.reduce((sum, part) => sum + part.to - part.from, 0));
        expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(parts.length);
        bars.forEach((bar, i) => {
          expect(bar.to).toBeGreaterThan(bar.from);
          const before = bars[i - 1];
          if (before) expect(bar.from).toBeGreaterThanOrEqual(before.to);
        });
      }),
    );
  });

  it('are bounded by the width of the plot, not by the number of changes', () => {
    const flapping = Array.from(
      { length: 20_000 },
      (_, i): Interval => ({
        from: i * 50,
        to: (i + 1) * 50,
        value: i % 2 ? 'down' : 'healthy',
      }),
    );
    const bars = barsOf(flapping, { from: 0, to: END }, END, 1_000);
    expect(bars.length).toBeLessThanOrEqual(2 * (END / 1_000) + 2);
    expect(bars.every((bar) => bar.value === 'down')).toBe(true);
  });

  it('never lose an outage: every down that lies in the view is inside a bar that says down', () => {
    fc.assert(
      fc.property(track, fc.integer({ min: 1, max: 50_000 }), (intervals, finest) => {
        const now = Math.max(END, intervals.at(-1)?.from ?? 0) + 1;
        const bars = barsOf(intervals, { from: 0, to: now }, now, finest);
        for (const one of intervals.filter((interval) => interval.value === 'down')) {
          const bar = bars.find((candidate) => candidate.from <= one.from && candidate.to >= (one.to ?? now));
          expect(bar?.value).toBe('down');
        }
      }),
    );
  });

  it('rank trouble before what we do not know, and that before what is well', () => {
    expect(worse('healthy', 'unobserved')).toBe('unobserved');
    expect(worse('unobserved', 'down')).toBe('down');
    expect(worse('down', 'unobserved')).toBe('down');
    expect(worse('disabled', 'nodata')).toBe('nodata');
    expect(toneOf('missing')).toBe('bad');
  });

  it('are met by the pointer, a sliver before the wide bar beside it', () => {
    const bars = barsOf(
      [
        { from: 0, to: 500_000, value: 'healthy' },
        { from: 500_000, to: 500_500, value: 'down' },
        { from: 500_500, to: null, value: 'healthy' },
      ],
      { from: 0, to: END },
      END,
      100,
    );
    expect(barAt(bars, 100_000, 2_000)?.value).toBe('healthy');
    expect(barAt(bars, 501_800, 2_000)?.value).toBe('down');
    expect(barAt(bars, 499_000, 2_000)?.value).toBe('down');
    expect(barAt([], 5, 10)).toBeNull();
    expect(barAt(bars, -5_000, 2_000)).toBeNull();
  });

  it('find the same bar as a search through all of them does', () => {
    fc.assert(
      fc.property(track, fc.integer({ min: 0, max: END }), (intervals, at) => {
        const now = Math.max(END, intervals.at(-1)?.from ?? 0) + 1;
        const bars = barsOf(intervals, { from: 0, to: now }, now, 500);
        const plain = bars.find((bar) => bar.from <= at && at < bar.to) ?? null;
        const found = barAt(bars, at, 0);
        // At a seam both neighbours are at distance zero.
        if (found && plain) expect([plain.value, bars[bars.indexOf(plain) - 1]?.value]).toContain(found.value);
        else expect(found).toEqual(plain);
      }),
    );
  });
});

describe('tracks', () => {
  const change = (at: number, to: StateChange['to'], key = KEY): StateChange => ({
    at,
    key,
    lane: 'health',
    from: null,
    to,
  });

  it('take their lanes from a reply and ignore other tunnels', () => {
    const tracks = tracksOf(
      [
        { key: KEY, lane: 'bgp', intervals: [{ from: 1, to: null, value: 'up' }] },
        { key: OTHER, lane: 'health', intervals: [{ from: 1, to: null, value: 'down' }] },
      ],
      KEY,
    );
    expect(tracks.bgp).toHaveLength(1);
    expect(tracks.health).toHaveLength(0);
  });

  it('grow by changes: the open interval ends where the next begins', () => {
    const start = { ...NO_TRACKS, health: [{ from: 10, to: null, value: 'healthy' as const }] };
    const grown = grow(start, KEY, [
      change(20, 'down'),
      change(25, 'down'),
      change(30, 'degraded'),
      change(40, 'down', OTHER),
    ]);
    expect(grown.health).toEqual([
      { from: 10, to: 20, value: 'healthy' },
      { from: 20, to: 30, value: 'down' },
      { from: 30, to: null, value: 'degraded' },
    ]);
    expect(grown.bgp).toBe(start.bgp);
  });

  it('do not count what the reply already holds', () => {
    const start = { ...NO_TRACKS, health: [{ from: 10, to: null, value: 'healthy' as const }] };
    expect(grow(start, KEY, [change(5, 'down')])).toBe(start);
    expect(grow(start, KEY, [change(10, 'healthy')])).toBe(start);
  });

  it('stay in order and without overlap, whatever comes in whatever order', () => {
    const changes = fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 500 }),
        to: fc.constantFrom(...VALUES),
        lane: fc.constantFrom(...LANES),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(changes, (list) => {
        const grown = grow(
          NO_TRACKS,
          KEY,
          list.map((one) => ({ ...one, key: KEY, from: null })),
        );
        for (const lane of LANES) {
          grown[lane].forEach((interval, i) => {
            const next = grown[lane][i + 1];
            if (!next) expect(interval.to).toBeNull();
            else {
              expect(interval.to).not.toBeNull();
              expect(next.from).toBeGreaterThanOrEqual(interval.to ?? Number.POSITIVE_INFINITY);
              expect(interval.to ?? 0).toBeGreaterThan(interval.from);
            }
          });
        }
      }),
    );
  });

  it('tell their stretches newest first, with the whole length of what the view cuts', () => {
    const tracks = {
      ...NO_TRACKS,
      health: [
        { from: 0, to: 100, value: 'healthy' as const },
        { from: 100, to: null, value: 'down' as const },
      ],
    };
    expect(stretches(tracks, { from: 50, to: 200 }, 200)).toEqual([
      { lane: 'health', value: 'down', from: 100, to: null, ms: 100, cut: false },
      { lane: 'health', value: 'healthy', from: 0, to: 100, ms: 100, cut: true },
    ]);
    expect(stretches(tracks, { from: 120, to: 150 }, 200)).toHaveLength(1);
  });
});

describe('a lane without holes', () => {
  it('covers the view up to now exactly once, whatever is known of it', () => {
    const ages = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(track, view, ages, fc.boolean(), (intervals, seen, age, cut) => {
        const now = Math.max(END, seen.to, (intervals.at(-1)?.from ?? 0) + 1);
        const known = cut ? intervals.filter((_, i) => i % 3 !== 1) : intervals;
        const full = observed(known, seen, now, now - age);
        let edge = seen.from;
        for (const one of full) {
          expect(one.from).toBeLessThanOrEqual(edge);
          expect(one.to ?? now).toBeGreaterThanOrEqual(edge);
          edge = one.to ?? now;
        }
        expect(edge).toBeGreaterThanOrEqual(Math.min(seen.to, now));
      }),
    );
  });

  it('never goes on being green after the last look', () => {
    const open: Interval[] = [{ from: 0, to: null, value: 'healthy' }];
    expect(observed(open, { from: 0, to: 1_000 }, 1_000, 600)).toEqual([
      { from: 0, to: 600, value: 'healthy' },
      { from: 600, to: 1_000, value: 'unobserved' },
    ]);
    expect(observed(open, { from: 0, to: 1_000 }, 1_000, 1_000)).toEqual(open);
  });

  it('says that nothing is known before the record begins, and joins gaps that touch', () => {
    const intervals: Interval[] = [
      { from: 300, to: 500, value: 'unobserved' },
      { from: 500, to: null, value: 'up' },
    ];
    const full = observed(intervals, { from: 0, to: 1_000 }, 1_000, 1_000);
    expect(full[0]).toMatchObject({ from: 0, value: 'unobserved' });
    expect(full.at(-1)).toEqual({ from: 500, to: null, value: 'up' });
    expect(observed([], { from: 0, to: 1_000 }, 800, 800)).toEqual([{ from: 0, to: 800, value: 'unobserved' }]);
  });
});
