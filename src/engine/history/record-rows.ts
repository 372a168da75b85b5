/**
 * Reads of events, configurations, and what a restart needs, from one database.
 */
import {
  type AccountId,
  type EventDetail,
  type HistoryEvent,
  type Instant,
  LANES,
  type Lane,
  type LaneValue,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../shared/model.ts';
import { eventWord, laneCode, sourceWord, watchedCode } from './codes.ts';
import type { ConfigSnapshot, EventQuery, Gap, GapSource } from './contract.ts';
import type { Ids } from './ids.ts';
import { createStepFinder } from './lane-rows.ts';
import { CONFIG_KINDS } from './migrations.ts';
import { type Db, int, intOrNull, type Row, text, textOrNull } from './sqlite.ts';

export interface NumberedConfig extends ConfigSnapshot {
  readonly seq: number;
}

/** What one database knows of a tunnel. */
export interface StoredTunnel {
  readonly key: TunnelKey;
  readonly name: string | null;
  readonly goneAt: Instant | null;
  /** Newest step of each lane; `value: null` when the tunnel left. */
  readonly lanes: ReadonlyMap<
    Lane,
    { readonly value: LaneValue | null; readonly since: Instant; readonly exact: boolean }
  >;
  readonly configHash: string | null;
}

export interface RecordRows {
  /** Newest first. With a key those of the tunnel, with an account those of the account and its tunnels, or of the app, else all. */
  events(query: EventQuery): readonly HistoryEvent[];
  /** Newest first. */
  configs(key: TunnelKey, limit: number): readonly NumberedConfig[];
  tunnels(accountId: AccountId): readonly StoredTunnel[];
  lookedAt(accountId: AccountId): ReadonlyMap<GapSource, Instant>;
  /** All gaps of an account that have no end. */
  openGaps(accountId: AccountId): readonly Gap[];
  /** The end of a gap: undefined when there is no such gap here. */
  gapEnd(gap: Gap): Instant | null | undefined;
}

function isDetail(value: unknown): value is EventDetail {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The facts of an event; none when the stored text is damaged, so that one bad row does not cost the page. */
function detailOf(json: string): EventDetail {
  try {
    const value: unknown = JSON.parse(json);
    return isDetail(value) ? value : {};
  } catch {
    return {};
  }
}

const isAccount = (id: EventQuery['accountId']): id is AccountId => id !== null && id !== 'app';

/** What `eventOf` reads. */
export const EVENT_COLUMNS = `SELECT e.seq, e.at, e.kind, a.cf_id, ta.cf_id, t.cf_id, e.detail FROM events e
    LEFT JOIN accounts a ON a.id = e.account
    LEFT JOIN tunnels t ON t.id = e.tunnel
    LEFT JOIN accounts ta ON ta.id = t.account`;

/** The event of a row of `EVENT_COLUMNS`; none when its kind has no word here. */
export function eventOf(row: Row): HistoryEvent[] {
  const kind = eventWord(int(row, 2));
  if (kind === null) return [];
  const account = textOrNull(row, 3);
  const tunnel = textOrNull(row, 5);
  return [
    {
      seq: int(row, 0),
      at: int(row, 1),
      kind,
      accountId: account === null ? null : (account as AccountId),
      key: tunnel === null ? null : tunnelKey(text(row, 4) as AccountId, tunnel as TunnelId),
      detail: detailOf(text(row, 6)),
    },
  ];
}

function eventReader(db: Db, ids: Ids): RecordRows['events'] {
  const columns = EVENT_COLUMNS;
  const newest = 'e.seq < ? ORDER BY e.seq DESC LIMIT ?';
  const ofTunnel = db.prepare(`${columns} WHERE e.tunnel = ? AND ${newest}`);
  const ofAccount = db.prepare(`${columns} WHERE e.account = ? AND ${newest}`);
  const ofApp = db.prepare(`${columns} WHERE e.account IS NULL AND e.tunnel IS NULL AND ${newest}`);
  const all = db.prepare(`${columns} WHERE ${newest}`);
  const config = `e.${CONFIG_KINDS}`;
  const configOfTunnel = db.prepare(`${columns} WHERE e.tunnel = ? AND ${config} AND ${newest}`);
  const configOfAccount = db.prepare(
    `${columns.replace('FROM events e', 'FROM events e INDEXED BY events_of_config')} WHERE e.account = ? AND ${config} AND ${newest}`,
  );
  const read = ({ key, accountId, before, limit, about }: EventQuery): readonly Row[] => {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    if (about === 'config') {
      const of = key !== null ? ids.tunnel(key) : isAccount(accountId) ? ids.account(accountId) : null;
      return of === null ? [] : (key !== null ? configOfTunnel : configOfAccount).rows(of, below, limit);
    }
    if (key === null && accountId === 'app') return ofApp.rows(below, limit);
    const place = key !== null ? ids.tunnel(key) : isAccount(accountId) ? ids.account(accountId) : null;
    if (place !== null) return (key !== null ? ofTunnel : ofAccount).rows(place, below, limit);
    return key !== null || accountId !== null ? [] : all.rows(below, limit);
  };
  return (query) => read(query).flatMap(eventOf);
}

function tunnelReader(db: Db, ids: Ids): RecordRows['tunnels'] {
  const list = db.prepare('SELECT id, cf_id, name, gone_at FROM tunnels WHERE account = ? ORDER BY id');
  const inForce = createStepFinder(db);
  const was = db.prepare('SELECT was FROM changes WHERE tunnel = ? AND lane = ? AND at = ? AND overruled = 0');
  const config = db.prepare(
    `SELECT b.hash FROM configs c JOIN config_bodies b ON b.id = c.body
     WHERE c.tunnel = ? ORDER BY c.seq DESC LIMIT 1`,
  );
  const lanesOf = (tunnel: number): StoredTunnel['lanes'] => {
    const lanes = new Map<Lane, { value: LaneValue | null; since: Instant; exact: boolean }>();
    for (const lane of LANES) {
      const step = inForce(tunnel, lane, Number.MAX_SAFE_INTEGER);
      if (step === null) continue;
      const before = was.row(tunnel, laneCode(lane), step.at);
      // What came after nothing, or after a time in which nobody looked, may have begun earlier.
      const exact = before !== undefined && watchedCode(int(before, 0));
      lanes.set(lane, { value: step.value, since: step.at, exact });
    }
    return lanes;
  };
  return (accountId) => {
    const account = ids.account(accountId);
    if (account === null) return [];
    return list.rows(account).map((row) => {
      const hash = config.row(int(row, 0));
      return {
        key: tunnelKey(accountId, text(row, 1) as TunnelId),
        name: textOrNull(row, 2),
        goneAt: intOrNull(row, 3),
        lanes: lanesOf(int(row, 0)),
        configHash: hash === undefined ? null : text(hash, 0),
      };
    });
  };
}

function configReader(db: Db, ids: Ids): RecordRows['configs'] {
  const newest = db.prepare(
    `SELECT c.seq, c.at, b.hash, b.json FROM configs c JOIN config_bodies b ON b.id = c.body
     WHERE c.tunnel = ? ORDER BY c.seq DESC LIMIT ?`,
  );
  return (key, limit) => {
    const tunnel = ids.tunnel(key);
    if (tunnel === null) return [];
    return newest
      .rows(tunnel, limit)
      .map((row) => ({ key, seq: int(row, 0), at: int(row, 1), hash: text(row, 2), json: text(row, 3) }));
  };
}

/** The reads of recorded things of one database. */
export function createRecordRows(db: Db, ids: Ids): RecordRows {
  const looked = db.prepare('SELECT source, at FROM looked WHERE account = ?');
  const open = db.prepare('SELECT source, started FROM gaps WHERE account = ? AND ended IS NULL ORDER BY started');
  const ended = db.prepare('SELECT source, ended FROM gaps WHERE account = ? AND started = ?');
  return {
    events: eventReader(db, ids),
    configs: configReader(db, ids),
    tunnels: tunnelReader(db, ids),
    lookedAt(accountId) {
      const rows = looked.rows(ids.account(accountId));
      return new Map(
        rows.flatMap((row) => {
          const source = sourceWord(int(row, 0));
          return source === null ? [] : [[source, int(row, 1)] as const];
        }),
      );
    },
    openGaps: (accountId) =>
      open.rows(ids.account(accountId)).flatMap((row): Gap[] => {
        const source = sourceWord(int(row, 0));
        return source === null ? [] : [{ accountId, source, from: int(row, 1), to: null }];
      }),
    gapEnd(gap) {
      const rows = ended.rows(ids.account(gap.accountId), gap.from);
      const row = rows.find((found) => sourceWord(int(found, 0)) === gap.source);
      return row === undefined ? undefined : intOrNull(row, 1);
    },
  };
}
