/**
 * Any interleaving of notices, receivers that fail, time, and restarts (clean, or killed between the receiver's answer and
 * our note of it): every notice is delivered at least once or marked as superseded, and in order for each incident.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertStore, Attempt, Notifier, Outbox } from '../../../../src/engine/alerts/contract.ts';
import { createOutbox } from '../../../../src/engine/alerts/deliver/outbox.ts';
import { openAlertStore } from '../../../../src/engine/alerts/store/open-store.ts';
import { virtualClock } from '../../../../src/engine/virtual-clock.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../../../src/shared/alerts.ts';
import { DAY, MINUTE, NOTHING, planned, START, tempFolder } from '../store/bed.ts';
import { OK, REFUSED, settle } from './bed.ts';

type Weather = 'works' | 'refuses' | 'hangs' | 'throws';
type Step =
  | { readonly do: 'plan'; readonly incident: number; readonly kind: NoticeKind; readonly held: boolean }
  | { readonly do: 'weather'; readonly sink: number; readonly weather: Weather }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'restart'; readonly killed: boolean };

const SINKS = ['a', 'b'];

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('plan' as const),
        incident: fc.integer({ min: 1, max: 3 }),
        kind: fc.constantFrom<NoticeKind>('firing', 'worse', 'update', 'reminder', 'escalation', 'resolved'),
        held: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('weather' as const),
        sink: fc.integer({ min: 0, max: 1 }),
        weather: fc.constantFrom<Weather>('works', 'refuses', 'hangs', 'throws'),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), killed: fc.boolean() }) },
  ),
  { maxLength: 40 },
);

/** What a receiver accepted: the number that its id ends with, and the incident. */
interface Got {
  readonly number: number;
  readonly incident: string;
}

class World {
  readonly clock = virtualClock(START);
  readonly path: string;
  readonly weather: Weather[] = ['works', 'works'];
  readonly got: Got[][] = [[], []];
  store: AlertStore;
  outbox: Outbox;
  /** Receivers of a process that was killed talk to nobody. */
  alive = { yes: true };

  constructor(path: string) {
    this.path = path;
    [this.store, this.outbox] = this.#begin();
  }

  #begin(): [AlertStore, Outbox] {
    const { clock, path } = this;
    const alive = { yes: true };
    this.alive = alive;
    const opened = openAlertStore({ path, clock, retentionMs: 90 * DAY });
    if (!opened.ok) throw new Error(opened.error.sentence);
    const store = opened.value;
    // After a kill the file is as it was left: nothing that the dead process still does reaches it.
    const guarded: AlertStore = Object.create(store, {
      update: { value: (...args: Parameters<AlertStore['update']>) => alive.yes && store.update(...args) },
      deliveries: { value: store.deliveries.bind(store) },
      ended: { value: store.ended.bind(store) },
      record: { value: store.record.bind(store) },
      uuid: { value: store.uuid },
    });
    const notifiers = SINKS.map((name, index) => this.#notifier(name, index, alive));
    const outbox = createOutbox({ notifiers, store: guarded, clock, random: () => 0.5, onBug: () => undefined });
    outbox.add(store.load().outbox);
    return [store, outbox];
  }

  #notifier(name: string, index: number, alive: { readonly yes: boolean }): Notifier {
    return {
      name,
      type: 'fake',
      target: name,
      kinds: NOTICE_KINDS,
      deliver: async (notice, id, signal): Promise<Attempt> => {
        if (!alive.yes) return REFUSED;
        const weather = this.weather[index];
        if (weather === 'refuses') return REFUSED;
        if (weather === 'throws') throw new Error('a bug');
        if (weather === 'hangs') {
          return new Promise((done) => signal.addEventListener('abort', () => done(REFUSED)));
        }
        this.got[index]?.push({ number: Number(id.split('-').at(-1)), incident: notice.incident.id });
        // The answer is on its way: a kill may come before it.
        await Promise.resolve();
        return OK;
      },
    };
  }

  async run(step: Step): Promise<void> {
    if (step.do === 'weather') this.weather[step.sink] = step.weather;
    if (step.do === 'pass') await this.clock.advance(step.ms, settle);
    if (step.do === 'restart') await this.restart(step.killed);
    if (step.do !== 'plan') return;
    const holdUntil = step.held ? this.clock.now() + MINUTE : null;
    const list = SINKS.map((sink) => planned(step.incident, step.kind, sink, holdUntil));
    this.outbox.add(this.store.record({ ...NOTHING, planned: list }, {}));
  }

  async restart(killed: boolean): Promise<void> {
    if (killed) this.alive.yes = false;
    const stopped = this.outbox.stop();
    await this.clock.advance(1_000, settle);
    await stopped;
    this.store.close();
    [this.store, this.outbox] = this.#begin();
  }

  close(): Promise<void> {
    this.store.close();
    rmSync(this.path, { force: true });
    return this.outbox.stop();
  }
}

function check(world: World): void {
  for (const [index, sink] of SINKS.entries()) {
    const log = world.store.deliveries({ incidentId: null, sink, before: null, limit: 10_000 });
    const got = world.got[index] ?? [];
    const heard = new Set(got.map(({ number }) => number));
    expect(log.filter(({ state }) => state !== 'delivered' && state !== 'superseded')).toEqual([]);
    for (const { id, state } of log) if (state === 'delivered') expect(heard.has(id), `${sink} ${id}`).toBe(true);
    // Only what a later word on the same incident makes needless is left out.
    for (const { id, state, incidentId } of log) {
      if (state === 'superseded')
        expect(log.some((later) => later.incidentId === incidentId && later.id > id)).toBe(true);
    }
    for (const incident of new Set(got.map((one) => one.incident))) {
      // First arrivals come in order; what comes again after a crash is the last one.
      const order = got.filter((one) => one.incident === incident).map(({ number }) => number);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  }
  expect(world.outbox.undelivered()).toBe(0);
}

describe('the outbox under any interleaving', () => {
  it('delivers everything at least once and in order', { timeout: 900_000 }, async () => {
    const folder = tempFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const world = new World(join(folder, `${run++}.db`));
        try {
          for (const step of list) await world.run(step);
          world.weather.fill('works');
          await settle();
          await world.clock.advance(10 * MINUTE, settle);
          await settle();
          check(world);
        } finally {
          await world.close();
        }
      }),
      { numRuns: 120, interruptAfterTimeLimit: 180_000 },
    );
  });
});
