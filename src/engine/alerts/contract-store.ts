/** Where alerting keeps its state over restarts. */
import type { Alert, Delivery, Incident, IncidentStep, Silence } from '../../shared/alerts.ts';
import type { Instant, StoreStatus } from '../../shared/model.ts';
import type { Notice, PlanMemory, Planned, Withdrawn } from './contract-plan.ts';

/** A notice on its way. */
export interface OutboxItem {
  readonly id: number;
  readonly sink: string;
  readonly notice: Notice;
  readonly state: Delivery['state'];
  readonly attempts: number;
  readonly lastAttemptAt: Instant | null;
  readonly answer: string | null;
  readonly holdUntil: Instant | null;
}

/** What alerting wants kept, written in one transaction. Lists are upserts by id. */
export interface AlertRecord {
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly steps: readonly { readonly incidentId: string; readonly step: IncidentStep }[];
  readonly memories: readonly PlanMemory[];
  readonly silences: readonly Silence[];
  readonly planned: readonly Planned[];
  /**
   * Before `planned` is added: what is `held` of these incidents for these sinks becomes `superseded`. `record` returns
   * those too, so that the outbox lets go of them. What was let out already stays as it is.
   */
  readonly withdrawn: readonly Withdrawn[];
}

/** What a restart begins with: open alerts and ended ones of open incidents, open incidents, those resolved within 24 h, what is still to be delivered. */
export interface SavedAlerts {
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  /** Alert ids by open incident. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly memories: readonly PlanMemory[];
  readonly silences: readonly Silence[];
  readonly outbox: readonly OutboxItem[];
  /** Number of the next incident. */
  readonly nextIncident: number;
}

/** Where alerting keeps its state. Never throws: when the disk fails it goes on in memory, says so, and comes back. */
export interface AlertStore {
  /** Random, made with the file: with a notice's number it names that notice to receivers, over restarts. */
  readonly uuid: string;
  load(): SavedAlerts;
  /** Writes all of it or nothing; returns the notices with their numbers. */
  record(record: AlertRecord, members: Readonly<Record<string, readonly string[]>>): readonly OutboxItem[];
  /** A delivery took another state. */
  update(item: OutboxItem, at: Instant): void;
  /** Resolved and open incidents, newest first, opened before `before`. */
  incidents(before: Instant | null, limit: number): readonly Incident[];
  incident(id: string): Incident | null;
  /** Those that were open at some moment of `[from, to]`, newest first. */
  during(from: Instant, to: Instant, limit: number): readonly Incident[];
  /** Alerts of any incident, worst first. */
  alerts(incidentId: string, limit: number): readonly Alert[];
  steps(incidentId: string, limit: number): readonly IncidentStep[];
  /** Newest first; of one incident or one sink, or all. `before` pages by id. */
  deliveries(query: {
    readonly incidentId: string | null;
    readonly sink: string | null;
    readonly before: number | null;
    readonly limit: number;
  }): readonly Delivery[];
  /** Ends of incidents that receivers accepted since then, as they were told: some want to hear of them again. */
  ended(since: Instant): readonly OutboxItem[];
  /** Forgets what is older than the retention; call it once an hour. */
  prune(now: Instant): void;
  status(): StoreStatus;
  close(): void;
}
