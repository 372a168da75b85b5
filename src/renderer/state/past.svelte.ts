import { NO_ALERTS } from '../../shared/alerts.ts';
import type { Bridge } from '../../shared/bridge.ts';
import type { Instant, Millis, StateChange } from '../../shared/model.ts';
import type { PastBoard } from '../../shared/past.ts';
import { Board } from './board.svelte.ts';
import type { PageClock } from './page-clock.ts';
import { PastMarks } from './past-marks.svelte.ts';
import { Tape } from './past-tape.ts';
import { between, incidentsBetween, kept, played, statusThen } from './past-then.ts';
import { type Span, type Stretch, spanFor, windowOf } from './past-window.ts';
import { Ticker } from './ticker.svelte.ts';

/** How many times as fast as it happened. */
export const SPEEDS = [1, 10, 60, 300, 600] as const;
export type Speed = (typeof SPEEDS)[number];

/** What the past is shown with. */
export interface PastParts {
  readonly bridge: Bridge;
  readonly clock: PageClock;
  /** The board of the present, which goes on underneath: it knows the names, the policy, and what time it is. */
  readonly live: Pick<Board, 'status' | 'policy' | 'now'>;
  /** What is said of accounts that we could not see then. */
  readonly blindness: string;
  /** Playing has arrived at the present. */
  readonly onpresent: () => void;
}

/** Ten pictures in a second: at 600 times the speed each is a minute. */
const FRAME_MS: Millis = 100;
/** So much of the record is fetched ahead, in time of the reader. */
const AHEAD_MS: Millis = 12_000;
const LEAST_AHEAD: Millis = 10 * 60_000;
/** What is not told by changes (incidents, tunnels that come and go) is asked anew so often while playing. */
const RENEW_MS: Millis = 2_000;
/** The last moments are not complete yet: results come late. */
const PRESENT_MS: Millis = 3_000;

/** Upwards: what happened within the second is in it. */
const wholeSecond = (at: Instant): Instant => Math.ceil(at / 1000) * 1000;

/** A moment of the recorded past, as a board; and the way through it. Nothing here changes anything. */
export class Past {
  /** The board of then. Its time is the moment that is shown. */
  readonly board: Board;
  readonly ticker: Ticker;
  readonly marks: PastMarks;
  readonly #parts: PastParts;
  readonly #hand = { at: 0 };
  #at = $state.raw<Instant>(0);
  #earliest = $state.raw<Instant | null>(null);
  #asked = $state.raw(false);
  #problem = $state.raw<string | null>(null);
  #shown = $state.raw(false);
  #playing = $state.raw(false);
  #speed = $state.raw<Speed>(60);
  #waiting = $state.raw(false);
  #span = $state.raw<Span>('24h');
  #window = $state.raw<Stretch>({ from: 0, to: 1 });
  #wanted: Instant | null = null;
  #chasing = false;
  #renewing = false;
  /** What was played since the board was asked anew. */
  #since: StateChange[] = [];
  #renewed: Millis = 0;
  #tape: Tape | null = null;
  #last: Millis = 0;
  #stopFrames: () => void = () => {};
  #over = false;

  constructor(parts: PastParts, at: Instant) {
    const { clock } = parts;
    this.#parts = parts;
    const then: PageClock = {
      wall: () => this.#hand.at,
      mono: () => 0,
      after: (ms, run) => clock.after(ms, run),
      every: (ms, run) => clock.every(ms, run),
    };
    this.ticker = new Ticker(then);
    this.board = new Board(this.ticker, then);
    this.marks = new PastMarks(parts.bridge);
    this.#at = wholeSecond(Math.min(at, this.latest));
    this.#span = spanFor(this.latest - at);
  }

