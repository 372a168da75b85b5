import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../../../src/engine/virtual-clock.ts';
import { DAY, HOUR, incident, MINUTE, NOTHING, notice, planned, START, tempFolder } from '../store/bed.ts';
import { bed, type Fake, fake, GONE, HANGS, kinds, OK, REFUSED, settle, status } from './bed.ts';

/** A bed with one sink `hook`. */
function single(more: Parameters<typeof fake>[2] = {}) {
  const clock = virtualClock(START);
  const hook = fake('hook', clock, more);
  const made = bed(() => [hook], { clock });
  return { ...made, hook, bed: made };
}

describe('a notice', () => {
  it('is delivered at once, once, and logged with the answer', async () => {
    const { plan, hook, pass, store, changes, outbox, bed: it } = single();
    expect(status(it)).toMatchObject({ name: 'hook', type: 'fake', target: 'here', state: 'idle', waiting: 0 });
    plan(planned(1));
    await pass(DAY);
    expect(hook.accepted).toEqual(['i-1 firing']);
    expect(hook.calls[0]?.id).toBe(`tw-${store.uuid}-1`);
    const [logged] = store.deliveries({ incidentId: 'i-1', sink: null, before: null, limit: 10 });
    expect(logged).toMatchObject({ state: 'delivered', attempts: 1, lastAttemptAt: START, answer: '200 OK' });
    expect(changes).toContain('i-1 firing delivered');
    expect(status(it)).toMatchObject({ state: 'ok', lastDeliveredAt: START, lastAnswer: '200 OK', waiting: 0 });
    expect(outbox.undelivered()).toBe(0);
  });

  it('is tried again with a growing pause, under one id, until it is taken', async () => {
    const { plan, hook, pass, outbox, states, bed: it } = single();
    hook.answer = () => REFUSED;
    plan(planned(1));
    await pass(1);
    expect(status(it)).toMatchObject({ state: 'failing', lastAnswer: 'The connection was refused.', waiting: 1 });
    expect(outbox.undelivered()).toBe(1);
    expect(outbox.nextAttemptInMs(1)).toBe(999);
    await pass(HOUR);
    const gaps = hook.calls.slice(1).map(({ at }, index) => at - (hook.calls[index]?.at ?? 0));
    expect(gaps.slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256].map((s) => s * 1_000));
    expect(Math.max(...gaps)).toBe(300_000);
    expect(new Set(hook.calls.map(({ id }) => id)).size).toBe(1);
    hook.answer = () => OK;
    await pass(5 * MINUTE);
    expect(states()).toEqual(['i-1 firing delivered']);
    expect(outbox.undelivered()).toBe(0);
  });

  it('is given up after a day of trying and stays visible for another', async () => {
    const { plan, hook, pass, outbox, states } = single();
    hook.answer = () => REFUSED;
    plan(planned(1), planned(1, 'worse'));
    await pass(DAY - 5 * MINUTE);
    expect(states()).toEqual(['i-1 firing waiting', 'i-1 worse waiting']);
    await pass(10 * MINUTE);
    // The second was tried as well, once.
    expect(hook.calls.at(-1)?.notice.kind).toBe('worse');
    expect(states()).toEqual(['i-1 firing failed', 'i-1 worse failed']);
    expect(outbox.undelivered()).toBe(2);
    await pass(DAY + MINUTE);
    expect(outbox.undelivered()).toBe(0);
  });

  it('is given up at once when trying again cannot help, and forgiven when people were reached', async () => {
    const { plan, hook, pass, outbox, states } = single();
    hook.answer = () => GONE;
    plan(planned(1), planned(2));
    await pass(1);
    expect(states()).toEqual(['i-1 firing failed', 'i-2 firing failed']);
    expect(outbox.undelivered()).toBe(2);
    hook.answer = () => OK;
    plan(planned(1, 'reminder'));
    await pass(1);
    expect(outbox.undelivered()).toBe(1);
  });

  it('waits as long as the receiver asks for, and so do new ones', async () => {
    const { plan, hook, pass } = single();
    hook.answer = () => ({ ...REFUSED, retryAfterMs: 90_000 });
    plan(planned(1));
    await pass(1);
    plan(planned(2));
    await pass(89_000);
    expect(hook.calls).toHaveLength(1);
    hook.answer = () => OK;
    await pass(2_000);
    expect(hook.accepted.sort()).toEqual(['i-1 firing', 'i-2 firing']);
  });

  it('held by quiet hours goes out when they end, however the clock jumps', async () => {
    const { plan, hook, pass, clock, outbox, states } = single();
    plan(planned(1, 'firing', 'hook', START + 8 * HOUR));
    await pass(HOUR);
    expect(hook.calls).toEqual([]);
    expect(outbox.nextAttemptInMs(1)).toBe(7 * HOUR);
    clock.jumpWall(7 * HOUR);
    await pass(MINUTE);
    expect(states()).toEqual(['i-1 firing delivered']);
    plan(planned(2, 'firing', 'hook', clock.now() + HOUR));
    clock.jumpWall(-2 * HOUR);
    await pass(2 * HOUR);
    expect(hook.calls).toHaveLength(1);
    await pass(HOUR + MINUTE);
    expect(hook.calls).toHaveLength(2);
  });

  it('that was taken back is let go of', async () => {
    const { plan, hook, pass, outbox, store, states } = single();
    plan(planned(1, 'firing', 'hook', START + HOUR));
    outbox.add(store.record({ ...NOTHING, withdrawn: [{ incidentId: 'i-1', sink: 'hook' }] }, {}));
    await pass(2 * HOUR);
    expect(hook.calls).toEqual([]);
    expect(states()).toEqual(['i-1 firing superseded']);
  });

  it('for a sink that is gone from the settings is marked as failed', () => {
    const { plan, states, outbox } = single();
    plan(planned(1, 'firing', 'pager'));
    expect(states('pager')).toEqual(['i-1 firing failed']);
    expect(outbox.undelivered()).toBe(1);
  });

  it('of a kind that the sink does not take is superseded', async () => {
    const { plan, states, pass, hook } = single({ kinds: ['firing', 'resolved'] });
    plan(planned(1), planned(1, 'update'));
    await pass(1);
    expect(states()).toEqual(['i-1 firing delivered', 'i-1 update superseded']);
    expect(hook.calls).toHaveLength(1);
  });
});

