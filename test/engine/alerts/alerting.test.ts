/** Alerting as a whole over a small world: what a restart with the same or other settings, and sheer size, do to it. */
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAlerting } from '../../../src/engine/alerts/alerting.ts';
import type { AlertConfig, Alerting, Attempt, Notice, Notifier, Route } from '../../../src/engine/alerts/contract.ts';
import { openAlertStore } from '../../../src/engine/alerts/store/open-store.ts';
import type { Clock } from '../../../src/engine/clock.ts';
import { alertConfig } from '../../../src/engine/settings/alert-config.ts';
import { settingsSchema } from '../../../src/engine/settings/schema.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { AlertsDelta, Incident } from '../../../src/shared/alerts.ts';
import { tempFolder } from './store/bed.ts';
import { type AlertWorld, alertWorld, START, testAccount } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Told {
  readonly sink: string;
  readonly notice: Notice;
}

const route = (to: readonly string[]): Route => ({ matchers: [], to, escalate: [], remindMs: null, onward: false });

/** One life after the other over the same world and file. */
function bed(w: AlertWorld) {
  const path = join(tempFolder(), 'alerts.db');
  const virtual = virtualClock(START);
  const clock: Clock = {
    now: () => w.moment().now,
    monotonic: () => w.moment().mono,
    after: (delay, task) => virtual.after(delay, task),
  };
  const told: Told[] = [];
  const deltas: AlertsDelta[] = [];
  const bugs: unknown[] = [];
  let answer: (sink: string) => Attempt = () => ({ ok: true, sentence: 'Heard.' });
  let alerting: Alerting | null = null;

  const sink = (name: string, more: Partial<Notifier> = {}): Notifier => ({
    name,
    type: 'test',
    target: 'here',
    kinds: ['firing', 'worse', 'reminder', 'escalation', 'update', 'resolved', 'test'],
    deliver: async (notice) => {
      told.push({ sink: name, notice });
      return answer(name);
    },
    ...more,
  });
  const current = (): Alerting => {
    if (alerting === null) throw new Error('nothing runs');
    return alerting;
  };

  return {
    told,
    deltas,
    bugs,
    sink,
    alerting: current,
    answers(how: (sink: string) => Attempt) {
      answer = how;
    },
    start(sinks: readonly Notifier[], config: Partial<AlertConfig> = {}, world = w.world) {
      const store = openAlertStore({ path, clock, retentionMs: 90 * 24 * 60 * MINUTE });
      if (!store.ok) throw new Error(store.error.sentence);
      alerting = createAlerting({
        config: {
          ...alertConfig(settingsSchema.parse({})),
          zone: 'UTC',
          routes: [route(sinks.map(({ name }) => name))],
          ...config,
        },
        store: store.value,
        notifiers: sinks,
        clock,
        random: () => 0.5,
        onBug: (_doing, error) => bugs.push(error),
      });
      alerting.start(world, (delta) => deltas.push(delta));
      w.event('started', null);
      alerting.observe(w.observed());
    },
    async stop() {
      await alerting?.stop();
      alerting = null;
    },
    /** Answers every half minute, ticks every five seconds. */
    async pass(ms: number, answers = true) {
      for (let gone = 0; gone < ms; gone += 5 * SECOND) {
        w.pass(5 * SECOND);
        await virtual.advance(5 * SECOND, settle);
        if (answers && gone % (30 * SECOND) === 0) {
          w.answers();
          current().observe(w.observed());
        }
        current().tick(w.moment());
        await settle();
      }
    },
    open: (): readonly Incident[] =>
      current()
        .view()
        .incidents.filter(({ phase }) => phase !== 'resolved'),
    words: (): readonly string[] => told.map((one) => `${one.sink} ${one.notice.kind}: ${one.notice.text.title}`),
  };
}

let lives: ReturnType<typeof bed>[] = [];
function begin(w: AlertWorld): ReturnType<typeof bed> {
  const made = bed(w);
  lives.push(made);
  return made;
}
afterEach(async () => {
  for (const life of lives) {
    await life.stop();
    expect(life.bugs).toEqual([]);
  }
  lives = [];
});

