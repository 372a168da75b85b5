/**
 * The only file that knows `node:sqlite`. It opens a database with our settings, hands out prepared statements whose
 * rows are plain arrays, and sorts SQLite's errors into the few kinds that the stores treat differently.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Millis } from '../../shared/model.ts';

export type Cell = null | number | bigint | string | Uint8Array;
export type Row = readonly Cell[];
export type Param = null | number | string;

/** A prepared statement. Rows are arrays in the order of the selected columns. */
export interface Statement {
  rows(...params: Param[]): readonly Row[];
  row(...params: Param[]): Row | undefined;
  /** Runs it and tells how many rows it changed. */
  run(...params: Param[]): number;
}

export interface Db {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** What went wrong, as far as it decides what to do next. */
export type SqliteFaultKind = 'full' | 'read-only' | 'busy' | 'corrupt' | 'io' | 'other';

/** SQLite's primary result codes (https://sqlite.org/rescode.html); extended codes keep them in the low byte. */
const KINDS: Readonly<Record<number, SqliteFaultKind>> = {
  5: 'busy',
  6: 'busy',
  8: 'read-only',
  10: 'io',
  11: 'corrupt',
  13: 'full',
  14: 'io',
  26: 'corrupt',
};

/** A row that does not hold what its table promises: the file is damaged. */
class UnexpectedCell extends Error {}

/** Constraint, mismatch, misuse, range: we handed SQLite something wrong. */
const BUGS: ReadonlySet<number> = new Set([19, 20, 21, 25]);

/** The kind of an error thrown by this file; `null` when the error is a bug of ours and no fault of the disk. */
export function sqliteFault(error: unknown): SqliteFaultKind | null {
  if (error instanceof UnexpectedCell) return 'corrupt';
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return null;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 1;
  return BUGS.has(code & 0xff) ? null : (KINDS[code & 0xff] ?? 'other');
}

/** The integer in column `index`. */
export function int(row: Row, index: number): number {
  const cell = row[index];
  if (typeof cell !== 'number') throw new UnexpectedCell(`column ${index}: expected an integer`);
  return cell;
}

/** The integer or NULL in column `index`. */
export function intOrNull(row: Row, index: number): number | null {
  return row[index] === null ? null : int(row, index);
}

/** The text in column `index`. */
export function text(row: Row, index: number): string {
  const cell = row[index];
  if (typeof cell !== 'string') throw new UnexpectedCell(`column ${index}: expected text`);
  return cell;
}

/** The text or NULL in column `index`. */
export function textOrNull(row: Row, index: number): string | null {
  return row[index] === null ? null : text(row, index);
}

/** Version of the SQLite library that runs, for instance `3.53.4`. */
export function sqliteVersion(): string {
  const db = new DatabaseSync(':memory:');
  const version = db.prepare('SELECT sqlite_version() AS version').get()?.version;
  db.close();
  return typeof version === 'string' ? version : '0';
}

function wrap(statement: StatementSync): Statement {
  statement.setReturnArrays(true);
  // With arrays switched on, rows are arrays of cells; the published types know only the object form.
  return {
    rows: (...params) => statement.all(...params) as unknown as readonly Row[],
    row: (...params) => statement.get(...params) as unknown as Row | undefined,
    run: (...params) => Number(statement.run(...params).changes),
  };
}

export interface OpenOptions {
  /** How long a statement waits for another connection's lock. It blocks this thread, so it is short. */
  readonly busyMs: Millis;
  readonly readOnly: boolean;
}

/** Opens a database file, a `file:` URL or `:memory:`. Throws SQLite's errors; sort them with `sqliteFault`. */
export function openSqlite(location: string | URL, options: OpenOptions): Db {
  const db = new DatabaseSync(location, {
    timeout: options.busyMs,
    readOnly: options.readOnly,
    enableForeignKeyConstraints: true,
  });
  return {
    exec: (sql) => db.exec(sql),
    prepare: (sql) => wrap(db.prepare(sql)),
    transaction(work) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk or an I/O error may have rolled back already.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
