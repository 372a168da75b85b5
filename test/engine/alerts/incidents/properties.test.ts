import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertPhase, AlertRule } from '../../../../src/shared/alerts.ts';
import type { TunnelKey } from '../../../../src/shared/model.ts';
import { cpuNow } from '../../../harness/cpu-time.ts';
import { nth, pairs, Rig } from './rig.ts';

const RULES = [
  'bgp-down',
  'health-down',
  'health-degraded',
  'psk-due',
  'misconfiguration',
] as const satisfies AlertRule[];
const NEXT: Readonly<Record<AlertPhase, readonly AlertPhase[]>> = {
  pending: ['firing', 'resolved', 'pending'],
  firing: ['recovering', 'firing', 'resolved'],
  recovering: ['firing', 'resolved'],
  resolved: ['pending'],
};

/** What may happen: some tunnels of some sites move on with one rule, time passes, the program restarts. */
const happening = fc.record({
  tunnels: fc.array(fc.nat(15), { minLength: 1, maxLength: 16 }),
  rule: fc.constantFrom(...RULES),
  choice: fc.nat(2),
  passMs: fc.constantFrom(0, 30_000, 170_000, 600_000, 3_600_000),
  restart: fc.boolean(),
});

function check(rig: Rig): void {
  const homes = new Map<string, number>();
  for (const { id } of rig.book.open()) {
    for (const alert of rig.book.alertsOf(id)) homes.set(alert.id, (homes.get(alert.id) ?? 0) + 1);
  }
  for (const { id, phase } of rig.open) {
    expect(homes.get(id) ?? 0, `${id} ${phase}`).toBeLessThanOrEqual(1);
    if (phase === 'firing' || phase === 'recovering') expect(homes.get(id), `${id} ${phase}`).toBe(1);
  }
  for (const incident of rig.book.open()) {
    const { firing, recovering, pending } = incident.counts;
    expect(incident.phase).toBe(firing > 0 ? 'firing' : 'recovering');
    expect(firing + recovering + pending).toBeGreaterThan(0);
  }
}

describe('whatever happens', () => {
  it('every firing alert belongs to exactly one open incident, and no number is used twice', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
        const rig = new Rig();
        const { a, b } = pairs(rig.w, 8);
        const keys = [...a, ...b];
        const phases = new Map<string, AlertPhase>();
        for (const { tunnels, rule, choice, passMs, restart } of story) {
          for (const n of new Set(tunnels)) {
            const slot = `${rule}${n}`;
            const options = NEXT[phases.get(slot) ?? 'resolved'];
            const phase = nth(options, choice % options.length);
            phases.set(slot, phase);
            rig.say(rule, nth(keys, n), phase);
          }
          rig.apply();
          check(rig);
          if (restart && rig.open.every(({ phase }) => phase !== 'pending')) rig.restart();
          rig.w.pass(passMs);
        }
        const opened = rig.told.filter(({ was }) => was === null).map(({ incident }) => incident.id);
        expect(new Set(opened).size).toBe(opened.length);
      }),
      { numRuns: 150 },
    );
  });

  it('the order in which simultaneous alerts arrive does not change the causes', () => {
    const subset = fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(subset, fc.infiniteStream(fc.nat(1_000_000)), (chosen, luck) => {
        const causes = (order: readonly number[]): readonly string[] => {
          const rig = new Rig();
          const { a, b } = pairs(rig.w, 12);
          const keys: readonly TunnelKey[] = [...a, ...b];
          rig.all(
            'bgp-down',
            order.map((n) => nth(keys, n)),
            'pending',
          );
          rig.apply();
          // They fire one by one, each in an answer of its own.
          for (const n of order) {
            rig.w.pass(1_000);
            rig.say('bgp-down', nth(keys, n), 'firing');
            rig.apply();
          }
          return [...rig.causes()].sort();
        };
        const keyed = chosen.map((n) => ({ n, rank: luck.next().value ?? 0 }));
        const shuffled = keyed.sort((x, y) => x.rank - y.rank).map(({ n }) => n);
        expect(causes(shuffled)).toEqual(causes([...chosen].sort((x, y) => x - y)));
      }),
      { numRuns: 100 },
    );
  });

  it('nor does the order in which they begin within half a window', () => {
    const begins = fc.array(fc.record({ n: fc.nat(23), at: fc.nat(3) }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(begins, (story) => {
        const at = new Map(story.map((one) => [one.n, one.at]));
        const causes = (moment: (at: number) => number): readonly string[] => {
          const rig = new Rig();
          const { a, b } = pairs(rig.w, 12);
          const keys = [...a, ...b];
          for (let step = 0; step < 4; step++) {
            const now = [...at].filter(([, when]) => moment(when) === step).map(([n]) => nth(keys, n));
            rig.all('bgp-down', now, 'pending');
            rig.apply();
            rig.w.pass(20_000);
          }
          rig.confirm();
          return [...rig.causes()].sort();
        };
        const straight = causes((when) => when);
        expect(causes((when) => 3 - when)).toEqual(straight);
        expect(causes(() => 0)).toEqual(straight);
      }),
      { numRuns: 100 },
    );
  });
});

describe('work follows the changes', () => {
  it('takes 10,000 tunnels with 1 % in trouble in a few milliseconds, and 10,000 that fail at once in a moment', () => {
    const rig = new Rig();
    const { a, b } = pairs(rig.w, 5_000);
    const keys = [...a, ...b];
    rig.all(
      'bgp-down',
      keys.filter((_, n) => n % 100 === 0),
      'pending',
      { severity: 'warning' },
    );
    rig.confirm();
    const some = keys.filter((_, n) => n % 100 === 0);
    const times: number[] = [];
    for (let round = 0; round < 7; round++) {
      rig.w.pass(30_000);
      rig.all('bgp-down', some, round % 2 === 0 ? 'recovering' : 'firing');
      const start = cpuNow();
      rig.apply();
      times.push(cpuNow() - start);
    }
    rig.all('bgp-down', keys, 'firing');
    const start = cpuNow();
    rig.apply();
    const all = cpuNow() - start;
    const typical = nth(
      times.sort((x, y) => x - y),
      3,
    );
    console.log(
      `apply with 100 changes of 10,000 tunnels: ${typical.toFixed(1)} ms; with all of them: ${all.toFixed(0)} ms`,
    );
    // Generous: this machine may be busy. Work that grows with the square would take many seconds.
    expect(typical).toBeLessThan(500);
    expect(all).toBeLessThan(6_000);
    expect(rig.causes().length).toBeLessThanOrEqual(3);
  });
});
