/**
 * Writes rows, one prepared statement per table. Callers wrap a batch in a transaction. Times are cut to whole
 * milliseconds, because STRICT tables refuse fractions and clocks may tell them.
 */
import { type AccountId, type HistoryEvent, type Instant, LANES, type TunnelKey } from '../../shared/model.ts';
import { ABSENT, eventCode, laneCode, sourceCode, valueCode } from './codes.ts';
import type { Gap, GapSource, RecordBatch } from './contract.ts';
import type { Ids } from './ids.ts';
import { type Db, int, intOrNull, textOrNull } from './sqlite.ts';
import type { Watermarks } from './watermarks.ts';

/** A lane change as it stands in its table, tunnel apart. */
export interface ChangeRow {
  readonly lane: number;
  readonly at: Instant;
  readonly seq: number;
  readonly was: number;
  readonly value: number;
}

/** Numbers that a batch takes: one for each thing that has an order. */
export function numbersOf(batch: RecordBatch): number {
  return batch.changes.length + batch.events.length + batch.configs.length + batch.identities.length;
}

/** The events of a batch with their numbers, when the first number of the batch is `base`. */
export function numberEvents(batch: RecordBatch, base: number): HistoryEvent[] {
  const first = base + batch.changes.length;
  return batch.events.map((event, index) => ({ ...event, at: Math.floor(event.at), seq: first + index }));
}

export interface Writer {
  /** Writes a batch whose first number is `base`; `now` dates the names in it. */
  batch(batch: RecordBatch, base: number, now: Instant): void;
  change(tunnel: number, row: ChangeRow): void;
  event(event: HistoryEvent): void;
  eventRow(row: EventRow): void;
  gap(gap: Gap): void;
  config(tunnel: number, seq: number, at: Instant, hash: string, json: string): void;
  /** Keeps the name, and when the tunnel left; ends its lanes unless `lanesEnded` says that this was written already. */
  identity(tunnel: number, identity: IdentityRow, lanesEnded: boolean): void;
  looked(account: AccountId, source: GapSource, at: Instant): void;
  /** Remembers the next free number. */
  nextNumber(next: number): void;
}

/** An event as it stands in its table, ids apart. */
export interface EventRow {
  readonly seq: number;
  readonly at: Instant;
  readonly kind: number;
  readonly accountId: AccountId | null;
  readonly key: TunnelKey | null;
  /** JSON. */
  readonly detail: string;
}

export interface IdentityRow {
  readonly name: string;
  readonly goneAt: Instant | null;
  readonly seq: number;
  readonly at: Instant;
}

function changeWriter(db: Db, watermarks: Watermarks): Writer['change'] {
  const overrule = db.prepare(
    'UPDATE changes SET overruled = 1 WHERE tunnel = ? AND lane = ? AND at >= ? AND overruled = 0',
  );
  const insert = db.prepare('INSERT INTO changes (tunnel, lane, at, seq, was, value) VALUES (?, ?, ?, ?, ?, ?)');
  return (tunnel, row) => {
    const at = Math.floor(row.at);
    watermarks.recorded(tunnel, at);
    overrule.run(tunnel, row.lane, at);
    insert.run(tunnel, row.lane, at, row.seq, row.was, row.value);
  };
}

function configWriter(db: Db): Writer['config'] {
  const find = db.prepare('SELECT id FROM config_bodies WHERE hash = ?');
  const add = db.prepare('INSERT INTO config_bodies (hash, json) VALUES (?, ?) RETURNING id');
  const insert = db.prepare('INSERT INTO configs (tunnel, seq, at, body) VALUES (?, ?, ?, ?)');
  return (tunnel, seq, at, hash, json) => {
    const body = find.row(hash) ?? add.row(hash, json) ?? [];
    insert.run(tunnel, seq, Math.floor(at), int(body, 0));
  };
}

function identityWriter(db: Db, change: Writer['change']): Writer['identity'] {
  const find = db.prepare('SELECT name, gone_at FROM tunnels WHERE id = ?');
  const update = db.prepare('UPDATE tunnels SET name = ?, gone_at = ? WHERE id = ?');
  const addName = db.prepare('INSERT INTO names (tunnel, seq, at, name) VALUES (?, ?, ?, ?)');
  return (tunnel, { name, goneAt, seq, at }, lanesEnded) => {
    const known = find.row(tunnel) ?? [];
    const gone = goneAt === null ? null : Math.floor(goneAt);
    if (textOrNull(known, 0) !== name) addName.run(tunnel, seq, Math.floor(at), name);
    if (gone !== null && !lanesEnded && intOrNull(known, 1) === null) {
      for (const lane of LANES) change(tunnel, { lane: laneCode(lane), at: gone, seq, was: ABSENT, value: ABSENT });
    }
    update.run(name, gone, tunnel);
  };
}

/** How far into time the gaps reach, so that a look has to ask for them only when they reach beyond it. */
interface Reach {
  /** No ended gap ends later. */
  furthest: Instant;
}

