/** The dips of one tunnel, as its health lane tells them. Pure. */
import type { Instant, LaneValue, Millis, StateChange } from '../../../shared/model.ts';
import { type Dip, isDip } from './rhythm.ts';

/** Six periods of the longest kind, and more of all others. */
export const DIP_MEMORY_MS: Millis = 8 * 24 * 3_600_000;
/** More dips than this tell no more about their rhythm. */
const MOST_DIPS = 32;

const isBad = (value: LaneValue | null): boolean => value === 'degraded' || value === 'down';

export class DipMemory {
  /** When health left healthy for something bad; `null` while it is not bad, or since we do not know when. */
  #began: Instant | null = null;
  /** Oldest first. */
  #dips: readonly Dip[] = [];
  readonly #named = new Set<Instant>();

  get dips(): readonly Dip[] {
    return this.#dips;
  }

  /** True while health is bad, and was healthy before. */
  get open(): boolean {
    return this.#began !== null;
  }

  /** Takes the next change of the health lane. Returns the dip that it ends. */
  take({ at, from, to }: Pick<StateChange, 'at' | 'from' | 'to'>): Dip | null {
    if (isBad(to)) {
      if (from === 'healthy') this.#began = at;
      else if (!isBad(from)) this.#began = null;
      return null;
    }
    const began = this.#began;
    this.#began = null;
    if (to !== 'healthy' || began === null) return null;
    const dip = { from: began, to: at };
    if (!isDip(dip)) return null;
    this.remember([dip]);
    return dip;
  }

  /** Takes in dips that are known from elsewhere; those known already are not taken twice. */
  remember(dips: readonly Dip[]): void {
    const all = new Map([...dips, ...this.#dips].map((dip) => [dip.from, dip]));
    const sorted = [...all.values()].sort((a, b) => a.from - b.from);
    const oldest = (sorted.at(-1)?.from ?? 0) - DIP_MEMORY_MS;
    this.#dips = sorted.filter(({ from }) => from >= oldest).slice(-MOST_DIPS);
    const first = this.#dips[0]?.from ?? 0;
    for (const from of this.#named) if (from < first) this.#named.delete(from);
  }

  /** Notes that the dip which began at `from` has its name. False when it had it before. */
  name(from: Instant): boolean {
    if (this.#named.has(from)) return false;
    this.#named.add(from);
    return true;
  }

  /** A dip at the same time as `dip`: seen to the minute, so that touching counts. */
  has(dip: Dip): boolean {
    const began = this.#began;
    if (began !== null && began <= dip.to) return true;
    return this.#dips.some(({ from, to }) => from <= dip.to && to >= dip.from);
  }
}

/** The dips in a tunnel's changes, oldest first. */
export function dipsIn(changes: readonly StateChange[]): readonly Dip[] {
  const memory = new DipMemory();
  for (const change of changes) if (change.lane === 'health') memory.take(change);
  return memory.dips;
}
