/**
 * Opens a file of ours: looks at what lies there, moves aside what is none of this kind, checks, migrates.
 */
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Instant, Millis } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type FileKind, migrate, type Schema } from './file-kind.ts';
import { newerSentence, reasonFor, setAsideSentence } from './problems.ts';
import { type Db, int, openSqlite, sqliteFault, text } from './sqlite.ts';

/** A foreign lock (a person with the sqlite3 shell) blocks our thread at most so long. */
const BUSY_MS: Millis = 1_000;
/** Files up to this size are checked at each start; larger ones only when they were not closed properly. */
const ALWAYS_CHECKED_BYTES = 16 * 1024 * 1024;
const MAGIC = 'SQLite format 3\0';

export interface OpenedFile<S> {
  readonly store: S;
  /** It was begun just now. */
  readonly fresh: boolean;
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
  | { readonly kind: 'absent' }
  | { readonly kind: 'usable' }
  | { readonly kind: 'newer'; readonly version: number }
  /** Not of this kind, or broken. */
  | { readonly kind: 'alien'; readonly flaw: Flaw };

type Flaw = 'empty' | 'damaged' | 'foreign';

/** Completes "The history file X …". */
const FLAWS: Readonly<Record<Flaw, (content: string) => string>> = {
  empty: () => 'was empty',
  damaged: () => 'was damaged',
  foreign: (content) => `was not a Tunnelwatch ${content}`,
};

const alien = (flaw: Flaw): Verdict => ({ kind: 'alien', flaw });

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Bytes that a database takes on the disk, with what waits to be written into it. */
export const bytesOf = (path: string): number => sizeOf(path) + sizeOf(`${path}-wal`);

/** The first 100 bytes of a SQLite file (https://sqlite.org/fileformat.html, section 1.3). */
function readHeader(path: string): Buffer {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  readSync(file, header);
  closeSync(file);
  return header;
}

function judge({ applicationId, steps }: Schema, application: number, version: number): Verdict {
  if (application !== applicationId) return application === 0 && version === 0 ? { kind: 'usable' } : alien('foreign');
  return version > steps.length ? { kind: 'newer', version } : { kind: 'usable' };
}

/** Looks without writing a byte, so that a newer file stays exactly as it is. */
function inspect(schema: Schema, path: string): Verdict {
  if (!existsSync(path)) return { kind: 'absent' };
  if (sizeOf(path) === 0) return alien('empty');
  const header = readHeader(path);
  if (header.toString('latin1', 0, 16) !== MAGIC) return alien('foreign');
  if (sizeOf(`${path}-wal`) === 0) return judge(schema, header.readUInt32BE(68), header.readUInt32BE(60));
  const db = openSqlite(path, { busyMs: BUSY_MS, readOnly: true });
  try {
    return judge(schema, pragma(db, 'application_id'), pragma(db, 'user_version'));
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

/** What came of opening: a store, or what is wrong with the file. */
type Outcome<S> = { readonly store: S } | { readonly flaw: Flaw };

/** Opens, checks and sets up a file that is ours or new. Throws; a damaged file may throw SQLite's corrupt error. */
function openOurs<S extends { close(): void }>(kind: FileKind<S>, path: string, mustCheck: boolean): Outcome<S> {
  const db = openSqlite(path, { busyMs: BUSY_MS, readOnly: false });
  try {
    const flaw = flawOf(db, mustCheck);
    if (flaw !== null) {
      db.close();
      return { flaw };
    }
    db.exec(LAYOUT);
    db.exec(SETTINGS);
    migrate(db, kind);
    // Asks for the write lock: a read-only file shows itself now and not at the first record.
    db.transaction(() => undefined);
    // After a full disk the log is what takes the space.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return { store: kind.build(db) };
  } catch (error) {
    db.close();
    throw error;
  }
}

function openChecked<S extends { close(): void }>(kind: FileKind<S>, path: string, level: CheckLevel): Outcome<S> {
  const unclean = sizeOf(`${path}-wal`) > 0;
  const mustCheck = level === 'suspect' || (level === 'start' && (unclean || sizeOf(path) <= ALWAYS_CHECKED_BYTES));
  try {
    return openOurs(kind, path, mustCheck);
  } catch (error) {
    if (sqliteFault(error) === 'corrupt') return { flaw: 'damaged' };
    throw error;
  }
}

/** Opens a file where there was none; a failed attempt (disk full) leaves none behind. */
function openNew<S extends { close(): void }>(kind: FileKind<S>, path: string): S {
  try {
    const opened = openOurs(kind, path, false);
    if ('store' in opened) return opened.store;
    throw new Error(`a new ${kind.words.file} at ${path} is ${opened.flaw}`);
  } catch (error) {
    for (const part of ['-wal', '-shm', '']) rmSync(path + part, { force: true });
    throw error;
  }
}

/** Opens or begins the file at `path`. The lock must be held. `now` dates the name of a file moved aside. */
export function openFile<S extends { close(): void }>(
  kind: FileKind<S>,
  path: string,
  level: CheckLevel,
  now: Instant,
): Result<OpenedFile<S>, OpenFailure> {
  try {
    const verdict = inspectOrDamaged(kind, path);
    if (verdict.kind === 'newer') {
      return err({ kind: 'refused', reason: newerSentence(kind.words, path, verdict.version, kind.steps.length) });
    }
    if (verdict.kind === 'absent') return ok({ store: openNew(kind, path), fresh: true, setAside: null });
    const opened = verdict.kind === 'usable' ? openChecked(kind, path, level) : verdict;
    if ('store' in opened) return ok({ store: opened.store, fresh: false, setAside: null });
    const reason = FLAWS[opened.flaw](kind.words.content);
    const aside = moveAside(path, now);
    const setAside = setAsideSentence(kind.words, path, reason, aside);
    return ok({ store: openNew(kind, path), fresh: true, setAside });
  } catch (error) {
    return err({ kind: 'unusable', reason: unusableReason(path, error) });
  }
}

function inspectOrDamaged(schema: Schema, path: string): Verdict {
  try {
    return inspect(schema, path);
  } catch (error) {
    if (sqliteFault(error) === 'corrupt') return alien('damaged');
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

/** Makes the folder of a file. Throws the file system's error. */
export function makeFolder(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
}

/** What a file that cannot be written still answers: a store for reading only, or `null`. */
export function openForReading<S extends { close(): void }>(kind: FileKind<S>, path: string): S | null {
  // Without the right to make its companion files SQLite opens a WAL database only when told that nobody writes it.
  const locations = sizeOf(`${path}-wal`) === 0 ? [path, immutable(path)] : [path];
  for (const location of locations) {
    let db: Db | null = null;
    try {
      db = openSqlite(location, { busyMs: 0, readOnly: true });
      if (pragma(db, 'application_id') === kind.applicationId && pragma(db, 'user_version') === kind.steps.length) {
        return kind.build(db);
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
