/**
 * A store in memory with an upper bound: while the disk fails for long, the oldest records go, and the time they told
 * about becomes `unobserved` instead of silently keeping its last value.
 */
import type { AccountId, Instant } from '../../shared/model.ts';
import type { RecordBatch } from './contract.ts';
import { int, text } from './sqlite.ts';
import { memoryStore, type Store } from './store.ts';

export interface BoundedMemory {
  readonly store: Store;
  /** Writes a batch and drops the oldest when the bound is passed, down to nine tenths of it. */
  write(batch: RecordBatch, base: number, now: Instant): void;
  /** How many records were dropped so far. */
  dropped(): number;
}

const COUNT = 'SELECT (SELECT count(*) FROM changes) + (SELECT count(*) FROM events)';
/** The moment of the oldest record but so many. */
const NTH = 'SELECT at FROM (SELECT at FROM changes UNION ALL SELECT at FROM events) ORDER BY at LIMIT 1 OFFSET ?';

/** An empty store in memory for about `limit` changes and events (each some 100 bytes); it speaks for the time from `since` on. */
export function boundedMemory(limit: number, since: Instant): BoundedMemory {
  const store = memoryStore();
  const count = store.db.prepare(COUNT);
  const nth = store.db.prepare(NTH);
  const accounts = store.db.prepare('SELECT cf_id FROM accounts');
  const counted = (): number => int(count.row() ?? [0], 0);
  let upTo = limit;
  let written = 0;
  let dropped = 0;

  function drop(): void {
    const before = counted();
    const row = nth.row(Math.max(0, before - Math.floor(limit * 0.9)));
    if (before <= limit || row === undefined) {
      written = before;
      return;
    }
    const horizon = int(row, 0) + 1;
    store.sweep.dropBefore(horizon);
    const from = Math.min(since, horizon - 1);
    store.writeAll((writer) => {
      for (const account of accounts.rows().map((cell) => text(cell, 0) as AccountId)) {
        writer.gap({ accountId: account, source: 'list', from, to: horizon });
        writer.gap({ accountId: account, source: 'health', from, to: horizon });
      }
    });
    written = counted();
    dropped += before - written;
    // The last change of each lane stays, so a bound below the number of lanes cannot be kept.
    upTo = Math.max(limit, written + Math.ceil(limit / 10));
  }

  return {
    store,
    write(batch, base, now) {
      store.write(batch, base, now);
      written += batch.changes.length + batch.events.length;
      if (written > upTo) drop();
    },
    dropped: () => dropped,
  };
}
