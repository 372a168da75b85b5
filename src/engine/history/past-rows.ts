/** The rows behind the past, of one database: all tunnels at a moment, all changes and events of a range. */
import {
  type AccountId,
  type EventKind,
  type HistoryEvent,
  type Instant,
  type Lane,
  type LaneValue,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../shared/model.ts';
import type { Tally } from './availability.ts';
import { ABSENT, eventCode, laneCode, laneWord, valueCode, valueWord, watchedCode } from './codes.ts';
import type { Ids } from './ids.ts';
import { type NumberedChange, type RollupUnit, unitCode } from './lane-rows.ts';
import type { PastLane } from './past-contract.ts';
import { EVENT_COLUMNS, eventOf } from './record-rows.ts';
import { type Db, int, intOrNull, type Row, text, textOrNull } from './sqlite.ts';

/** What one database knows of a tunnel at a moment. `null` in a lane: the tunnel was not there. */
export interface StoredMoment {
  readonly key: TunnelKey;
  readonly name: string | null;
  readonly configHash: string | null;
  readonly namedAt: Instant | null;
  readonly goneAt: Instant | null;
  readonly prunedTo: Instant;
  readonly lanes: ReadonlyMap<Lane, PastLane | null>;
}

/** What one database knows of a tunnel as a whole. */
export interface StoredInfo {
  readonly key: TunnelKey;
  readonly name: string | null;
  /** When it was first named, and when it was first seen to be anything. */
  readonly namedAt: Instant | null;
  readonly firstAt: Instant | null;
  readonly goneAt: Instant | null;
  readonly rolledTo: Instant;
  readonly prunedTo: Instant;
}

export interface PastRows {
  accounts(): readonly AccountId[];
  tunnels(): readonly StoredInfo[];
  tunnel(key: TunnelKey): Pick<StoredInfo, 'rolledTo' | 'prunedTo'> | null;
  momentsAt(at: Instant): readonly StoredMoment[];
  configBody(hash: string): string | null;
  /** In `(from, to]`, in no order, overruled ones and ends of tunnels left out. */
  changesIn(from: Instant, to: Instant, lane: Lane, limit: number): readonly NumberedChange[];
  /** The first so many changes of BGP or health to down in `[from, to)`, in no order. */
  downsIn(from: Instant, to: Instant, limit: number): readonly NumberedChange[];
  /** In `[from, to)`, in that order. */
  eventsIn(
    from: Instant,
    to: Instant,
    kinds: readonly EventKind[],
    order: 'oldest' | 'newest',
    limit: number,
  ): readonly HistoryEvent[];
  /** Health in the units number `first` (inclusive) to `last` (exclusive), added up. */
  tally(key: TunnelKey, unit: RollupUnit, first: number, last: number): Tally;
}

const keyOf = (account: string, tunnel: string): TunnelKey => tunnelKey(account as AccountId, tunnel as TunnelId);
const FROM_TUNNELS = 'FROM tunnels t JOIN accounts a ON a.id = t.account';

function infoReader(db: Db): PastRows['tunnels'] {
  const first = [0, 1, 2, 3]
    .map((lane) => `coalesce((SELECT min(at) FROM changes WHERE tunnel = t.id AND lane = ${lane}), 9e15)`)
    .join(', ');
  const list = db.prepare(
    `SELECT a.cf_id, t.cf_id, t.name, (SELECT min(at) FROM names WHERE tunnel = t.id), t.gone_at, t.rolled_to,
       t.pruned_to, nullif(min(${first}), 9e15) ${FROM_TUNNELS} ORDER BY t.id`,
  );
  return () =>
    list.rows().map((row) => ({
      key: keyOf(text(row, 0), text(row, 1)),
      name: textOrNull(row, 2),
      namedAt: intOrNull(row, 3),
      goneAt: intOrNull(row, 4),
      rolledTo: int(row, 5),
      prunedTo: int(row, 6),
      firstAt: intOrNull(row, 7),
    }));
}

/**
 * The newest step up to the moment, and the value before it: where that is the same one (the step between was overruled) the
 * beginning is looked for by itself.
 */
const STEPS_AT = `
  SELECT t.id, l.lane, c.at, c.value, c.was, (
    SELECT value FROM changes p WHERE p.tunnel = t.id AND p.lane = l.lane AND p.at < c.at AND p.overruled = 0
    ORDER BY p.at DESC LIMIT 1)
  FROM tunnels t CROSS JOIN (SELECT 0 AS lane UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) l
  CROSS JOIN changes c ON c.tunnel = t.id AND c.lane = l.lane AND c.overruled = 0 AND c.at = (
    SELECT x.at FROM changes x WHERE x.tunnel = t.id AND x.lane = l.lane AND x.at <= ?1 AND x.overruled = 0
    ORDER BY x.at DESC LIMIT 1)`;

function momentReader(db: Db): PastRows['momentsAt'] {
  const names = db.prepare(
    `SELECT t.id, a.cf_id, t.cf_id,
       coalesce((SELECT name FROM names WHERE tunnel = t.id AND at <= ?1 ORDER BY seq DESC LIMIT 1),
         (SELECT name FROM names WHERE tunnel = t.id ORDER BY seq LIMIT 1)),
       (SELECT hash FROM config_bodies WHERE id = coalesce(
         (SELECT body FROM configs WHERE tunnel = t.id AND at <= ?1 ORDER BY seq DESC LIMIT 1),
         (SELECT body FROM configs WHERE tunnel = t.id ORDER BY seq LIMIT 1))),
       (SELECT min(at) FROM names WHERE tunnel = t.id), t.gone_at, t.pruned_to
     ${FROM_TUNNELS}`,
  );
  const steps = db.prepare(STEPS_AT);
  const run = 'FROM changes WHERE tunnel = ?1 AND lane = ?2 AND overruled = 0';
  const begin = db.prepare(
    `SELECT at, was ${run} AND at > coalesce(
       (SELECT at ${run} AND at <= ?3 AND value <> ?4 ORDER BY at DESC LIMIT 1), -9e15) ORDER BY at LIMIT 1`,
  );
  const stateOf = (row: Row, lane: Lane): PastLane | null => {
    const value = valueWord(lane, int(row, 3));
    if (value === null) return null;
    const repeated = row[5] === row[3];
    const first = repeated ? begin.row(int(row, 0), int(row, 1), int(row, 2), int(row, 3)) : undefined;
    const [since, was] = first === undefined ? [int(row, 2), int(row, 4)] : [int(first, 0), int(first, 1)];
    return { value, since, exact: watchedCode(was), from: valueWord(lane, was) };
  };
  return (at) => {
    const byTunnel = new Map<number, Map<Lane, PastLane | null>>();
    for (const row of steps.rows(at)) {
      const lane = laneWord(int(row, 1));
      if (lane === null) continue;
      const lanes = byTunnel.get(int(row, 0)) ?? new Map<Lane, PastLane | null>();
      byTunnel.set(int(row, 0), lanes.set(lane, stateOf(row, lane)));
    }
    return names.rows(at).map((row) => ({
      key: keyOf(text(row, 1), text(row, 2)),
      name: textOrNull(row, 3),
      configHash: textOrNull(row, 4),
      namedAt: intOrNull(row, 5),
      goneAt: intOrNull(row, 6),
      prunedTo: int(row, 7),
      lanes: byTunnel.get(int(row, 0)) ?? new Map<Lane, PastLane | null>(),
    }));
  };
}

const CHANGES = `SELECT c.seq, c.at, c.lane, c.was, c.value, a.cf_id, t.cf_id FROM tunnels t
  JOIN accounts a ON a.id = t.account CROSS JOIN changes c ON c.tunnel = t.id AND c.overruled = 0`;

function changeOf(row: Row): NumberedChange[] {
  const lane = laneWord(int(row, 2));
  const to = lane === null ? null : valueWord(lane, int(row, 4));
  if (lane === null || to === null) return [];
  const key = keyOf(text(row, 5), text(row, 6));
  return [{ seq: int(row, 0), at: int(row, 1), key, lane, from: valueWord(lane, int(row, 3)), to }];
}

function downReader(db: Db): PastRows['downsIn'] {
  const [bgp, health] = [laneCode('bgp'), laneCode('health')];
  const [noSession, noHealth] = [valueCode('bgp', 'down'), valueCode('health', 'down')];
  const downs = db.prepare(
    `${CHANGES} AND c.lane IN (${bgp}, ${health}) AND c.at >= ?1 AND c.at < ?2
       AND c.value = iif(c.lane = ${bgp}, ${noSession}, ${noHealth}) ORDER BY c.at LIMIT ?3`,
  );
  return (from, to, limit) => downs.rows(from, to, limit).flatMap(changeOf);
}

function tallyReader(db: Db, ids: Ids): PastRows['tally'] {
  const code = (value: LaneValue): number => valueCode('health', value);
  const within = '(min(start + span, ?4) - max(start, ?3))';
  const sum = (...values: readonly LaneValue[]): string =>
    `coalesce(sum(CASE WHEN value IN (${values.map(code).join(', ')}) THEN ms * ${within} END), 0)`;
  // The last row that begins before the range may reach into it; the others begin inside.
  const added = db.prepare(
    `SELECT ${sum('healthy')}, ${sum('degraded')}, ${sum('down')}, ${sum('disabled', 'nodata')} FROM rollups
     WHERE tunnel = ?1 AND lane = ${laneCode('health')} AND unit = ?2 AND start < ?4 AND start + span > ?3
       AND start >= coalesce((SELECT start FROM rollups WHERE tunnel = ?1 AND lane = ${laneCode('health')} AND unit = ?2
         AND start <= ?3 ORDER BY start DESC LIMIT 1), ?3)`,
  );
  return (key, unit, first, last) => {
    const row = added.row(ids.tunnel(key) ?? -1, unitCode(unit), first, last) ?? [0, 0, 0, 0];
    return { up: int(row, 0), degraded: int(row, 1), down: int(row, 2), uncounted: int(row, 3) };
  };
}

/** The past of one database. */
export function createPastRows(db: Db, ids: Ids): PastRows {
  const accounts = db.prepare('SELECT cf_id FROM accounts ORDER BY id');
  const marks = db.prepare('SELECT rolled_to, pruned_to FROM tunnels WHERE id = ?');
  const body = db.prepare('SELECT json FROM config_bodies WHERE hash = ?');
  const changes = db.prepare(`${CHANGES} AND c.lane = ? AND c.at > ? AND c.at <= ? AND c.value <> ${ABSENT} LIMIT ?`);
  const kind = 'e.at >= ? AND e.at < ? AND e.kind IN (SELECT value FROM json_each(?))';
  const oldest = db.prepare(`${EVENT_COLUMNS} WHERE ${kind} ORDER BY e.at, e.seq LIMIT ?`);
  const newest = db.prepare(`${EVENT_COLUMNS} WHERE ${kind} ORDER BY e.at DESC, e.seq DESC LIMIT ?`);
  return {
    accounts: () => accounts.rows().map((row) => text(row, 0) as AccountId),
    tunnels: infoReader(db),
    tunnel(key) {
      const row = marks.row(ids.tunnel(key) ?? -1);
      return row === undefined ? null : { rolledTo: int(row, 0), prunedTo: int(row, 1) };
    },
    momentsAt: momentReader(db),
    configBody(hash) {
      const row = body.row(hash);
      return row === undefined ? null : text(row, 0);
    },
    changesIn: (from, to, lane, limit) => changes.rows(laneCode(lane), from, to, limit).flatMap(changeOf),
    downsIn: downReader(db),
    eventsIn: (from, to, kinds, order, limit) =>
      (order === 'oldest' ? oldest : newest)
        .rows(from, to, JSON.stringify(kinds.map(eventCode)), limit)
        .flatMap(eventOf),
    tally: tallyReader(db, ids),
  };
}
