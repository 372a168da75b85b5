/** What happened while the reader was away: asked for when they come back, kept until they have read it. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { ShiftReport } from '../../shared/reports.ts';
import type { App } from './app.ts';
import type { Keepsake } from './keepsake.ts';

/** Whoever was not seen for so long was away. */
const PAUSE: Millis = 30 * 60_000;
/** The host answers for ranges up to this. */
const LONGEST: Millis = 400 * 86_400_000;
/** How often the last sign of life is kept. */
const KEEP: Millis = 30_000;

/** An absence that has not been read about. */
export interface Absence {
  readonly from: Instant;
  readonly to: Instant;
}

interface Kept {
  /** The last sign of life. */
  readonly last: Instant;
  readonly absence: Absence | null;
}

/** Reads what was kept; whatever cannot be read is a first visit. */
export function readKept(text: string | null): Kept | null {
  const [, last, from, to] = /^(\d{10,14}),(\d{10,14})?,(\d{10,14})?$/.exec(text ?? '') ?? [];
  if (last === undefined) return null;
  const absence = from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
  return { last: Number(last), absence };
}

const writeKept = ({ last, absence }: Kept): string => `${last},${absence?.from ?? ''},${absence?.to ?? ''}`;

/** What is known at `now`, when somebody is there. An absence that was not read about grows by the next one. */
export function presentAt(kept: Kept | null, now: Instant): Kept {
  if (kept === null || kept.last > now) return { last: now, absence: kept?.absence ?? null };
  if (now - kept.last < PAUSE) return { last: now, absence: kept.absence };
  const from = Math.max(kept.absence?.from ?? kept.last, now - LONGEST);
  return { last: now, absence: { from, to: now } };
}

/** Whether a report tells anything that somebody wants to know after an absence. */
export function isNews({ opened, resolved, newFindings, changes }: ShiftReport): boolean {
  return opened.length + resolved.length + newFindings.length + changes.length > 0;
}

export class Away {
  readonly #app: Pick<App, 'board' | 'bridge' | 'ticker'>;
  readonly #keepsake: Keepsake;
  #kept: Kept | null;
  #written: Instant = 0;
  #asked: Instant | null = null;
  #report = $state.raw<ShiftReport | null>(null);

  constructor(app: Pick<App, 'board' | 'bridge' | 'ticker'>, keepsake: Keepsake) {
    this.#app = app;
    this.#keepsake = keepsake;
    this.#kept = readKept(keepsake.get());
  }

  /** News of the absence; `null`: none, or read. */
  get news(): ShiftReport | null {
    return this.#report;
  }

  /** Each beat of the page, which beats while somebody can see it, is a sign of life. Returns the way to stop. */
  start(): () => void {
    return this.#app.ticker.onBeat(() => this.#beat());
  }

  /** The reader knows about it. */
  done(): void {
    this.#report = null;
    this.#keep({ last: this.#app.board.now, absence: null });
  }

  #beat(): void {
    const { board } = this.#app;
    // Before the host has spoken nobody knows what time it is there.
    if (board.status === null) return;
    const next = presentAt(this.#kept, board.now);
    if (next.absence !== this.#kept?.absence || next.last - this.#written >= KEEP) this.#keep(next);
    else this.#kept = next;
    if (next.absence !== null && next.absence.to !== this.#asked) void this.#ask(next.absence);
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#written = kept.last;
    this.#keepsake.set(writeKept(kept));
  }

  async #ask(absence: Absence): Promise<void> {
    this.#asked = absence.to;
    const result = await this.#app.bridge.call('shiftReport', absence);
    // Read meanwhile, or away again.
    if (this.#kept?.absence?.to !== absence.to || !result.ok || result.value === null) return;
    if (isNews(result.value)) this.#report = result.value;
    else this.done();
  }
}
