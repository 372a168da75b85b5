/** Forgets what is over and older than the retention. What is open, in force or on its way stays however old it is. */
import type { Instant } from '../../../shared/model.ts';
import { int, type Param } from '../../history/sqlite.ts';
import type { AlertRows } from './rows.ts';

/** Incidents at one call: each takes its alerts and its log along, and the thread waits. */
const AT_ONCE = 500;
/** What memory holds at most while there is no file: a few ten MB. */
const MEMORY_INCIDENTS = 2_000;
const MEMORY_DELIVERIES = 10_000;

const NOT_ON_ITS_WAY = "state NOT IN ('waiting', 'held')";
const OLD = 'SELECT id FROM incidents WHERE resolved_at < ?1 ORDER BY resolved_at LIMIT ?2';

/** Ends are told again for minutes, not for days. */
const END_KEPT_MS = 24 * 3_600_000;

/** Deletes from `rows` what ended before `before`, in one transaction. */
export function prune(rows: AlertRows, before: Instant, now: Instant): void {
  const run = (sql: string, ...params: Param[]): number => rows.db.prepare(sql).run(...params);
  rows.all(() => {
    for (const row of rows.db.prepare(OLD).rows(before, AT_ONCE)) forget(rows, String(row[0]));
    run(`DELETE FROM deliveries WHERE changed_at < ? AND ${NOT_ON_ITS_WAY}`, before);
    run(
      'UPDATE deliveries SET notice = NULL WHERE notice IS NOT NULL AND changed_at < ? AND state = ?',
      now - END_KEPT_MS,
      'delivered',
    );
    run('DELETE FROM silences WHERE ends_at < ?', before);
    // An incident may stay open for weeks while its alerts come and go.
    run('DELETE FROM members WHERE now = 0 AND alert IN (SELECT id FROM alerts WHERE resolved_at < ?)', before);
    run('DELETE FROM alerts WHERE resolved_at < ? AND id NOT IN (SELECT alert FROM members)', before);
  });
}

/** Takes one incident away with all that belongs to it alone. */
function forget({ db }: AlertRows, id: string): void {
  db.prepare(`DELETE FROM alerts WHERE resolved_at IS NOT NULL AND id IN (SELECT alert FROM members WHERE incident = ?1)
    AND id NOT IN (SELECT alert FROM members WHERE incident <> ?1)`).run(id);
  for (const table of ['members', 'steps', 'memories']) db.prepare(`DELETE FROM ${table} WHERE incident = ?`).run(id);
  db.prepare(`DELETE FROM deliveries WHERE incident = ? AND ${NOT_ON_ITS_WAY}`).run(id);
  db.prepare('DELETE FROM incidents WHERE id = ?').run(id);
}

/** Keeps a store in memory within its bounds: the oldest of what is over goes. */
export function trim(rows: AlertRows): void {
  rows.all(() => {
    const over = int(rows.db.prepare('SELECT count(*) FROM incidents').row() ?? [0], 0) - MEMORY_INCIDENTS;
    const oldest = 'SELECT id FROM incidents WHERE resolved_at IS NOT NULL ORDER BY resolved_at LIMIT ?';
    for (const row of rows.db.prepare(oldest).rows(Math.max(0, over))) forget(rows, String(row[0]));
    rows.db
      .prepare(`DELETE FROM deliveries WHERE ${NOT_ON_ITS_WAY} AND id <= (SELECT max(id) FROM deliveries) - ?`)
      .run(MEMORY_DELIVERIES);
  });
}