function gapWriter(db: Db, ids: Ids, watermarks: Watermarks, reach: Reach): Writer['gap'] {
  const find = db.prepare('SELECT ended FROM gaps WHERE account = ? AND source = ? AND started = ?');
  const upsert = db.prepare(
    `INSERT INTO gaps (account, source, started, ended) VALUES (?, ?, ?, ?)
     ON CONFLICT (account, source, started) DO UPDATE SET ended = excluded.ended`,
  );
  return (gap) => {
    const account = ids.internAccount(gap.accountId);
    const source = sourceCode(gap.source);
    const started = Math.floor(gap.from);
    const ended = gap.to === null ? null : Math.floor(gap.to);
    const known = find.row(account, source, started);
    // An open gap was rolled up as unobserved already; closing it changes only what comes after its end.
    const from = known !== undefined && intOrNull(known, 0) === null && ended !== null ? ended : started;
    watermarks.recordedForAccount(account, from);
    upsert.run(account, source, started, ended);
    reach.furthest = Math.max(reach.furthest, ended ?? 0);
  };
}

/**
 * Keeps the moment of a look. It also ends what a clock that ran ahead left behind: a gap that reaches beyond a moment at
 * which we see was recorded before the clock was set back, and the newest record wins.
 */
function lookWriter(db: Db, ids: Ids, watermarks: Watermarks, reach: Reach): Writer['looked'] {
  const keep = db.prepare(
    `INSERT INTO looked (account, source, at) VALUES (?, ?, ?)
     ON CONFLICT (account, source) DO UPDATE SET at = excluded.at`,
  );
  const shorten = db.prepare(
    'UPDATE gaps SET ended = max(started, ?) WHERE account = ? AND source = ? AND ended > ? AND ended > started',
  );
  return (accountId, source, at) => {
    const account = ids.internAccount(accountId);
    const moment = Math.floor(at);
    keep.run(account, sourceCode(source), moment);
    if (moment >= reach.furthest) return;
    if (shorten.run(moment, account, sourceCode(source), moment) > 0) watermarks.recordedForAccount(account, moment);
  };
}

function eventWriter(db: Db, ids: Ids): Writer['eventRow'] {
  const insert = db.prepare('INSERT INTO events (seq, at, kind, account, tunnel, detail) VALUES (?, ?, ?, ?, ?, ?)');
  return (row) => {
    const tunnel = row.key === null ? null : ids.internTunnel(row.key, row.at);
    const account = row.accountId === null ? null : ids.internAccount(row.accountId);
    insert.run(row.seq, Math.floor(row.at), row.kind, account, tunnel, row.detail);
  };
}

/** The writer of one database. */
export function createWriter(db: Db, ids: Ids, watermarks: Watermarks): Writer {
  const change = changeWriter(db, watermarks);
  const eventRow = eventWriter(db, ids);
  const keepNext = db.prepare(
    `INSERT INTO meta (name, value) VALUES ('next_seq', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
  const furthest = intOrNull(db.prepare('SELECT max(ended) FROM gaps').row() ?? [null], 0) ?? 0;
  const reach: Reach = { furthest };
  const writer: Writer = {
    change,
    config: configWriter(db),
    identity: identityWriter(db, change),
    event: (event) => eventRow({ ...event, kind: eventCode(event.kind), detail: JSON.stringify(event.detail) }),
    eventRow,
    gap: gapWriter(db, ids, watermarks, reach),
    looked: lookWriter(db, ids, watermarks, reach),
    nextNumber: (next) => {
      keepNext.run(next);
    },
    batch: (batch, base, now) => writeBatch(writer, ids, batch, base, now),
  };
  return writer;
}

/** Changes before identities: when a tunnel leaves, the end of its lanes is the last word. */
function writeBatch(writer: Writer, ids: Ids, batch: RecordBatch, base: number, now: Instant): void {
  let seq = base;
  for (const { key, lane, at, from, to } of batch.changes) {
    const was = valueCode(lane, from);
    writer.change(tunnelOf(key, at), { lane: laneCode(lane), at, seq: seq++, was, value: valueCode(lane, to) });
  }
  for (const event of numberEvents(batch, base)) writer.event(event);
  seq += batch.events.length;
  for (const config of batch.configs) {
    writer.config(tunnelOf(config.key, config.at), seq++, config.at, config.hash, config.json);
  }
  for (const { key, name, goneAt } of batch.identities) {
    writer.identity(tunnelOf(key, now), { name, goneAt, seq: seq++, at: now }, false);
  }
  for (const gap of batch.gaps) writer.gap(gap);
  for (const { accountId, source, at } of batch.looked) writer.looked(accountId, source, at);
  if (seq > base) writer.nextNumber(seq);

  function tunnelOf(key: TunnelKey, at: Instant): number {
    return ids.internTunnel(key, at);
  }
}
