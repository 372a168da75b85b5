import { describe, expect, it } from 'vitest';
import { Past } from '../../src/renderer/state/past.svelte.ts';
import { boardThenHash, momentKept, readMoment, withMoment } from '../../src/renderer/state/past-link.ts';
import { Tape } from '../../src/renderer/state/past-tape.ts';
import { kept, played } from '../../src/renderer/state/past-then.ts';
import { stepsOf, windowOf } from '../../src/renderer/state/past-window.ts';
import { bandOf } from '../../src/renderer/views/past/band.ts';
import type { Bridge, CallName } from '../../src/shared/bridge.ts';
import type { StateChange } from '../../src/shared/model.ts';
import type { PastMark } from '../../src/shared/past.ts';
import { boardOf } from './harness/board.ts';
import { HandClock } from './harness/hand-clock.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('links to a moment', () => {
  it('carry it beside whatever else they say, and mean the present when it is no moment', () => {
    const at = Date.UTC(2026, 10, 17, 10, 2, 30);
    const query = new URLSearchParams('state=down&q=fra');
    expect(readMoment(withMoment(query, at))).toBe(at);
    expect(withMoment(query, at).get('q')).toBe('fra');
    expect(momentKept(new URLSearchParams('q=ams'), withMoment(query, at)).toString()).toContain(
      'q=ams&at=2026-11-17T10',
    );
    expect(withMoment(withMoment(query, at), null).toString()).toBe('state=down&q=fra');
    expect(boardThenHash(at)).toBe('#/board?at=2026-11-17T10%3A02%3A30.000Z');
    for (const text of ['', 'at=', 'at=yesterday', 'at=1900-01-01'])
      expect(readMoment(new URLSearchParams(text))).toBeNull();
  });
});

describe('the window of the slider', () => {
  const record = { from: 0, to: 1_000 * HOUR };
  it('stands still while the moment is in it, and follows it else', () => {
    const first = windowOf('24h', 990 * HOUR, record, null);
    expect(first).toEqual({ from: 976 * HOUR, to: 1_000 * HOUR });
    expect(windowOf('24h', 977 * HOUR, record, first)).toBe(first);
    expect(windowOf('24h', 500 * HOUR, record, first)).toEqual({ from: 488 * HOUR, to: 512 * HOUR });
    expect(windowOf('24h', HOUR, record, first)).toEqual({ from: 0, to: 24 * HOUR });
    expect(windowOf('all', HOUR, record, first)).toEqual(record);
    expect(stepsOf(first).coarse).toBeGreaterThan(stepsOf(first).fine);
  });
  it('draws incidents as long as they lasted, and what falls on one pixel once', () => {
    const mark = (at: number, kind: PastMark['kind'], incidentId: string | null = null): PastMark => ({
      at,
      kind,
      key: null,
      accountId: null,
      name: null,
      incidentId,
    });
    const marks = [
      mark(0, 'incident-opened', 'i-1'),
      ...Array.from({ length: 200 }, () => mark(10, 'outage')),
      mark(50, 'incident-resolved', 'i-1'),
    ];
    const band = bandOf(marks, { from: 0, to: 100 }, 200);
    expect(band.incidents).toBe('M0 0h100v6H0z');
    expect(band.outages).toBe('M20 8h2v6H20z');
    expect(band.counts).toEqual({ incidents: 1, outages: 200, others: 0 });
  });
});

