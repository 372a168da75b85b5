/**
 * Reading alerts from one database, or from a file and the memory that took over from it: then what memory says of the
 * same thing wins. A body that cannot be read costs its row and is counted.
 */
import type { z } from 'zod';
import { ALERT_RULES, ALERT_SEVERITIES, type Alert, type Delivery, type Incident } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import { type Db, int, intOrNull, type Param, type Row, text, textOrNull } from '../../history/sqlite.ts';
import type { AlertStore, OutboxItem } from '../contract.ts';
import { alertBody, deliveryState, incidentBody, noticeBody, noticeKind, stepBody } from './schemas.ts';

/** Told of each row that cannot be read. */
export type OnUnreadable = (table: string, id: string | number) => void;

const INCIDENTS = `SELECT id, opened_at, body FROM incidents WHERE opened_at < ?1 AND opened_at >= coalesce(
  (SELECT opened_at FROM incidents WHERE opened_at < ?1 ORDER BY opened_at DESC LIMIT 1 OFFSET ?2), -9e15)`;
const DURING = `SELECT id, body FROM incidents WHERE id IN (
  SELECT id FROM incidents INDEXED BY incidents_by_time
  WHERE opened_at <= ?2 AND (resolved_at IS NULL OR resolved_at >= ?1) ORDER BY opened_at DESC LIMIT ?3)`;
const ALERTS = 'SELECT id, body FROM alerts JOIN members ON alert = id WHERE incident = ?';
const STEPS = 'SELECT n, body FROM steps WHERE incident = ? ORDER BY n DESC LIMIT ?';
const DELIVERY = `SELECT id, sink, kind, incident, title, planned_at, state, attempts, last_attempt_at, answer
  FROM deliveries WHERE id < ?1`;
const ITEM = 'SELECT id, sink, state, attempts, last_attempt_at, answer, hold_until, notice FROM deliveries';
const LAST = Number.MAX_SAFE_INTEGER;

/** What is in a JSON body; `undefined` when it does not fit. */
export function parseBody<T>(schema: z.ZodType<T>, body: string): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** By what a row is known. */
const KEYS: Readonly<Record<string, string>> = { memories: 'incident' };

/**
 * Which of these rows of earlier sources this source knows as well, whether or not its own query finds them: what was
 * open in the file may have ended in memory. Steps are never told twice.
 */
function* overruled<K extends string | number>(db: Db, table: string, ids: Iterable<K>): Iterable<K> {
  if (table === 'steps') return;
  const known = db.prepare(`SELECT 1 FROM ${table} WHERE ${KEYS[table] ?? 'id'} = ?`);
  for (const id of [...ids]) if (known.row(id) !== undefined) yield id;
}

/** The rows of a query over `id, …, body`, parsed; later sources overrule earlier ones. */
export function bodies<T>(
  sources: readonly Db[],
  ask: {
    readonly table: string;
    readonly sql: string;
    readonly params: readonly Param[];
    readonly schema: z.ZodType<T>;
  },
  onUnreadable: OnUnreadable,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const db of sources) {
    for (const id of overruled(db, ask.table, found.keys())) found.delete(id);
    for (const row of db.prepare(ask.sql).rows(...ask.params)) {
      const id = String(row[0]);
      const value = parseBody(ask.schema, text(row, row.length - 1));
      if (value === undefined) onUnreadable(ask.table, id);
      else found.set(id, value);
    }
  }
  return found;
}

const PHASES = ['firing', 'recovering', 'pending', 'resolved'] as const;

/** Open ones first, then by severity, urgency of the rule, and age. */
function byBadness(a: Alert, b: Alert): number {
  return (
    PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) ||
    ALERT_SEVERITIES.indexOf(b.severity) - ALERT_SEVERITIES.indexOf(a.severity) ||
    ALERT_RULES.indexOf(a.rule) - ALERT_RULES.indexOf(b.rule) ||
    a.since - b.since
  );
}

function deliveryOf(row: Row): Delivery | undefined {
  const kind = noticeKind.safeParse(row[2]);
  const state = deliveryState.safeParse(row[6]);
  if (!kind.success || !state.success) return undefined;
  return {
    id: int(row, 0),
    sink: text(row, 1),
    kind: kind.data,
    incidentId: textOrNull(row, 3),
    title: text(row, 4),
    plannedAt: int(row, 5),
    state: state.data,
    attempts: int(row, 7),
    lastAttemptAt: intOrNull(row, 8),
    nextAttemptInMs: null,
    answer: textOrNull(row, 9),
  };
}

