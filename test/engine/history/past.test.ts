import { describe, expect, it } from 'vitest';
import { tallyIntervals } from '../../../src/engine/history/availability.ts';
import type { History, RecordBatch, Retention } from '../../../src/engine/history/contract.ts';
import type { PastLane } from '../../../src/engine/history/past-contract.ts';
import { createPastReader } from '../../../src/engine/history/past-reads.ts';
import { memoryStore } from '../../../src/engine/history/store.ts';
import { LANES, type Lane, type LaneValue } from '../../../src/shared/model.ts';
import { ACME, bed, change, DAY, EMPTY, event, HOUR, key, MINUTE, maintainAll, pass, START, T1 } from './harness.ts';

const KEYS = [T1, key('t2'), key('t3')];
const WORDS: { readonly [L in Lane]: readonly LaneValue[] } = {
  bgp: ['up', 'establishing', 'down'],
  health: ['healthy', 'degraded', 'down', 'nodata'],
  psk: ['fresh', 'aging'],
  config: ['ok', 'warning'],
};
const KEEP_ALL: Retention = { changesMs: 900 * DAY, rollupsMs: 900 * DAY };
const PRUNED: Retention = { changesMs: 5 * DAY, rollupsMs: 900 * DAY };

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Days in the lives of three tunnels: changes of all lanes, gaps, and a clock that is set back now and then. */
async function lived(seed: number, retention: Retention, days: number, setBack: boolean) {
  const { history, clock } = bed(retention);
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  history.record({ ...EMPTY, identities: KEYS.map((one) => ({ key: one, name: one.slice(-2), goneAt: null })) });
  const steps = days * 24;
  for (let step = 0; step < steps; step += 1) {
    await pass(clock, HOUR - 1 - Math.floor(next() * MINUTE));
    const at = clock.now();
    const lane = pick(LANES);
    const batch: RecordBatch = {
      ...EMPTY,
      changes: next() < 0.7 ? [change(at, pick(WORDS[lane]), { lane, key: pick(KEYS) })] : [],
      gaps:
        next() < 0.1
          ? [{ accountId: ACME, source: pick(['list', 'health'] as const), from: at - 20 * MINUTE, to: at - MINUTE }]
          : [],
    };
    history.record(batch);
    if (setBack && next() < 0.02) clock.jumpWall(-2 * HOUR);
    if (step % 12 === 0) maintainAll(history, clock.now());
  }
  maintainAll(history, clock.now());
  return { history, clock, next };
}

/** What the timelines say of a moment. */
function byTimeline(history: History, at: number): Map<string, { value: LaneValue; since: number }> {
  const tracks = history.lanes({ keys: KEYS, lanes: LANES, from: at, to: at + 1 });
  return new Map(
    tracks.flatMap(({ key: of, lane, intervals }) => {
      const [first] = intervals;
      return first === undefined ? [] : [[`${of} ${lane}`, { value: first.value, since: first.from }] as const];
    }),
  );
}

describe('tunnels at a moment', () => {
  it.each([1, 2, 3])('stand as the timelines draw them, with gaps and clocks set back (seed %i)', async (seed) => {
    const { history, clock, next } = await lived(seed, KEEP_ALL, 12, true);
    let lanes = 0;
    for (let round = 0; round < 150; round += 1) {
      const at = Math.floor(START + HOUR + next() * (clock.now() - START - HOUR));
      const drawn = byTimeline(history, at);
      const shown = new Map<string, PastLane>(
        history.past.tunnelsAt(at).flatMap(({ key: of, lanes: own }) =>
          LANES.flatMap((lane) => {
            const known = own[lane];
            return known === undefined ? [] : [[`${of} ${lane}`, known] as const];
          }),
        ),
      );
      expect([...shown.keys()].sort()).toEqual([...drawn.keys()].sort());
      for (const [name, { value }] of drawn) expect(shown.get(name)?.value, `${name} at ${at}`).toBe(value);
      lanes += drawn.size;
    }
    expect(lanes).toBeGreaterThan(1_000);
  });

  it('are there from the moment they came to the moment they left, under the name of then', async () => {
    const { history, clock } = bed();
    const named = (name: string, goneAt: number | null): RecordBatch['identities'] => [{ key: T1, name, goneAt }];
    history.record({ ...EMPTY, changes: [change(START, 'healthy')], identities: named('ams-a', null) });
    await pass(clock, HOUR);
    history.record({ ...EMPTY, identities: named('ams-b', null) });
    await pass(clock, HOUR);
    history.record({ ...EMPTY, identities: named('ams-b', clock.now()) });
    await pass(clock, HOUR);
    const names = (at: number): readonly string[] => history.past.tunnelsAt(at).map(({ name }) => name);
    expect(names(START - 1)).toEqual([]);
    expect(names(START)).toEqual(['ams-a']);
    expect(names(START + HOUR)).toEqual(['ams-b']);
    expect(names(START + 2 * HOUR)).toEqual([]);
  });

  it('are unknown, and not up, where their changes are no longer kept', async () => {
    const { history, clock } = await lived(4, PRUNED, 15, false);
    const earliest = history.past.earliest() ?? 0;
    expect(earliest).toBeGreaterThan(START + 8 * DAY);
    expect(history.past.tunnelsAt(earliest - 1).map(({ lanes }) => lanes)).toEqual([{}, {}, {}]);
    expect(Object.keys(history.past.tunnelsAt(clock.now())[0]?.lanes ?? {})).toHaveLength(4);
    expect(history.past.intervalsIn(START, earliest)(T1, 'health')).toEqual([]);
  });

  it('are told from the file and from what memory holds since the disk failed', () => {
    const [file, memory] = [memoryStore(), memoryStore()];
    const now = START + 3 * HOUR;
    const past = createPastReader(
      (work) => work([file, memory]),
      () => now,
    );
    const identities = [{ key: T1, name: 'ams-a', goneAt: null }];
    const first = [change(START, 'healthy'), change(START, 'up', { lane: 'bgp' })];
    file.write({ ...EMPTY, identities, changes: first }, 1, START);
    memory.write({ ...EMPTY, changes: [change(START + 2 * HOUR, 'down', { from: 'healthy' })] }, 10, START + 2 * HOUR);
    const health = (at: number): readonly unknown[] =>
      past.tunnelsAt(at).map(({ name, lanes }) => [name, lanes.bgp?.value, lanes.health?.value]);
    expect(health(START + HOUR)).toEqual([['ams-a', 'up', 'healthy']]);
    expect(health(now)).toEqual([['ams-a', 'up', 'down']]);
    expect(past.healthIn(START, now)(T1)).toEqual({ up: 2 * HOUR, degraded: 0, down: HOUR, uncounted: 0 });
    expect(past.tunnels()).toEqual([{ key: T1, name: 'ams-a', knownFrom: START, goneAt: null }]);
    file.close();
    memory.close();
  });
});

