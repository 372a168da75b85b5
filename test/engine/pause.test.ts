/** Polling that somebody stops for a while, over real sockets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LONGEST_PAUSE_MS } from '../../src/shared/settings.ts';
import { type Watching, watching } from '../faults/watching.ts';

const MINUTE = 60_000;

describe('a pause', () => {
  let w: Watching;
  beforeEach(async () => {
    w = await watching();
    await w.pass(5 * MINUTE);
  });
  afterEach(() => w.stop());
  const asked = (): number => w.server.asked.length;
  const account = () => w.engine.board().status.accounts[0];

  it('asks nothing, says so, is neither blind nor green, and ends by itself', async () => {
    const before = asked();
    w.engine.pause(10 * MINUTE);
    const { paused, now } = w.engine.board().status;
    expect(paused).toEqual({ since: now, until: now + 10 * MINUTE });
    w.engine.pollNow(null);
    w.engine.wake();
    await w.pass(9 * MINUTE);
    expect(asked()).toBe(before);
    expect(account()).toMatchObject({ phase: 'seeing', blind: null, nextPollInMs: null });
    expect(account()?.listAgeMs ?? 0).toBeGreaterThan(account()?.staleAfterMs ?? Number.POSITIVE_INFINITY);
    await w.pass(2 * MINUTE);
    expect(w.engine.board().status.paused).toBeUndefined();
    expect(asked()).toBeGreaterThan(before);
    expect(account()?.listAgeMs ?? Number.POSITIVE_INFINITY).toBeLessThan(35_000);
  });

  it('is a gap in the records, not a change', async () => {
    const { rows, status } = w.engine.board();
    const key = rows[0]?.key ?? ('' as never);
    const start = status.now;
    w.engine.pause(20 * MINUTE);
    await w.pass(25 * MINUTE);
    const [track] = w.engine.history.lanes({
      keys: [key],
      lanes: ['bgp'],
      from: start - 2 * MINUTE,
      to: start + 30 * MINUTE,
    });
    expect(track?.intervals.map(({ value }) => value)).toEqual(['up', 'unobserved', 'up']);
  });

  it('lasts until somebody resumes, and a day at most', async () => {
    const before = asked();
    w.engine.pause(null);
    await w.pass(60 * MINUTE);
    expect(asked()).toBe(before);
    expect(w.engine.board().status.paused?.until).toBeNull();
    w.engine.resume();
    await w.pass(MINUTE);
    expect(asked()).toBeGreaterThan(before);
    w.engine.pause(null);
    await w.pass(LONGEST_PAUSE_MS + MINUTE);
    expect(w.engine.board().status.paused).toBeUndefined();
  });

  it('tells those who look at once', async () => {
    w.sent.length = 0;
    w.engine.pause(MINUTE);
    w.engine.resume();
    const told = w.sent.map(
      (text) => (JSON.parse(text) as { status: { paused?: object } }).status.paused !== undefined,
    );
    expect(told).toEqual([true, false]);
  });
});