  /** The moment that is shown, or asked for at this very moment. */
  get at(): Instant {
    return this.#at;
  }
  /** The same in whole seconds, as the board counts them: what is written anywhere. */
  get moment(): Instant {
    return wholeSecond(this.#at);
  }
  /** The present. */
  get latest(): Instant {
    return this.#parts.live.now;
  }
  /** Where the record begins; `null`: nothing is recorded. Known once `ready`. */
  get earliest(): Instant | null {
    return this.#earliest;
  }
  /** The host has told how far back the record goes, and shown a moment or said why not. */
  get ready(): boolean {
    return this.#asked && (this.#shown || this.#problem !== null);
  }
  /** The moment lies before the record begins, or there is none. */
  get before(): boolean {
    return this.#asked && (this.#earliest === null || this.#at < this.#earliest);
  }
  /** Why the moment cannot be shown: one sentence. */
  get problem(): string | null {
    return this.#problem;
  }
  get playing(): boolean {
    return this.#playing;
  }
  /** The record has not come as fast as it is played. */
  get waiting(): boolean {
    return this.#waiting;
  }
  get speed(): Speed {
    return this.#speed;
  }
  get span(): Span {
    return this.#span;
  }
  /** What the slider covers. */
  get window(): Stretch {
    return this.#window;
  }
  get #record(): Stretch {
    return { from: this.#earliest ?? this.#at, to: this.latest };
  }

  /** Asks how far the record goes, and shows the first moment. */
  async start(): Promise<void> {
    const range = await this.#parts.bridge.call('pastRange', {});
    if (this.#over) return;
    if (range.ok) this.#earliest = range.value.earliest;
    else this.#problem = range.error.sentence;
    this.#asked = true;
    this.seek(this.#at);
  }

  /** Ends everything that is under way. */
  stop(): void {
    this.#over = true;
    this.pause();
  }

  /** Shows a moment. Of moments that are asked for faster than they come, the last one wins. */
  seek(at: Instant): void {
    this.#at = wholeSecond(Math.min(Math.max(at, 0), this.latest));
    this.#wanted = this.#at;
    this.#tape = null;
    this.#fit(false);
    void this.#chase();
  }

  /** To the next (1) or previous (-1) mark. Resolves with whether there was one. */
  async step(by: 1 | -1, incidentsOnly: boolean): Promise<boolean> {
    this.pause();
    const to = await this.marks.step(this.#at, by, incidentsOnly, this.#record);
    if (to !== null && !this.#over) this.seek(to);
    return to !== null;
  }

  play(): void {
    if (this.#playing || this.before) return;
    this.#playing = true;
    this.#last = this.#parts.clock.mono();
    this.#stopFrames = this.#parts.clock.every(FRAME_MS, () => this.#frame());
  }

  pause(): void {
    this.#stopFrames();
    this.#stopFrames = () => {};
    this.#playing = false;
    this.#waiting = false;
  }

  /** Also while playing. */
  setSpeed(speed: Speed): void {
    this.#speed = speed;
  }
  setSpan(span: Span): void {
    this.#span = span;
    this.#fit(true);
  }

  #fit(anew: boolean): void {
    if (!this.#asked) return;
    const next = windowOf(this.#span, this.#at, this.#record, anew ? null : this.#window);
    if (next !== this.#window) this.#window = next;
    void this.marks.load(next);
  }

  async #chase(): Promise<void> {
    if (this.#chasing || !this.#asked) return;
    this.#chasing = true;
    while (this.#wanted !== null && !this.#over) {
      const at = this.#wanted;
      this.#wanted = null;
      const result = await this.#parts.bridge.call('past', { at });
      if (this.#over) break;
      this.#problem = result.ok ? null : result.error.sentence;
      if (result.ok) this.#jump(result.value);
    }
    this.#chasing = false;
    this.#last = this.#parts.clock.mono();
  }

  #jump(then: PastBoard): void {
    const { status, policy } = this.#parts.live;
    if (status === null || policy === null) return;
    this.#hand.at = then.at;
    this.board.take({
      type: 'board',
      status: statusThen(then, status, this.#parts.blindness),
      policy,
      rows: kept(then.rows, this.board.rows),
      alerts: { ...NO_ALERTS, incidents: then.incidents },
    });
    this.ticker.beat();
    this.#shown = true;
    this.#renewed = this.#parts.clock.mono();
  }

  #frame(): void {
    const now = this.#parts.clock.mono();
    const passed = (now - this.#last) * this.#speed;
    this.#last = now;
    if (this.#chasing) return;
    const end = this.latest - PRESENT_MS;
    this.#tape ??= new Tape(this.#parts.bridge, this.#at);
    const tape = this.#tape;
    if (tape.until - this.#at < (AHEAD_MS * this.#speed) / 2 && tape.until < end) void this.#fill(tape, end);
    const to = Math.round(Math.min(this.#at + passed, tape.until, end));
    this.#waiting = to < this.#at + passed && to < end;
    if (to > this.#at) this.#goOn(tape, to);
    if (this.#at < end) return;
    this.pause();
    this.#parts.onpresent();
  }

  async #fill(tape: Tape, end: Instant): Promise<void> {
    const ahead = Math.max(LEAST_AHEAD, AHEAD_MS * this.#speed);
    const problem = await tape.fill(Math.min(end, tape.until + ahead));
    if (problem === null || tape !== this.#tape || this.#over) return;
    this.#problem = problem;
    this.pause();
  }

  #goOn(tape: Tape, to: Instant): void {
    const changes = tape.take(to);
    const from = this.#at;
    this.#at = to;
    if (this.#renewing) this.#since.push(...changes);
    this.#show(played(this.board.rows, changes), changes, null);
    this.#fit(false);
    const due = this.#parts.clock.mono() - this.#renewed > RENEW_MS || this.marks.crossed(from, to);
    if (due) void this.#renew(tape);
  }

  /** The board of the moment that is played, with what changes alone do not tell. */
  async #renew(tape: Tape): Promise<void> {
    if (this.#renewing) return;
    this.#renewing = true;
    this.#since = [];
    const result = await this.#parts.bridge.call('past', { at: this.#at });
    this.#renewing = false;
    this.#renewed = this.#parts.clock.mono();
    if (!result.ok || tape !== this.#tape || this.#over) return;
    const rows = new Map(result.value.rows.map((row) => [row.key, row]));
    const after = kept([...played(rows, this.#since).values()], this.board.rows);
    this.#show(new Map(after.map((row) => [row.key, row])), [], result.value);
  }

  #show(rows: Board['rows'], changes: readonly StateChange[], then: PastBoard | null): void {
    const { status } = this.board;
    const live = this.#parts.live.status;
    if (status === null || live === null) return;
    this.#hand.at = this.#at;
    const of = then === null ? status : statusThen(then, live, this.#parts.blindness);
    this.board.take({
      type: 'delta',
      status: { ...of, now: this.#at },
      ...between(this.board.rows, rows),
      changes,
      events: [],
      alerts: then === null ? null : incidentsBetween(this.board.alerts.incidents, then.incidents),
    });
    this.ticker.beat();
  }
}