describe('health of a range', () => {
  it.each([6, 7, 8])(
    'is the same from rollups and changes as from all changes, however it is cut (seed %i)',
    async (seed) => {
      const whole = await lived(seed, KEEP_ALL, 14, false);
      const pruned = await lived(seed, PRUNED, 14, false);
      const { next } = whole;
      for (let round = 0; round < 80; round += 1) {
        const cut = round % 2 === 0 ? HOUR : 1;
        const at = (share: number): number => Math.floor((START + share * (whole.clock.now() - START)) / cut) * cut;
        const [from, to] = [at(next() * 0.7), at(0.7 + next() * 0.3)];
        for (const one of KEYS) {
          const track = whole.history.lanes({ keys: [one], lanes: ['health'], from, to })[0]?.intervals ?? [];
          const all = tallyIntervals(track, from, to);
          const rolled = whole.history.past.healthIn(from, to)(one);
          expect(rolled).toEqual(all);
          // Of an hour whose changes are gone its share is taken: whole hours stay exact.
          if (cut === HOUR) expect(pruned.history.past.healthIn(from, to)(one)).toEqual(all);
        }
      }
    },
  );

  it('adds up over its cells, and over hours as over days', async () => {
    const { history, clock } = await lived(9, KEEP_ALL, 6, false);
    const now = clock.now();
    for (const unit of ['hour', 'day'] as const) {
      const cells = history.past.healthCellsIn(unit, START, now)(T1);
      const sum = cells.reduce((ms, { tally }) => ms + tally.up + tally.degraded + tally.down + tally.uncounted, 0);
      const all = history.past.healthIn(START, now)(T1);
      expect(sum, unit).toBe(all.up + all.degraded + all.down + all.uncounted);
      expect(cells.length).toBeGreaterThan(5);
    }
  });

  it('counts nothing of times to come', async () => {
    const { history, clock } = bed();
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    await pass(clock, 90 * MINUTE);
    maintainAll(history, clock.now());
    expect(history.past.healthIn(START, START + DAY)(T1).up).toBe(90 * MINUTE);
  });
});

describe('events by time', () => {
  it('come from both ends, by kind, in a range', () => {
    const { history } = bed();
    const kinds = ['config-changed', 'gap', 'rekey-dip', 'config-changed'] as const;
    history.record({ ...EMPTY, events: kinds.map((kind, index) => event(START + index, kind)) });
    const at = (order: 'oldest' | 'newest', limit: number): readonly number[] =>
      history.past.eventsIn(START, START + 4, ['config-changed', 'gap'], order, limit).map((one) => one.at - START);
    expect(at('oldest', 10)).toEqual([0, 1, 3]);
    expect(at('newest', 2)).toEqual([3, 1]);
    expect(history.past.eventsIn(START + 1, START + 3, ['config-changed'], 'oldest', 10)).toEqual([]);
  });

  it('says so when a stretch holds more changes than are asked for', () => {
    const { history } = bed();
    history.record({ ...EMPTY, changes: [change(START + 1, 'healthy'), change(START + 2, 'down')] });
    expect(history.past.changesIn(START, START + 2, 2)?.map(({ to }) => to)).toEqual(['healthy', 'down']);
    expect(history.past.changesIn(START, START + 2, 1)).toBeNull();
  });
});
