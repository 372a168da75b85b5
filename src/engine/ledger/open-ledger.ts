/** `openLedger` is the door to the ledger: a SQLite file, or memory alone. */
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { createDisk } from '../history/disk.ts';
import { realPath } from '../history/open-history.ts';
import { sqliteRefusal } from '../history/problems.ts';
import { sqliteVersion } from '../history/sqlite.ts';
import type { Ledger } from './contract.ts';
import { createDurableLedger } from './durable-ledger.ts';
import { LEDGER_FILE } from './rows.ts';

/** The name of the file, beside the history. */
export const LEDGER_DB = 'ledger.db';

export interface LedgerOptions {
  /** The file; its folder is made when missing. `null` keeps the ledger in memory alone. */
  readonly path: string | null;
  readonly clock: Clock;
}

/**
 * Opens the ledger. It is refused (with one sentence for a person) when another process has the file, when a newer
 * Tunnelwatch wrote it, or when this SQLite is unsafe. Trouble with the disk is no refusal: the ledger then begins in
 * memory, `status()` says so, and it moves to the file when the disk allows.
 */
export function openLedger({ path, clock }: LedgerOptions): Result<Ledger, { readonly sentence: string }> {
  const refusal = sqliteRefusal(sqliteVersion());
  if (refusal !== null) return err({ sentence: refusal });
  if (path === null) return ok(memoryLedger(clock));
  const disk = createDisk(LEDGER_FILE, realPath(path), process.pid);
  const opened = disk.open('start', clock.now());
  if (!opened.ok && opened.error.kind === 'refused') {
    disk.release();
    return err({ sentence: opened.error.reason });
  }
  return ok(createDurableLedger(disk, opened, clock));
}

/** A ledger that ends with the process. */
export function memoryLedger(clock: Clock): Ledger {
  return createDurableLedger(null, null, clock);
}
