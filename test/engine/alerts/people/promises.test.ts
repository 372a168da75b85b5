/** What must hold whatever happens: any sequence of changes, silences, acknowledgements, nights, restarts and clocks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertSeverity } from '../../../../src/shared/alerts.ts';
import { isPage } from '../../../../src/shared/alerts.ts';
import { alert, at, config, DAY, extent, type Heard, HOUR, MINUTE, route, Stage } from './stage.ts';

const severity = (value: string) => ({ name: 'severity' as const, op: '=' as const, value });
const ROUTES = [
  route({
    matchers: [severity('critical')],
    to: ['pager'],
    remindMs: 2 * HOUR,
    escalate: [
      { afterMs: 15 * MINUTE, to: ['lead'] },
      { afterMs: 60 * MINUTE, to: ['boss', 'pager'] },
    ],
    onward: true,
  }),
  route({ matchers: [{ name: 'site', op: '=', value: 'fra1' }], to: ['fra'], onward: true }),
  route({ to: ['chat'], remindMs: 6 * HOUR }),
];
const NIGHTS = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60, zone: 'UTC' }];
const IDS = ['i-1', 'i-2'] as const;
const SINKS = ['pager', 'lead', 'boss', 'fra', 'chat'];

type Act =
  | { readonly what: 'wait'; readonly minutes: number }
  | {
      readonly what: 'alerts';
      readonly id: string;
      readonly ams: AlertSeverity | null;
      readonly fra: AlertSeverity | null;
    }
  | { readonly what: 'extent'; readonly id: string; readonly failing: number }
  | { readonly what: 'resolve' | 'hide' | 'show' | 'unacknowledge'; readonly id: string }
  | { readonly what: 'acknowledge'; readonly id: string; readonly hours: number | null };

const id = fc.constantFrom(...IDS);
const level = fc.constantFrom<AlertSeverity | null>('info', 'warning', 'critical', null);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.constantFrom(0, 1, 7, 20, 61, 400) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('alerts' as const), id, ams: level, fra: level }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('extent' as const), id, failing: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('resolve' as const, 'hide' as const, 'show' as const, 'unacknowledge' as const),
      id,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('acknowledge' as const), id, hours: fc.constantFrom(1, 5, null) }),
  },
);

/** Drives a stage; a resolved incident comes back under a new number, as real ones do. */
class Play {
  readonly stage: Stage;
  readonly #generation = new Map<string, number>();

  constructor(stage: Stage) {
    this.stage = stage;
  }

  name(base: string): string {
    return `${base}.${this.#generation.get(base) ?? 0}`;
  }

  do(one: Act): void {
    if (one.what === 'wait') {
      this.stage.until(this.stage.now + one.minutes * MINUTE);
      return;
    }
    const name = this.name(one.id);
    if (one.what === 'alerts') {
      const parts = [this.#alert('ams1', one.ams), this.#alert('fra1', one.fra)];
      const firing = parts.some(({ phase }) => phase === 'firing');
      if (firing || this.stage.current(name) !== undefined) {
        const worst = [...parts]
          .sort((a, b) => RANK[b.severity] - RANK[a.severity])
          .filter(({ phase }) => phase === 'firing');
        this.stage.set(name, [...worst, ...parts.filter(({ phase }) => phase !== 'firing')], {
          phase: firing ? 'firing' : 'recovering',
        });
      }
    } else if (this.stage.current(name) === undefined) return;
    else if (one.what === 'extent') this.stage.change(name, { cause: extent(one.failing) });
    else if (one.what === 'hide') this.stage.change(name, { silencedBy: ['s-1'] });
    else if (one.what === 'show') this.stage.change(name, { silencedBy: [] });
    else if (one.what === 'unacknowledge') this.stage.change(name, { acknowledgement: null });
    else if (one.what === 'acknowledge') {
      this.stage.acknowledge(name, one.hours === null ? null : this.stage.now + one.hours * HOUR);
    } else {
      this.stage.change(name, { phase: 'resolved' });
      this.#generation.set(one.id, (this.#generation.get(one.id) ?? 0) + 1);
    }
  }

  #alert(site: string, level: AlertSeverity | null): Alert {
    const firedAt = this.stage.now;
    return alert({
      tunnel: `${site}-a`,
      site,
      severity: level ?? 'info',
      phase: level === null ? 'recovering' : 'firing',
      firedAt,
    });
  }
}

const RANK = { info: 0, warning: 1, critical: 2 };
const fresh = (nights = true): Play =>
  new Play(new Stage(at('Mon 20:00'), config({ routes: ROUTES, quietHours: nights ? NIGHTS : [] })));
const acts = fc.array(act, { minLength: 5, maxLength: 40 });
const ofSink = (heard: readonly Heard[], sink: string, incident: string): readonly Heard[] =>
  heard.filter((one) => one.sink === sink && one.incident === incident);

/** Every story of one sink and one incident. */
function stories(heard: readonly Heard[]): readonly (readonly Heard[])[] {
  const names = new Set(heard.map(({ incident }) => incident));
  return [...names]
    .flatMap((name) => SINKS.map((sink) => ofSink(heard, sink, name)))
    .filter((story) => story.length > 0);
}

const isOpener = ({ kind }: Heard): boolean => kind === 'firing' || kind === 'escalation';
const check = (property: (story: readonly Act[]) => void, runs = 150): void =>
  fc.assert(fc.property(acts, property), { numRuns: runs });

