/**
 * Everything that the page of one tunnel shows besides its row: asked for when the page opens, refreshed while it is open,
 * grown by what the host announces. It holds nothing that the host did not say.
 */
import type { CallResult, DeltaMessage } from '../../../shared/bridge.ts';
import {
  type Availability,
  accountOf,
  type EventKind,
  LANES,
  type Millis,
  type TunnelDetail,
  type TunnelKey,
} from '../../../shared/model.ts';
import { grow, NO_TRACKS, type Tracks, tracksOf } from '../../charts/tracks.ts';
import { rangeLength } from '../../charts/view.ts';
import type { App } from '../../state/app.ts';
import { type LogSources, NO_LOG, withNews } from './log.ts';

/** The host reads a watched tunnel closely for 30 s; saying so each 20 s keeps it at that. */
export const WATCH_MS: Millis = 20_000;
/** Availability moves slowly. */
const AVAILABILITY_MS: Millis = 60_000;
/** Events and changes asked for at once. A week of a tunnel that renews its keys each hour has 168 named dips. */
const EVENTS_PAGE = 200;
const CHANGES_PAGE = 200;
const CHANGES_MOST = 1_000;
/** As far back as any range goes. */
const REACH: Millis = rangeLength('30d');

/** These events mean that intervals may have changed behind the newest one. */
const REDRAW: ReadonlySet<EventKind> = new Set([
  'gap',
  'clock-jump',
  'seeing',
  'health-seeing',
  'started',
  'store-recovered',
]);

type Phase = 'loading' | 'ready' | 'gone' | 'failed';
type Parts = Pick<App, 'board' | 'bridge' | 'clock'>;

export class TunnelPage {
  readonly key: TunnelKey;
  readonly #app: Parts;
  #stops: (() => void)[] = [];
  #open = false;
  #detailAsked = false;
  #detailAgain = false;
  #changesLimit = CHANGES_PAGE;

  #phase = $state.raw<Phase>('loading');
  #detail = $state.raw<TunnelDetail | null>(null);
  #problem = $state.raw<string | null>(null);
  #tracks = $state.raw<Tracks | null>(null);
  #tracksProblem = $state.raw<string | null>(null);
  #availability = $state.raw<readonly Availability[] | null>(null);
  #availabilityProblem = $state.raw<string | null>(null);
  #log = $state.raw<LogSources>(NO_LOG);
  #logProblem = $state.raw<string | null>(null);
  #logLoading = $state.raw(false);

  constructor(key: TunnelKey, app: Parts) {
    this.key = key;
    this.#app = app;
  }

  get phase(): Phase {
    return this.#phase;
  }
  get detail(): TunnelDetail | null {
    return this.#detail;
  }
  get problem(): string | null {
    return this.#problem;
  }
  /** `null` until the history has answered. */
  get tracks(): Tracks | null {
    return this.#tracks;
  }
  get tracksProblem(): string | null {
    return this.#tracksProblem;
  }
  get availability(): readonly Availability[] | null {
    return this.#availability;
  }
  get availabilityProblem(): string | null {
    return this.#availabilityProblem;
  }
  get log(): LogSources {
    return this.#log;
  }
  get logProblem(): string | null {
    return this.#logProblem;
  }
  get logLoading(): boolean {
    return this.#logLoading;
  }

