/**
 * `openHistory` is the door to the history: a SQLite file, or memory alone.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Millis } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { History, Retention } from './contract.ts';
import { createDisk } from './disk.ts';
import { createDurableHistory } from './durable-history.ts';
import { createMemoryHistory } from './memory-history.ts';
import { sqliteRefusal } from './problems.ts';
import { sqliteVersion } from './sqlite.ts';
import { HISTORY_FILE } from './store.ts';

export interface HistoryOptions {
  /** The file; its folder is made when missing. `null` keeps the history in memory alone. */
  readonly path: string | null;
  readonly retention: Retention;
  readonly clock: Clock;
}

const DAY_MS: Millis = 24 * 3_600_000;

/** Changes for 90 days, hourly rollups for a year (and so daily ones for three). */
export const DEFAULT_RETENTION: Retention = { changesMs: 90 * DAY_MS, rollupsMs: 365 * DAY_MS };

/**
 * Opens the history. It is refused (with one sentence for a person) when another process has the file, when a newer
 * Tunnelwatch wrote it, or when this SQLite is unsafe. Trouble with the disk is no refusal: the history then begins in
 * memory, `status()` says so, and it moves to the file when the disk allows.
 */
export function openHistory(options: HistoryOptions): Result<History, { readonly sentence: string }> {
  const refusal = sqliteRefusal(sqliteVersion());
  if (refusal !== null) return err({ sentence: refusal });
  if (options.path === null) return ok(createMemoryHistory(options));
  const disk = createDisk(HISTORY_FILE, realPath(options.path), process.pid);
  const opened = disk.open('start', options.clock.now());
  if (!opened.ok && opened.error.kind === 'refused') {
    disk.release();
    return err({ sentence: opened.error.reason });
  }
  return ok(createDurableHistory(disk, opened, options));
}

/** The path without symbolic links, so that two names of one file share one lock. */
export function realPath(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const folder = dirname(full);
  return existsSync(folder) ? join(realpathSync(folder), basename(full)) : full;
}
