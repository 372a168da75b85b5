/** One ledger database with everything that reads and writes it. Throws SQLite's errors. */
import type { z } from 'zod';
import type { Instant, TunnelKey } from '../../shared/model.ts';
import type { AuditEntry } from '../../shared/operations.ts';
import type { FileKind } from '../history/file-kind.ts';
import { type Db, int, text, textOrNull } from '../history/sqlite.ts';
import type { KeptRotation, Sighting } from './contract.ts';
import type { KeptWaiver } from './kept.ts';
import { APPLICATION_ID, STEPS } from './migrations.ts';
import { auditBody, rotationBody } from './schemas.ts';

/** Told of a row that does not hold what its table promises; the row is left out. */
export type OnUnreadable = (table: string, id: string | number) => void;

export interface LedgerRows {
  /** Runs `work` in one transaction. */
  all(work: () => void): void;
  waivers(): readonly KeptWaiver[];
  waiver(kept: KeptWaiver): void;
  /** The highest id that an entry ever had here, 0 for none. */
  lastEntry(): number;
  entry(id: number, onUnreadable: OnUnreadable): AuditEntry | null;
  /** Newest first, with ids below `before`. */
  entries(before: number, limit: number, onUnreadable: OnUnreadable): readonly AuditEntry[];
  writeEntry(entry: AuditEntry): void;
  rotations(onUnreadable: OnUnreadable): readonly KeptRotation[];
  rotation(rotation: KeptRotation): void;
  sightings(): readonly Sighting[];
  sighted(sighting: Sighting): void;
  vanished(rule: string, key: TunnelKey): void;
  forgetSightings(): void;
  /** Forgets entries and ended rotations that are older. */
  prune(before: Instant): void;
  close(): void;
}

const WAIVER = `INSERT INTO waivers (rule, key, by, reason, at, until, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET by = excluded.by, reason = excluded.reason, at = excluded.at, until = excluded.until,
    ended_by = excluded.ended_by`;
const ENTRY = 'INSERT INTO audit (id, at, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body';
const ROTATION = `INSERT INTO rotations (id, ended_at, body) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body`;
const SIGHTING = `INSERT INTO sightings (rule, key, since) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET since = excluded.since`;

function parsed<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    const result = schema.safeParse(JSON.parse(body));
    return result.success ? result.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Builds the rows on an open, migrated database. */
export function createRows(db: Db): LedgerRows {
  // What somebody did to an account must not be lost with the power: each commit waits for the disk.
  db.exec('PRAGMA synchronous = FULL');
  const waiver = db.prepare(WAIVER);
  const entry = db.prepare('SELECT body FROM audit WHERE id = ?');
  const entries = db.prepare('SELECT id, body FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?');
  const writeEntry = db.prepare(ENTRY);
  const rotation = db.prepare(ROTATION);
  const sighting = db.prepare(SIGHTING);
  const vanished = db.prepare('DELETE FROM sightings WHERE rule = ? AND key = ?');
  return {
    all: (work) => db.transaction(work),
    waivers: () =>
      db
        .prepare('SELECT rule, key, by, reason, at, until, ended_by FROM waivers')
        .rows()
        .map((row) => ({
          waiver: {
            rule: text(row, 0),
            key: text(row, 1) as TunnelKey,
            by: text(row, 2),
            reason: text(row, 3),
            at: int(row, 4),
            until: int(row, 5),
          },
          endedBy: textOrNull(row, 6),
        })),
    waiver({ waiver: { rule, key, by, reason, at, until }, endedBy }) {
      waiver.run(rule, key, by, reason, at, until, endedBy);
    },
    lastEntry: () => int(db.prepare('SELECT coalesce(max(id), 0) FROM audit').row() ?? [0], 0),
    entry(id, onUnreadable) {
      const row = entry.row(id);
      if (row === undefined) return null;
      const found = parsed(auditBody, text(row, 0));
      if (found === null) onUnreadable('audit', id);
      return found;
    },
    entries: (before, limit, onUnreadable) =>
      entries.rows(before, limit).flatMap((row) => {
        const found = parsed(auditBody, text(row, 1));
        if (found === null) onUnreadable('audit', int(row, 0));
        return found === null ? [] : [found];
      }),
    writeEntry(value) {
      writeEntry.run(value.id, value.at, JSON.stringify(value));
    },
    rotations: (onUnreadable) =>
      db
        .prepare('SELECT id, body FROM rotations')
        .rows()
        .flatMap((row) => {
          const found = parsed(rotationBody, text(row, 1));
          if (found === null) onUnreadable('rotations', text(row, 0));
          return found === null ? [] : [found];
        }),
    rotation(value) {
      rotation.run(value.id, value.endedAt, JSON.stringify(value));
    },
    sightings: () =>
      db
        .prepare('SELECT rule, key, since FROM sightings')
        .rows()
        .map((row) => ({ rule: text(row, 0), key: text(row, 1) as TunnelKey, since: int(row, 2) })),
    sighted({ rule, key, since }) {
      sighting.run(rule, key, since);
    },
    vanished(rule, key) {
      vanished.run(rule, key);
    },
    forgetSightings: () => db.exec('DELETE FROM sightings'),
    prune(before) {
      db.prepare('DELETE FROM audit WHERE at < ?').run(before);
      db.prepare('DELETE FROM rotations WHERE ended_at < ?').run(before);
    },
    close: () => db.close(),
  };
}

/** The ledger among our files. */
export const LEDGER_FILE: FileKind<LedgerRows> = {
  applicationId: APPLICATION_ID,
  steps: STEPS,
  words: { file: 'ledger file', content: 'ledger' },
  build: createRows,
};
