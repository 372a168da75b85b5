/**
 * `openAlertStore` is the door to what alerting keeps: a SQLite file, or memory alone.
 */
import type { Millis } from '../../../shared/model.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import { createDisk } from '../../history/disk.ts';
import { realPath } from '../../history/open-history.ts';
import { sqliteRefusal } from '../../history/problems.ts';
import { sqliteVersion } from '../../history/sqlite.ts';
import type { AlertStore } from '../contract.ts';
import { createDurableAlertStore } from './durable-store.ts';
import { ALERTS_FILE } from './rows.ts';

export interface AlertStoreOptions {
  /** The file; its folder is made when missing. `null` keeps alerts in memory alone. */
  readonly path: string | null;
  readonly clock: Clock;
  /** Resolved incidents, ended deliveries and expired silences are kept so long. */
  readonly retentionMs: Millis;
}

/**
 * Opens the store. It is refused (with one sentence for a person) when another process has the file, when a newer
 * Tunnelwatch wrote it, or when this SQLite is unsafe. Trouble with the disk is no refusal: alerts are then kept in
 * memory, `status()` says so, and they move to the file when the disk allows.
 *
 * The file has a lock of its own: the lock of the history belongs to that file's name, and two histories may lie in one
 * folder beside one alerts.db.
 */
export function openAlertStore(options: AlertStoreOptions): Result<AlertStore, { readonly sentence: string }> {
  const refusal = sqliteRefusal(sqliteVersion());
  if (refusal !== null) return err({ sentence: refusal });
  if (options.path === null) return ok(createDurableAlertStore(null, null, options));
  const disk = createDisk(ALERTS_FILE, realPath(options.path), process.pid);
  const opened = disk.open('start', options.clock.now());
  if (!opened.ok && opened.error.kind === 'refused') {
    disk.release();
    return err({ sentence: opened.error.reason });
  }
  return ok(createDurableAlertStore(disk, opened, options));
}
