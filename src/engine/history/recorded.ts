/**
 * The history as it was recorded, from the first to the last thing of a span: for who lives through it again. Reads only,
 * also while another process writes the file.
 */
import {
  type AccountId,
  type HistoryEvent,
  type Instant,
  LANES,
  type Lane,
  type LaneValue,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { laneWord, sourceWord, valueWord } from './codes.ts';
import type { Gap } from './contract.ts';
import { openForReading } from './open-file.ts';
import { type Db, int, intOrNull, text } from './sqlite.ts';
import { HISTORY_FILE, type Store } from './store.ts';

/** One recorded thing. `seq` is the order of recording, over all kinds. */
export type Recorded =
  | {
      readonly kind: 'lane';
      readonly seq: number;
      readonly at: Instant;
      readonly key: TunnelKey;
      readonly lane: Lane;
      /** `null`: the tunnel left. */
      readonly value: LaneValue | null;
    }
  | { readonly kind: 'event'; readonly seq: number; readonly at: Instant; readonly event: HistoryEvent }
  | {
      readonly kind: 'name';
      readonly seq: number;
      readonly at: Instant;
      readonly key: TunnelKey;
      readonly name: string;
    }
  /** `json`: a flat configuration, see `state/config-snapshot.ts`. */
  | {
      readonly kind: 'config';
      readonly seq: number;
      readonly at: Instant;
      readonly key: TunnelKey;
      readonly json: string;
    };

/** A tunnel at the beginning of the span. */
export interface RecordedTunnel {
  readonly key: TunnelKey;
  readonly name: string;
  /** `null` where it had no value: it was not there yet, or not any more. */
  readonly lanes: Readonly<Record<Lane, { readonly value: LaneValue; readonly since: Instant } | null>>;
  readonly config: string | null;
}

export interface RecordedSpan {
  /** The later of what was asked for and where the records begin. */
  readonly from: Instant;
  /** The last good look, or the last record where that is later. */
  readonly to: Instant;
  readonly accounts: readonly AccountId[];
  readonly tunnels: readonly RecordedTunnel[];
  /** By order of recording, from `from` on; of lanes what came after it. */
  readonly records: readonly Recorded[];
  readonly gaps: readonly Gap[];
}

export interface RecordedHistory {
  span(from: Instant): RecordedSpan;
  close(): void;
}

/** Opens a history for reading. Refused with one sentence when there is none, or when another version wrote it. */
export function openRecorded(path: string): Result<RecordedHistory, { readonly sentence: string }> {
  const store = openForReading(HISTORY_FILE, path);
  if (store === null) {
    return err({ sentence: `There is no history at ${path} that this version of Tunnelwatch can read.` });
  }
  return ok({ span: (from) => readSpan(store, from), close: () => store.close() });
}

const keyOf = (account: string, tunnel: string): TunnelKey => tunnelKey(account as AccountId, tunnel as TunnelId);
const OF_TUNNEL = 'JOIN tunnels t ON t.id = x.tunnel JOIN accounts a ON a.id = t.account';

function readSpan(store: Store, asked: Instant): RecordedSpan {
  const { db } = store;
  const from = Math.max(asked, earliest(db) ?? asked);
  const records = [...lanesOf(db, from), ...eventsOf(store, from), ...namesOf(db, from), ...configsOf(db, from)];
  records.sort((a, b) => a.seq - b.seq);
  const accounts = db.prepare('SELECT cf_id FROM accounts ORDER BY id').rows();
  return {
    from,
    to: Math.max(from, store.lastLook() ?? from, ...records.slice(-1_000).map(({ at }) => at)),
    accounts: accounts.map((row) => text(row, 0) as AccountId),
    tunnels: tunnelsAt(store, from),
    records,
    gaps: gapsOf(db, from),
  };
}

/** Where the records begin: with the first change of a lane that is still kept. */
function earliest(db: Db): Instant | null {
  return intOrNull(db.prepare('SELECT min(at) FROM changes').row() ?? [null], 0);
}

function lanesOf(db: Db, from: Instant): Recorded[] {
  const rows = db
    .prepare(`SELECT x.seq, x.at, x.lane, x.value, a.cf_id, t.cf_id FROM changes x ${OF_TUNNEL} WHERE x.at > ?`)
    .rows(from);
  return rows.flatMap((row): Recorded[] => {
    const lane = laneWord(int(row, 2));
    if (lane === null) return [];
    const value = valueWord(lane, int(row, 3));
    return [{ kind: 'lane', seq: int(row, 0), at: int(row, 1), key: keyOf(text(row, 4), text(row, 5)), lane, value }];
  });
}

/** A page of events at a time, the newest first, until they are older. */
function eventsOf({ records }: Store, from: Instant): Recorded[] {
  const found: Recorded[] = [];
  for (let before: number | null = null; ; ) {
    const page = records.events({ key: null, accountId: null, before, limit: 1_000 });
    for (const event of page) if (event.at >= from) found.push({ kind: 'event', seq: event.seq, at: event.at, event });
    const last = page.at(-1);
    if (last === undefined || page.length < 1_000 || last.at < from) return found;
    before = last.seq;
  }
}

function namesOf(db: Db, from: Instant): Recorded[] {
  const rows = db.prepare(`SELECT x.seq, x.at, x.name, a.cf_id, t.cf_id FROM names x ${OF_TUNNEL} WHERE x.at >= ?`);
  return rows.rows(from).map((row) => ({
    kind: 'name',
    seq: int(row, 0),
    at: int(row, 1),
    name: text(row, 2),
    key: keyOf(text(row, 3), text(row, 4)),
  }));
}

function configsOf(db: Db, from: Instant): Recorded[] {
  const rows = db.prepare(
    `SELECT x.seq, x.at, b.json, a.cf_id, t.cf_id FROM configs x ${OF_TUNNEL}
     JOIN config_bodies b ON b.id = x.body WHERE x.at >= ?`,
  );
  return rows.rows(from).map((row) => ({
    kind: 'config',
    seq: int(row, 0),
    at: int(row, 1),
    json: text(row, 2),
    key: keyOf(text(row, 3), text(row, 4)),
  }));
}

function tunnelsAt({ db, lanes }: Store, at: Instant): RecordedTunnel[] {
  const rows = db.prepare('SELECT t.id, a.cf_id, t.cf_id FROM tunnels t JOIN accounts a ON a.id = t.account').rows();
  const name = db.prepare('SELECT name FROM names WHERE tunnel = ? ORDER BY at > ?, abs(at - ?) LIMIT 1');
  const config = db.prepare(
    'SELECT b.json FROM configs c JOIN config_bodies b ON b.id = c.body WHERE c.tunnel = ? AND c.at <= ? ORDER BY c.seq DESC LIMIT 1',
  );
  return rows.map((row) => {
    const id = int(row, 0);
    const key = keyOf(text(row, 1), text(row, 2));
    const inForce = LANES.map((lane) => {
      const step = lanes.steps(key, lane, at, at, Number.MAX_SAFE_INTEGER)[0];
      const value = step === undefined || step.at > at ? null : step.value;
      return [lane, step === undefined || value === null ? null : { value, since: step.at }] as const;
    });
    const named = name.row(id, at, at);
    const configured = config.row(id, at);
    return {
      key,
      name: named === undefined ? text(row, 2) : text(named, 0),
      lanes: Object.fromEntries(inForce) as RecordedTunnel['lanes'],
      config: configured === undefined ? null : text(configured, 0),
    };
  });
}

function gapsOf(db: Db, from: Instant): Gap[] {
  const rows = db
    .prepare(
      `SELECT a.cf_id, g.source, g.started, g.ended FROM gaps g JOIN accounts a ON a.id = g.account
       WHERE g.ended IS NULL OR (g.ended > ? AND g.ended > g.started) ORDER BY g.started`,
    )
    .rows(from);
  return rows.flatMap((row): Gap[] => {
    const source = sourceWord(int(row, 1));
    if (source === null) return [];
    return [{ accountId: text(row, 0) as AccountId, source, from: int(row, 2), to: intOrNull(row, 3) }];
  });
}
