/**
 * One account under watch: the poller's answers go into the fleet, what changed goes out as an `AccountUpdate`.
 */
import {
  type AccountId,
  type AccountStatus,
  type BoardRow,
  type EventKind,
  type Fault,
  type Instant,
  type Millis,
  type NewEvent,
  type TunnelDetail,
  type TunnelId,
  type TunnelKey,
  tunnelOf,
} from '../shared/model.ts';
import { AccountFindings } from './account-findings.ts';
import { AccountFleet } from './account-fleet.ts';
import { accountStatus } from './account-status.ts';
import type { AccountWatchOptions } from './account-update.ts';
import type { TunnelView } from './alerts/contract.ts';
import { createDipWatch, type DipWatch } from './alerts/dips/dip-watch.ts';
import { Blindness } from './blindness.ts';
import type { Answer, HealthWindow, TunnelTraffic } from './cloudflare/contract.ts';
import { INTERNAL_FAULT } from './cloudflare/fault.ts';
import { Heard } from './heard.ts';
import type { Gap, GapSource, RecordBatch } from './history/contract.ts';
import { chooseWatched, Views } from './poll/close-watch.ts';
import { CloudClock } from './poll/cloud-clock.ts';
import { nextHealthWindow } from './poll/health-window.ts';
import { Poller, type PollSink } from './poll/poller.ts';
import { Sight } from './poll/sight.ts';
import { TrafficSight, trafficWindow } from './poll/traffic-window.ts';
import type { Fleet } from './state/fleet-contract.ts';
import { recentChange } from './state/fleet-lint.ts';
import type { Look } from './state/look.ts';
import { emptyUpdate, isEmpty, type Update } from './state/update.ts';

export class AccountWatch {
  readonly id: AccountId;
  readonly #options: AccountWatchOptions;
  readonly #fleet: AccountFleet;
  readonly findings: AccountFindings;
  readonly #poller: Poller;
  readonly #sights: Readonly<Record<GapSource, Sight>>;
  readonly #views = new Views();
  readonly #cloud = new CloudClock();
  readonly #blindness: Blindness;
  readonly #heardAt = new Heard();
  readonly #traffic: TrafficSight;
  readonly #dips: DipWatch;
  #healthReadTo: Instant | null = null;
  /** The last good list of this process. */
  #listedAt: Instant | null = null;

