/**
 * When an account is asked, and what. One request at a time: the list, health, traffic, then close watch, each when due.
 * The only place with timers of requests. All due times are monotonic, so a wall clock that jumps changes nothing here; a
 * round that comes late is done once, not caught up.
 */
import type { Fault, Millis, Tunnel, TunnelId } from '../../shared/model.ts';
import type { Cancel, Clock } from '../clock.ts';
import type {
  Answer,
  ExchangeMeta,
  HealthRow,
  HealthWindow,
  ListSnapshot,
  TunnelTraffic,
} from '../cloudflare/contract.ts';
import type { SurroundingPart, SurroundingParts } from '../cloudflare/surroundings.ts';
import type { EngineAccount } from '../contract.ts';
import { retryDelay } from './backoff.ts';
import { type Api, type TokenBudget, WATCH_RESERVE } from './budget.ts';
import { WATCH_INTERVAL_MS } from './close-watch.ts';
import { SURROUNDINGS_FIRST_MS, SurroundingsRound } from './surroundings-round.ts';
import { trafficInterval } from './traffic-window.ts';

/** Where answers go. Called between requests, never while one is in flight. */
export interface PollSink {
  /** `failures` in a row of the list, this one included; 0 after a success. */
  list(answer: Answer<ListSnapshot>): number;
  health(answer: Answer<readonly HealthRow[]>, window: HealthWindow): number;
  tunnel(answer: Answer<Tunnel>): void;
  traffic(answer: Answer<readonly TunnelTraffic[]>, window: HealthWindow): void;
  /** A good list came for a round that was called off meanwhile; the client will not report its changes again. */
  listDropped(): void;
  /** The window that the next health request should read. */
  healthWindow(): HealthWindow;
  /** The hours that the next question about traffic should cover. */
  trafficWindow(): HealthWindow;
  /** Whom to look at closely now. */
  watched(): readonly TunnelId[];
  /** The list is read: what stands beside it may be read as well. */
  isSeeing(): boolean;
  /** It may fail: each part stands by itself. */
  surrounding<P extends SurroundingPart>(part: P, answer: Answer<SurroundingParts[P]>): void;
}

export interface PollerOptions {
  readonly account: EngineAccount;
  readonly clock: Clock;
  readonly budget: TokenBudget;
  readonly random: () => number;
  readonly sink: PollSink;
  /** A bug, and what was being done. The next round comes all the same. */
  readonly onBug: (doing: string, error: unknown) => void;
}

type Job = 'list' | 'health' | 'traffic' | 'around' | 'watch';
const JOBS: readonly Job[] = ['list', 'health', 'traffic', 'around', 'watch'];
const API_OF: Readonly<Record<Job, Api>> = {
  list: 'rest',
  health: 'graphql',
  traffic: 'graphql',
  around: 'rest',
  watch: 'rest',
};
/** Lists and health never starve for the others. */
const RESERVE: Readonly<Record<Job, number>> = {
  list: 0,
  health: 0,
  traffic: WATCH_RESERVE,
  around: WATCH_RESERVE,
  watch: WATCH_RESERVE,
};

/** A person who asks twice within this time gets one answer. */
const POLL_NOW_SPACING_MS: Millis = 2_000;
/** Pages of health results may take this many list intervals together; then the list, which turns stale after three, goes first. */
const HEALTH_INTERVALS = 1.5;
/** Rounds rest at least this long, however long the answers take. */
const BREATH_MS: Millis = 1_000;

