/** What every view shows of alerting, kept up to date, and what changed in it. */
import {
  type AlertingStatus,
  type AlertsDelta,
  type AlertsView,
  type Incident,
  type MaintenanceView,
  NO_ALERTS,
  type Silence,
} from '../../shared/alerts.ts';
import type { Instant, Millis } from '../../shared/model.ts';

/** Resolved incidents stay in view for this long. */
export const RESOLVED_SHOWN_MS: Millis = 24 * 3_600_000;

/** Two deltas in a row as one. */
export function joinDeltas(first: AlertsDelta, second: AlertsDelta): AlertsDelta {
  const byId = new Map([...first.incidents, ...second.incidents].map((incident) => [incident.id, incident]));
  const removed = new Set([...first.removed, ...second.removed]);
  for (const { id } of second.incidents) removed.delete(id);
  for (const id of second.removed) byId.delete(id);
  return {
    incidents: [...byId.values()],
    removed: [...removed],
    silences: second.silences ?? first.silences,
    maintenance: second.maintenance ?? first.maintenance,
    status: second.status ?? first.status,
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Holds the view of the moment. `change` takes what may have changed and tells what did. */
export class AlertsBoard {
  #view: AlertsView = NO_ALERTS;
  readonly #incidents = new Map<string, Incident>();

  get view(): AlertsView {
    return { ...this.#view, incidents: [...this.#incidents.values()] };
  }

  incident(id: string): Incident | undefined {
    return this.#incidents.get(id);
  }

  /** `null` when nothing changed. Lists that are left out stay as they are. */
  change(
    part: {
      readonly incidents?: readonly Incident[];
      readonly silences?: readonly Silence[];
      readonly maintenance?: readonly MaintenanceView[];
      readonly status?: AlertingStatus;
    },
    now: Instant,
  ): AlertsDelta | null {
    const incidents = (part.incidents ?? []).filter((one) => !same(one, this.#incidents.get(one.id)));
    for (const one of incidents) this.#incidents.set(one.id, one);
    const removed = [...this.#incidents.values()]
      .filter(({ resolvedAt }) => resolvedAt !== null && now - resolvedAt > RESOLVED_SHOWN_MS)
      .map(({ id }) => id);
    for (const id of removed) this.#incidents.delete(id);
    const silences = part.silences !== undefined && !same(part.silences, this.#view.silences) ? part.silences : null;
    const maintenance =
      part.maintenance !== undefined && !same(part.maintenance, this.#view.maintenance) ? part.maintenance : null;
    const status = part.status !== undefined && !same(part.status, this.#view.status) ? part.status : null;
    this.#view = {
      incidents: [],
      silences: silences ?? this.#view.silences,
      maintenance: maintenance ?? this.#view.maintenance,
      status: status ?? this.#view.status,
    };
    const nothing = incidents.length + removed.length === 0 && silences === null && maintenance === null;
    return nothing && status === null ? null : { incidents, removed, silences, maintenance, status };
  }
}
