/**
 * Gets notices out: at least once, in order for each incident and sink, each sink by itself. What has to be delivered is
 * on disk before it comes here, and what became of it goes back there after each attempt; so a crash costs at most one
 * message twice. Nothing here waits for polling, and polling waits for nothing here.
 */
import type { Clock } from '../../clock.ts';
import type { OnBug } from '../../contract.ts';
import type { AlertRecord, AlertStore, Notifier, Outbox, OutboxItem } from '../contract.ts';
import { isOnItsWay } from '../store/live.ts';
import { createAttempts } from './attempts.ts';
import { SinkLane } from './sink-lane.ts';
import { GivenUp } from './undelivered.ts';

export interface OutboxOptions {
  readonly notifiers: readonly Notifier[];
  readonly store: AlertStore;
  readonly clock: Clock;
  /** 0 (inclusive) to 1 (exclusive), for jitter. */
  readonly random: () => number;
  readonly onBug: OnBug;
}

const NOTHING: AlertRecord = {
  alerts: [],
  incidents: [],
  steps: [],
  memories: [],
  silences: [],
  planned: [],
  withdrawn: [],
};
/** Of the delivery log, looked through at the start for what was given up lately. */
const LOG_ROWS = 1_000;
const NO_SINK = 'The settings name no sink of this name any more.';
const NOT_WANTED = 'This sink does not take notices of this kind.';
const TEST_CUT = 'Tunnelwatch stopped before an answer came.';

/** An outbox over `notifiers`; it sends nothing before `add` or `tell`. */
export function createOutbox({ notifiers, store, clock, random, onBug }: OutboxOptions): Outbox {
  const attempts = createAttempts(clock, onBug);
  const listeners: ((item: OutboxItem | null) => void)[] = [];
  const givenUp = new GivenUp();

  const announce = (item: OutboxItem | null): void => {
    for (const listener of listeners) {
      try {
        listener(item);
      } catch (error) {
        onBug('announcing a delivery', error);
      }
    }
  };

  function keep(item: OutboxItem): void {
    store.update(item, clock.now());
    if (item.notice.kind !== 'test') givenUp.ended(item, clock.monotonic());
    announce(item);
  }

  const lanes = new Map(
    notifiers.map((notifier) => {
      const onChange = (): void => announce(null);
      return [notifier.name, new SinkLane({ notifier, store, clock, random, attempts, onItem: keep, onChange })];
    }),
  );
  const log = store.deliveries({ incidentId: null, sink: null, before: null, limit: LOG_ROWS });
  givenUp.restore(log, clock.now(), clock.monotonic());
  const wants = new Map(notifiers.map(({ name, kinds }) => [name, new Set(kinds)]));

  function take(item: OutboxItem): void {
    const lane = lanes.get(item.sink);
    const { kind } = item.notice;
    if (!isOnItsWay(item)) lane?.drop(item);
    else if (kind === 'test') keep({ ...item, state: 'failed', answer: TEST_CUT });
    else if (lane === undefined) keep({ ...item, state: 'failed', answer: NO_SINK });
    else if (wants.get(item.sink)?.has(kind) !== true) keep({ ...item, state: 'superseded', answer: NOT_WANTED });
    else lane.add(item);
  }

  return {
    add(items) {
      for (const item of items) take(item);
    },
    tell(open, seeing) {
      for (const lane of lanes.values()) lane.tell(open, seeing);
    },
    async test(sink, notice) {
      const lane = lanes.get(sink);
      if (lane === undefined) return null;
      const [item] = store.record({ ...NOTHING, planned: [{ sink, notice, holdUntil: null }] }, {});
      return item === undefined ? null : lane.test(item);
    },
    status: () => [...lanes.values()].map((lane) => lane.status()),
    undelivered() {
      let count = givenUp.count(clock.monotonic());
      for (const lane of lanes.values()) count += lane.refused();
      return count;
    },
    nextAttemptInMs(id) {
      for (const lane of lanes.values()) {
        const left = lane.nextAttemptInMs(id);
        if (left !== null) return left;
      }
      return null;
    },
    onChange(listener) {
      listeners.push(listener);
    },
    async stop() {
      for (const lane of lanes.values()) lane.stop();
      await attempts.stop();
    },
  };
}