function itemOf(row: Row): OutboxItem | undefined {
  const state = deliveryState.safeParse(row[2]);
  const notice = parseBody(noticeBody, textOrNull(row, 7) ?? 'null');
  if (!state.success || notice === undefined) return undefined;
  return {
    id: int(row, 0),
    sink: text(row, 1),
    notice,
    state: state.data,
    attempts: int(row, 3),
    lastAttemptAt: intOrNull(row, 4),
    answer: textOrNull(row, 5),
    holdUntil: intOrNull(row, 6),
  };
}

/** Deliveries with their notices, in order of planning. */
export function items(
  sources: readonly Db[],
  where: string,
  params: readonly Param[],
  onUnreadable: OnUnreadable,
): readonly OutboxItem[] {
  const found = new Map<number, OutboxItem>();
  for (const db of sources) {
    for (const id of overruled(db, 'deliveries', found.keys())) found.delete(id);
    for (const row of db.prepare(`${ITEM} WHERE ${where} ORDER BY id`).rows(...params)) {
      const item = itemOf(row);
      if (item === undefined) onUnreadable('deliveries', int(row, 0));
      else found.set(item.id, item);
    }
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

export type AlertReader = Pick<
  AlertStore,
  'incidents' | 'incident' | 'during' | 'alerts' | 'steps' | 'deliveries' | 'ended'
>;

/** The reading half of the store. */
export function createReader(sources: () => readonly Db[], onUnreadable: OnUnreadable): AlertReader {
  return {
    incidents(before, limit) {
      const ask = { table: 'incidents', sql: INCIDENTS, params: [before ?? LAST, limit - 1], schema: incidentBody };
      const found = [...bodies(sources(), ask, onUnreadable).values()].sort(byOpening);
      // Those of one moment stay together: the next page begins before that moment.
      const last = found[limit - 1]?.openedAt;
      return found.filter(({ openedAt }, index) => index < limit || openedAt === last);
    },
    incident(id) {
      const sql = 'SELECT id, body FROM incidents WHERE id = ?';
      const ask = { table: 'incidents', sql, params: [id], schema: incidentBody };
      return bodies(sources(), ask, onUnreadable).get(id) ?? null;
    },
    during(from, to, limit) {
      const ask = { table: 'incidents', sql: DURING, params: [from, to, limit], schema: incidentBody };
      const found = [...bodies(sources(), ask, onUnreadable).values()];
      return found.sort(byOpening).slice(0, limit);
    },
    alerts(incidentId, limit) {
      const ask = { table: 'alerts', sql: ALERTS, params: [incidentId], schema: alertBody };
      const found = [...bodies(sources(), ask, onUnreadable).values()];
      return found.sort(byBadness).slice(0, limit);
    },
    steps(incidentId, limit) {
      const ask = { table: 'steps', sql: STEPS, params: [incidentId, limit], schema: stepBody };
      // Each source has steps of its own, the newest first.
      const found = sources().flatMap((db) => [...bodies([db], ask, onUnreadable).values()].reverse());
      return found.slice(-limit);
    },
    deliveries({ incidentId, sink, before, limit }) {
      const found = new Map<number, Delivery>();
      const params: Param[] = [before ?? LAST, limit];
      let sql = DELIVERY;
      for (const [column, value] of [
        ['incident', incidentId],
        ['sink', sink],
      ] as const) {
        if (value === null) continue;
        params.push(value);
        sql += ` AND ${column} = ?${params.length}`;
      }
      for (const db of sources()) {
        for (const row of db.prepare(`${sql} ORDER BY id DESC LIMIT ?2`).rows(...params)) {
          const delivery = deliveryOf(row);
          if (delivery === undefined) onUnreadable('deliveries', int(row, 0));
          else found.set(delivery.id, delivery);
        }
      }
      return [...found.values()].sort((a, b) => b.id - a.id).slice(0, limit);
    },
    ended: (since: Instant) =>
      items(
        sources(),
        "kind = 'resolved' AND notice IS NOT NULL AND state = 'delivered' AND changed_at >= ?",
        [since],
        onUnreadable,
      ),
  };
}

const numberOf = (id: string): number => Number(id.slice(2)) || 0;

/** Newest first; of one moment the higher number. */
function byOpening(a: Incident, b: Incident): number {
  return b.openedAt - a.openedAt || numberOf(b.id) - numberOf(a.id);
}
