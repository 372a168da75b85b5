/**
 * Whether we see: the age of the last good look of one source (list or health) of one account, its failures in a row, and
 * the gaps that the history must show. Age is monotonic; a sleep that the monotonic clock missed is added by `slept`.
 */
import type { AccountId, Fault, Instant, Millis } from '../../shared/model.ts';
import type { Gap, GapSource } from '../history/contract.ts';
import { isDefinite } from './backoff.ts';

/** A fact is fresh for this many poll intervals. */
export const FRESH_INTERVALS = 3;
/** One failed round is a hiccup, the second makes us blind. */
const BLIND_AFTER_FAILURES = 2;

export interface Blind {
  /** First failure of the row. */
  readonly since: Instant;
  readonly fault: Fault;
}

export interface SightOptions {
  readonly accountId: AccountId;
  readonly source: GapSource;
  readonly intervalMs: Millis;
  /** The last good look before this process, with the gap that was open then. */
  readonly lookedAt: Instant | null;
  readonly openGap: Gap | null;
}

/** All that a sight remembers. */
interface Memory {
  readonly lastWall: Instant | null;
  readonly lastMono: Millis | null;
  readonly failures: number;
  readonly failingSince: Instant;
  readonly fault: Fault | null;
  readonly gapFrom: Instant | null;
}

export class Sight {
  readonly staleAfterMs: Millis;
  readonly #options: SightOptions;
  #memory: Memory;

  constructor(options: SightOptions) {
    this.#options = options;
    this.staleAfterMs = FRESH_INTERVALS * options.intervalMs;
    this.#memory = {
      lastWall: options.lookedAt,
      lastMono: null,
      failures: 0,
      failingSince: 0,
      fault: null,
      gapFrom: options.openGap?.from ?? null,
    };
  }

  /** Wall time of the last good look, of an earlier process if need be. */
  get lastLook(): Instant | null {
    return this.#memory.lastWall;
  }

  get failures(): number {
    return this.#memory.failures;
  }

  /** True once this process has had a good answer. */
  get seen(): boolean {
    return this.#memory.lastMono !== null;
  }

  /** Age of the newest fact, `null` before the first. */
  age(mono: Millis): Millis | null {
    return this.#memory.lastMono === null ? null : mono - this.#memory.lastMono;
  }

  /** The failures in a row so far, blind or not. */
  get failing(): Blind | null {
    return this.#memory.fault === null ? null : { since: this.#memory.failingSince, fault: this.#memory.fault };
  }

  /** We are blind after two failures in a row, at once where trying again cannot help, or when all facts are stale. */
  blind(mono: Millis): Blind | null {
    if (this.#memory.fault === null) return null;
    const stale = (this.age(mono) ?? 0) > this.staleAfterMs;
    if (!stale && this.#memory.failures < BLIND_AFTER_FAILURES && !isDefinite(this.#memory.fault.kind)) return null;
    return { since: this.#memory.failingSince, fault: this.#memory.fault };
  }

  /** A good look. Returns the gap that it ends, if there was one. */
  succeeded(now: Instant, mono: Millis): Gap | null {
    const from = this.#memory.gapFrom ?? this.#gapStart(now, mono);
    this.#memory = { lastWall: now, lastMono: mono, failures: 0, failingSince: 0, fault: null, gapFrom: null };
    return from === null ? null : this.#gap(from, Math.max(from, now));
  }

  /** A good look as `succeeded`, unless working it through throws: then it was none, and everything is as before. */
  attempt<T>(now: Instant, mono: Millis, work: (endedGap: Gap | null) => T): T {
    const before = this.#memory;
    try {
      return work(this.succeeded(now, mono));
    } catch (error) {
      this.#memory = before;
      throw error;
    }
  }

  failed(fault: Fault, now: Instant): void {
    const { failures, failingSince } = this.#memory;
    const since = failures === 0 ? now : failingSince;
    this.#memory = { ...this.#memory, failures: failures + 1, failingSince: since, fault };
  }

  /** The machine slept for `ms` that the monotonic clock did not count: every fact is that much older. */
  slept(ms: Millis): void {
    const { lastMono } = this.#memory;
    if (lastMono !== null) this.#memory = { ...this.#memory, lastMono: lastMono - ms };
  }

  /** Opens a gap once the facts are stale; `null` when there is none to open. */
  openGap(now: Instant, mono: Millis): Gap | null {
    if (this.#memory.gapFrom !== null) return null;
    const gapFrom = this.#gapStart(now, mono);
    this.#memory = { ...this.#memory, gapFrom };
    return gapFrom === null ? null : this.#gap(gapFrom, null);
  }

  /** Where a gap begins if the facts are stale now: at the last good look. */
  #gapStart(now: Instant, mono: Millis): Instant | null {
    if (this.#memory.lastWall === null) return null;
    const age = this.age(mono) ?? now - this.#memory.lastWall;
    return age > this.staleAfterMs ? this.#memory.lastWall : null;
  }

  #gap(from: Instant, to: Instant | null): Gap {
    return { accountId: this.#options.accountId, source: this.#options.source, from, to };
  }
}
