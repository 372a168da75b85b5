/**
 * Rollups and pruning, a slice at a time. Work is counted in tunnels and rows and not in time, so that a slice does the
 * same under every clock; it stays under about 20 ms on an ordinary laptop.
 */
import {
  type AccountId,
  accountOf,
  type Instant,
  LANES,
  type Lane,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../shared/model.ts';
import { sourceOf } from './codes.ts';
import type { Retention } from './contract.ts';
import type { Ids } from './ids.ts';
import { layIntervals, overlayGaps } from './intervals.ts';
import type { LaneRows } from './lane-rows.ts';
import { createPruner } from './prune.ts';
import { DAY_MS, HOUR_MS, rollUp } from './rollup.ts';
import { createRollupWriter } from './rollup-rows.ts';
import { type Db, int, type Row, text } from './sqlite.ts';
import type { Watermarks } from './watermarks.ts';

/** Tunnels rolled up in one slice; measured at some 50 µs each. */
const TUNNELS_PER_SLICE = 100;
/** A tunnel that was not rolled up for long (the app was off) catches up in steps. */
const CATCH_UP_MS = 7 * DAY_MS;
/** Pages that deletions leave behind before the file is made smaller, and how many go back at a time. */
const FREE_PAGES = 256;
const PAGES_PER_SLICE = 64;

export interface Sweep {
  /** Does one slice. True when more is due. Throws SQLite's errors. */
  slice(now: Instant, retention: Retention, mayPrune: boolean): boolean;
  /** Drops what is older than `horizon`, apart from the last change of each lane before it, and all of it at once. */
  dropBefore(horizon: Instant): void;
}

interface DueTunnel {
  readonly id: number;
  readonly key: TunnelKey;
  readonly rolledTo: Instant;
}

const dueTunnel = (row: Row): DueTunnel => ({
  id: int(row, 0),
  key: tunnelKey(text(row, 1) as AccountId, text(row, 2) as TunnelId),
  rolledTo: int(row, 3),
});

function createRoller(db: Db, lanes: LaneRows, watermarks: Watermarks): (now: Instant) => boolean {
  const due = db.prepare(
    `SELECT t.id, a.cf_id, t.cf_id, t.rolled_to FROM tunnels t JOIN accounts a ON a.id = t.account
     WHERE t.rolled_to < ? ORDER BY t.rolled_to LIMIT ?`,
  );
  const early = db.prepare(
    'UPDATE tunnels SET rolled_to = max(?, pruned_to) WHERE rolled_to > ? AND pruned_to < rolled_to',
  );
  const gone = db.prepare('UPDATE tunnels SET rolled_to = ? WHERE rolled_to < ? AND gone_at < rolled_to');
  const mark = db.prepare('UPDATE tunnels SET rolled_to = ? WHERE id = ?');
  const rollups = createRollupWriter(db);

  function rollLane(tunnel: DueTunnel, lane: Lane, to: Instant, now: Instant): void {
    const day = Math.floor(tunnel.rolledTo / DAY_MS) * DAY_MS;
    const base = layIntervals(lanes.steps(tunnel.key, lane, day, to, now), now);
    const seen = overlayGaps(base, lanes.gaps(accountOf(tunnel.key), sourceOf(lane), day));
    const hour = tunnel.rolledTo / HOUR_MS;
    rollups.replace(tunnel.id, lane, 'hour', hour, rollUp(base, seen, HOUR_MS, hour, to / HOUR_MS));
    const lastDay = Math.floor(to / DAY_MS);
    if (lastDay <= day / DAY_MS) return;
    rollups.replace(tunnel.id, lane, 'day', day / DAY_MS, rollUp(base, seen, DAY_MS, day / DAY_MS, lastDay));
  }

  return (now) => {
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    // Marks in the future were made before the clock was set back; tunnels that left have nothing more to roll up.
    early.run(hour, hour);
    gone.run(hour, hour);
    const tunnels = due.rows(hour, TUNNELS_PER_SLICE).map(dueTunnel);
    for (const tunnel of tunnels) {
      const to = Math.min(hour, tunnel.rolledTo + CATCH_UP_MS);
      for (const lane of LANES) rollLane(tunnel, lane, to, now);
      mark.run(to, tunnel.id);
      watermarks.rolled(to);
    }
    return due.row(hour, 1) !== undefined;
  };
}

/** The sweep of one database. */
export function createSweep(db: Db, ids: Ids, lanes: LaneRows, watermarks: Watermarks): Sweep {
  const roll = createRoller(db, lanes, watermarks);
  const pruner = createPruner(db, ids);
  const free = db.prepare('PRAGMA freelist_count');
  return {
    slice(now, retention, mayPrune) {
      const rolling = db.transaction(() => roll(now));
      if (rolling) return true;
      const pruning = mayPrune && db.transaction(() => pruner.slice(now, retention));
      if (pruning) return true;
      const spare = int(free.row() ?? [0], 0);
      if (spare > FREE_PAGES) db.exec(`PRAGMA incremental_vacuum(${PAGES_PER_SLICE})`);
      return spare > FREE_PAGES + PAGES_PER_SLICE;
    },
    dropBefore: (horizon) => db.transaction(() => pruner.dropBefore(horizon)),
  };
}
