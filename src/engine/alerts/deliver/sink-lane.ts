/**
 * One sink: what waits for it, what is under way, what is repeated to it. It has a timer of its own and waits for nobody
 * but its own receiver. A sink that works gets a few notices at a time; one that fails is asked by one at a time.
 */
import type { Millis } from '../../../shared/model.ts';
import type { Delivery, SinkStatus } from '../../../shared/notices.ts';
import type { Cancel, Clock } from '../../clock.ts';
import type { AlertStore, Attempt, Notice, Notifier, OutboxItem } from '../contract.ts';
import type { Attempts } from './attempts.ts';
import { askedDelay, GIVE_UP_MS, retryDelay } from './backoff.ts';
import { type Beat, createBeat } from './beat.ts';
import { Chains, type Entry, holdLeft } from './chains.ts';
import { SinkHealth } from './health.ts';
import { type OpenIncidents, type Repeat, Repeats } from './repeats.ts';

/** Notices under way to one working sink; each belongs to another incident. */
const AT_ONCE = 4;
/** So much of the log tells how a sink did and what it was told of. */
const LOG_ROWS = 200;

export interface LaneOptions {
  readonly notifier: Notifier;
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly attempts: Attempts;
  /** A delivery took another state, and is to be kept. */
  readonly onItem: (item: OutboxItem) => void;
  /** Something else moved. */
  readonly onChange: () => void;
}

