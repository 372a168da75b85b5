/**
 * How far the rollups of each tunnel reach. What is recorded about a time that was rolled up already (a gap found after
 * a crash, a clock set back) takes the mark back, and the hours are rolled up again.
 */
import type { Instant } from '../../shared/model.ts';
import { HOUR_MS } from './rollup.ts';
import { type Db, intOrNull } from './sqlite.ts';

export interface Watermarks {
  recorded(tunnel: number, at: Instant): void;
  recordedForAccount(account: number, at: Instant): void;
  /** A tunnel's mark stands there now: it was rolled up, or it is new and begins there. */
  rolled(to: Instant): void;
}

/** The watermarks of one database. They never go back behind the raw changes that are still kept. */
export function createWatermarks(db: Db): Watermarks {
  // Nearly all records are newer than every mark: remembering the highest one saves a statement per change.
  let highest = intOrNull(db.prepare('SELECT max(rolled_to) FROM tunnels').row() ?? [null], 0) ?? 0;
  const lower = db.prepare('UPDATE tunnels SET rolled_to = max(?, pruned_to) WHERE id = ? AND rolled_to > ?');
  const lowerAll = db.prepare('UPDATE tunnels SET rolled_to = max(?, pruned_to) WHERE account = ? AND rolled_to > ?');
  const hour = (at: Instant): Instant => Math.floor(at / HOUR_MS) * HOUR_MS;
  return {
    recorded(tunnel, at) {
      if (at < highest) lower.run(hour(at), tunnel, hour(at));
    },
    recordedForAccount(account, at) {
      if (at < highest) lowerAll.run(hour(at), account, hour(at));
    },
    rolled(to) {
      highest = Math.max(highest, to);
    },
  };
}
