/**
 * The tables of alerts.db, as a list of steps. Step n leads from `user_version` n to n + 1; a step is never changed once
 * released. Bodies are JSON, checked when read (`schemas.ts`); columns are what reads select and sort by. Times are Unix
 * milliseconds.
 */

/** Marks our files among all SQLite files: "TWA1". */
export const APPLICATION_ID = 0x54574131;

const FIRST = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  resolved_at INTEGER,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_opened ON incidents (opened_at);
CREATE INDEX incidents_by_resolved ON incidents (resolved_at);

CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  resolved_at INTEGER,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alerts_by_resolved ON alerts (resolved_at);

-- now = 0: it belonged to the incident once.
CREATE TABLE members (
  incident TEXT NOT NULL,
  alert TEXT NOT NULL,
  now INTEGER NOT NULL,
  PRIMARY KEY (incident, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_alert ON members (alert);

CREATE TABLE steps (
  n INTEGER PRIMARY KEY,
  incident TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX steps_by_incident ON steps (incident, n);

CREATE TABLE memories (incident TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE silences (id TEXT PRIMARY KEY, ends_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX silences_by_end ON silences (ends_at);

-- incident is NULL for tests. notice goes when nobody will send it again.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  sink TEXT NOT NULL,
  incident TEXT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  planned_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  last_attempt_at INTEGER,
  answer TEXT,
  hold_until INTEGER,
  changed_at INTEGER NOT NULL,
  notice TEXT
) STRICT;
CREATE INDEX deliveries_by_sink ON deliveries (sink, id);
CREATE INDEX deliveries_by_incident ON deliveries (incident, id);
CREATE INDEX deliveries_open ON deliveries (id) WHERE state IN ('waiting', 'held');
CREATE INDEX deliveries_by_change ON deliveries (changed_at);
CREATE INDEX deliveries_of_ends ON deliveries (changed_at) WHERE kind = 'resolved' AND notice IS NOT NULL;
`;

/** Which incidents were open at a moment is told by the index alone; the bodies are large. Some 10 bytes more for each incident. */
const INCIDENTS_BY_TIME = `
CREATE INDEX incidents_by_time ON incidents (opened_at, resolved_at);
DROP INDEX incidents_by_opened;
`;

export const STEPS: readonly string[] = [FIRST, INCIDENTS_BY_TIME];
