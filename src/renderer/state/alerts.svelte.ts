import {
  type AlertingStatus,
  type AlertsDelta,
  type AlertsView,
  type Incident,
  type MaintenanceView,
  NO_ALERTS,
  type Silence,
} from '../../shared/alerts.ts';
import { calling, currentCauses } from './incidents.ts';

/** Hears of incidents that are new or changed. `whole`: they are all there are, not only what changed. */
export type IncidentListener = (incidents: readonly Incident[], whole: boolean) => void;

/** What the host last said about alerts. Replaced as messages come, never mutated. */
export class Alerts {
  readonly #listeners = new Set<IncidentListener>();
  #incidents = $state.raw<ReadonlyMap<string, Incident>>(new Map());
  #silences = $state.raw<readonly Silence[]>(NO_ALERTS.silences);
  #maintenance = $state.raw<readonly MaintenanceView[]>(NO_ALERTS.maintenance);
  #status = $state.raw<AlertingStatus>(NO_ALERTS.status);
  #calling = $derived.by(() => calling(this.#incidents.values()));
  #causes = $derived.by(() => currentCauses(this.#incidents.values()));

  /** Open incidents and those that were resolved within the last 24 h, by id. */
  get incidents(): ReadonlyMap<string, Incident> {
    return this.#incidents;
  }
  get silences(): readonly Silence[] {
    return this.#silences;
  }
  get maintenance(): readonly MaintenanceView[] {
    return this.#maintenance;
  }
  get status(): AlertingStatus {
    return this.#status;
  }
  /** How many call for somebody, and how bad the worst of them is. */
  get calling(): ReturnType<typeof calling> {
    return this.#calling;
  }
  /** Open and not silenced: those that nobody takes care of first, worst first. */
  get causes(): readonly Incident[] {
    return this.#causes;
  }

  /** Hears what comes from now on. Returns the way to stop. */
  onIncidents(listener: IncidentListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the whole view in. */
  take(view: AlertsView): void {
    this.#incidents = new Map(view.incidents.map((incident) => [incident.id, incident]));
    this.#silences = view.silences;
    this.#maintenance = view.maintenance;
    this.#status = view.status;
    for (const listener of this.#listeners) listener(view.incidents, true);
  }

  /** Takes in what changed. */
  apply(delta: AlertsDelta): void {
    if (delta.incidents.length + delta.removed.length > 0) {
      const next = new Map(this.#incidents);
      for (const id of delta.removed) next.delete(id);
      for (const incident of delta.incidents) next.set(incident.id, incident);
      this.#incidents = next;
    }
    this.#silences = delta.silences ?? this.#silences;
    this.#maintenance = delta.maintenance ?? this.#maintenance;
    this.#status = delta.status ?? this.#status;
    for (const listener of this.#listeners) listener(delta.incidents, false);
  }
}