describe('the order', () => {
  it('of one incident is kept while others pass by', async () => {
    const { plan, hook, pass } = single();
    hook.answer = ({ notice: { incident } }) => (incident.id === 'i-1' ? REFUSED : OK);
    plan(planned(1), planned(1, 'worse'), planned(1, 'resolved'), planned(2), planned(2, 'resolved'), planned(3));
    await pass(10_000);
    expect(hook.accepted).toEqual(['i-2 firing', 'i-3 firing', 'i-2 resolved']);
    const first = hook.calls.filter(({ notice: { incident: of } }) => of.id === 'i-1');
    expect(new Set(kinds(first))).toEqual(new Set(['firing']));
    hook.answer = () => OK;
    await pass(5 * MINUTE);
    expect(hook.accepted.slice(3)).toEqual(['i-1 firing', 'i-1 worse', 'i-1 resolved']);
  });

  it('tells of a page that nobody got even when the incident is over, without what is stale by then', async () => {
    const { plan, hook, pass, states } = single();
    hook.answer = () => REFUSED;
    plan(planned(1));
    await pass(1);
    plan(planned(1, 'update'), planned(1, 'update'), planned(1, 'reminder'), planned(1, 'resolved'));
    hook.answer = () => OK;
    await pass(MINUTE);
    expect(hook.accepted).toEqual(['i-1 firing', 'i-1 resolved']);
    expect(states()).toEqual([
      'i-1 firing delivered',
      'i-1 update superseded',
      'i-1 update superseded',
      'i-1 reminder superseded',
      'i-1 resolved delivered',
    ]);
  });

  it('lets a page that breaks quiet hours replace what they hold', async () => {
    const { plan, hook, pass, states } = single();
    plan(planned(1, 'firing', 'hook', START + HOUR));
    plan(planned(1, 'worse'));
    await pass(2 * HOUR);
    expect(hook.accepted).toEqual(['i-1 worse']);
    expect(states()).toEqual(['i-1 firing superseded', 'i-1 worse delivered']);
  });
});

