/** From incidents to notices: what people, routes and time make of them. */
import type {
  Alert,
  AlertSeverity,
  Incident,
  IncidentStep,
  MaintenanceView,
  NoticeKind,
  Silence,
} from '../../shared/alerts.ts';
import type { Instant } from '../../shared/model.ts';
import type { IncidentChange, Moment } from './contract.ts';

/** One message for one sink. Serialisable: the outbox keeps it over restarts. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly at: Instant;
  readonly incident: Incident;
  /** The alerts that show, worst first, at most 50. */
  readonly alerts: readonly Alert[];
  readonly text: NoticeText;
  /** Names of accounts by id, for labels. */
  readonly accounts: Readonly<Record<string, string>>;
  /** The incident in the app, where the host knows its own address; else `null`. */
  readonly link: string | null;
}

/** A notice in words: plain text, times in the zone of the settings. Each sink escapes it for its own format. */
export interface NoticeText {
  /** `12 of 12 tunnels to 203.0.113.1 lost BGP`. */
  readonly title: string;
  /** When, how long, what else is fine. */
  readonly sentence: string;
  /** One line for each alert, at most 10, then `and 40 more`. */
  readonly lines: readonly string[];
  /** What to check next, in order, at most 3. */
  readonly next: readonly string[];
}

/** A notice that the planner wants delivered. */
export interface Planned {
  readonly sink: string;
  readonly notice: Notice;
  /** Not before this wall time: quiet hours hold it. `null`: at once. */
  readonly holdUntil: Instant | null;
}

/** What the planner remembers of an incident over restarts. */
export interface PlanMemory {
  readonly incidentId: string;
  /** Severity that people were last told; `null` before the first notice. */
  readonly toldSeverity: AlertSeverity | null;
  /** What was told last, to know what is wider. */
  readonly toldFailing: number;
  readonly toldAt: Instant;
  /** Sinks that were told, in order: they hear of the end. */
  readonly sinks: readonly string[];
  /** Steps of escalation that were taken. */
  readonly escalated: number;
  readonly remindedAt: Instant | null;
}

/** People, routes and time: which incident changes become notices, for whom, and when. Pure. */
export interface Planner {
  plan(changes: readonly IncidentChange[], at: Moment, alertsOf: (id: string) => readonly Alert[]): PlanOutcome;
  /** Reminders, escalations, acknowledgements and silences that end. */
  tick(at: Moment, open: readonly Incident[], alertsOf: (id: string) => readonly Alert[]): PlanOutcome;
  /** Wall time at which `tick` has something to do; `null` for never. */
  due(open: readonly Incident[], at: Moment): Instant | null;
}
export interface PlanOutcome {
  readonly planned: readonly Planned[];
  readonly memories: readonly PlanMemory[];
  /** Lines for the timelines of incidents. */
  readonly steps: readonly { readonly incidentId: string; readonly step: IncidentStep }[];
}

/** Silences, windows and tags at a moment. Pure. */
export interface Quiet {
  /** What hides an alert at `now`. */
  silencedBy(alert: Alert, now: Instant): readonly string[];
  silences(now: Instant): readonly Silence[];
  maintenance(now: Instant): readonly MaintenanceView[];
  add(silence: Silence): void;
  /** Ends it now; `by` becomes its `endedBy`. `null` when there is no such silence or it is over. */
  expire(id: string, now: Instant, by: string): Silence | null;
  /** The next moment at which something begins or ends; `null` for never. */
  due(now: Instant): Instant | null;
}
