/**
 * Retention. A tunnel keeps, of each lane, the last change before the horizon, because that interval reaches over it.
 * Raw changes go only after their hours and days were rolled up.
 */
import type { Instant } from '../../shared/model.ts';
import { ABSENT } from './codes.ts';
import type { Retention } from './contract.ts';
import type { Ids } from './ids.ts';
import { DAY_MS, HOUR_MS } from './rollup.ts';
import { type Db, int } from './sqlite.ts';

/** Tunnels looked at and rows deleted in one slice, about. */
const TUNNELS_PER_SLICE = 50;
const ROWS_PER_SLICE = 2_000;
/** Changes of one lane that go at a time; a tunnel with more gives up its past in steps of whole days. */
const ROWS_PER_STEP = 500;
const EVENTS_PER_SLICE = 500;
/** Daily rollups are kept this many times as long as hourly ones. */
const DAYS_FACTOR = 3;
/** Whatever the settings say, so much stays: the day under way must be rolled up before its changes may go. */
const LEAST_KEPT_MS = 2 * DAY_MS;

export interface Pruner {
  /** Deletes a slice of what is past its time. True when more is due. Runs inside a transaction. */
  slice(now: Instant, retention: Retention): boolean;
  dropBefore(horizon: Instant): void;
}

const LANE_CODES = [0, 1, 2, 3] as const;
const dayOf = (at: Instant): Instant => Math.floor(at / DAY_MS) * DAY_MS;

interface TunnelPruner {
  /** Deletes changes and configurations before `horizon`; returns how many rows went. */
  before(tunnel: number, horizon: Instant): number;
  /** The day up to which one step may go. */
  reach(tunnel: number, prunedTo: Instant, horizon: Instant): Instant;
}

function tunnelPruner(db: Db): TunnelPruner {
  const lane_ = 'FROM changes WHERE tunnel = ? AND lane = ?';
  const last = db.prepare(`SELECT at, value ${lane_} AND overruled = 0 AND at <= ? ORDER BY at DESC LIMIT 1`);
  const step = db.prepare(`SELECT at ${lane_} AND at < ? ORDER BY at LIMIT 1 OFFSET ${ROWS_PER_STEP}`);
  const drop = db.prepare(`DELETE ${lane_} AND at < ?`);
  const dropConfigs = db.prepare(
    `DELETE FROM configs WHERE tunnel = ?1 AND seq < (SELECT max(seq) FROM configs WHERE tunnel = ?1 AND at <= ?2)
     RETURNING body`,
  );
  const dropBody = db.prepare(
    'DELETE FROM config_bodies WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM configs WHERE body = ?1)',
  );
  return {
    before(tunnel, horizon) {
      let rows = 0;
      for (const lane of LANE_CODES) {
        const kept = last.row(tunnel, lane, horizon);
        // "Not there" is what no row says as well.
        const at = kept === undefined ? horizon : int(kept, 0) + (int(kept, 1) === ABSENT ? 1 : 0);
        rows += drop.run(tunnel, lane, at);
      }
      const bodies = dropConfigs.rows(tunnel, horizon).map((row) => int(row, 0));
      for (const body of new Set(bodies)) dropBody.run(body);
      return rows + bodies.length;
    },
    reach(tunnel, prunedTo, horizon) {
      const steps = LANE_CODES.map((lane) => {
        const row = step.row(tunnel, lane, horizon);
        return row === undefined ? horizon : Math.max(dayOf(int(row, 0)), prunedTo + DAY_MS);
      });
      return Math.min(horizon, ...steps);
    },
  };
}

/** Deletes every trace of tunnels that left long ago. */
function forgetter(db: Db, ids: Ids): (horizon: Instant) => void {
  const find = db.prepare('SELECT id FROM tunnels WHERE gone_at < ? LIMIT 5');
  const drops = ['changes', 'rollups', 'names', 'configs', 'events'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE tunnel = ?`),
  );
  const drop = db.prepare('DELETE FROM tunnels WHERE id = ?');
  return (horizon) => {
    const tunnels = find.rows(horizon).map((row) => int(row, 0));
    for (const tunnel of tunnels) {
      for (const statement of drops) statement.run(tunnel);
      drop.run(tunnel);
    }
    if (tunnels.length > 0) ids.forget();
  };
}

/** The pruner of one database. */
export function createPruner(db: Db, ids: Ids): Pruner {
  const due = db.prepare('SELECT id, pruned_to FROM tunnels WHERE pruned_to < ?1 AND rolled_to >= ?1 LIMIT ?2');
  const mark = db.prepare('UPDATE tunnels SET pruned_to = ? WHERE id = ?');
  const dropRollups = db.prepare(
    'DELETE FROM rollups WHERE tunnel = ?1 AND lane = ?2 AND unit = ?3 AND start < ?4 AND start + span <= ?4',
  );
  const dropEvents = db.prepare(
    `DELETE FROM events WHERE seq IN (SELECT seq FROM events ORDER BY seq LIMIT ${EVENTS_PER_SLICE}) AND at < ?`,
  );
  const dropGaps = db.prepare('DELETE FROM gaps WHERE ended < ?');
  const everyTunnel = db.prepare('SELECT id FROM tunnels');
  const dropAllEvents = db.prepare('DELETE FROM events WHERE at < ?');
  const tunnels = tunnelPruner(db);
  const forget = forgetter(db, ids);

  function pruneRollups(tunnel: number, now: Instant, { rollupsMs }: Retention): void {
    for (const lane of LANE_CODES) {
      dropRollups.run(tunnel, lane, 0, Math.floor((now - rollupsMs) / HOUR_MS));
      dropRollups.run(tunnel, lane, 1, Math.floor((now - DAYS_FACTOR * rollupsMs) / DAY_MS));
    }
  }

  return {
    slice(now, retention) {
      const horizon = dayOf(now - Math.max(retention.changesMs, LEAST_KEPT_MS));
      let rows = 0;
      for (const row of due.rows(horizon, TUNNELS_PER_SLICE)) {
        const tunnel = int(row, 0);
        const reach = tunnels.reach(tunnel, int(row, 1), horizon);
        rows += tunnels.before(tunnel, reach);
        pruneRollups(tunnel, now, retention);
        mark.run(reach, tunnel);
        if (rows >= ROWS_PER_SLICE) return true;
      }
      const events = dropEvents.run(horizon);
      dropGaps.run(horizon);
      forget(now - DAYS_FACTOR * retention.rollupsMs);
      return events >= EVENTS_PER_SLICE || due.row(horizon, 1) !== undefined;
    },
    dropBefore(horizon) {
      for (const row of everyTunnel.rows()) tunnels.before(int(row, 0), horizon);
      dropAllEvents.run(horizon);
      dropGaps.run(horizon);
    },
  };
}
