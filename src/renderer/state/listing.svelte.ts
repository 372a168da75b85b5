import type { TunnelKey } from '../../shared/model.ts';
import type { Board } from './board.svelte.ts';
import { arranged, countBuckets, type Entries, type Entry, matching, sitesOf } from './entries.ts';
import { type BoardQuery, writeQuery } from './query.ts';

/**
 * The board as a list. While the reader's hand is on it (`held`) the order stands still: rows change where they are, and
 * only what is gone leaves and what is new comes in at the end. It sorts itself again when the hand is off.
 */
export class Listing {
  readonly #board: Board;
  readonly #query: () => BoardQuery;
  #orderBefore: readonly TunnelKey[] = [];
  #queryBefore = '';
  #sitesBefore: ReturnType<typeof sitesOf> = [];
  #held = $state.raw(false);

  #sorted = $derived.by(() => arranged(this.#board.entries, this.#query()));
  #order = $derived.by(() => this.#settle());
  #counts = $derived.by(() => countBuckets(this.#within({ states: [] })));
  #sites = $derived.by(() => {
    this.#sitesBefore = sitesOf(this.#within({ states: [], site: null }), this.#sitesBefore);
    return this.#sitesBefore;
  });
  #resorts = $derived(this.#held && !equal(this.#order, this.#sorted));

  constructor(board: Board, query: () => BoardQuery) {
    this.#board = board;
    this.#query = query;
  }

  get entries(): Entries {
    return this.#board.entries;
  }
  /** The tunnels shown, in order. */
  get order(): readonly TunnelKey[] {
    return this.#order;
  }
  /** Counts by state of what the other filters leave. */
  get counts(): ReturnType<typeof countBuckets> {
    return this.#counts;
  }
  get sites(): ReturnType<typeof sitesOf> {
    return this.#sites;
  }
  /** The order on the screen is not the order that it should be, because it is held. */
  get waiting(): boolean {
    return this.#resorts;
  }

  hold(held: boolean): void {
    this.#held = held;
  }

  #within(part: Partial<BoardQuery>): readonly Entry[] {
    return matching(this.#board.entries, { ...this.#query(), ...part });
  }

  #settle(): readonly TunnelKey[] {
    const sorted = this.#sorted;
    const query = writeQuery(this.#query()).toString();
    const keep = this.#held && query === this.#queryBefore;
    this.#queryBefore = query;
    this.#orderBefore = keep ? held(this.#orderBefore, sorted, this.#board.entries) : sorted;
    return this.#orderBefore;
  }
}

function held(before: readonly TunnelKey[], sorted: readonly TunnelKey[], entries: Entries): readonly TunnelKey[] {
  const known = new Set(before);
  const added = sorted.filter((key) => !known.has(key));
  const kept = before.filter((key) => entries.has(key));
  return added.length === 0 && kept.length === before.length ? before : [...kept, ...added];
}

function equal(a: readonly TunnelKey[], b: readonly TunnelKey[]): boolean {
  return a.length === b.length && a.every((key, place) => key === b[place]);
}
