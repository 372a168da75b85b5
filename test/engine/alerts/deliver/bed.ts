/** A notifier that answers as told, an outbox on a virtual clock, and a store behind it. */
import { expect, onTestFinished } from 'vitest';
import type { AlertStore, Attempt, Notice, Notifier, Outbox, Planned } from '../../../../src/engine/alerts/contract.ts';
import { createOutbox } from '../../../../src/engine/alerts/deliver/outbox.ts';
import { type VirtualClock, virtualClock } from '../../../../src/engine/virtual-clock.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../../../src/shared/alerts.ts';
import { NOTHING, open, START } from '../store/bed.ts';

export const OK: Attempt = { ok: true, sentence: '200 OK' };
export const REFUSED: Attempt = { ok: false, sentence: 'The connection was refused.', retry: true, retryAfterMs: null };
export const GONE: Attempt = { ok: false, sentence: '401 Unauthorized', retry: false, retryAfterMs: null };

export interface Call {
  readonly notice: Notice;
  readonly id: string;
  readonly at: number;
  readonly signal: AbortSignal;
}

export interface Fake extends Notifier {
  readonly calls: Call[];
  /** `i-1 firing`, … of those that it accepted. */
  readonly accepted: string[];
  /** What it says from now on. */
  answer: (call: Call) => Attempt | Promise<Attempt>;
}

export const word = ({ incident, kind }: Notice): string => `${incident.id} ${kind}`;

export function fake(name: string, clock: VirtualClock, more: Partial<Notifier> = {}): Fake {
  const made: Fake = {
    name,
    type: 'fake',
    target: 'here',
    kinds: NOTICE_KINDS,
    calls: [],
    accepted: [],
    answer: () => OK,
    async deliver(notice, id, signal) {
      const call = { notice, id, signal, at: clock.monotonic() };
      made.calls.push(call);
      const attempt = await made.answer(call);
      if (attempt.ok) made.accepted.push(word(notice));
      return attempt;
    },
    ...more,
  };
  return made;
}

/** Never answers, not even when told to stop. */
export const HANGS = (): Promise<Attempt> => new Promise(() => undefined);

export interface Bed {
  readonly clock: VirtualClock;
  readonly store: AlertStore;
  readonly outbox: Outbox;
  readonly bugs: string[];
  readonly changes: (string | null)[];
  plan(...planned: Planned[]): void;
  pass(ms: number): Promise<void>;
  states(sink?: string): string[];
}

/** Lets promises of several steps settle. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
};

export function bed(
  notifiers: (clock: VirtualClock) => readonly Notifier[],
  { clock = virtualClock(START), path = null }: { clock?: VirtualClock; path?: string | null } = {},
): Bed {
  const store = open(path, clock);
  const saved = store.load();
  const bugs: string[] = [];
  const changes: (string | null)[] = [];
  const random = (): number => 0;
  const onBug = (doing: string, error: unknown): void => {
    bugs.push(`${doing}: ${error instanceof Error ? error.message : error}`);
  };
  const outbox = createOutbox({ notifiers: notifiers(clock), store, clock, random, onBug });
  onTestFinished(() => {
    void outbox.stop();
  });
  outbox.onChange((item) => changes.push(item === null ? null : `${word(item.notice)} ${item.state}`));
  outbox.add(saved.outbox);
  return {
    clock,
    store,
    outbox,
    bugs,
    changes,
    plan: (...planned) => outbox.add(store.record({ ...NOTHING, planned }, {})),
    async pass(ms) {
      await settle();
      await clock.advance(ms, settle);
      await settle();
    },
    states: (sink = 'hook') =>
      store
        .deliveries({ incidentId: null, sink, before: null, limit: 1_000 })
        .map(({ incidentId, kind, state }) => `${incidentId} ${kind} ${state}`)
        .reverse(),
  };
}

export function status({ outbox }: Bed, sink = 'hook') {
  const found = outbox.status().find(({ name }) => name === sink);
  expect(found).toBeDefined();
  return found;
}

export const kinds = (calls: readonly Call[]): NoticeKind[] => calls.map(({ notice }) => notice.kind);