describe('sinks', () => {
  it('do not wait for each other: one hangs, one refuses, one throws, one works', async () => {
    const sinks: Fake[] = [];
    const made = bed((clock) => {
      for (const name of ['hangs', 'refuses', 'throws', 'works']) sinks.push(fake(name, clock));
      return sinks;
    });
    const [hangs, refuses, throws, works] = sinks;
    if (hangs === undefined || refuses === undefined || throws === undefined || works === undefined) throw new Error();
    hangs.answer = HANGS;
    refuses.answer = () => REFUSED;
    throws.answer = () => {
      throw new Error('oops');
    };
    for (let n = 1; n <= 50; n += 1) made.plan(...sinks.map(({ name }) => planned(n, 'firing', name)));
    await made.pass(0);
    expect(works.accepted).toHaveLength(50);
    expect(made.outbox.status().map(({ name, state, waiting }) => [name, state, waiting])).toEqual([
      ['hangs', 'idle', 50],
      ['refuses', 'failing', 50],
      ['throws', 'failing', 50],
      ['works', 'ok', 0],
    ]);
    expect(made.bugs[0]).toBe('notifying throws: oops');
    // Four at a time while it seems well, one at a time once it failed.
    expect(hangs.calls).toHaveLength(4);
    await made.pass(15_000);
    expect(status(made, 'hangs')).toMatchObject({ state: 'failing', lastAnswer: 'No answer within 15 seconds.' });
    expect(hangs.calls).toHaveLength(5);
    expect(hangs.calls[0]?.signal.aborted).toBe(true);
    expect(made.outbox.undelivered()).toBe(104);
    for (const sink of sinks) sink.answer = () => OK;
    await made.pass(6 * MINUTE);
    for (const sink of sinks) expect(new Set(sink.accepted).size, sink.name).toBe(50);
    expect(made.outbox.undelivered()).toBe(0);
    made.plan(planned(99, 'firing', 'throws'));
    await made.pass(0);
    expect(status(made, 'throws')?.state).toBe('ok');
  });

  it('that fail are asked seldom by what waits, and at once by what is new', async () => {
    const { plan, hook, pass } = single();
    hook.answer = () => REFUSED;
    for (let n = 1; n <= 200; n += 1) plan(planned(n));
    await pass(HOUR);
    // Each of 200 once, and the tries of one: not 200 times as many.
    expect(hook.calls.length).toBeLessThan(200 + 30);
    const before = hook.calls.length;
    plan(planned(201));
    await pass(0);
    expect(hook.calls).toHaveLength(before + 1);
    hook.answer = () => OK;
    await pass(5 * MINUTE);
    expect(hook.accepted).toHaveLength(201);
  });

  it('do not let one notice that no receiver takes hold up the others', async () => {
    const { plan, hook, pass } = single();
    hook.answer = ({ notice: { incident } }) => (incident.id === 'i-1' ? REFUSED : OK);
    plan(planned(1));
    await pass(10 * MINUTE);
    for (let n = 2; n <= 20; n += 1) plan(planned(n));
    await pass(0);
    expect(hook.accepted).toHaveLength(19);
  });
});

describe('a test', () => {
  it('goes past the queue, is logged, and says what came of it', async () => {
    const { outbox, hook, pass, store, plan, bed: it } = single();
    hook.answer = () => REFUSED;
    plan(planned(1));
    await pass(1);
    hook.answer = () => OK;
    const attempt = outbox.test('hook', notice(0, 'test'));
    await settle();
    expect(await attempt).toEqual(OK);
    expect(store.deliveries({ incidentId: null, sink: 'hook', before: null, limit: 1 })).toEqual([
      expect.objectContaining({ kind: 'test', incidentId: null, state: 'delivered', attempts: 1, answer: '200 OK' }),
    ]);
    expect(status(it)?.state).toBe('ok');
    expect(await outbox.test('nobody', notice(0, 'test'))).toBeNull();
  });

  it('that fails is not tried again and is no undelivered notice', async () => {
    const { outbox, hook, pass, states } = single();
    hook.answer = () => GONE;
    expect(await outbox.test('hook', notice(0, 'test'))).toEqual(GONE);
    await pass(HOUR);
    expect(hook.calls).toHaveLength(1);
    expect(states()).toEqual(['null test failed']);
    expect(outbox.undelivered()).toBe(0);
  });
});

