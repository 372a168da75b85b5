/**
 * What waits for one sink: a chain of notices for each incident, in order of planning. Only the first of a chain may go
 * out, so a receiver hears of an incident in order; chains do not wait for each other. Pure.
 */
import type { Instant, Millis } from '../../../shared/model.ts';
import { isPage, type NoticeKind } from '../../../shared/notices.ts';
import type { OutboxItem } from '../contract.ts';

export interface Entry {
  item: OutboxItem;
  /** Attempts by this process. */
  tries: number;
  /** Monotonic time before which it is not tried again. */
  nextAt: Millis;
  /** Monotonic time from which its age counts; may lie before the start of the process. */
  readonly bornAt: Millis;
  busy: boolean;
}

/** Kinds that a newer notice makes needless. `firing`, `worse` and `escalation` are never skipped: they may be the first word. */
const STALE: Readonly<Partial<Record<NoticeKind, readonly NoticeKind[]>>> = {
  update: ['update'],
  reminder: ['update', 'reminder'],
  worse: ['update', 'reminder'],
  escalation: ['update', 'reminder'],
  resolved: ['update', 'reminder'],
};

const isHeld = ({ item }: Entry): boolean => item.state === 'held';

/** Does `newer` say all that `older` would? */
function overtakes(newer: OutboxItem, older: Entry): boolean {
  const { kind } = newer.notice;
  if (older.busy) return false;
  if (STALE[kind]?.includes(older.item.notice.kind) === true) return true;
  // What breaks quiet hours must not wait behind what they hold, and tells the same incident as it is now.
  return isHeld(older) && newer.state !== 'held' && (isPage(kind) || kind === 'resolved');
}

export class Chains {
  readonly #chains = new Map<string, Entry[]>();
  readonly #ids = new Set<number>();

  /** Adds to the chain of its incident; returns what it made needless. */
  add(item: OutboxItem, nextAt: Millis, bornAt: Millis): readonly OutboxItem[] {
    if (this.#ids.has(item.id)) return [];
    const { id } = item.notice.incident;
    const chain = this.#chains.get(id) ?? [];
    const stale = chain.filter((entry) => overtakes(item, entry));
    const kept = chain.filter((entry) => !stale.includes(entry));
    this.#chains.set(id, [...kept, { item, tries: 0, nextAt, bornAt, busy: false }]);
    this.#ids.add(item.id);
    for (const entry of stale) this.#ids.delete(entry.item.id);
    return stale.map((entry) => entry.item);
  }

  /** Lets go of a notice. */
  remove(item: OutboxItem): void {
    const { id } = item.notice.incident;
    const rest = (this.#chains.get(id) ?? []).filter((entry) => entry.item.id !== item.id);
    if (rest.length === 0) this.#chains.delete(id);
    else this.#chains.set(id, rest);
    this.#ids.delete(item.id);
  }

  has(incidentId: string): boolean {
    return this.#chains.has(incidentId);
  }

  /** The first of each chain that is not under way. */
  *heads(): Iterable<Entry> {
    for (const [head] of this.#chains.values()) if (head !== undefined && !head.busy) yield head;
  }

  *entries(): Iterable<Entry> {
    for (const chain of this.#chains.values()) yield* chain;
  }

  find(id: number): Entry | undefined {
    if (!this.#ids.has(id)) return undefined;
    for (const entry of this.entries()) if (entry.item.id === id) return entry;
    return undefined;
  }

  get size(): number {
    return this.#ids.size;
  }
}

/** Wall clocks jump: what is held is looked at again at least this often. */
const HOLD_LOOK_MS: Millis = 60_000;

/** How long a held notice waits at most before it is looked at again; 0 when it may go. */
export function holdLeft({ item }: Entry, now: Instant): Millis {
  if (item.state !== 'held' || item.holdUntil === null) return 0;
  return Math.min(HOLD_LOOK_MS, Math.max(0, item.holdUntil - now));
}
