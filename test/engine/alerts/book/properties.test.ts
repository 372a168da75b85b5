import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertPhase } from '../../../../src/shared/alerts.ts';
import type { LaneValues, TunnelKey } from '../../../../src/shared/model.ts';
import { testFault } from '../world.ts';
import { type Round, round } from './round.ts';

const NEXT: Readonly<Record<AlertPhase, readonly AlertPhase[]>> = {
  pending: ['pending', 'firing', 'resolved'],
  firing: ['firing', 'recovering', 'resolved'],
  recovering: ['recovering', 'firing', 'resolved'],
  resolved: [],
};

const BGP: readonly LaneValues['bgp'][] = ['up', 'down', 'establishing', 'unreported', 'unknown', 'unobserved'];
const HEALTH: readonly LaneValues['health'][] = ['healthy', 'degraded', 'down', 'nodata', 'disabled', 'unobserved'];

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('bgp' as const), tunnel: fc.nat(5), value: fc.constantFrom(...BGP) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('health' as const), tunnel: fc.nat(5), value: fc.constantFrom(...HEALTH) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('list' as const, 'healths' as const, 'both' as const),
      after: fc.integer({ min: 0, max: 70_000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('tick' as const), after: fc.integer({ min: 0, max: 200_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('blind' as const, 'health-blind' as const, 'sleep' as const, 'back' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('remove' as const, 'unreadable' as const, 'readable' as const, 'rename' as const),
      tunnel: fc.nat(5),
    }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

function perform(r: Round, keys: readonly TunnelKey[], a: Act): void {
  const { w } = r;
  const set = (n: number, wish: Parameters<typeof w.set>[1]): void => {
    const key = keys[n];
    if (key !== undefined && w.world.tunnel(key) !== null) w.set(key, wish);
  };
  switch (a.do) {
    case 'bgp':
      set(a.tunnel, { bgp: a.value });
      return;
    case 'health':
      set(a.tunnel, { health: a.value });
      return;
    case 'list':
      r.list(a.after);
      return;
    case 'healths':
      r.health(a.after);
      return;
    case 'both':
      r.answer(a.after);
      return;
    case 'tick':
      r.tick(a.after);
      return;
    case 'blind':
      w.blind(testFault('offline'));
      r.tick(0);
      return;
    case 'health-blind':
      w.healthBlind(testFault('missing-permission'));
      r.tick(0);
      return;
    case 'sleep':
      w.jump(8 * 3_600_000);
      return;
    case 'back':
      w.jump(-3_600_000);
      return;
    case 'remove': {
      const key = keys[a.tunnel];
      if (key !== undefined && w.world.tunnel(key) !== null) w.remove(key);
      return;
    }
    case 'unreadable':
      set(a.tunnel, { unreadable: 'odd' });
      return;
    case 'readable':
      set(a.tunnel, { unreadable: null });
      return;
    case 'rename':
      set(a.tunnel, { name: `renamed-${a.tunnel}`, site: a.tunnel % 2 === 0 ? 'site-x' : null });
      return;
  }
}

function begin(): { r: Round; keys: readonly TunnelKey[] } {
  const r = round();
  const keys = Array.from({ length: 6 }, (_, i) =>
    r.w.add({ name: `t-${i}`, site: i < 4 ? `site-${i >> 1}` : null, idle: i === 5 ? true : null }),
  );
  r.answer(0);
  return { r, keys };
}

describe('any history', () => {
  it('keeps every alert to the machine, and open() to what was told', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
        const { r, keys } = begin();
        const told = new Map<string, Alert>();
        let read = 0;
        for (const a of acts) {
          perform(r, keys, a);
          for (const { alert, was } of r.changes.slice(read)) {
            const known = told.get(alert.id);
            expect(known?.phase ?? null).toBe(was);
            expect(was === null ? ['pending'] : NEXT[was]).toContain(alert.phase);
            expect(alert.firedAt === null).toBe(
              alert.phase === 'pending' || (alert.phase === 'resolved' && was === 'pending'),
            );
            expect(alert.resolvedAt === null).toBe(alert.phase !== 'resolved');
            if (alert.phase === 'resolved') told.delete(alert.id);
            else told.set(alert.id, alert);
          }
          read = r.changes.length;
          expect([...r.book.open()].toSorted(byId)).toEqual([...told.values()].toSorted(byId));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ends: when all is well for long enough nothing is open', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const { r, keys } = begin();
        for (const a of acts) perform(r, keys, a);
        for (const key of keys) {
          if (r.w.world.tunnel(key) === null) continue;
          r.w.set(key, { bgp: 'up', health: 'healthy', unreadable: null, recovering: false });
        }
        // A tunnel that was removed is missed for a day.
        for (let i = 0; i < 26 * 60; i++) r.answer(60_000);
        expect([...r.book.open()]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('fires nothing about tunnels while unseen, and ends nothing', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.array(act, { maxLength: 40 }), (before, during) => {
        const { r, keys } = begin();
        for (const a of before) perform(r, keys, a);
        r.w.blind(testFault('offline'));
        r.tick(0);
        const from = r.changes.length;
        for (const a of during) {
          if (a.do === 'list' || a.do === 'healths' || a.do === 'both') r.tick(a.after);
          else perform(r, keys, a);
        }
        const moved = r.changes
          .slice(from)
          .filter(
            ({ alert, was }) =>
              alert.phase !== was && (alert.subject.kind === 'tunnel' || alert.subject.kind === 'site'),
          )
          // Tunnels that somebody removed from the world by hand begin to be missed.
          .filter(({ alert }) => alert.rule !== 'tunnel-disappeared' || alert.phase !== 'pending');
        expect(moved).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('fires nothing on a single look, whatever it shows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...BGP), fc.constantFrom(...HEALTH)), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 29_000 }), { maxLength: 3 }),
        (tunnels, ticks) => {
          const r = round();
          for (const [i, [bgp, health]] of tunnels.entries())
            r.w.add({ bgp, health, site: `s${i >> 1}`, idle: i % 2 === 0 });
          r.look();
          for (const after of ticks) r.tick(after);
          expect(r.story().filter((line) => line.endsWith('firing'))).toEqual([]);
        },
      ),
    );
  });

  it('fires in the end whatever stays broken, in any order of answers', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 40 }),
        fc.constantFrom<LaneValues['bgp'][]>('down', 'establishing'),
        fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }),
        (before, bgp, order) => {
          const { r, keys } = begin();
          for (const a of before) if (a.do !== 'remove') perform(r, keys, a);
          const [key] = keys;
          if (key === undefined) return;
          r.w.set(key, { bgp, unreadable: null });
          for (const first of order) {
            if (first) r.list(10_000);
            r.health(5_000);
            if (!first) r.list(10_000);
          }
          const firing = [...r.book.open()].filter(
            ({ phase, subject, rule }) =>
              phase === 'firing' && subject.kind === 'tunnel' && subject.key === key && rule.startsWith('bgp-'),
          );
          expect(firing.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const byId = (a: Alert, b: Alert): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
