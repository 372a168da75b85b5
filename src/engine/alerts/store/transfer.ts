/**
 * Carries over to the file what was kept in memory while the disk failed. Everything but steps is an upsert, so it does
 * not matter what of it the file has already; steps are new by themselves.
 */
import { type Cell, type Param, text } from '../../history/sqlite.ts';
import type { AlertRows } from './rows.ts';

const TABLES: Readonly<Record<string, readonly string[]>> = {
  incidents: ['id', 'opened_at', 'resolved_at', 'body'],
  alerts: ['id', 'resolved_at', 'body'],
  members: ['incident', 'alert', 'now'],
  steps: ['incident', 'body'],
  memories: ['incident', 'body'],
  silences: ['id', 'ends_at', 'body'],
  deliveries: [
    'id',
    'sink',
    'incident',
    'kind',
    'title',
    'planned_at',
    'state',
    'attempts',
    'last_attempt_at',
    'answer',
    'hold_until',
    'changed_at',
    'notice',
  ],
};

/** Our tables hold numbers, texts and NULL. */
const param = (cell: Cell): Param => (cell === null || typeof cell === 'number' ? cell : String(cell));

/** Copies all of `memory` into `disk`; call it within a transaction of `disk`. */
export function transfer(memory: AlertRows, disk: AlertRows): void {
  for (const [table, columns] of Object.entries(TABLES)) {
    const list = columns.join(', ');
    const insert = disk.db.prepare(
      `INSERT OR REPLACE INTO ${table} (${list}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const order = table === 'steps' ? ' ORDER BY n' : '';
    for (const row of memory.db.prepare(`SELECT ${list} FROM ${table}${order}`).rows()) insert.run(...row.map(param));
  }
  for (const row of memory.db.prepare('SELECT name, value FROM meta').rows()) {
    const [name, value] = [text(row, 0), text(row, 1)];
    if (name === 'uuid') disk.setMeta('uuid', value);
  }
}

const CLOSED = 'alerts.db could not be read when Tunnelwatch started; what was still wrong then was told anew.';

/**
 * A file that could not be read when we started holds incidents that nobody follows any more and notices that nobody will
 * send: both are ended, visibly. Call it within a transaction, before `transfer`.
 */
export function endOrphans({ db }: AlertRows, now: number): void {
  const resolved = "json_set(body, '$.phase', 'resolved', '$.resolvedAt', ?1)";
  db.prepare(`UPDATE alerts SET resolved_at = ?1, body = ${resolved} WHERE resolved_at IS NULL`).run(now);
  const step = JSON.stringify({ at: now, what: 'resolved', by: null, note: CLOSED });
  db.prepare('INSERT INTO steps (incident, body) SELECT id, ? FROM incidents WHERE resolved_at IS NULL').run(step);
  db.prepare(`UPDATE incidents SET resolved_at = ?1, body = ${resolved} WHERE resolved_at IS NULL`).run(now);
  db.prepare(
    "UPDATE deliveries SET state = 'failed', answer = ?, changed_at = ?, notice = NULL WHERE state IN ('waiting', 'held')",
  ).run(`Not sent: ${CLOSED}`, now);
}