describe('a restart', () => {
  it('goes on where it was: what waits, what was said last, what was given up', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    let hook = fake('hook', clock);
    hook.answer = ({ notice: { incident } }) => (incident.id === 'i-1' ? GONE : REFUSED);
    const first = bed(() => [hook], { clock, path });
    first.plan(planned(1), planned(2), planned(3, 'firing', 'hook', START + HOUR), planned(4, 'firing', 'gone'));
    await first.pass(10);
    const { id } = hook.calls[1] ?? { id: '' };
    await first.outbox.stop();
    first.store.close();

    hook = fake('hook', clock);
    const second = bed(() => [hook], { clock, path });
    expect(status(second)).toMatchObject({ state: 'failing', waiting: 2 });
    // Refused for good, refused for now, and for a sink that is gone.
    expect(second.outbox.undelivered()).toBe(3);
    await second.pass(1);
    expect(hook.calls.map((call) => call.id)).toEqual([id]);
    expect(hook.accepted).toEqual(['i-2 firing']);
    await second.pass(HOUR + MINUTE);
    expect(hook.accepted).toEqual(['i-2 firing', 'i-3 firing']);
  });

  it('tries a notice of last week once more before it is given up', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const hook = fake('hook', clock);
    hook.answer = () => REFUSED;
    const first = bed(() => [hook], { clock, path });
    first.plan(planned(1), planned(2));
    await first.pass(10);
    await first.outbox.stop();
    first.store.close();
    clock.jumpWall(7 * DAY);
    hook.answer = ({ notice: { incident } }) => (incident.id === 'i-1' ? OK : REFUSED);
    const second = bed(() => [hook], { clock, path });
    await second.pass(1);
    expect(second.states()).toEqual(['i-1 firing delivered', 'i-2 firing failed']);
  });

  it('does not send a test again', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    const hook = fake('hook', clock);
    hook.answer = HANGS;
    const first = bed(() => [hook], { clock, path });
    void first.outbox.test('hook', notice(0, 'test'));
    await first.pass(1);
    const stopped = first.outbox.stop();
    await first.pass(1_000);
    await stopped;
    first.store.close();
    const second = bed(() => [hook], { clock, path });
    await second.pass(1);
    expect(hook.calls).toHaveLength(1);
    expect(second.states()).toEqual(['null test failed']);
  });
});

describe('stop', () => {
  it('aborts what is under way within a second, and loses nothing', async () => {
    const { plan, hook, pass, outbox, states, clock } = single();
    hook.answer = HANGS;
    plan(planned(1));
    await pass(1);
    const stopping = outbox.stop();
    const from = clock.monotonic();
    let stopped = false;
    void stopping.then(() => {
      stopped = true;
    });
    await settle();
    expect(hook.calls[0]?.signal.aborted).toBe(true);
    await pass(1_000);
    expect(stopped).toBe(true);
    expect(clock.monotonic() - from).toBeLessThanOrEqual(1_000);
    expect(states()).toEqual(['i-1 firing waiting']);
    plan(planned(2));
    await pass(HOUR);
    expect(hook.calls).toHaveLength(1);
  });

  it('takes an answer that just comes in, and calls an aborted attempt no failure', async () => {
    const { plan, hook, pass, outbox, states, bugs } = single();
    hook.answer = ({ signal, notice: { incident } }) =>
      new Promise((done) => {
        signal.addEventListener('abort', () => done(incident.id === 'i-1' ? OK : REFUSED));
      });
    plan(planned(1), planned(2));
    await pass(1);
    await outbox.stop();
    expect(states()).toEqual(['i-1 firing delivered', 'i-2 firing waiting']);
    expect(bugs).toEqual([]);
  });
});