  /** Asks for everything and keeps it fresh until the returned function is called. */
  open(): () => void {
    const { board, bridge, clock } = this.#app;
    this.#open = true;
    const watch = (): void => {
      void bridge.call('watch', { key: this.key });
      void this.#askDetail();
    };
    this.#stops = [
      board.onDelta((delta) => this.#take(delta)),
      clock.every(WATCH_MS, watch),
      clock.every(AVAILABILITY_MS, () => void this.#askAvailability()),
    ];
    watch();
    this.reload();
    return () => {
      this.#open = false;
      for (const stop of this.#stops) stop();
    };
  }

  /** Asks for everything again, for instance after the host came back. */
  reload(): void {
    void this.#askDetail();
    void this.#askTracks();
    void this.#askAvailability();
    void this.#askLog();
  }

  /** Asks for the next older part of the list. */
  async older(): Promise<void> {
    this.#logLoading = true;
    const oldest = this.#log.events.at(-1);
    if (!this.#log.eventsComplete && oldest) await this.#askEvents(oldest.seq);
    if (!this.#log.changesComplete) {
      this.#changesLimit = Math.min(CHANGES_MOST, this.#changesLimit * 2);
      await this.#askChanges();
    }
    this.#logLoading = false;
  }

  async #askDetail(): Promise<void> {
    if (this.#detailAsked) {
      this.#detailAgain = true;
      return;
    }
    this.#detailAsked = true;
    const result = await this.#app.bridge.call('tunnel', { key: this.key });
    this.#detailAsked = false;
    if (!this.#open) return;
    this.#takeDetail(result);
    if (this.#detailAgain) {
      this.#detailAgain = false;
      void this.#askDetail();
    }
  }

  #takeDetail(result: CallResult<'tunnel'>): void {
    if (!result.ok) {
      this.#problem = result.error.sentence;
      if (this.#detail === null) this.#phase = 'failed';
      return;
    }
    this.#problem = null;
    if (result.value !== null) this.#detail = result.value;
    this.#phase = result.value === null ? 'gone' : 'ready';
  }

  async #askTracks(): Promise<void> {
    const to = this.#app.board.now;
    const from = to - REACH;
    const result = await this.#app.bridge.call('lanes', { keys: [this.key], lanes: [...LANES], from, to });
    if (!this.#open) return;
    this.#tracksProblem = result.ok ? null : result.error.sentence;
    if (!result.ok) return;
    this.#tracks = tracksOf(result.value, this.key);
  }

  async #askAvailability(): Promise<void> {
    const result = await this.#app.bridge.call('availability', { key: this.key });
    if (!this.#open) return;
    this.#availabilityProblem = result.ok ? null : result.error.sentence;
    if (result.ok) this.#availability = result.value;
  }

  async #askLog(): Promise<void> {
    this.#logLoading = true;
    this.#log = NO_LOG;
    await Promise.all([this.#askEvents(null), this.#askChanges()]);
    this.#logLoading = false;
  }

  async #askEvents(before: number | null): Promise<void> {
    const args = { key: this.key, accountId: null, before, limit: EVENTS_PAGE };
    const result = await this.#app.bridge.call('events', args);
    if (!this.#open) return;
    this.#logProblem = result.ok ? null : result.error.sentence;
    if (!result.ok) return;
    const grown = withNews(this.#log, result.value, []);
    this.#log = { ...grown, eventsComplete: result.value.length < EVENTS_PAGE };
  }

  async #askChanges(): Promise<void> {
    const limit = this.#changesLimit;
    const args = { key: this.key, from: this.#app.board.now - REACH, limit };
    const result = await this.#app.bridge.call('changes', args);
    if (!this.#open) return;
    this.#logProblem = result.ok ? this.#logProblem : result.error.sentence;
    if (!result.ok) return;
    const grown = withNews(this.#log, [], result.value);
    this.#log = { ...grown, changesComplete: result.value.length < limit || limit >= CHANGES_MOST };
  }

  #take(delta: DeltaMessage): void {
    const mine = delta.changes.filter(({ key }) => key === this.key);
    const events = delta.events.filter(({ key }) => key === this.key);
    if (mine.length > 0) this.#tracks = grow(this.#tracks ?? NO_TRACKS, this.key, mine);
    if (mine.length + events.length > 0) this.#log = withNews(this.#log, events, mine);
    if (delta.removed.includes(this.key)) this.#phase = 'gone';
    else if (delta.rows.some(({ key }) => key === this.key)) void this.#askDetail();
    const account = accountOf(this.key);
    const redraw = delta.events.some(({ kind, accountId }) => REDRAW.has(kind) && (accountId ?? account) === account);
    if (redraw) void this.#askTracks();
  }
}