describe('whatever happens', () => {
  it('every sink hears one beginning, then what follows, then at most one end, and nothing after it', () => {
    check((list) => {
      const play = fresh();
      for (const one of list) play.do(one);
      for (const base of IDS) play.do({ what: 'resolve', id: base });
      play.stage.until(play.stage.now + 2 * DAY);
      for (const story of stories(play.stage.heard)) {
        const kinds = story.map(({ kind }) => kind).join(' ');
        expect(isOpener(story[0] as Heard), kinds).toBe(true);
        expect(story.filter(({ kind }) => kind === 'firing').length, kinds).toBeLessThanOrEqual(1);
        expect(
          story.slice(1).some(({ kind }) => kind === 'firing'),
          kinds,
        ).toBe(false);
        // Who heard a beginning hears the end: once, and last.
        expect(story.filter(({ kind }) => kind === 'resolved').length, kinds).toBe(1);
        expect(story.at(-1)?.kind).toBe('resolved');
      }
    });
  });

  it('each sink gets at most one notice of an incident for one change', () => {
    check((list) => {
      const play = fresh();
      for (const one of list) play.do(one);
      for (const { planned } of play.stage.outcomes) {
        const keys = planned.map(({ sink, notice }) => `${sink} ${notice.incident.id}`);
        expect(new Set(keys).size).toBe(keys.length);
      }
    });
  });

  it('nothing but news of the extent, and of others who were hit, while somebody takes care or it is hidden', () => {
    check((list) => {
      const play = fresh();
      for (const one of list) {
        const before = play.stage.heard.length;
        const waits = one.what === 'wait';
        const states = IDS.map((base) => play.stage.current(play.name(base)));
        play.do(one);
        if (!waits) continue;
        for (const [i, state] of states.entries()) {
          const name = play.name(IDS[i] ?? 'i-1');
          const still = play.stage.current(name);
          const news = play.stage.heard.slice(before).filter(({ incident }) => incident === name);
          if (state !== undefined && state.silencedBy.length > 0) expect(news).toEqual([]);
          const covered = state !== undefined && state.acknowledgement !== null && still?.acknowledgement !== null;
          // What quiet hours held from before is all that may still come.
          if (covered) expect(news.filter(({ kind }) => isPage(kind) && kind !== 'firing')).toEqual([]);
        }
      }
    });
  });

  it('below critical nothing is heard in quiet hours', () => {
    check((list) => {
      const play = fresh();
      for (const one of list) play.do(one);
      for (const { at: time, severity: level, kind } of play.stage.heard) {
        const hour = new Date(time).getUTCHours();
        const quiet = hour >= 22 || hour < 7;
        if (quiet && kind !== 'resolved') expect(level).toBe('critical');
      }
    });
  });

  it('nobody is forgotten: what fires in the end is known to each sink that it is for', () => {
    check((list) => {
      const play = fresh();
      for (const one of list) play.do(one);
      for (const base of IDS) {
        play.do({ what: 'alerts', id: base, ams: 'critical', fra: 'warning' });
        play.do({ what: 'show', id: base });
        play.do({ what: 'unacknowledge', id: base });
      }
      play.stage.until(play.stage.now + 2 * DAY);
      for (const base of IDS) {
        for (const sink of SINKS) {
          const story = ofSink(play.stage.heard, sink, play.name(base));
          expect(story.some(isOpener), `${base} ${sink}`).toBe(true);
          const [last] = story.filter(({ kind }) => isPage(kind)).slice(-1);
          const every = sink === 'chat' ? 6 : sink === 'fra' ? 1000 : 2;
          expect(play.stage.now - (last?.at ?? 0), `${sink} was reminded`).toBeLessThanOrEqual(every * HOUR);
        }
      }
    });
  });

  it('a restart at any moment, and at all of them, changes nothing', () => {
    fc.assert(
      fc.property(acts, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (list, restarts) => {
        const [plain, restarted, always] = [fresh(), fresh(), fresh()];
        for (const [i, one] of list.entries()) {
          plain.do(one);
          restarted.do(one);
          always.do(one);
          if (restarts[i] === true) restarted.stage.restart();
          always.stage.restart();
        }
        for (const play of [plain, restarted, always]) play.stage.until(play.stage.now + DAY);
        expect(restarted.stage.transcript()).toEqual(plain.stage.transcript());
        expect(always.stage.transcript()).toEqual(plain.stage.transcript());
      }),
      { numRuns: 80 },
    );
  });

  it('a clock that jumps repeats no beginning and no end, and loses none', () => {
    const jumps = fc.array(fc.constantFrom(-DAY, -HOUR, -MINUTE, MINUTE, HOUR, DAY, 0), {
      minLength: 40,
      maxLength: 40,
    });
    fc.assert(
      fc.property(acts, jumps, (list, by) => {
        const play = fresh(false);
        for (const [i, one] of list.entries()) {
          play.do(one);
          const jump = by[i] ?? 0;
          if (jump !== 0) play.stage.jump(jump);
        }
        for (const base of IDS) play.do({ what: 'resolve', id: base });
        for (const story of stories(play.stage.heard)) {
          expect(story.filter(({ kind }) => kind === 'firing').length).toBeLessThanOrEqual(1);
          expect(story.map(({ kind }) => kind === 'resolved')).toEqual(story.map((_, i) => i === story.length - 1));
        }
      }),
      { numRuns: 300 },
    );
  });
});
