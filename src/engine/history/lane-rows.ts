/**
 * Reads of lanes, gaps and rollups from one database. Each is a seek in an index; none depends on how much is stored.
 */
import type { AccountId, Instant, Lane, StateChange, TunnelKey } from '../../shared/model.ts';
import { laneCode, laneWord, sourceCode, valueCode, valueWord } from './codes.ts';
import type { GapSource } from './contract.ts';
import type { Ids } from './ids.ts';
import type { Span, Step } from './intervals.ts';
import type { Bucket } from './rollup.ts';
import { type Db, int, intOrNull, type Row } from './sqlite.ts';

/** Hours or days of the table of rollups. */
export type RollupUnit = 'hour' | 'day';
export const unitCode = (unit: RollupUnit): number => (unit === 'hour' ? 0 : 1);

export interface NumberedChange extends StateChange {
  readonly seq: number;
}

export interface LaneRows {
  /**
   * The steps of a lane in the order of recording that decide `[from, to]`: the one in force at `from`, those in
   * between, and the next other one after `to`. A step later than `now` (recorded before the clock was set back) brings the
   * newest step of the lane with it.
   */
  steps(key: TunnelKey, lane: Lane, from: Instant, to: Instant, now: Instant): readonly Step[];
  /** Every gap that ends after `from`, and the last one before that. */
  gaps(accountId: AccountId, source: GapSource, from: Instant): readonly Span[];
  /** Changes from `from` on, the newest record first. */
  changes(key: TunnelKey, from: Instant, limit: number): readonly NumberedChange[];
  /** Rollup rows that reach into the units number `first` (inclusive) to `last` (exclusive), oldest first. */
  buckets(key: TunnelKey, lane: Lane, unit: RollupUnit, first: number, last: number): readonly Bucket[];
  /** From there on the changes of the tunnel are complete. */
  prunedTo(key: TunnelKey): Instant;
}

/** Finds the step of a lane that is in force at a moment; equal steps in a row count as one, from the first on. */
export function createStepFinder(db: Db): (tunnel: number, lane: Lane, at: Instant) => Step | null {
  const where = 'FROM changes WHERE tunnel = ? AND lane = ? AND overruled = 0';
  const last = db.prepare(`SELECT at, value ${where} AND at <= ? ORDER BY at DESC LIMIT 2`);
  const other = db.prepare(`SELECT at ${where} AND at < ? AND value <> ? ORDER BY at DESC LIMIT 1`);
  const first = db.prepare(`SELECT at ${where} AND at > ? ORDER BY at LIMIT 1`);
  return (tunnel, lane, at) => {
    const code = laneCode(lane);
    const [row, before] = last.rows(tunnel, code, at);
    if (row === undefined) return null;
    const value = int(row, 1);
    if (before === undefined || int(before, 1) !== value) return { at: int(row, 0), value: valueWord(lane, value) };
    const otherAt = intOrNull(other.row(tunnel, code, int(row, 0), value) ?? [null], 0) ?? Number.MIN_SAFE_INTEGER;
    return { at: int(first.row(tunnel, code, otherAt) ?? row, 0), value: valueWord(lane, value) };
  };
}

/** Differs from every value: an older database may know what was in force before. */
const NO_CODE = -1;

function stepReader(db: Db, ids: Ids): LaneRows['steps'] {
  const where = 'SELECT at, value FROM changes WHERE tunnel = ? AND lane = ? AND overruled = 0';
  const inForce = createStepFinder(db);
  const within = db.prepare(`${where} AND at > ? AND at <= ? ORDER BY at`);
  const after = db.prepare(`${where} AND at > ? AND value <> ? ORDER BY at LIMIT 1`);
  const newest = db.prepare(`${where} ORDER BY at DESC LIMIT 1`);
  return (key, lane, from, to, now) => {
    const tunnel = ids.tunnel(key);
    if (tunnel === null) return [];
    const code = laneCode(lane);
    const step = (row: Row): Step => ({ at: int(row, 0), value: valueWord(lane, int(row, 1)) });
    const steps: Step[] = [];
    const first = inForce(tunnel, lane, from);
    if (first !== null) steps.push(first);
    for (const row of within.rows(tunnel, code, from, to)) steps.push(step(row));
    const last = steps.at(-1);
    const next = after.row(tunnel, code, to, last === undefined ? NO_CODE : valueCode(lane, last.value));
    if (next !== undefined) steps.push(step(next));
    if (next !== undefined && int(next, 0) > now) steps.push(step(newest.row(tunnel, code) ?? next));
    return steps;
  };
}

