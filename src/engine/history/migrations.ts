/**
 * The tables, as a list of steps. Step n leads from `user_version` n to n + 1; a step is never changed once released.
 * Tunnels and accounts are interned as integers, and times are Unix milliseconds unless a name says otherwise.
 */

/** Marks our files among all SQLite files: "TWH1". */
export const APPLICATION_ID = 0x54574831;

const FIRST = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE accounts (id INTEGER PRIMARY KEY, cf_id TEXT NOT NULL UNIQUE) STRICT;

-- rolled_to: rollups are complete up to there. pruned_to: lane changes are complete from there on.
CREATE TABLE tunnels (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (id),
  cf_id TEXT NOT NULL,
  name TEXT,
  gone_at INTEGER,
  rolled_to INTEGER NOT NULL,
  pruned_to INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, cf_id)
) STRICT;
CREATE INDEX tunnels_by_rolled ON tunnels (rolled_to);
CREATE INDEX tunnels_by_pruned ON tunnels (pruned_to);
CREATE TABLE names (
  tunnel INTEGER NOT NULL REFERENCES tunnels (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (tunnel, seq)
) STRICT, WITHOUT ROWID;

-- overruled = 1: a later record claims an earlier or the same moment (the wall clock was set back), so timelines leave
-- this row out. The other rows of a lane grow in at and in seq alike. value 0: the tunnel left.
CREATE TABLE changes (
  tunnel INTEGER NOT NULL REFERENCES tunnels (id),
  lane INTEGER NOT NULL,
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  was INTEGER NOT NULL,
  value INTEGER NOT NULL,
  overruled INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tunnel, lane, at, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_overruled ON changes (tunnel, seq) WHERE overruled = 1;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  account INTEGER REFERENCES accounts (id),
  tunnel INTEGER REFERENCES tunnels (id),
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_account ON events (account) WHERE account IS NOT NULL;
CREATE INDEX events_by_tunnel ON events (tunnel) WHERE tunnel IS NOT NULL;

CREATE TABLE gaps (
  account INTEGER NOT NULL REFERENCES accounts (id),
  source INTEGER NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER,
  PRIMARY KEY (account, source, started)
) STRICT, WITHOUT ROWID;
CREATE INDEX gaps_by_end ON gaps (account, source, ended);

CREATE TABLE config_bodies (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, json TEXT NOT NULL) STRICT;
CREATE TABLE configs (
  tunnel INTEGER NOT NULL REFERENCES tunnels (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body INTEGER NOT NULL REFERENCES config_bodies (id),
  PRIMARY KEY (tunnel, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX configs_by_body ON configs (body);

CREATE TABLE looked (
  account INTEGER NOT NULL REFERENCES accounts (id),
  source INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, source)
) STRICT, WITHOUT ROWID;

-- unit 0: hours, unit 1: days (UTC), counted from 1970 in start. One row stands for span units in a row with the same
-- content, so that quiet weeks cost one row. ms and entries are those of each single unit.
CREATE TABLE rollups (
  tunnel INTEGER NOT NULL REFERENCES tunnels (id),
  lane INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  start INTEGER NOT NULL,
  value INTEGER NOT NULL,
  span INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (tunnel, lane, unit, start, value)
) STRICT, WITHOUT ROWID;
`;

/** The few events of the app itself are found without reading all the others. */
const EVENTS_OF_APP = `
CREATE INDEX events_of_app ON events (account) WHERE account IS NULL AND tunnel IS NULL;
`;

/** New words in `codes.ts`; the tables stay as they are. */
const REKEY_DIPS = '';

/** Marks of the past and reports ask for events by time. Some 15 bytes for each event: 3 kB a day for 200 events. */
const EVENTS_BY_TIME = `
CREATE INDEX events_by_time ON events (at);
`;

/**
 * What happened to configurations is asked for by account, among many more events about sessions. The kinds are codes of
 * `codes.ts`; a question names them in the very same words, or the index does not serve it.
 */
export const CONFIG_KINDS = 'kind IN (0, 1, 2, 3, 6, 7)';
const EVENTS_OF_CONFIG = `
CREATE INDEX events_of_config ON events (account) WHERE ${CONFIG_KINDS};
`;

export const STEPS: readonly string[] = [FIRST, EVENTS_OF_APP, REKEY_DIPS, EVENTS_BY_TIME, EVENTS_OF_CONFIG];
