/**
 * Opens the history file: looks at what lies there, moves aside what is no history of ours, checks, migrates.
 */
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Instant, Millis } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { APPLICATION_ID, migrate, SCHEMA_VERSION } from './migrations.ts';
import { newerSentence, reasonFor, setAsideSentence } from './problems.ts';
import { type Db, int, openSqlite, sqliteFault, text } from './sqlite.ts';
import { createStore, type Store } from './store.ts';

/** A foreign lock (a person with the sqlite3 shell) blocks our thread at most so long. */
const BUSY_MS: Millis = 1_000;
/** Files up to this size are checked at each start; larger ones only when they were not closed properly. */
const ALWAYS_CHECKED_BYTES = 16 * 1024 * 1024;
const MAGIC = 'SQLite format 3\0';

export interface OpenedFile {
  readonly store: Store;
  /** One sentence when something else lay at the path and was moved aside. */
  readonly setAside: string | null;
}

export interface OpenFailure {
  /** `refused`: the file is well, but not for us. `unusable`: trouble that may pass. */
  readonly kind: 'refused' | 'unusable';
  /** `refused`: a sentence. `unusable`: the end of one, see `reasonFor`. */
  readonly reason: string;
}

/** `start` checks by size and by how the file was closed; `suspect` always checks; `known` trusts an earlier check. */
export type CheckLevel = 'start' | 'suspect' | 'known';

type Verdict =
  | { readonly kind: 'absent' | 'usable' }
  | { readonly kind: 'newer'; readonly version: number }
  /** Not a history of ours, or a broken one; the reason completes "The history file X …". */
  | { readonly kind: 'alien'; readonly reason: string };

const ALIEN = {
  empty: { kind: 'alien', reason: 'was empty' },
  damaged: { kind: 'alien', reason: 'was damaged' },
  foreign: { kind: 'alien', reason: 'was not a Tunnelwatch history' },
} as const satisfies Record<string, Verdict>;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The first 100 bytes of a SQLite file (https://sqlite.org/fileformat.html, section 1.3). */
function readHeader(path: string): Buffer {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  readSync(file, header);
  closeSync(file);
  return header;
}

function judge(application: number, version: number): Verdict {
  if (application !== APPLICATION_ID) return application === 0 && version === 0 ? { kind: 'usable' } : ALIEN.foreign;
  return version > SCHEMA_VERSION ? { kind: 'newer', version } : { kind: 'usable' };
}

/** Looks without writing a byte, so that a newer file stays exactly as it is. */
function inspect(path: string): Verdict {
  if (!existsSync(path)) return { kind: 'absent' };
  if (sizeOf(path) === 0) return ALIEN.empty;
  const header = readHeader(path);
  if (header.toString('latin1', 0, 16) !== MAGIC) return ALIEN.foreign;
  if (sizeOf(`${path}-wal`) === 0) return judge(header.readUInt32BE(68), header.readUInt32BE(60));
  const db = openSqlite(path, { busyMs: BUSY_MS, readOnly: true });
  try {
    return judge(pragma(db, 'application_id'), pragma(db, 'user_version'));
  } finally {
    db.close();
  }
}

const pragma = (db: Db, name: string): number => int(db.prepare(`PRAGMA ${name}`).row() ?? [], 0);

/** Moves the file and its companions to a dated name beside it, and returns that name. */
function moveAside(path: string, now: Instant): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '').slice(0, 17);
  const name = `${path}.set-aside-${stamp}Z`;
  let aside = name;
  for (let count = 2; existsSync(aside); count += 1) aside = `${name}-${count}`;
  for (const part of ['-wal', '-shm', '']) if (existsSync(path + part)) renameSync(path + part, aside + part);
  return aside;
}

type Flaw = 'damaged' | 'foreign';

/** Looks inside with an open connection, still without writing. */
function flawOf(db: Db, mustCheck: boolean): Flaw | null {
  const tables = int(db.prepare('SELECT count(*) FROM sqlite_schema').row() ?? [], 0);
  if (pragma(db, 'user_version') === 0 && tables > 0) return 'foreign';
  const checked = mustCheck ? text(db.prepare('PRAGMA quick_check(1)').row() ?? [], 0) : 'ok';
  return checked === 'ok' ? null : 'damaged';
}