function gapReader(db: Db, ids: Ids): LaneRows['gaps'] {
  const gaps = 'SELECT started, ended FROM gaps WHERE account = ? AND source = ?';
  const open = db.prepare(`${gaps} AND ended IS NULL`);
  const before = db.prepare(`${gaps} AND ended <= ? AND ended > started ORDER BY ended DESC LIMIT 1`);
  const later = db.prepare(`${gaps} AND ended > ? AND ended > started ORDER BY ended`);
  return (accountId, source, from) => {
    const account = ids.account(accountId);
    if (account === null) return [];
    const code = sourceCode(source);
    const rows = [...before.rows(account, code, from), ...later.rows(account, code, from), ...open.rows(account, code)];
    return rows.map((row) => ({ from: int(row, 0), to: intOrNull(row, 1) }));
  };
}

function changeReader(db: Db, ids: Ids): LaneRows['changes'] {
  const columns = 'SELECT seq, at, lane, was, value FROM changes WHERE tunnel = ?';
  // Rows that were not overruled grow in time and number alike: the latest of a lane are its newest. The others are few.
  const valid = db.prepare(
    `${columns} AND lane = ? AND at >= ? AND overruled = 0 AND value <> 0 ORDER BY at DESC LIMIT ?`,
  );
  const overruled = db.prepare(`${columns} AND at >= ? AND overruled = 1 AND value <> 0 ORDER BY seq DESC LIMIT ?`);
  return (key, from, limit) => {
    const tunnel = ids.tunnel(key);
    if (tunnel === null) return [];
    const lanes = [0, 1, 2, 3].flatMap((lane) => valid.rows(tunnel, lane, from, limit));
    return [...lanes, ...overruled.rows(tunnel, from, limit)]
      .flatMap((row): NumberedChange[] => {
        const lane = laneWord(int(row, 2));
        const to = lane === null ? null : valueWord(lane, int(row, 4));
        if (lane === null || to === null) return [];
        return [{ seq: int(row, 0), at: int(row, 1), key, lane, from: valueWord(lane, int(row, 3)), to }];
      })
      .sort((a, b) => b.seq - a.seq)
      .slice(0, limit);
  };
}

function bucketReader(db: Db, ids: Ids): LaneRows['buckets'] {
  const columns = 'SELECT start, span, value, ms, entries FROM rollups WHERE tunnel = ? AND lane = ? AND unit = ?';
  const reaching = db.prepare(`${columns} AND start < ? ORDER BY start DESC LIMIT 1`);
  const within = db.prepare(`${columns} AND start >= ? AND start < ? ORDER BY start`);
  return (key, lane, unit, first, last) => {
    const tunnel = ids.tunnel(key);
    if (tunnel === null) return [];
    const place = [tunnel, laneCode(lane), unitCode(unit)] as const;
    const before = reaching.row(...place, first);
    const rows = [...(before === undefined ? [] : [before]), ...within.rows(...place, first, last)];
    return rows.flatMap((row): Bucket[] => {
      const value = valueWord(lane, int(row, 2));
      const bucket = { start: int(row, 0), span: int(row, 1), ms: int(row, 3), entries: int(row, 4) };
      return value === null || bucket.start + bucket.span <= first ? [] : [{ ...bucket, value }];
    });
  };
}

/** The lane reads of one database. */
export function createLaneRows(db: Db, ids: Ids): LaneRows {
  const pruned = db.prepare('SELECT pruned_to FROM tunnels WHERE id = ?');
  return {
    steps: stepReader(db, ids),
    gaps: gapReader(db, ids),
    changes: changeReader(db, ids),
    buckets: bucketReader(db, ids),
    prunedTo(key) {
      const tunnel = ids.tunnel(key);
      const row = tunnel === null ? undefined : pruned.row(tunnel);
      return row === undefined ? 0 : int(row, 0);
    },
  };
}