  constructor(options: AccountWatchOptions) {
    const { account, history, clock, budget, random } = options;
    this.id = account.id;
    this.#blindness = new Blindness(account.id);
    this.#options = options;
    const remembered = history.remembered(account.id);
    const { ledger } = options;
    const fleet = (): Fleet => this.#fleet.now;
    this.findings = new AccountFindings({ account, clock, ledger, fleet });
    this.#fleet = new AccountFleet(account.id, history, remembered, this.findings.lint);
    const sight = (source: GapSource, intervalMs: Millis): Sight =>
      new Sight({
        accountId: account.id,
        source,
        intervalMs,
        lookedAt: remembered.lookedAt[source] ?? null,
        openGap: remembered.openGaps.find((gap) => gap.source === source) ?? null,
      });
    this.#sights = {
      list: sight('list', account.intervalMs),
      health: sight('health', account.healthIntervalMs),
    };
    this.#dips = createDipWatch({
      accountId: account.id,
      history,
      row: (key) => this.#fleet.now.row(key),
      rows: () => this.rows(),
    });
    this.#traffic = new TrafficSight(account.healthIntervalMs);
    this.#poller = new Poller({ account, clock, budget, random, sink: this.#sink(), onBug: options.onBug });
  }

  start(delay: Millis): void {
    this.#poller.start(delay);
  }

  stop(): void {
    this.#poller.stop();
  }

  wake(): void {
    this.#poller.wake();
  }

  pollNow(): void {
    this.#poller.pollNow();
  }

  watch(key: TunnelKey): void {
    if (this.#fleet.now.entry(key) !== undefined) this.#views.look(key, this.#options.clock.monotonic());
  }

  /**
   * Wall time ran ahead of monotonic time by `ms`, or was set back (negative). A sleep makes every fact that much older; so
   * we believe until an answer tells Cloudflare's time.
   */
  jumped(ms: Millis): void {
    this.#cloud.doubt();
    if (ms > 0) for (const sight of [...Object.values(this.#sights), this.#traffic]) sight.slept(ms);
  }

  /** What time alone changes: PSKs come of age, facts go stale, gaps open. */
  tick(): void {
    const { now, mono } = this.#times();
    this.#guard('letting time pass', () => {
      // While nobody knows whether time passed or the clock was set, no key comes of age.
      const update = this.#cloud.sure ? this.#fleet.now.applyTime(this.#look(now)) : emptyUpdate();
      const gaps: Gap[] = [];
      for (const source of ['list', 'health'] as const) {
        const gap = this.#sights[source].openGap(now, mono);
        if (gap !== null) gaps.push(gap);
        this.#noteBlindness(source, now, mono, update.events);
      }
      if (!isEmpty(update) || gaps.length > 0) this.#announce(update, gaps, []);
      if (this.findings.aged()) this.#lookAround();
      if (this.#traffic.lost(mono)) this.#announce(this.#fleet.now.applyTraffic(null, this.#look(now)), [], []);
    });
  }

  /** How far Cloudflare's clock is ahead of ours; `null` while nobody can tell. */
  get cloudAheadMs(): Millis | null {
    return this.#cloud.sure ? this.#cloud.aheadMs : null;
  }

  rows(): readonly BoardRow[] {
    return this.#fleet.now.rows();
  }

  detail(key: TunnelKey): TunnelDetail | null {
    return this.#fleet.now.detail(key);
  }

  /** One tunnel as the alert rules see it; tags are theirs to give. */
  view(key: TunnelKey): TunnelView | null {
    const entry = this.#fleet.now.entry(key);
    const row = this.#fleet.now.row(key);
    if (entry === undefined || row === undefined) return null;
    const { findings, tunnel } = entry;
    return { row, findings, modifiedAt: tunnel.modifiedAt, tags: [], heard: this.#heardAt.of(key) };
  }

  status(): AccountStatus {
    const { account, budget } = this.#options;
    const { mono } = this.#times();
    const parts = { sights: this.#sights, poller: this.#poller, fleet: this.#fleet.now, cloud: this.#cloud };
    return accountStatus({ account, budget, ...parts }, mono);
  }

  #sink(): PollSink {
    return {
      list: (answer) =>
        this.#heard('list', answer, (snapshot, look) => {
          this.#listedAt = look.now;
          return this.#fleet.applyList(snapshot, look);
        }),
      health: (answer, window) =>
        this.#heard('health', answer, (rows, look) => {
          this.#healthReadTo = window.to;
          return this.#fleet.now.applyHealth(rows, look);
        }),
      tunnel: (answer) => {
        if (!answer.ok) return;
        const { now, mono } = this.#times();
        this.#cloud.heard(answer.meta.date, now);
        this.#heardAt.closely(answer.value.key, mono);
        this.#guard('reading a tunnel closely', () =>
          this.#announce(this.#fleet.now.applyTunnel(answer.value, this.#look(now)), [], []),
        );
      },
      traffic: (answer, window) => this.#carried(answer, window),
      listDropped: () => this.#fleet.doubt(),
      trafficWindow: () => trafficWindow(this.#options.clock.now() + this.#cloud.aheadMs),
      healthWindow: () => nextHealthWindow(this.#options.clock.now() + this.#cloud.aheadMs, this.#healthReadTo),
      watched: () => this.#watched(),
      isSeeing: () => this.#listedAt !== null && this.#sights.list.blind(this.#times().mono) === null,
      surrounding: (...answer) => this.#lookAround(() => this.findings.heard(...answer)),
    };
  }

  /** An answer about traffic. Without any row it says nothing: not every account has such figures. */
  #carried(answer: Answer<readonly TunnelTraffic[]>, window: HealthWindow): void {
    if (!answer.ok || answer.value.length === 0) return;
    const { now, mono } = this.#times();
    this.#guard('working through the traffic', () => {
      this.#traffic.heard(mono);
      this.#announce(this.#fleet.now.applyTraffic({ traffic: answer.value, window }, this.#look(now)), [], []);
    });
  }

  /** What is known beside the list may be other than what lint was told. */
  #lookAround(hear = (): void => undefined): void {
    this.#guard('looking around', () => {
      hear();
      const known = this.findings.known();
      const update = this.#fleet.applySurroundings(known, this.#look(this.#times().now));
      if (!isEmpty(update)) this.#announce(update, [], []);
    });
  }

  /** One answer of a source: into the fleet when it is good, into the sight either way. Returns the failures in a row. */
  #heard<T>(source: GapSource, answer: Answer<T>, apply: (value: T, look: Look) => Update): number {
    const { now, mono } = this.#times();
    if (!answer.ok) return this.#failed(source, answer.error, now, mono);
    this.#cloud.heard(answer.meta.date, now);
    const worked = this.#guard(`working through the ${source} answer`, () =>
      this.#sights[source].attempt(now, mono, (gap) => {
        const update = apply(answer.value, this.#look(now));
        this.#heardAt.source(source, mono);
        this.#noteBlindness(source, now, mono, update.events);
        if (gap !== null) update.events.push(this.#event('gap', now, { source, from: gap.from, to: gap.to }));
        this.#announce(update, gap === null ? [] : [gap], [{ accountId: this.id, source, at: now }]);
      }),
    );
    return worked ? 0 : this.#failed(source, INTERNAL_FAULT, now, mono);
  }

  #failed(source: GapSource, fault: Fault, now: Instant, mono: Millis): number {
    const sight = this.#sights[source];
    sight.failed(fault, now);
    this.#guard('noting a failure', () => {
      const update = emptyUpdate();
      this.#noteBlindness(source, now, mono, update.events);
      this.#announce(update, [], []);
    });
    return sight.failures;
  }

  /** Runs `work`. A bug in it ends here: it is told, and the next list is taken as a whole. */
  #guard(doing: string, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#fleet.doubt();
      this.#options.onBug(`${doing} of the account ${this.#options.account.name}`, error);
      return false;
    }
  }

  #look(now: Instant): Look {
    const { policy, policyOf } = this.#options;
    return { now, lastLook: this.#listedAt, policy, policyOf, aheadMs: this.#cloud.aheadMs };
  }

  #watched(): readonly TunnelId[] {
    const { mono } = this.#times();
    if (this.#sights.list.blind(mono) !== null) return [];
    return chooseWatched(this.#views.current(mono), this.#fleet.now.entries()).map(tunnelOf);
  }

  #noteBlindness(source: GapSource, now: Instant, mono: Millis, events: NewEvent[]): void {
    events.push(...this.#blindness.note(source, this.#sights[source].blind(mono), now));
  }

  /** The row follows a waiver at once. */
  rewaived(key: TunnelKey): void {
    const now = this.#options.clock.now();
    this.findings.lint.rewaived(now);
    this.#announce(this.#fleet.now.applyWaivers(key, this.#look(now)), [], []);
  }

  #event(kind: EventKind, at: Instant, detail: NewEvent['detail']): NewEvent {
    return { at, kind, accountId: this.id, key: null, detail };
  }

  #announce(update: Update, gaps: readonly Gap[], looked: RecordBatch['looked']): void {
    const { changes, configs, identities } = update;
    const events = [...update.events, ...this.#dips.heard(changes, update.removed, this.#options.clock.now())];
    if (update.events.some((event) => recentChange(event) !== null)) this.#poller.lookAroundSoon();
    const rows = [...update.touched].flatMap((key) => this.#fleet.now.row(key) ?? []);
    this.#options.announce({
      batch: { changes, events, configs, identities, gaps, looked },
      rows,
      removed: [...update.removed],
    });
  }

  #times(): { now: Instant; mono: Millis } {
    return { now: this.#options.clock.now(), mono: this.#options.clock.monotonic() };
  }
}