/** A record of one tunnel that goes down at `fell` and comes back ten minutes later, as a host would tell it. */
function recorded(now: number) {
  const { rows, status, policy } = boardOf(3, now);
  const row = rows[0];
  if (row === undefined) throw new Error('no row');
  const fell = now - HOUR;
  const change = (at: number, from: 'up' | 'down', to: 'up' | 'down'): StateChange => ({
    at,
    key: row.key,
    lane: 'bgp',
    from,
    to,
  });
  const changes = [change(fell, 'up', 'down'), change(fell + 10 * MINUTE, 'down', 'up')];
  const well = new Map(
    rows.map((one) => [
      one.key,
      { ...one, lanes: { ...one.lanes, bgp: { value: 'up', since: 0, exact: true } as const } },
    ]),
  );
  const then = (at: number) => [
    ...played(
      well,
      changes.filter((one) => one.at <= at),
    ).values(),
  ];
  const replies: Partial<Record<CallName, (args: never) => unknown>> = {
    pastRange: () => ({ earliest: now - 10 * HOUR, latest: now }),
    past: ({ at }: { at: number }) => ({ at, rows: then(at), incidents: [], blind: [] }),
    pastMarks: () => [],
    pastStretch: ({ from, to }: { from: number; to: number }) => {
      // Told in parts, as of a long record.
      const until = Math.min(to, from + 7 * MINUTE);
      return { changes: changes.filter(({ at }) => at > from && at <= until), until, complete: until === to };
    },
  };
  const bridge = {
    call: async (name: CallName, args: never) => ({ ok: true, value: replies[name]?.(args) }),
    subscribe: () => () => {},
  } as unknown as Bridge;
  return { bridge, row, fell, rows, live: { status, policy, now } };
}

describe('playing the record', () => {
  it('goes down and comes back at its time, without drawing anew what stayed', async () => {
    const clock = new HandClock();
    const world = recorded(Math.ceil(clock.wall() / 1000) * 1000);
    const parts = { bridge: world.bridge, clock, live: world.live, blindness: '', onpresent: () => {} };
    const past = new Past(parts, world.fell - 2 * MINUTE);
    await past.start();
    await expect.poll(() => past.board.rows.size).toBe(3);
    const bgp = () => past.board.rows.get(world.row.key)?.lanes.bgp.value;
    const others = [...past.board.rows.values()].slice(1);
    expect(bgp()).toBe('up');
    past.setSpeed(600);
    past.play();
    const seen: { readonly at: number; readonly value: string | undefined }[] = [];
    for (let frame = 0; frame < 200 && past.at < world.fell + 12 * MINUTE; frame += 1) {
      clock.pass(100);
      await new Promise((done) => setTimeout(done, 1));
      if (seen.at(-1)?.value !== bgp()) seen.push({ at: past.at, value: bgp() });
    }
    past.stop();
    expect(seen.map(({ value }) => value)).toEqual(['up', 'down', 'up']);
    expect(seen[1]?.at).toBeGreaterThanOrEqual(world.fell);
    expect(seen[1]?.at).toBeLessThanOrEqual(world.fell + 2 * MINUTE);
    expect([...past.board.rows.values()].slice(1).every((row, place) => row === others[place])).toBe(true);
    expect(past.board.now).toBe(past.moment);
  });

  it('fetches a tape in parts and gives each change out once', async () => {
    const now = 1_700_000_000_000;
    const { bridge, fell } = recorded(now);
    const tape = new Tape(bridge, fell - MINUTE);
    expect(await tape.fill(now - MINUTE)).toBeNull();
    expect(tape.until).toBe(now - MINUTE);
    expect(tape.take(fell - 1)).toEqual([]);
    expect(tape.take(fell).map(({ to }) => to)).toEqual(['down']);
    expect(tape.take(now).map(({ to }) => to)).toEqual(['up']);
  });

  it('keeps the rows that say the same', () => {
    const { rows } = boardOf(4, 1_700_000_000_000);
    const before = new Map(rows.map((row) => [row.key, row]));
    const again = structuredClone(rows);
    expect(kept(again, before).every((row, place) => row === rows[place])).toBe(true);
  });

  it('says that nothing is known before the record begins, and does not play there', async () => {
    const clock = new HandClock();
    const world = recorded(Math.ceil(clock.wall() / 1000) * 1000);
    const past = new Past(
      { bridge: world.bridge, clock, live: world.live, blindness: '', onpresent: () => {} },
      world.fell - 30 * HOUR,
    );
    await past.start();
    expect(past.before).toBe(true);
    past.play();
    expect(past.playing).toBe(false);
  });
});
