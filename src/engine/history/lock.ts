/**
 * One process per file of ours. The lock is SQLite's own lock on a small file beside it: the kernel frees it
 * when its holder dies, however it dies, so nothing stale is ever left behind. The holder's process id stands in the
 * file for the refused one to name.
 */
import { rmSync } from 'node:fs';
import type { Millis } from '../../shared/model.ts';
import { type Db, int, openSqlite, type SqliteFaultKind, sqliteFault } from './sqlite.ts';

export interface Lock {
  release(): void;
}

export type LockResult =
  | { readonly kind: 'held'; readonly lock: Lock }
  /** Another process has it. `pid: null` when it could not say who it is. */
  | { readonly kind: 'taken'; readonly pid: number | null }
  | { readonly kind: 'failed'; readonly fault: SqliteFaultKind };

/** Long enough for the process before us to stop. */
const WAIT_MS: Millis = 1_000;

/** Path of the lock that belongs to a file. */
export const lockPath = (path: string): string => `${path}.lock`;

/** Takes the lock of the file at `path`, waiting a second at most. */
export function takeLock(path: string, pid: number): LockResult {
  const result = tryLock(path, pid);
  if (result.kind !== 'failed' || result.fault !== 'corrupt') return result;
  // No lock file of ours: nobody can hold it.
  rmSync(lockPath(path), { force: true });
  return tryLock(path, pid);
}

function tryLock(path: string, pid: number): LockResult {
  let db: Db | null = null;
  try {
    db = openSqlite(lockPath(path), { busyMs: WAIT_MS, readOnly: false });
    db.exec('BEGIN IMMEDIATE');
    signLock(db, pid);
    const held = db;
    return { kind: 'held', lock: { release: () => held.close() } };
  } catch (error) {
    const fault = sqliteFault(error);
    if (fault === null) throw error;
    const holder = fault === 'busy' ? readPid(db) : null;
    db?.close();
    return fault === 'busy' ? { kind: 'taken', pid: holder } : { kind: 'failed', fault };
  }
}

/** Writes our process id and takes the lock again. A full disk leaves the lock unsigned, not untaken. */
function signLock(db: Db, pid: number): void {
  try {
    db.exec(`PRAGMA user_version = ${pid}; COMMIT`);
  } catch (error) {
    if (sqliteFault(error) !== 'full') throw error;
    db.exec('ROLLBACK');
  }
  db.exec('BEGIN IMMEDIATE');
}

function readPid(db: Db | null): number | null {
  try {
    const row = db?.prepare('PRAGMA user_version').row();
    const pid = row === undefined ? 0 : int(row, 0);
    return pid > 0 ? pid : null;
  } catch (error) {
    if (sqliteFault(error) === null) throw error;
    return null;
  }
}
