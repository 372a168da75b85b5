/** What a start begins with. */
import type { Instant, Millis } from '../../../shared/model.ts';
import { type Db, int, text } from '../../history/sqlite.ts';
import type { SavedAlerts } from '../contract.ts';
import { bodies, items, type OnUnreadable } from './reads.ts';
import type { AlertRows } from './rows.ts';
import { alertBody, incidentBody, memoryBody, silenceBody } from './schemas.ts';

/** Resolved incidents and ended silences stay in view so long. */
const IN_VIEW_MS: Millis = 24 * 3_600_000;

const INCIDENTS = 'SELECT id, body FROM incidents WHERE resolved_at IS NULL OR resolved_at >= ?';
/** Open ones, and those that ended while their incident goes on: they belong to its extent. */
const ALERTS = `SELECT id, body FROM alerts WHERE resolved_at IS NULL OR id IN (SELECT alert FROM members
  WHERE now = 1 AND incident IN (SELECT id FROM incidents WHERE resolved_at IS NULL)) ORDER BY id`;
const SILENCES = 'SELECT id, body FROM silences WHERE ends_at >= ?';
const MEMORIES = 'SELECT incident, body FROM memories';
const MEMBERS = `SELECT incident, alert, now FROM members
  WHERE incident IN (SELECT id FROM incidents WHERE resolved_at IS NULL)`;

/** Reads it from `sources`; later ones overrule earlier ones. */
export function loadSaved(
  sources: readonly Db[],
  now: Instant,
  nextIncident: number,
  onUnreadable: OnUnreadable,
): SavedAlerts {
  const since = now - IN_VIEW_MS;
  const incidents = bodies(
    sources,
    { table: 'incidents', sql: INCIDENTS, params: [since], schema: incidentBody },
    onUnreadable,
  );
  const alerts = bodies(sources, { table: 'alerts', sql: ALERTS, params: [], schema: alertBody }, onUnreadable);
  const silences = bodies(
    sources,
    { table: 'silences', sql: SILENCES, params: [since], schema: silenceBody },
    onUnreadable,
  );
  const memories = bodies(sources, { table: 'memories', sql: MEMORIES, params: [], schema: memoryBody }, onUnreadable);
  const isOpen = (id: string): boolean => (incidents.get(id)?.phase ?? 'resolved') !== 'resolved';
  return {
    alerts: [...alerts.values()],
    incidents: [...incidents.values()],
    members: membersOf(sources, isOpen),
    memories: [...memories.values()].filter(({ incidentId }) => isOpen(incidentId)),
    silences: [...silences.values()],
    outbox: items(sources, "state IN ('waiting', 'held')", [], onUnreadable),
    nextIncident,
  };
}

function membersOf(sources: readonly Db[], isOpen: (id: string) => boolean): Readonly<Record<string, string[]>> {
  const members = new Map<string, Set<string>>();
  for (const db of sources) {
    for (const row of db.prepare(MEMBERS).rows()) {
      const [incident, alert] = [text(row, 0), text(row, 1)];
      if (!isOpen(incident)) continue;
      const list = members.get(incident) ?? new Set();
      members.set(incident, list);
      if (int(row, 2) === 1) list.add(alert);
      else list.delete(alert);
    }
  }
  return Object.fromEntries([...members].map(([incident, list]) => [incident, [...list]]));
}

const LAST_SIGN =
  'SELECT max(coalesce((SELECT max(changed_at) FROM deliveries), 0), coalesce((SELECT max(opened_at) FROM incidents), 0))';

/** Wall time of the newest thing that the store knows of; `null` when it knows nothing. */
export function lastSign(sources: readonly Db[]): Instant | null {
  const times = sources.map((db) => int(db.prepare(LAST_SIGN).row() ?? [0], 0));
  return Math.max(0, ...times) || null;
}

/** Notices that cannot be read any more are marked as what they are. */
export function giveUp(rows: AlertRows, ids: readonly number[], now: Instant): void {
  const mark = rows.db.prepare(
    "UPDATE deliveries SET state = 'failed', answer = 'The stored notice could not be read.', changed_at = ?, notice = NULL WHERE id = ?",
  );
  rows.all(() => {
    for (const id of ids) mark.run(now, id);
  });
}
