/**
 * What is going on now, kept in memory beside the file: open incidents with their alerts, silences, notices on their way.
 * When the file fails or is replaced by an empty one, this is what must not be forgotten.
 */
import type { Alert, Incident, Silence } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import type { AlertRecord, OutboxItem, PlanMemory, SavedAlerts, Withdrawn } from '../contract.ts';

export type Members = Readonly<Record<string, readonly string[]>>;

/** Is somebody still going to send it? */
export const isOnItsWay = ({ state }: Pick<OutboxItem, 'state'>): boolean => state === 'waiting' || state === 'held';

export class Live {
  readonly #incidents = new Map<string, Incident>();
  readonly #alerts = new Map<string, Alert>();
  readonly #members = new Map<string, readonly string[]>();
  readonly #memories = new Map<string, PlanMemory>();
  readonly #silences = new Map<string, Silence>();
  readonly #outbox = new Map<number, OutboxItem>();

  /** Takes over what a start found. */
  restore(saved: SavedAlerts): void {
    this.take({ ...saved, steps: [], planned: [], withdrawn: [] }, saved.members);
    for (const item of saved.outbox) this.item(item);
  }

  take(record: AlertRecord, members: Members): void {
    for (const alert of record.alerts) {
      if (alert.phase === 'resolved') this.#alerts.delete(alert.id);
      else this.#alerts.set(alert.id, alert);
    }
    for (const [id, alerts] of Object.entries(members)) this.#members.set(id, alerts);
    for (const memory of record.memories) this.#memories.set(memory.incidentId, memory);
    for (const silence of record.silences) this.#silences.set(silence.id, silence);
    for (const incident of record.incidents) this.#incident(incident);
  }

  item(item: OutboxItem): void {
    if (isOnItsWay(item)) this.#outbox.set(item.id, item);
    else this.#outbox.delete(item.id);
  }

  /** What is still held of these, as it is once it is taken back. */
  takeBack(withdrawn: readonly Withdrawn[]): readonly OutboxItem[] {
    if (withdrawn.length === 0) return [];
    const names = new Set(withdrawn.map(({ incidentId, sink }) => `${incidentId} ${sink}`));
    return [...this.#outbox.values()]
      .filter(({ state, notice, sink }) => state === 'held' && names.has(`${notice.incident.id} ${sink}`))
      .map((item) => ({ ...item, state: 'superseded' }));
  }

  members(incidentId: string): readonly string[] | undefined {
    return this.#members.get(incidentId);
  }

  /** Silences that ended long ago need no mirror. */
  forgetSilences(before: Instant): void {
    for (const [id, { endsAt }] of this.#silences) if (endsAt < before) this.#silences.delete(id);
  }

  /** All of it, to be written into an empty store. */
  saved(nextIncident: number): SavedAlerts {
    return {
      alerts: [...this.#alerts.values()],
      incidents: [...this.#incidents.values()],
      members: Object.fromEntries(this.#members),
      memories: [...this.#memories.values()],
      silences: [...this.#silences.values()],
      outbox: [...this.#outbox.values()],
      nextIncident,
    };
  }

  #incident(incident: Incident): void {
    const { id } = incident;
    if (incident.phase !== 'resolved') {
      this.#incidents.set(id, incident);
      return;
    }
    this.#incidents.delete(id);
    this.#members.delete(id);
    this.#memories.delete(id);
  }
}
