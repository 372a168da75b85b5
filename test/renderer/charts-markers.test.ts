import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, dueBuckets, policyShare } from '../../src/renderer/charts/due-buckets.ts';
import { isMarked, markerAt, markersOf } from '../../src/renderer/charts/markers.ts';
import { EVENT_KINDS, type HistoryEvent } from '../../src/shared/model.ts';

const DAY = 86_400_000;
const NOW = new Date(2026, 9, 20, 12, 0, 0).getTime();
const POLICY = { agingMs: 90 * DAY, dueMs: 180 * DAY, staleMs: 365 * DAY };

const event = (at: number, kind: HistoryEvent['kind'], seq = at): HistoryEvent => ({
  seq,
  at,
  kind,
  accountId: null,
  key: null,
  detail: {},
});

describe('marks on the timeline', () => {
  const view = { from: 0, to: 1_000 };

  it('show events of the tunnel and leave out those of the app', () => {
    expect(isMarked(event(1, 'config-changed'))).toBe(true);
    expect(isMarked(event(1, 'blind'))).toBe(false);
    const marks = markersOf(
      [event(500, 'psk-changed'), event(100, 'gap'), event(2_000, 'config-changed')],
      view,
      1_000,
      12,
    );
    expect(marks.map((mark) => [mark.x, mark.kind])).toEqual([[500, 'psk-changed']]);
  });

  it('become one when they are too close, and still hold every event', () => {
    const marks = markersOf(
      [event(104, 'psk-changed'), event(100, 'config-changed'), event(300, 'tunnel-renamed')],
      view,
      1_000,
      12,
    );
    expect(marks).toHaveLength(2);
    expect(marks[0]?.events.map((one) => one.at)).toEqual([100, 104]);
    expect(marks[0]?.kind).toBe('config-changed');
  });

  it('never lose an event and never stand closer than asked', () => {
    const events = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 1_000 }), kind: fc.constantFrom(...EVENT_KINDS) }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 60 }), (list, apart) => {
        const all = list.map((one, i) => event(one.at, one.kind, i));
        const marks = markersOf(all, view, 700, apart);
        expect(marks.reduce((sum, mark) => sum + mark.events.length, 0)).toBe(all.filter(isMarked).length);
        marks.forEach((mark, i) => {
          const before = marks[i - 1];
          if (before) expect(mark.x - before.x).toBeGreaterThanOrEqual(apart);
        });
      }),
    );
  });

  it('are met within reach, the nearest first', () => {
    const marks = markersOf([event(100, 'psk-changed'), event(130, 'config-changed')], view, 1_000, 12);
    expect(markerAt(marks, 118, 15)?.at).toBe(130);
    expect(markerAt(marks, 111, 15)?.at).toBe(100);
    expect(markerAt(marks, 400, 15)).toBeNull();
  });
});

describe('when PSK rotations fall due', () => {
  it('puts what was never generated and what is overdue in front, then a year of months, then the rest', () => {
    const buckets = dueBuckets(
      [null, NOW - 200 * DAY, NOW - 180 * DAY, NOW - 179 * DAY, NOW, NOW + 400 * DAY],
      POLICY,
      NOW,
      'month',
    );
    expect(buckets).toHaveLength(15);
    expect(buckets[0]).toMatchObject({ kind: 'missing', count: 1 });
    expect(buckets[1]).toMatchObject({ kind: 'overdue', count: 2 });
    expect(buckets[2]).toMatchObject({ kind: 'span', from: new Date(2026, 9, 1).getTime(), count: 1 });
    expect(buckets[8]).toMatchObject({ kind: 'span', from: new Date(2027, 3, 1).getTime(), count: 1 });
    expect(buckets.at(-1)).toMatchObject({ kind: 'later', count: 1 });
  });

  it('begins its weeks on Monday', () => {
    const weeks = dueBuckets([], POLICY, NOW, 'week').filter((bucket) => bucket.kind === 'span');
    expect(weeks).toHaveLength(13);
    for (const week of weeks) expect(new Date(week.from).getDay()).toBe(1);
    expect(weeks[0]?.from).toBe(new Date(2026, 9, 19).getTime());
  });

  it('counts every tunnel once', () => {
    const ages = fc.array(fc.option(fc.integer({ min: -400, max: 900 }), { nil: null }), { maxLength: 200 });
    fc.assert(
      fc.property(ages, fc.constantFrom('week' as const, 'month' as const), (days, step) => {
        const generated = days.map((day) => (day === null ? null : NOW - day * DAY));
        const buckets = dueBuckets(generated, POLICY, NOW, step);
        expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(generated.length);
      }),
    );
  });

  it('measures ages in whole days and as a share of the policy', () => {
    expect(daysBetween(NOW - 1.9 * DAY, NOW)).toBe(1);
    expect(policyShare(0, POLICY)).toBe(0);
    expect(policyShare(-5, POLICY)).toBe(0);
    expect(policyShare(9_999 * DAY, POLICY)).toBe(1);
    expect(policyShare(365 * DAY, POLICY)).toBeCloseTo(1 / 1.15, 6);
  });
});