describe('a receiver that forgets', () => {
  const RULE = { everyMs: MINUTE, resolvedForMs: 5 * MINUTE };
  const opened = (n: number) => ({ incident: incident(n), notice: () => notice(n, 'firing') });

  it('hears of open incidents each minute, of ended ones for five, and of no other sink’s', async () => {
    const { plan, hook, pass, outbox, states } = single({ repeat: RULE });
    plan(planned(1));
    await pass(0);
    for (let s = 0; s < 300; s += 10) {
      outbox.tell([opened(1), opened(2)], true);
      await pass(10_000);
    }
    expect(hook.accepted).toEqual(Array(6).fill('i-1 firing'));
    plan(planned(1, 'resolved'));
    for (let s = 0; s < 900; s += 10) {
      outbox.tell([opened(2)], true);
      await pass(10_000);
    }
    expect(hook.accepted.slice(6)).toEqual(Array(6).fill('i-1 resolved'));
    // Repeats are no news for the log.
    expect(states()).toEqual(['i-1 firing delivered', 'i-1 resolved delivered']);
  });

  it('hears of both after a restart', async () => {
    const path = join(tempFolder(), 'alerts.db');
    const clock = virtualClock(START);
    let hook = fake('hook', clock, { repeat: RULE });
    const first = bed(() => [hook], { clock, path });
    first.plan(planned(1), planned(2), planned(2, 'resolved'));
    await first.pass(MINUTE / 2);
    await first.outbox.stop();
    first.store.close();
    hook = fake('hook', clock, { repeat: RULE });
    const second = bed(() => [hook], { clock, path });
    for (let s = 0; s < 600; s += 10) {
      second.outbox.tell([opened(1), opened(3)], true);
      await second.pass(10_000);
    }
    expect(hook.accepted.filter((said) => said === 'i-1 firing')).toHaveLength(11);
    expect(hook.accepted.filter((said) => said === 'i-2 resolved')).toHaveLength(5);
    expect(new Set(hook.accepted).size).toBe(2);
  });

  it('never hears of the end before a repeat that is under way', async () => {
    const { plan, hook, pass, outbox } = single({ repeat: RULE });
    plan(planned(1));
    await pass(0);
    const waiting: (() => void)[] = [];
    hook.answer = () => new Promise((done) => waiting.push(() => done(OK)));
    outbox.tell([opened(1)], true);
    await pass(MINUTE);
    expect(hook.calls).toHaveLength(2);
    outbox.tell([], true);
    plan(planned(1, 'resolved'));
    await pass(1_000);
    expect(hook.calls).toHaveLength(2);
    hook.answer = () => OK;
    waiting[0]?.();
    await pass(0);
    expect(hook.accepted).toEqual(['i-1 firing', 'i-1 firing', 'i-1 resolved']);
  });

  it('shows when repeats fail, and gets them when it is back', async () => {
    const { plan, hook, pass, outbox, bed: it } = single({ repeat: RULE });
    plan(planned(1));
    await pass(0);
    hook.answer = () => REFUSED;
    outbox.tell([opened(1)], true);
    await pass(MINUTE);
    expect(status(it)?.state).toBe('failing');
    hook.answer = () => OK;
    await pass(10_000);
    expect(status(it)?.state).toBe('ok');
    expect(hook.accepted).toHaveLength(2);
  });
});

describe('a dead man’s switch', () => {
  function beating() {
    const beats: number[] = [];
    let answer = OK;
    const made = single({
      kinds: [],
      beat: {
        everyMs: MINUTE,
        send: async () => {
          beats.push(made.clock.monotonic());
          return answer;
        },
      },
    });
    return { ...made, beats, say: (next: typeof OK) => (answer = next) };
  }

  it('beats each minute while we see, and stops when we do not', async () => {
    const { beats, outbox, pass } = beating();
    for (let s = 0; s < 300; s += 10) {
      outbox.tell([], true);
      await pass(10_000);
    }
    expect(beats).toEqual([0, 1, 2, 3, 4, 5].map((n) => n * MINUTE).slice(0, beats.length));
    expect(beats.length).toBeGreaterThanOrEqual(5);
    const before = beats.length;
    outbox.tell([], false);
    await pass(HOUR);
    expect(beats).toHaveLength(before);
    outbox.tell([], true);
    await pass(0);
    expect(beats).toHaveLength(before + 1);
  });

  it('stops when the engine says nothing any more', async () => {
    const { beats, outbox, pass } = beating();
    outbox.tell([], true);
    await pass(HOUR);
    expect(beats).toHaveLength(6);
  });

  it('tries sooner after a failure, and shows it', async () => {
    const { beats, outbox, pass, say, bed: it } = beating();
    say(REFUSED as typeof OK);
    outbox.tell([], true);
    await pass(10_000);
    expect(beats).toEqual([0, 1_000, 3_000, 7_000]);
    expect(status(it)).toMatchObject({ state: 'failing', lastAnswer: 'The connection was refused.' });
    say(OK);
    await pass(10_000);
    expect(status(it)?.state).toBe('ok');
  });
});
