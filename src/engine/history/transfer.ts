/**
 * Carries over to the file what was kept in memory while the disk failed, in one transaction: when the disk refuses
 * again the file is as before, and everything is still in memory.
 */
import { type AccountId, type TunnelId, type TunnelKey, tunnelKey } from '../../shared/model.ts';
import { sourceWord } from './codes.ts';
import { int, intOrNull, type Row, text, textOrNull } from './sqlite.ts';
import type { Store } from './store.ts';
import type { Writer } from './writer.ts';

const TUNNEL = 'JOIN tunnels t ON t.id = tunnel JOIN accounts a ON a.id = t.account';
// In the order of recording, by which later changes overrule earlier ones.
const CHANGES = `SELECT a.cf_id, t.cf_id, lane, at, seq, was, value FROM changes ${TUNNEL} ORDER BY seq`;
const CONFIGS = `SELECT a.cf_id, t.cf_id, seq, at, hash, json FROM configs ${TUNNEL}
  JOIN config_bodies b ON b.id = body ORDER BY seq`;
const NAMES = `SELECT a.cf_id, t.cf_id, t.name, t.gone_at, max(seq), at FROM names ${TUNNEL} GROUP BY t.id`;
const EVENTS = `SELECT ta.cf_id, t.cf_id, seq, at, kind, a.cf_id, detail FROM events e
  LEFT JOIN accounts a ON a.id = e.account LEFT JOIN tunnels t ON t.id = e.tunnel
  LEFT JOIN accounts ta ON ta.id = t.account ORDER BY seq`;
const GAPS = 'SELECT a.cf_id, source, started, ended FROM gaps JOIN accounts a ON a.id = account';
const LOOKED = 'SELECT a.cf_id, source, at FROM looked JOIN accounts a ON a.id = account';

const accountAt = (row: Row, index: number): AccountId => text(row, index) as AccountId;
const keyAt = (row: Row): TunnelKey => tunnelKey(accountAt(row, 0), text(row, 1) as TunnelId);

/**
 * Copies all of `memory` into `disk`. `shift` is added to the sequence numbers; it is 0 unless the file turned out to
 * hold these numbers already. Throws SQLite's errors.
 */
export function transfer(memory: Store, disk: Store, shift: number): void {
  const rows = (sql: string): readonly Row[] => memory.db.prepare(sql).rows();
  disk.writeAll((writer, intern) => {
    for (const row of rows(CHANGES)) {
      const [lane, at, seq, was, value] = [int(row, 2), int(row, 3), int(row, 4) + shift, int(row, 5), int(row, 6)];
      writer.change(intern(keyAt(row), at), { lane, at, seq, was, value });
    }
    for (const row of rows(CONFIGS)) {
      const at = int(row, 3);
      writer.config(intern(keyAt(row), at), int(row, 2) + shift, at, text(row, 4), text(row, 5));
    }
    for (const row of rows(NAMES)) {
      const identity = { name: text(row, 2), goneAt: intOrNull(row, 3), seq: int(row, 4) + shift, at: int(row, 5) };
      // The ends of its lanes are among the changes already.
      writer.identity(intern(keyAt(row), identity.at), identity, true);
    }
    for (const row of rows(EVENTS)) writeEvent(writer, row, shift);
    for (const row of rows(GAPS)) {
      const source = sourceWord(int(row, 1));
      if (source !== null)
        writer.gap({ accountId: accountAt(row, 0), source, from: int(row, 2), to: intOrNull(row, 3) });
    }
    for (const row of rows(LOOKED)) {
      const source = sourceWord(int(row, 1));
      if (source !== null) writer.looked(accountAt(row, 0), source, int(row, 2));
    }
    writer.nextNumber(memory.nextNumber() + shift);
  });
}

function writeEvent(writer: Writer, row: Row, shift: number): void {
  const account = textOrNull(row, 5);
  writer.eventRow({
    seq: int(row, 2) + shift,
    at: int(row, 3),
    kind: int(row, 4),
    accountId: account === null ? null : accountAt(row, 5),
    key: textOrNull(row, 1) === null ? null : keyAt(row),
    detail: text(row, 6),
  });
}
