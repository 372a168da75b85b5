/**
 * One database with everything that reads and writes it. The same code runs on a file and in memory.
 */
import type { Instant, TunnelKey } from '../../shared/model.ts';
import type { RecordBatch } from './contract.ts';
import { type FileKind, migrate } from './file-kind.ts';
import { createIds } from './ids.ts';
import { createLaneRows } from './lane-rows.ts';
import { APPLICATION_ID, STEPS } from './migrations.ts';
import { createPastRows } from './past-rows.ts';
import type { Source } from './reads.ts';
import { createRecordRows } from './record-rows.ts';
import { type Db, int, intOrNull, openSqlite } from './sqlite.ts';
import { createSweep, type Sweep } from './sweep.ts';
import { createWatermarks } from './watermarks.ts';
import { createWriter, type Writer } from './writer.ts';

export interface Store extends Source {
  readonly db: Db;
  readonly sweep: Sweep;
  /** The next free sequence number, as the database remembers it. */
  nextNumber(): number;
  /** Wall time of the newest successful look; `null` in a new file. */
  lastLook(): Instant | null;
  /** Writes a batch whose first number is `base`, all of it or nothing. Throws SQLite's errors. */
  write(batch: RecordBatch, base: number, now: Instant): void;
  /** Runs `work` in one transaction. */
  writeAll(work: (writer: Writer, intern: (key: TunnelKey, at: Instant) => number) => void): void;
  close(): void;
}

/** Builds the store on an open, migrated database. */
export function createStore(db: Db): Store {
  const watermarks = createWatermarks(db);
  const ids = createIds(db, watermarks);
  const writer = createWriter(db, ids, watermarks);
  const lanes = createLaneRows(db, ids);
  const next = db.prepare("SELECT value FROM meta WHERE name = 'next_seq'");
  const look = db.prepare('SELECT max(at) FROM looked');
  const atomically = (work: () => void): void => {
    try {
      db.transaction(work);
    } catch (error) {
      ids.forget();
      throw error;
    }
  };
  return {
    db,
    lanes,
    records: createRecordRows(db, ids),
    past: createPastRows(db, ids),
    sweep: createSweep(db, ids, lanes, watermarks),
    nextNumber() {
      const row = next.row();
      return row === undefined ? 1 : int(row, 0);
    },
    lastLook: () => intOrNull(look.row() ?? [null], 0),
    write: (batch, base, now) => atomically(() => writer.batch(batch, base, now)),
    writeAll: (work) => atomically(() => work(writer, ids.internTunnel)),
    close: () => db.close(),
  };
}

/** The history among our files. */
export const HISTORY_FILE: FileKind<Store> = {
  applicationId: APPLICATION_ID,
  steps: STEPS,
  words: { file: 'history file', content: 'history' },
  build: createStore,
};

/** A store that lives in memory and ends with the process. */
export function memoryStore(): Store {
  const db = openSqlite(':memory:', { busyMs: 0, readOnly: false });
  migrate(db, HISTORY_FILE);
  return createStore(db);
}