/** auto_vacuum must be chosen before the first table. */
const LAYOUT = 'PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;';
/**
 * NORMAL in WAL mode: what was committed survives the end of the process however it comes. A power cut may take the last
 * commits; it leaves the file sound. SQLite empties the log into the file by itself each 1,000 pages.
 */
const SETTINGS = `PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 8388608;
  PRAGMA temp_store = MEMORY;`;

/** Opens, checks and sets up a file that is ours or new. Throws; a damaged file may throw SQLite's corrupt error. */
function openOurs(path: string, mustCheck: boolean): Store | Flaw {
  const db = openSqlite(path, { busyMs: BUSY_MS, readOnly: false });
  try {
    const flaw = flawOf(db, mustCheck);
    if (flaw !== null) {
      db.close();
      return flaw;
    }
    db.exec(LAYOUT);
    db.exec(SETTINGS);
    migrate(db);
    // Asks for the write lock: a read-only file shows itself now and not at the first record.
    db.transaction(() => undefined);
    // After a full disk the log is what takes the space.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return createStore(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function openChecked(path: string, level: CheckLevel): Store | Flaw {
  const unclean = sizeOf(`${path}-wal`) > 0;
  const mustCheck = level === 'suspect' || (level === 'start' && (unclean || sizeOf(path) <= ALWAYS_CHECKED_BYTES));
  try {
    return openOurs(path, mustCheck);
  } catch (error) {
    if (sqliteFault(error) === 'corrupt') return 'damaged';
    throw error;
  }
}

/** Opens a file where there was none; a failed attempt (disk full) leaves none behind. */
function openNew(path: string): Store {
  try {
    const store = openOurs(path, false);
    if (typeof store === 'object') return store;
    throw new Error(`a new history at ${path} is ${store}`);
  } catch (error) {
    for (const part of ['-wal', '-shm', '']) rmSync(path + part, { force: true });
    throw error;
  }
}

/** Opens or begins the history at `path`. The lock must be held. `now` dates the name of a file moved aside. */
export function openFile(path: string, level: CheckLevel, now: Instant): Result<OpenedFile, OpenFailure> {
  try {
    const verdict = inspectOrDamaged(path);
    if (verdict.kind === 'newer') {
      return err({ kind: 'refused', reason: newerSentence(path, verdict.version, SCHEMA_VERSION) });
    }
    const opened = verdict.kind === 'usable' ? openChecked(path, level) : null;
    if (opened !== null && typeof opened === 'object') return ok({ store: opened, setAside: null });
    if (verdict.kind === 'absent') return ok({ store: openNew(path), setAside: null });
    const { reason } = verdict.kind === 'alien' ? verdict : ALIEN[opened ?? 'damaged'];
    const aside = moveAside(path, now);
    return ok({ store: openNew(path), setAside: setAsideSentence(path, reason, aside) });
  } catch (error) {
    return err({ kind: 'unusable', reason: unusableReason(path, error) });
  }
}

function inspectOrDamaged(path: string): Verdict {
  try {
    return inspect(path);
  } catch (error) {
    if (sqliteFault(error) === 'corrupt') return ALIEN.damaged;
    throw error;
  }
}

/** The end of a sentence for an error of SQLite or of the file system; any other error is a bug and is thrown on. */
export function unusableReason(path: string, error: unknown): string {
  const fault = sqliteFault(error);
  if (fault !== null) return reasonFor(path, fault, null);
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  return reasonFor(path, 'io', code);
}

/** Makes the folder of a history file. Throws the file system's error. */
export function makeFolder(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
}

/** What a file that cannot be written still answers: a store for reading only, or `null`. */
export function openForReading(path: string): Store | null {
  // Without the right to make its companion files SQLite opens a WAL database only when told that nobody writes it.
  const locations = sizeOf(`${path}-wal`) === 0 ? [path, immutable(path)] : [path];
  for (const location of locations) {
    let db: Db | null = null;
    try {
      db = openSqlite(location, { busyMs: 0, readOnly: true });
      if (pragma(db, 'application_id') === APPLICATION_ID && pragma(db, 'user_version') === SCHEMA_VERSION) {
        return createStore(db);
      }
    } catch (error) {
      if (sqliteFault(error) === null) throw error;
    }
    db?.close();
  }
  return null;
}

function immutable(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}
