/**
 * A history for the making of the past: the same file, with fewer trips to the disk. A replay that dies is begun anew,
 * so nothing here has to survive a crash.
 */
import type { History, RecordBatch } from '../engine/history/contract.ts';
import type { Instant, Millis } from '../shared/model.ts';

/** Upkeep once in six hours of replayed time instead of once a minute. */
const UPKEEP_MS: Millis = 6 * 3_600_000;

const isQuiet = ({ changes, events, gaps, configs, identities }: RecordBatch): boolean =>
  changes.length + events.length + gaps.length + configs.length + identities.length === 0;

/** Rounds in which nothing happened are written down together with the next one in which something did. */
export function lazyHistory(history: History): History {
  let looked = new Map<string, RecordBatch['looked'][number]>();
  let upkeepDue: Instant | null = null;
  return {
    record(batch) {
      for (const look of batch.looked) looked.set(`${look.accountId} ${look.source}`, look);
      if (isQuiet(batch)) return [];
      const all = { ...batch, looked: [...looked.values()] };
      looked = new Map();
      return history.record(all);
    },
    maintain(now) {
      upkeepDue ??= now + UPKEEP_MS;
      if (now < upkeepDue) return false;
      const more = history.maintain(now);
      if (!more) upkeepDue = now + UPKEEP_MS;
      return more;
    },
    past: history.past,
    status: () => history.status(),
    remembered: (accountId) => history.remembered(accountId),
    lanes: (query) => history.lanes(query),
    events: (query) => history.events(query),
    changes: (key, from, limit) => history.changes(key, from, limit),
    availability: (key, now) => history.availability(key, now),
    rollups: (key, lane, span, from, to) => history.rollups(key, lane, span, from, to),
    configs: (key, limit) => history.configs(key, limit),
    close: () => history.close(),
  };
}
