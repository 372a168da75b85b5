import { describe, expect, it } from 'vitest';
import { createDipWatch, type DipWatch } from '../../../../src/engine/alerts/dips/dip-watch.ts';
import type {
  AccountId,
  BoardRow,
  HistoryEvent,
  NewEvent,
  StateChange,
  TunnelKey,
} from '../../../../src/shared/model.ts';
import { ACCOUNT, fakeRow } from '../../../fakes/engine.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-20T00:00:00Z');

const rows = Array.from({ length: 200 }, (_, i): BoardRow => fakeRow(ACCOUNT as AccountId, i));
const key = (index: number): TunnelKey => (rows[index] as BoardRow).key;

const dip = (of: TunnelKey, from: number, minutes = 2): StateChange[] => [
  { at: from, key: of, lane: 'health', from: 'healthy', to: 'degraded' },
  { at: from + minutes * MINUTE, key: of, lane: 'health', from: 'degraded', to: 'healthy' },
];

/** A watch over a history that keeps what is recorded, as the engine does. */
function bed(changes: StateChange[] = [], events: NewEvent[] = []) {
  const reads: TunnelKey[] = [];
  const watch: DipWatch = createDipWatch({
    accountId: ACCOUNT,
    row: (of) => rows.find((row) => row.key === of),
    rows: () => rows,
    history: {
      changes: (of, from, limit) => {
        reads.push(of);
        return changes
          .filter((change) => change.key === of && change.at >= from)
          .toReversed()
          .slice(0, limit);
      },
      events: ({ key: of }) =>
        events.filter((event) => event.key === of).map((event, seq): HistoryEvent => ({ ...event, seq })),
    },
  });
  const heard = (news: readonly StateChange[], removed: readonly TunnelKey[] = []): readonly NewEvent[] => {
    const told = watch.heard(news, removed, news.at(-1)?.at ?? START);
    changes.push(...news);
    events.push(...told);
    return told;
  };
  return { heard, reads, changes, events };
}

describe('naming rekey dips', () => {
  it('names three with the third, then each as it ends, dated by its end', () => {
    const { heard } = bed();
    expect(heard(dip(key(0), START))).toEqual([]);
    expect(heard(dip(key(0), START + 8 * HOUR))).toEqual([]);
    const three = heard(dip(key(0), START + 16 * HOUR));
    expect(three.map(({ at, detail }) => [at, detail.from])).toEqual(
      [0, 8, 16].map((hours) => [START + hours * HOUR + 2 * MINUTE, START + hours * HOUR]),
    );
    const [fourth, ...rest] = heard(dip(key(0), START + 24 * HOUR, 3));
    expect(rest).toEqual([]);
    expect(fourth).toEqual({
      at: START + 24 * HOUR + 3 * MINUTE,
      kind: 'rekey-dip',
      accountId: ACCOUNT,
      key: key(0),
      detail: {
        from: START + 24 * HOUR,
        to: START + 24 * HOUR + 3 * MINUTE,
        lengthMs: 3 * MINUTE,
        periodMs: 8 * HOUR,
        with: null,
      },
    });
  });

  it('hears a dip that comes in several answers, through down and back', () => {
    const { heard } = bed();
    for (const hours of [0, 4]) heard(dip(key(0), START + hours * HOUR));
    const at = START + 8 * HOUR;
    const step = (after: number, from: 'healthy' | 'degraded' | 'down', to: 'healthy' | 'degraded' | 'down') =>
      heard([{ at: at + after * MINUTE, key: key(0), lane: 'health', from, to }]);
    step(0, 'healthy', 'degraded');
    step(1, 'degraded', 'down');
    step(2, 'down', 'degraded');
    expect(step(3, 'degraded', 'healthy')).toHaveLength(3);
  });

  it('is silent about what is longer, about results that went missing, and about the other lanes', () => {
    const { heard } = bed();
    for (const hours of [0, 4]) heard(dip(key(0), START + hours * HOUR));
    expect(heard(dip(key(0), START + 8 * HOUR, 5))).toEqual([]);
    const at = START + 8 * HOUR;
    const lane = 'health';
    expect(
      heard([
        { at, key: key(0), lane, from: 'healthy', to: 'nodata' },
        { at: at + MINUTE, key: key(0), lane, from: 'nodata', to: 'degraded' },
        { at: at + 2 * MINUTE, key: key(0), lane, from: 'degraded', to: 'healthy' },
      ]),
    ).toEqual([]);
    expect(heard([{ at, key: key(0), lane: 'bgp', from: 'up', to: 'down' }])).toEqual([]);
  });

  it('goes on over a restart, and names nothing twice', () => {
    const before = bed();
    for (const hours of [0, 4, 8]) before.heard(dip(key(0), START + hours * HOUR));
    const after = bed([...before.changes], [...before.events]);
    const told = after.heard(dip(key(0), START + 12 * HOUR));
    expect(told.map(({ detail }) => detail.from)).toEqual([START + 12 * HOUR]);
    expect(after.reads).toEqual([key(0)]);
    after.heard(dip(key(0), START + 16 * HOUR));
    expect(after.reads).toEqual([key(0)]);
  });

  it('reads the past of a bounded number of tunnels at once, and of none that has no dip', () => {
    const { heard, reads } = bed();
    const all = rows.map((row) => row.key);
    heard(all.map((of): StateChange => ({ at: START, key: of, lane: 'health', from: 'healthy', to: 'down' })));
    expect(reads).toHaveLength(0);
    const back = START + 3 * MINUTE;
    heard(all.map((of): StateChange => ({ at: back, key: of, lane: 'health', from: 'down', to: 'healthy' })));
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.length).toBeLessThanOrEqual(64);
  });

  it('tells a pair that dips together, not one that once did', () => {
    const { heard } = bed();
    for (const hours of [0, 4, 8]) heard([...dip(key(0), START + hours * HOUR), ...dip(key(1), START + hours * HOUR)]);
    const told = heard([...dip(key(0), START + 12 * HOUR), ...dip(key(1), START + 12 * HOUR + MINUTE)]);
    expect(told.map(({ detail }) => detail.with)).toEqual([rows[1]?.name, rows[0]?.name]);

    const apart = bed();
    for (const hours of [0, 4, 8]) apart.heard(dip(key(0), START + hours * HOUR));
    for (const hours of [1, 5, 9]) apart.heard(dip(key(1), START + hours * HOUR));
    apart.heard(dip(key(1), START + 12 * HOUR));
    expect(apart.heard(dip(key(0), START + 12 * HOUR)).map(({ detail }) => detail.with)).toEqual([null]);
  });

  it('forgets tunnels that are gone', () => {
    const { heard, changes, reads } = bed();
    for (const hours of [0, 4]) heard(dip(key(0), START + hours * HOUR));
    heard([], [key(0)]);
    changes.length = 0;
    expect(heard(dip(key(0), START + 8 * HOUR))).toEqual([]);
    expect(reads).toHaveLength(2);
  });
});
