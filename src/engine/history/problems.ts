/** One plain sentence for each trouble of our files: what is wrong, where, and what happens now. */
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { FileWords } from './file-kind.ts';
import type { SqliteFaultKind } from './sqlite.ts';

/** Oldest SQLite without the WAL-reset corruption bug of 3.7.0 to 3.51.2 (https://sqlite.org/wal.html#walresetbug). */
const LEAST_SQLITE = [3, 51, 3] as const;

/** Why this SQLite must not be used; `null` when it may. `version` as in `3.53.4`. */
export function sqliteRefusal(version: string): string | null {
  const parts = version.split('.').map(Number);
  for (const [index, least] of LEAST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return null;
    if (part < least || Number.isNaN(part)) {
      return `SQLite ${version} can damage a history file; run Tunnelwatch on a Node.js with SQLite ${LEAST_SQLITE.join('.')} or newer.`;
    }
  }
  return null;
}

export function takenSentence({ file }: FileWords, path: string, pid: number | null): string {
  const holder = pid === null ? 'another Tunnelwatch' : `another Tunnelwatch (process ${pid})`;
  return `The ${file} ${path} is in use by ${holder}; stop that one, or give this one a file of its own.`;
}

export function newerSentence({ file }: FileWords, path: string, version: number, ours: number): string {
  return `The ${file} ${path} was written by a newer Tunnelwatch (format ${version}, this one knows ${ours}); it was left untouched. Update Tunnelwatch, or choose another file.`;
}

export function setAsideSentence({ file, content }: FileWords, path: string, reason: string, aside: string): string {
  return `The ${file} ${path} ${reason}; it was moved to ${aside} and a new ${content} was begun.`;
}

/** The operating system's reason why nothing can be written at `path`, for instance `EROFS`; `null` when it sees none. */
function refusedBecause(path: string): string | null {
  for (const place of [dirname(path), path]) {
    try {
      accessSync(place, constants.W_OK);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      if (place !== path || code !== 'ENOENT') return code;
    }
  }
  return null;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'writing there is not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a part of the path is not a folder',
};

const FAULTS: Readonly<Record<SqliteFaultKind, string>> = {
  full: 'the disk is full',
  'read-only': 'the file is read-only',
  busy: 'another program holds the file locked',
  corrupt: 'the file is damaged',
  io: 'reading or writing the file failed',
  other: 'the file cannot be used',
};

/** Why the file cannot be written, as the end of a sentence. `osCode` is an error code of the file system, if known. */
export function reasonFor(path: string, fault: SqliteFaultKind, osCode: string | null): string {
  const code = osCode ?? (fault === 'full' || fault === 'busy' ? null : refusedBecause(path));
  return code === null ? FAULTS[fault] : (REASONS[code] ?? `${FAULTS[fault]} (${code})`);
}

/** A history in memory in one sentence. */
export function memorySentence(path: string, reason: string, dropped: number): string {
  const lost = dropped === 0 ? '' : ` So far the ${dropped} oldest records did not fit in memory and were dropped.`;
  return `History cannot be written to ${path} because ${reason}; it is kept in memory, and written as soon as the disk accepts it again.${lost}`;
}