export class Poller {
  readonly #options: PollerOptions;
  readonly #due: Record<Job, Millis>;
  readonly #around = new SurroundingsRound();
  #watchQueue: TunnelId[] = [];
  /** When the present turn of close watch began. */
  #turn: Millis = 0;
  #timer: Cancel | null = null;
  #inFlight: AbortController | null = null;
  #stopped = true;
  #lastListStart: Millis = Number.NEGATIVE_INFINITY;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#due = { list: 0, health: 0, traffic: 0, around: 0, watch: 0 };
  }

  /** Begins after `delay`, so that accounts do not all ask in the same moment. */
  start(delay: Millis): void {
    const mono = this.#options.clock.monotonic();
    this.#stopped = false;
    this.#due.list = mono + delay;
    this.#due.health = mono + delay;
    this.#due.traffic = mono + delay + WATCH_INTERVAL_MS;
    this.#due.watch = mono + delay + WATCH_INTERVAL_MS;
    this.#due.around = this.#looksAround ? mono + delay + SURROUNDINGS_FIRST_MS : Number.POSITIVE_INFINITY;
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
    this.#inFlight?.abort();
  }

  /** One prompt round. What was in flight before a sleep hangs on a dead socket and is given up. */
  wake(): void {
    this.#inFlight?.abort();
    this.#dueNow();
  }

  /** One round at a person's wish; the budget still holds. */
  pollNow(): void {
    if (this.#options.clock.monotonic() - this.#lastListStart >= POLL_NOW_SPACING_MS) this.#dueNow();
  }

  /** The list changed: what stands beside it may have changed with it. */
  lookAroundSoon(): void {
    if (!this.#looksAround) return;
    this.#due.around = this.#around.soon(this.#due.around, this.#options.clock.monotonic());
    this.#arm();
  }

  get #looksAround(): boolean {
    return this.#options.account.client.surrounding !== undefined;
  }

  /** Time until the next list; `null` when stopped. */
  nextListIn(mono: Millis): Millis | null {
    return this.#stopped ? null : Math.max(0, this.#due.list - mono);
  }

  #dueNow(): void {
    const mono = this.#options.clock.monotonic();
    this.#due.list = mono;
    this.#due.health = mono;
    this.#arm();
  }

  #arm(): void {
    this.#timer?.();
    this.#timer = null;
    if (this.#stopped || this.#inFlight !== null) return;
    const next = Math.min(...JOBS.map((job) => this.#due[job]));
    const delay = Math.max(0, next - this.#options.clock.monotonic());
    this.#timer = this.#options.clock.after(delay, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const mono = this.#options.clock.monotonic();
    const job = JOBS.find((candidate) => this.#due[candidate] <= mono);
    try {
      if (job === undefined || this.#stopped || this.#inFlight !== null) return;
      const wait = this.#options.budget.wait(API_OF[job], mono, RESERVE[job]);
      if (wait > 0) this.#due[job] = mono + wait;
      else await this.#perform(job, mono);
    } catch (error) {
      this.#options.onBug(`polling (${job}) the account ${this.#options.account.name}`, error);
    } finally {
      this.#arm();
    }
  }

  async #perform(job: Job, started: Millis): Promise<void> {
    const abort = new AbortController();
    this.#inFlight = abort;
    // Should the round end in a bug, the next one still comes, at its pace.
    this.#due[job] = started + WATCH_INTERVAL_MS;
    try {
      if (job === 'list') await this.#list(started, abort.signal);
      else if (job === 'health') await this.#health(started, abort.signal);
      else if (job === 'traffic') await this.#traffic(started, abort.signal);
      else if (job === 'around') await this.#lookAround(started, abort.signal);
      else await this.#watch(started, abort.signal);
    } finally {
      this.#inFlight = null;
    }
  }

  async #list(started: Millis, signal: AbortSignal): Promise<void> {
    const { account, sink } = this.#options;
    this.#lastListStart = started;
    const answer = await account.client.listTunnels(account.id, signal);
    this.#pay('list', answer.meta, answer.ok ? null : answer.error);
    if (signal.aborted) {
      if (answer.ok) sink.listDropped();
      return;
    }
    const failures = sink.list(answer);
    this.#reschedule('list', account.intervalMs, started, answer.ok ? null : answer.error, failures);
  }

  async #health(started: Millis, signal: AbortSignal): Promise<void> {
    const { account, sink } = this.#options;
    const window = sink.healthWindow();
    const answer = await this.#inTime('health results', signal, (until) =>
      account.client.tunnelHealth(account.id, window, until),
    );
    this.#pay('health', answer.meta, answer.ok ? null : answer.error);
    if (signal.aborted) return;
    const failures = sink.health(answer, window);
    this.#reschedule('health', account.healthIntervalMs, started, answer.ok ? null : answer.error, failures);
  }

  /** It may fail: next time is soon enough for what moves in hours. */
  async #traffic(started: Millis, signal: AbortSignal): Promise<void> {
    const { account, sink } = this.#options;
    const window = sink.trafficWindow();
    this.#due.traffic = started + trafficInterval(account.healthIntervalMs);
    const answer = await this.#inTime('traffic figures', signal, (until) =>
      account.client.tunnelTraffic(account.id, window, until),
    );
    this.#pay('traffic', answer.meta, answer.ok ? null : answer.error);
    if (!signal.aborted) sink.traffic(answer, window);
  }

  /** One part of what stands beside the list. */
  async #lookAround(started: Millis, signal: AbortSignal): Promise<void> {
    const { account, clock, sink } = this.#options;
    const ask = account.client.surrounding?.bind(account.client);
    if (ask === undefined || !sink.isSeeing()) return;
    const part = this.#around.part(started);
    const answer = await this.#inTime('answer about what stands beside the tunnels', signal, (until) =>
      ask(account.id, part, until),
    );
    this.#pay('around', answer.meta, answer.ok ? null : answer.error);
    if (signal.aborted) return;
    sink.surrounding(part, answer);
    this.#due.around = this.#around.answered(answer.ok ? null : answer.error, clock.monotonic());
  }

  /** Asks for pages of `what` that may take long, and gives them up in time for the list. */
  async #inTime<T>(
    what: string,
    signal: AbortSignal,
    ask: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const { account, clock } = this.#options;
    const limitMs = HEALTH_INTERVALS * account.intervalMs;
    const late = new AbortController();
    const cancel = clock.after(limitMs, () => late.abort());
    try {
      const answer = await ask(AbortSignal.any([signal, late.signal]));
      if (answer.ok || !late.signal.aborted) return answer;
      const sentence = `The ${what} did not come within ${limitMs / 1000} s, and the list of tunnels must not wait longer. We ask again by ourselves.`;
      return { ...answer, error: { ...answer.error, kind: 'timeout', sentence } };
    } finally {
      cancel();
    }
  }

  /** One get of the queue; an empty queue begins the next turn of close watch. */
  async #watch(started: Millis, signal: AbortSignal): Promise<void> {
    const { account, sink } = this.#options;
    if (this.#watchQueue.length === 0) {
      this.#watchQueue = [...sink.watched()];
      this.#turn = started;
    }
    const id = this.#watchQueue.shift();
    if (id !== undefined) {
      const answer = await account.client.getTunnel(account.id, id, signal);
      this.#pay('watch', answer.meta, answer.ok ? null : answer.error);
      if (signal.aborted) return;
      sink.tunnel(answer);
      // A fault concerns the way, not this tunnel: the list will tell, asking for the others would only add to it.
      if (!answer.ok && answer.error.kind !== 'not-found') this.#watchQueue = [];
    }
    const now = this.#options.clock.monotonic();
    this.#due.watch = this.#watchQueue.length > 0 ? now : Math.max(now, this.#turn + WATCH_INTERVAL_MS);
  }

  #reschedule(job: 'list' | 'health', interval: Millis, started: Millis, fault: Fault | null, failures: number): void {
    const now = this.#options.clock.monotonic();
    if (fault === null) {
      this.#due[job] = Math.max(started + interval, now + BREATH_MS);
      return;
    }
    const delay = retryDelay(fault.kind, failures, interval, this.#options.random(), fault.retryAfterMs);
    this.#due[job] = now + delay;
  }

  #pay(job: Job, meta: ExchangeMeta, fault: Fault | null): void {
    const { budget, account, clock, random } = this.#options;
    const mono = clock.monotonic();
    budget.spend(API_OF[job], meta.requests, mono);
    budget.heard(API_OF[job], meta.rate, mono);
    if (fault?.kind === 'rate-limited') {
      budget.block(API_OF[job], retryDelay('rate-limited', 1, account.intervalMs, random(), fault.retryAfterMs), mono);
    }
  }
}
