/**
 * One database of alerts with everything that writes it. The same code runs on a file and in memory. All lists are
 * upserts, so that what memory held while the disk failed can simply be written again.
 */
import { randomUUID } from 'node:crypto';
import type { Alert, Incident, IncidentStep, Silence } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import { type FileKind, migrate } from '../../history/file-kind.ts';
import { type Db, int, openSqlite, type Param, text } from '../../history/sqlite.ts';
import type { OutboxItem, PlanMemory } from '../contract.ts';
import { isOnItsWay } from './live.ts';
import { APPLICATION_ID, STEPS } from './migrations.ts';

export interface AlertRows {
  readonly db: Db;
  /** Runs `work` in one transaction. Throws SQLite's errors, as everything here does. */
  all(work: () => void): void;
  incident(incident: Incident): void;
  alert(alert: Alert): void;
  /** `was`: the members that it had, as far as they are known. */
  members(incidentId: string, now: readonly string[], was: readonly string[]): void;
  step(incidentId: string, step: IncidentStep): void;
  memory(memory: PlanMemory): void;
  silence(silence: Silence): void;
  item(item: OutboxItem, at: Instant): void;
  meta(name: MetaName): string | null;
  setMeta(name: MetaName, value: string): void;
  close(): void;
}

/** `next_*`: numbers that were never given. */
export type MetaName = 'uuid' | 'next_incident' | 'next_delivery';

const INCIDENT = `INSERT INTO incidents (id, opened_at, resolved_at, body) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET opened_at = excluded.opened_at, resolved_at = excluded.resolved_at, body = excluded.body`;
const ALERT = `INSERT INTO alerts (id, resolved_at, body) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET resolved_at = excluded.resolved_at, body = excluded.body`;
const MEMBER = `INSERT INTO members (incident, alert, now) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET now = excluded.now`;
const MEMORY = 'INSERT INTO memories (incident, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body';
const SILENCE = `INSERT INTO silences (id, ends_at, body) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET ends_at = excluded.ends_at, body = excluded.body`;
const DELIVERY = `INSERT INTO deliveries (id, sink, incident, kind, title, planned_at, state, attempts, last_attempt_at,
    answer, hold_until, changed_at, notice) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET state = excluded.state, attempts = excluded.attempts, answer = excluded.answer,
    last_attempt_at = excluded.last_attempt_at, hold_until = excluded.hold_until, changed_at = excluded.changed_at,
    notice = excluded.notice`;
/** An attempt changes a few words; a notice of a large incident is 30 kB that need not be written again. */
const ATTEMPT = `UPDATE deliveries SET state = ?, attempts = ?, last_attempt_at = ?, answer = ?, hold_until = ?,
  changed_at = ? WHERE id = ?`;
const META = 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value';

/** Has the notice to be kept? Ends are, for receivers that want to hear of them again. */
const needsNotice = (item: OutboxItem): boolean =>
  isOnItsWay(item) || (item.notice.kind === 'resolved' && item.state === 'delivered');

function deliveryRow(item: OutboxItem, at: Instant): Param[] {
  const { notice } = item;
  const incident = notice.kind === 'test' ? null : notice.incident.id;
  const state = [item.state, item.attempts, item.lastAttemptAt, item.answer, item.holdUntil, at];
  const body = needsNotice(item) ? JSON.stringify(notice) : null;
  return [item.id, item.sink, incident, notice.kind, notice.text.title, notice.at, ...state, body];
}

/** Builds the rows on an open, migrated database. */
export function createRows(db: Db): AlertRows {
  const incident = db.prepare(INCIDENT);
  const alert = db.prepare(ALERT);
  const member = db.prepare(MEMBER);
  const step = db.prepare('INSERT INTO steps (incident, body) VALUES (?, ?)');
  const memory = db.prepare(MEMORY);
  const silence = db.prepare(SILENCE);
  const delivery = db.prepare(DELIVERY);
  const attempt = db.prepare(ATTEMPT);
  const meta = db.prepare('SELECT value FROM meta WHERE name = ?');
  const setMeta = db.prepare(META);
  return {
    db,
    all: (work) => db.transaction(work),
    incident(value) {
      incident.run(value.id, value.openedAt, value.resolvedAt, JSON.stringify(value));
    },
    alert(value) {
      alert.run(value.id, value.resolvedAt, JSON.stringify(value));
    },
    members(incidentId, now, was) {
      const before = new Set(was);
      for (const id of now) if (!before.delete(id)) member.run(incidentId, id, 1);
      for (const id of before) member.run(incidentId, id, 0);
    },
    step(incidentId, value) {
      step.run(incidentId, JSON.stringify(value));
    },
    memory(value) {
      memory.run(value.incidentId, JSON.stringify(value));
    },
    silence(value) {
      silence.run(value.id, value.endsAt, JSON.stringify(value));
    },
    item(item, at) {
      const { state, attempts, lastAttemptAt, answer, holdUntil } = item;
      // Unchanged notices stay as they are, unless there is no such row yet or the notice can go.
      if (needsNotice(item) && attempt.run(state, attempts, lastAttemptAt, answer, holdUntil, at, item.id) > 0) return;
      delivery.run(...deliveryRow(item, at));
    },
    meta(name) {
      const row = meta.row(name);
      return row === undefined ? null : text(row, 0);
    },
    setMeta(name, value) {
      setMeta.run(name, value);
    },
    close: () => db.close(),
  };
}

/** The alerts among our files. */
export const ALERTS_FILE: FileKind<AlertRows> = {
  applicationId: APPLICATION_ID,
  steps: STEPS,
  words: { file: 'alerts file', content: 'alerts file' },
  build: createRows,
};

/** Rows that live in memory and end with the process. */
export function memoryRows(): AlertRows {
  const db = openSqlite(':memory:', { busyMs: 0, readOnly: false });
  migrate(db, ALERTS_FILE);
  return createRows(db);
}

/** The name of a file; a new one is given a name. */
export function uuidOf(rows: AlertRows): string {
  const known = rows.meta('uuid');
  if (known !== null) return known;
  const made = randomUUID();
  rows.setMeta('uuid', made);
  return made;
}

/** The next number that no notice of these rows has. */
export function nextDelivery(rows: AlertRows): number {
  const top = int(rows.db.prepare('SELECT coalesce(max(id), 0) FROM deliveries').row() ?? [0], 0);
  return Math.max(top + 1, Number(rows.meta('next_delivery') ?? 1));
}
