/** Writing a record into rows, and numbering what it holds. */
import type { Instant } from '../../../shared/model.ts';
import type { AlertRecord, OutboxItem, SavedAlerts } from '../contract.ts';
import type { Members } from './live.ts';
import type { AlertRows } from './rows.ts';

/** Planned notices as items on their way, numbered from `first`. */
export function newItems(planned: AlertRecord['planned'], first: number): readonly OutboxItem[] {
  return planned.map(({ sink, notice, holdUntil }, index) => ({
    id: first + index,
    sink,
    notice,
    state: holdUntil === null ? 'waiting' : 'held',
    attempts: 0,
    lastAttemptAt: null,
    answer: null,
    holdUntil,
  }));
}

/** The number after the highest one among `incidents` and `next - 1`. Ids are `i-NUMBER`. */
export function nextIncidentAfter(incidents: AlertRecord['incidents'], next: number): number {
  return incidents.reduce((top, { id }) => Math.max(top, (Number(id.slice(2)) || 0) + 1), next);
}

export interface Numbers {
  readonly nextIncident: number;
  readonly nextDelivery: number;
}

/** Everything of one `record` call. `was` gives the members that an incident had. In one transaction: all or nothing. */
export function writeRecord(
  rows: AlertRows,
  record: AlertRecord,
  members: Members,
  was: (incidentId: string) => readonly string[],
  items: readonly OutboxItem[],
  numbers: Numbers,
  now: Instant,
): void {
  rows.all(() => {
    for (const alert of record.alerts) rows.alert(alert);
    for (const incident of record.incidents) rows.incident(incident);
    for (const [id, alerts] of Object.entries(members)) rows.members(id, alerts, was(id));
    for (const { incidentId, step } of record.steps) rows.step(incidentId, step);
    for (const memory of record.memories) rows.memory(memory);
    for (const silence of record.silences) rows.silence(silence);
    for (const item of items) rows.item(item, now);
    if (record.incidents.length > 0) rows.setMeta('next_incident', String(numbers.nextIncident));
    if (items.length > 0) rows.setMeta('next_delivery', String(numbers.nextDelivery));
  });
}

/** What is going on, into rows that know nothing of it. */
export function writeSaved(rows: AlertRows, saved: SavedAlerts, now: Instant): void {
  const numbers = { nextIncident: saved.nextIncident, nextDelivery: 1 };
  writeRecord(rows, { ...saved, steps: [], planned: [], withdrawn: [] }, saved.members, () => [], [], numbers, now);
  rows.all(() => {
    for (const item of saved.outbox) rows.item(item, now);
  });
}
