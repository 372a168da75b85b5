/**
 * The tables of ledger.db, as a list of steps. Step n leads from `user_version` n to n + 1; a step is never changed once
 * released. Bodies are JSON, checked when read (`schemas.ts`). Times are Unix milliseconds.
 */

/** Marks our files among all SQLite files: "TWL1". */
export const APPLICATION_ID = 0x54574c31;

const FIRST = `
CREATE TABLE waivers (
  rule TEXT NOT NULL,
  key TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  -- Who took it back, where somebody did.
  ended_by TEXT,
  PRIMARY KEY (rule, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX audit_by_time ON audit (at);

CREATE TABLE rotations (id TEXT PRIMARY KEY, ended_at INTEGER, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- When a finding that still stands was first seen.
CREATE TABLE sightings (
  rule TEXT NOT NULL,
  key TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (rule, key)
) STRICT, WITHOUT ROWID;
`;

export const STEPS: readonly string[] = [FIRST];