/** All that goes to one sink. */
export class SinkLane {
  readonly #options: LaneOptions;
  readonly #chains = new Chains();
  readonly #health = new SinkHealth();
  readonly #repeats: Repeats | null;
  readonly #beat: Beat | null;
  #underWay = 0;
  #cancel: Cancel = () => undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    const { notifier, clock, random } = options;
    const { repeat, beat } = notifier;
    this.#health.restore(this.log(null));
    this.#repeats = repeat === undefined ? null : new Repeats(repeat, (id) => this.log(id).some(toldOf));
    if (repeat !== undefined) this.#restoreEnds(repeat.resolvedForMs);
    this.#beat = beat === undefined ? null : createBeat(clock, random, beat.everyMs, () => this.#sendBeat(beat));
  }

  /** The newest deliveries to this sink, of one incident or all. */
  log(incidentId: string | null): readonly Delivery[] {
    const { store, notifier } = this.#options;
    return store.deliveries({ incidentId, sink: notifier.name, before: null, limit: LOG_ROWS });
  }

  add(item: OutboxItem): void {
    const { clock, onItem } = this.#options;
    const mono = clock.monotonic();
    const waitsSince = Math.max(item.notice.at, item.holdUntil ?? 0);
    const stale = this.#chains.add(item, mono, mono - Math.max(0, clock.now() - waitsSince));
    for (const old of stale) onItem({ ...old, state: 'superseded' });
    this.#pump();
  }

  /** Somebody else ended it. */
  drop(item: OutboxItem): void {
    if (this.#chains.find(item.id)?.busy !== true) this.#chains.remove(item);
  }

  tell(open: OpenIncidents, seeing: boolean): void {
    this.#beat?.seeing(seeing);
    if (this.#repeats === null) return;
    this.#repeats.open(open, this.#options.clock.monotonic());
    this.#pump();
  }

  /** One attempt outside of the queue. */
  async test(item: OutboxItem): Promise<Attempt> {
    const attempt = await this.#deliver(item.notice, this.#idOf(item.id));
    if (!attempt.ok && this.#options.attempts.stopped()) return attempt;
    this.#heard(attempt);
    this.#options.onItem(this.#after(item, attempt, attempt.ok ? 'delivered' : 'failed'));
    this.#pump();
    return attempt;
  }

  status(): SinkStatus {
    const { name, type, target } = this.#options.notifier;
    return { name, type, target, ...this.#health.status(), waiting: this.#chains.size };
  }

  /** Notices that were tried and wait for another try. */
  refused(): number {
    let count = 0;
    for (const { item } of this.#chains.entries()) if (item.attempts > 0) count += 1;
    return count;
  }

  nextAttemptInMs(id: number): Millis | null {
    const entry = this.#chains.find(id);
    if (entry === undefined || entry.busy) return null;
    const { clock } = this.#options;
    const held = entry.item.state === 'held' ? Math.max(0, (entry.item.holdUntil ?? 0) - clock.now()) : 0;
    return Math.max(held, this.#readyAt(entry) - clock.monotonic(), 0);
  }

  stop(): void {
    this.#cancel();
    this.#beat?.stop();
  }

  /** Starts what may start, and wakes up for what may start later. */
  #pump(): void {
    const { clock, attempts } = this.#options;
    this.#cancel();
    if (attempts.stopped()) return;
    let wake = Number.POSITIVE_INFINITY;
    while (this.#hasRoom()) {
      const next = this.#next();
      if (next === null) return;
      if (next.at > clock.monotonic()) {
        wake = next.at;
        break;
      }
      void next.start();
    }
    if (wake < Number.POSITIVE_INFINITY) this.#cancel = clock.after(wake - clock.monotonic(), () => this.#pump());
  }

  #hasRoom(): boolean {
    return this.#underWay < (this.#health.failing ? 1 : AT_ONCE);
  }

  /** What is due first: notices that are new before those that failed, notices before repeats. */
  #next(): { readonly at: Millis; readonly start: () => Promise<void> } | null {
    const { clock } = this.#options;
    const mono = clock.monotonic();
    let best: { at: Millis; rank: number; start: () => Promise<void> } | null = null;
    const offer = (at: Millis, rank: number, start: () => Promise<void>): void => {
      const due = Math.max(at, mono);
      if (best === null || due < best.at || (due === best.at && rank < best.rank)) best = { at: due, rank, start };
    };
    for (const entry of this.#chains.heads()) {
      if (this.#repeats?.isBusy(entry.item.notice.incident.id) === true) continue;
      offer(this.#readyAt(entry), entry.tries === 0 ? 0 : 1 + entry.nextAt / 1e12, () => this.#try(entry));
    }
    for (const repeat of this.#repeats?.pending(mono) ?? []) {
      if (this.#chains.has(repeat.incidentId)) continue;
      offer(Math.max(repeat.nextAt, this.#health.readyAt(true)), 3, () => this.#repeat(repeat));
    }
    return best;
  }

  #readyAt(entry: Entry): Millis {
    const { clock } = this.#options;
    const held = holdLeft(entry, clock.now());
    const free = Math.max(entry.nextAt, this.#health.readyAt(entry.tries > 0));
    return held > 0 ? Math.max(free, clock.monotonic() + held) : free;
  }

  async #try(entry: Entry): Promise<void> {
    const { attempts, onItem, random, clock } = this.#options;
    entry.busy = true;
    if (entry.item.state === 'held') {
      // From here on nobody can take it back.
      entry.item = { ...entry.item, state: 'waiting' };
      onItem(entry.item);
    }
    const attempt = await this.#counted(() => this.#deliver(entry.item.notice, this.#idOf(entry.item.id)));
    if (!attempt.ok && attempts.stopped()) return;
    const recovered = this.#heard(attempt);
    const mono = clock.monotonic();
    const over = !attempt.ok && (!attempt.retry || mono - entry.bornAt >= GIVE_UP_MS);
    entry.item = this.#after(entry.item, attempt, attempt.ok ? 'delivered' : over ? 'failed' : 'waiting');
    entry.busy = false;
    entry.tries += 1;
    if (attempt.ok || over) this.#chains.remove(entry.item);
    else entry.nextAt = mono + Math.max(askedDelay(attempt.retryAfterMs), retryDelay(entry.tries, random()));
    if (attempt.ok) this.#repeats?.accepted(entry.item, mono);
    onItem(entry.item);
    if (recovered) for (const other of this.#chains.entries()) other.nextAt = Math.min(other.nextAt, mono);
    this.#pump();
  }

  async #repeat(repeat: Repeat): Promise<void> {
    const { attempts, notifier, clock, store, random } = this.#options;
    repeat.busy = true;
    const id = `tw-${store.uuid}-${repeat.incidentId}`;
    const attempt = await this.#counted(() => this.#deliver(repeat.notice(), id));
    repeat.busy = false;
    if (!attempt.ok && attempts.stopped()) return;
    this.#heard(attempt);
    const everyMs = notifier.repeat?.everyMs ?? 0;
    repeat.nextAt = clock.monotonic() + (attempt.ok ? everyMs : Math.min(everyMs, retryDelay(1, random())));
    this.#pump();
  }

  async #sendBeat(beat: NonNullable<Notifier['beat']>): Promise<Attempt> {
    const { attempts, notifier } = this.#options;
    const attempt = await attempts.run(`beating for ${notifier.name}`, (signal) => beat.send(signal));
    if (attempt.ok || !attempts.stopped()) this.#heard(attempt);
    return attempt;
  }

  async #counted(send: () => Promise<Attempt>): Promise<Attempt> {
    this.#underWay += 1;
    const attempt = await send();
    this.#underWay -= 1;
    return attempt;
  }

  #deliver(notice: Notice, id: string): Promise<Attempt> {
    const { attempts, notifier } = this.#options;
    return attempts.run(`notifying ${notifier.name}`, (signal) => notifier.deliver(notice, id, signal));
  }

  /** True when the sink recovered by it. */
  #heard(attempt: Attempt): boolean {
    const { clock, random, onChange } = this.#options;
    const before = this.#health.failing;
    const recovered = this.#health.heard(attempt, clock.now(), clock.monotonic(), random());
    if (before !== this.#health.failing) onChange();
    return recovered;
  }

  #after(item: OutboxItem, { sentence }: Attempt, state: OutboxItem['state']): OutboxItem {
    const lastAttemptAt = this.#options.clock.now();
    return { ...item, state, attempts: item.attempts + 1, lastAttemptAt, answer: sentence };
  }

  /** The same for every attempt at a notice, over restarts. */
  #idOf(id: number): string {
    return `tw-${this.#options.store.uuid}-${id}`;
  }

  #restoreEnds(resolvedForMs: Millis): void {
    const { store, clock, notifier } = this.#options;
    const now = clock.now();
    for (const { sink, notice, lastAttemptAt } of store.ended(now - resolvedForMs)) {
      const left = resolvedForMs - Math.max(0, now - (lastAttemptAt ?? now));
      if (sink === notifier.name && left > 0) this.#repeats?.ended(notice, clock.monotonic(), left);
    }
  }
}

/** Did this delivery tell the receiver that an incident is open? */
const toldOf = ({ state, kind }: Delivery): boolean => state === 'delivered' && kind !== 'resolved' && kind !== 'test';
