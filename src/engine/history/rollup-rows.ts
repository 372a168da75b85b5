/** Writes rollup rows: replaces all units of a lane from one unit on, joining quiet neighbours to one row. */
import type { Lane } from '../../shared/model.ts';
import { laneCode, valueCode, valueWord } from './codes.ts';
import { type RollupUnit, unitCode } from './lane-rows.ts';
import { type Bucket, DAY_MS, HOUR_MS, joinQuiet } from './rollup.ts';
import { type Db, int } from './sqlite.ts';

export interface RollupWriter {
  /** Puts `buckets` (oldest first, none before unit number `first`) in the place of all from `first` on. */
  replace(tunnel: number, lane: Lane, unit: RollupUnit, first: number, buckets: readonly Bucket[]): void;
}

/** The rollup writer of one database. */
export function createRollupWriter(db: Db): RollupWriter {
  const place = 'tunnel = ? AND lane = ? AND unit = ?';
  const drop = db.prepare(`DELETE FROM rollups WHERE ${place} AND start >= ?`);
  const shorten = db.prepare(`UPDATE rollups SET span = ? WHERE ${place} AND start = ?`);
  const last = db.prepare(
    `SELECT start, span, value, ms, entries FROM rollups WHERE ${place} AND start < ? ORDER BY start DESC LIMIT 1`,
  );
  const insert = db.prepare(
    'INSERT INTO rollups (tunnel, lane, unit, start, value, span, ms, entries) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    replace(tunnel, lane, unit, first, buckets) {
      const where = [tunnel, laneCode(lane), unitCode(unit)] as const;
      drop.run(...where, first);
      const row = last.row(...where, first);
      const before =
        row === undefined
          ? null
          : {
              start: int(row, 0),
              span: int(row, 1),
              value: valueWord(lane, int(row, 2)),
              ms: int(row, 3),
              entries: int(row, 4),
            };
      const span = before === null ? 0 : Math.min(before.span, first - before.start);
      let rest = buckets;
      const head = buckets[0];
      const value = before?.value ?? null;
      if (before !== null && value !== null && head !== undefined) {
        const joined = joinQuiet({ ...before, value, span }, head, unit === 'hour' ? HOUR_MS : DAY_MS);
        if (joined !== null) {
          shorten.run(joined.span, ...where, before.start);
          rest = buckets.slice(1);
        }
      }
      if (before !== null && rest === buckets && span < before.span) shorten.run(span, ...where, before.start);
      for (const { start, span: units, value: word, ms, entries } of rest) {
        insert.run(...where, start, valueCode(lane, word), units, ms, entries);
      }
    },
  };
}
