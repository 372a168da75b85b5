/**
 * The engine: accounts under watch, one history, one stream of announcements. `createEngine()` is its only door.
 */
import { type AlertsDelta, NO_ALERTS } from '../shared/alerts.ts';
import { type BoardMessage, type DeltaMessage, PULSE_MS, type PulseMessage } from '../shared/bridge.ts';
import type {
  AccountId,
  EngineStatus,
  EventKind,
  HistoryEvent,
  Instant,
  Millis,
  StoreStatus,
  TunnelDetail,
  TunnelKey,
} from '../shared/model.ts';
import { accountOf } from '../shared/model.ts';
import { type EngineLint, engineLint } from './account-findings.ts';
import type { AccountUpdate } from './account-update.ts';
import { AccountWatch } from './account-watch.ts';
import { alertWorld } from './alert-world.ts';
import type { AlertDesk, Moment } from './alerts/contract.ts';
import { joinDeltas } from './alerts/view.ts';
import { type Desks, NO_DESKS } from './bridge/desk-calls.ts';
import type { Cancel } from './clock.ts';
import type { Engine, EngineOptions, OnBug } from './contract.ts';
import type { HistoryReader, RecordBatch } from './history/contract.ts';
import { noLedger } from './lint/account-lint.ts';
import { Pause } from './pause.ts';
import { TokenBudget } from './poll/budget.ts';
import { Drift } from './poll/drift.ts';
import { paced } from './poll/pace.ts';

/** How often time itself is looked at: ageing PSKs, stale facts, a machine that slept. */
const TICK_MS: Millis = 5_000;
/** Upkeep of the history; while more is due it goes on at each tick. */
const MAINTAIN_MS: Millis = 60_000;
/** Accounts begin this far apart, so that they do not all ask in one moment. */
const STAGGER_MS: Millis = 250;

type Listener = (message: DeltaMessage | PulseMessage) => void;

/** Builds an engine; nothing is asked before `start()`. */
export function createEngine(options: EngineOptions): Engine {
  return new WatchingEngine(options);
}

/** Where no host listens for bugs they end the process, or the test, instead of passing by unseen. */
function throwLater(doing: string, error: unknown): void {
  queueMicrotask(() => {
    throw new Error(`a bug in ${doing}`, { cause: error });
  });
}

class WatchingEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #accounts: ReadonlyMap<AccountId, AccountWatch>;
  readonly #listeners = new Set<Listener>();
  readonly #drift: Drift;
  readonly #pause = new Pause();
  readonly #startedAt: Instant;
  readonly #onBug: OnBug;
  readonly desks: Desks;
  readonly lint: EngineLint;
  #ticking: Cancel | null = null;
  #lastPulse: Millis;
  #lastUpkeep: Millis;
  #storeMode: StoreStatus['mode'];
  /** What alerting announced while one of our own messages is being put together. */
  #alertNews: AlertsDelta | null = null;
  #gathering = false;

  constructor(options: EngineOptions) {
    const { clock, history, ledger = noLedger() } = options;
    this.#options = options;
    this.#drift = new Drift(clock);
    this.#startedAt = clock.now();
    const onBug = options.onBug ?? throwLater;
    this.#onBug = onBug;
    this.#lastPulse = this.#lastUpkeep = clock.monotonic();
    this.#storeMode = history.status().mode;
    const budgets = new Map<string, TokenBudget>();
    const announce = (update: AccountUpdate): void => this.#announce(update);
    const watches = paced(options.accounts).map((account) => {
      const budget = budgets.get(account.budgetKey) ?? new TokenBudget();
      budgets.set(account.budgetKey, budget);
      return new AccountWatch({ ...options, account, budget, ledger, announce, onBug });
    });
    this.#accounts = new Map(watches.map((watch) => [watch.id, watch]));
    this.lint = engineLint(this.#accounts);
    this.desks = options.desks?.(this) ?? NO_DESKS;
  }

  get alerts(): AlertDesk | null {
    return this.#options.alerting ?? null;
  }

  get history(): HistoryReader {
    return this.#options.history;
  }

  start(): void {
    const { history, version } = this.#options;
    this.#guard('starting the alerting', () =>
      this.#options.alerting?.start(
        alertWorld(this.#accounts, () => history.status()),
        (delta) => this.#hearAlerts(delta),
      ),
    );
    this.#record('started', { version });
    this.#startAccounts();
    this.#arm();
  }

  #startAccounts(): void {
    let delay = 0;
    for (const account of this.#accounts.values()) {
      account.start(delay);
      delay += STAGGER_MS;
    }
  }

  async stop(): Promise<void> {
    this.#ticking?.();
    this.#ticking = null;
    for (const account of this.#accounts.values()) account.stop();
    this.#record('stopped', {});
    this.#listeners.clear();
    await this.#options.alerting?.stop().catch((error: unknown) => this.#onBug('stopping the alerting', error));
    this.#options.history.close();
  }

  pause(forMs: Millis | null): void {
    if (this.#pause.paused === null) for (const account of this.#accounts.values()) account.stop();
    this.#pause.begin(forMs, this.#options.clock.now(), this.#options.clock.monotonic());
    this.#send({ type: 'pulse', status: this.#status() });
  }

  resume(): void {
    if (!this.#pause.end()) return;
    this.#startAccounts();
    this.#send({ type: 'pulse', status: this.#status() });
  }

  wake(): void {
    this.#noticeDrift();
    if (this.#pause.paused !== null) return;
    for (const account of this.#accounts.values()) account.wake();
  }

  board(): BoardMessage {
    const rows = [...this.#accounts.values()].flatMap((account) => account.rows());
    const alerts = this.#options.alerting?.view() ?? NO_ALERTS;
    return { type: 'board', status: this.#status(), policy: this.#options.policy, rows, alerts };
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tunnel(key: TunnelKey): TunnelDetail | null {
    return this.#accounts.get(accountOf(key))?.detail(key) ?? null;
  }

  watch(key: TunnelKey): void {
    this.#accounts.get(accountOf(key))?.watch(key);
  }

  pollNow(accountId: AccountId | null): void {
    if (this.#pause.paused !== null) return;
    for (const account of this.#accounts.values()) {
      if (accountId === null || account.id === accountId) account.pollNow();
    }
  }

  #arm(): void {
    this.#ticking = this.#options.clock.after(TICK_MS, () => {
      this.#arm();
      this.#tick();
    });
  }

  /** Each step by itself: a bug in one may not silence the pulse, by which the pages know that we live. */
  #tick(): void {
    const mono = this.#options.clock.monotonic();
    if (this.#pause.over(mono)) this.resume();
    this.#guard('watching the clocks', () => {
      if (this.#noticeDrift() && this.#pause.paused === null)
        for (const account of this.#accounts.values()) account.wake();
    });
    for (const account of this.#accounts.values()) account.tick();
    this.#guard('the upkeep of the history', () => {
      const now = this.#upkeepTime();
      if (now === null || mono - this.#lastUpkeep < MAINTAIN_MS) return;
      if (!this.#options.history.maintain(now)) this.#lastUpkeep = mono;
    });
    this.#guard('watching the store', () => this.#noticeStore());
    this.#guard('alerting', () => this.#options.alerting?.tick(this.#moment()));
    if (mono - this.#lastPulse >= PULSE_MS - TICK_MS) this.#send({ type: 'pulse', status: this.#status() });
  }

  /**
   * The moment by which old records go: ours, or Cloudflare's where ours runs ahead of it. `null` while no account can tell: a
   * clock that is a year ahead would else make the whole history look expired.
   */
  #upkeepTime(): Instant | null {
    const ahead = [...this.#accounts.values()].flatMap((account) => account.cloudAheadMs ?? []);
    if (ahead.length === 0 && this.#accounts.size > 0) return null;
    return this.#options.clock.now() + Math.min(0, ...ahead);
  }

  #guard(doing: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onBug(doing, error);
    }
  }

  /**
   * Wall time ran away from monotonic time. A sleep made every fact older than it looks; a clock set forward cannot be told
   * from it and costs one extra poll. Event `clock-jump`: `ms`, positive when wall time ran ahead.
   */
  #noticeDrift(): boolean {
    const ms = this.#drift.look();
    if (ms === 0) return false;
    for (const account of this.#accounts.values()) account.jumped(ms);
    this.#record('clock-jump', { ms });
    return true;
  }

  /** Events `store-degraded` and `store-recovered`: the history left the disk, or is back. `problem` says why. */
  #noticeStore(): void {
    const { mode, problem } = this.#options.history.status();
    if (mode === this.#storeMode) return;
    this.#storeMode = mode;
    this.#record(mode === 'disk' ? 'store-recovered' : 'store-degraded', { problem });
  }

  #record(kind: EventKind, detail: RecordBatch['events'][number]['detail']): void {
    const event = { at: this.#options.clock.now(), kind, accountId: null, key: null, detail };
    this.#announce({
      batch: { changes: [], events: [event], gaps: [], configs: [], identities: [], looked: [] },
      rows: [],
      removed: [],
    });
  }

  /** First to the history, then to alerting, then to those who look: what is shown survives a crash. */
  #announce({ batch, rows, removed }: AccountUpdate): void {
    const events: readonly HistoryEvent[] = this.#options.history.record(batch);
    const touched = rows.map((row) => row.key);
    this.#gathering = true;
    this.#guard('alerting', () =>
      this.#options.alerting?.observe({ moment: this.#moment(), touched, removed, events }),
    );
    this.#gathering = false;
    const alerts = this.#alertNews;
    this.#alertNews = null;
    const status = this.#status();
    const silent = rows.length + removed.length + batch.changes.length + events.length === 0 && alerts === null;
    const { changes } = batch;
    this.#send(silent ? { type: 'pulse', status } : { type: 'delta', status, rows, removed, changes, events, alerts });
  }

  /** Alerting moved: with the message that caused it, or by itself (people, receivers, time). */
  #hearAlerts(delta: AlertsDelta): void {
    if (this.#gathering) {
      this.#alertNews = this.#alertNews === null ? delta : joinDeltas(this.#alertNews, delta);
      return;
    }
    const nothing = { rows: [], removed: [], changes: [], events: [] };
    this.#send({ type: 'delta', status: this.#status(), ...nothing, alerts: delta });
  }

  #moment(): Moment {
    return { now: this.#options.clock.now(), mono: this.#options.clock.monotonic() };
  }

  #send(message: DeltaMessage | PulseMessage): void {
    this.#lastPulse = this.#options.clock.monotonic();
    // One listener that fails keeps neither the others from hearing nor us from going on.
    for (const listener of this.#listeners) this.#guard('telling a listener', () => listener(message));
  }

  #status(): EngineStatus {
    const { version, practice, history, clock } = this.#options;
    const { paused } = this.#pause;
    return {
      version,
      practice,
      ...(paused !== null && { paused }),
      startedAt: this.#startedAt,
      now: clock.now(),
      store: history.status(),
      accounts: [...this.#accounts.values()].map((account) => account.status()),
    };
  }
}