describe('a restart', () => {
  it('remembers that people were told', async () => {
    const w = alertWorld();
    const b = begin(w);
    const a = w.add({ name: 'ams1-a' });
    b.start([b.sink('night')]);
    w.set(a, { bgp: 'down' });
    await b.pass(2 * MINUTE);
    expect(b.open().map(({ delivery }) => delivery)).toEqual(['delivered']);
    await b.stop();
    b.start([b.sink('night')]);
    expect(b.open().map(({ delivery }) => delivery)).toEqual(['delivered']);
    w.set(a, { bgp: 'up' });
    await b.pass(20 * MINUTE);
    await b.stop();
    b.start([b.sink('night')]);
    expect(
      b
        .alerting()
        .view()
        .incidents.map(({ phase, delivery }) => [phase, delivery]),
    ).toEqual([['resolved', 'delivered']]);
    expect(b.words()).toEqual(['night firing: ams1-a lost BGP', 'night resolved: Resolved: ams1-a lost BGP']);
  });

  it('with a sink renamed tells the new one and leaves the old one alone', async () => {
    const w = alertWorld();
    const b = begin(w);
    const keys = Array.from({ length: 12 }, (_, i) => w.add({ name: `t${i}` }));
    b.start([b.sink('old')]);
    for (const key of keys.slice(0, 4)) w.set(key, { bgp: 'down' });
    await b.pass(2 * MINUTE);
    await b.stop();
    b.start([b.sink('new')]);
    for (const key of keys.slice(4)) {
      w.set(key, { bgp: 'down' });
      await b.pass(90 * SECOND);
    }
    const { undelivered } = b.alerting().view().status;
    for (const key of keys) w.set(key, { bgp: 'up' });
    await b.pass(20 * MINUTE);
    expect(undelivered).toBe(0);
    expect(b.words().filter((line) => line.startsWith('old'))).toEqual([
      'old firing: 4 of 12 tunnels to 203.0.113.1 lost BGP',
    ]);
    expect(
      b
        .alerting()
        .deliveries('old', null, 100)
        .map(({ kind, state }) => [kind, state]),
    ).toEqual([['firing', 'delivered']]);
    expect(b.words().at(-1)).toBe('new resolved: Resolved: tunnels to 203.0.113.1 lost BGP');
  });

  it('shows what still waits for a sink that is gone as undelivered', async () => {
    const w = alertWorld();
    const b = begin(w);
    const a = w.add({ name: 'ams1-a' });
    b.answers(() => ({ ok: false, sentence: 'Busy.', retry: true, retryAfterMs: null }));
    b.start([b.sink('old')]);
    w.set(a, { bgp: 'down' });
    await b.pass(2 * MINUTE);
    await b.stop();
    b.answers(() => ({ ok: true, sentence: 'Heard.' }));
    b.start([b.sink('new')]);
    await b.pass(MINUTE);
    expect(b.alerting().view().status.undelivered).toBe(1);
    expect(b.words().at(-1)).toBe('new firing: ams1-a lost BGP');
    expect(b.open().map(({ delivery }) => delivery)).toEqual(['delivered']);
  });

  it('without an account ends what was open there', async () => {
    const w = alertWorld({ accounts: 2 });
    const b = begin(w);
    const a = w.add({ name: 'gone-a', account: testAccount(1) });
    b.start([b.sink('night')]);
    w.set(a, { bgp: 'down' });
    await b.pass(2 * MINUTE);
    await b.stop();
    const { world } = w;
    b.start(
      [b.sink('night')],
      {},
      {
        ...world,
        tunnel: (key) => (key.startsWith(testAccount(1)) ? null : world.tunnel(key)),
        tunnels: (id) => (id === testAccount(1) ? [] : world.tunnels(id)),
        accounts: () => world.accounts().filter(({ id }) => id !== testAccount(1)),
      },
    );
    await b.pass(MINUTE);
    expect(b.open()).toEqual([]);
    expect(b.words().at(-1)).toBe('night resolved: No longer watched: gone-a lost BGP');
    expect(b.told.at(-1)?.notice.text.sentence).toBe(
      'Its account is no longer in the settings: whether it still fails is not known. It was open from 10:00 UTC to 10:02 UTC.',
    );
  });
});

describe('a dead man’s switch', () => {
  it('stops when nothing is heard any more, though nothing failed', async () => {
    const w = alertWorld();
    const b = begin(w);
    w.add({});
    let beats = 0;
    const send = async (): Promise<Attempt> => {
      beats += 1;
      return { ok: true, sentence: 'Alive.' };
    };
    b.start([b.sink('beat', { kinds: [], beat: { everyMs: MINUTE, send } })]);
    await b.pass(10 * MINUTE);
    expect(beats).toBeGreaterThanOrEqual(9);
    await b.pass(3 * MINUTE, false);
    const before = beats;
    await b.pass(10 * MINUTE, false);
    expect(beats).toBe(before);
    await b.pass(5 * MINUTE);
    expect(beats).toBeGreaterThan(before + 3);
  });
});

describe('ten thousand tunnels that fail at once', () => {
  it('are one notice and small messages to the page', async () => {
    const w = alertWorld();
    const b = begin(w);
    const long = 'x'.repeat(200);
    const keys = Array.from({ length: 10_000 }, (_, i) => {
      return w.add({
        name: `${i}${long}`,
        site: `${Math.floor(i / 2)}${long}`,
        cloudflareEndpoint: `203.0.113.${i % 4}`,
      });
    });
    b.start([b.sink('night')]);
    await b.pass(30 * SECOND);
    b.deltas.length = 0;
    for (const key of keys) w.set(key, { bgp: 'down' });
    await b.pass(90 * SECOND);
    expect(b.words()).toEqual(['night firing: 10000 of 10000 tunnels of Account 0 lost BGP']);
    expect(JSON.stringify(b.told[0]?.notice).length).toBeLessThan(100_000);
    expect(Math.max(...b.deltas.map((delta) => JSON.stringify(delta).length))).toBeLessThan(10_000);
  }, 60_000);
});
