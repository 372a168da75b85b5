/** From incidents to notices: what people, routes and time make of them. */
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
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
  /** Of the text; left out: English. */
  readonly language?: AlertLanguage | undefined;
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

/** What the planner remembers of one sink and one incident. Every sink in the list hears of the end. */
export interface ToldSink {
  readonly name: string;
  /** When it was first told, or will be when quiet hours end. */
  readonly since: Instant;
  /** The worst that it was told. */
  readonly severity: AlertSeverity;
  /** Cause and extent as it was told last, as one text to compare with: what differs is news. */
  readonly cause: string;
  /** When it last heard of the incident. */
  readonly toldAt: Instant;
  /** When it was last paged; what quiet hours hold counts from their end. */
  readonly pagedAt: Instant;
  /** Quiet hours hold its first notice until then: it knows nothing yet. `null`: it knows. */
  readonly heldUntil: Instant | null;
}

/** An acknowledgement as the planner saw it: it covers what was no worse then. */
export interface AcknowledgedMemory {
  readonly at: Instant;
  readonly until: Instant | null;
  readonly severity: AlertSeverity;
  /** Its time passed, or the incident got worse. */
  readonly over: boolean;
}

/** What the planner remembers of an incident over restarts. One without sinks and acknowledgement may be forgotten. */
export interface PlanMemory {
  readonly incidentId: string;
  /** Sinks that were told, in order. */
  readonly sinks: readonly ToldSink[];
  /** Since when nobody takes care of what is told: escalation counts from here, or from `ToldSink.since`. */
  readonly unattendedSince: Instant;
  /** Steps of escalation that were taken, by what they are. */
  readonly escalated: readonly string[];
  /** The newest acknowledgement, and what it covers. */
  readonly acknowledged: AcknowledgedMemory | null;
  /** A silence hides it, or an acknowledgement ran out: who was told is reminded once it shows and still fires. */
  readonly hushed: boolean;
}

/**
 * People, routes and time: which incident changes become notices, for whom, and when. Pure. `alertsOf` gives the alerts of
 * an incident that show (no silence hides them), worst first.
 */
export interface Planner {
  plan(changes: readonly IncidentChange[], at: Moment, alertsOf: (id: string) => readonly Alert[]): PlanOutcome;
  /** Reminders, escalations, acknowledgements and quiet hours that end. */
  tick(at: Moment, open: readonly Incident[], alertsOf: (id: string) => readonly Alert[]): PlanOutcome;
  /** Wall time at which `tick` has something to do; `null` for never. */
  due(open: readonly Incident[], at: Moment): Instant | null;
}
export interface PlanOutcome {
  readonly planned: readonly Planned[];
  /** What quiet hours still hold and nobody needs any more: see `AlertRecord.withdrawn`. */
  readonly withdrawn: readonly Withdrawn[];
  readonly memories: readonly PlanMemory[];
  /** Lines for the timelines of incidents. */
  readonly steps: readonly { readonly incidentId: string; readonly step: IncidentStep }[];
  /** Incidents whose acknowledgement is over (its time passed, or they got worse): `IncidentBook.acknowledge(id, null, at)`. */
  readonly unacknowledged: readonly string[];
}
/** Held notices of an incident for a sink: taken back, or replaced by what is planned together with it. */
export interface Withdrawn {
  readonly incidentId: string;
  readonly sink: string;
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
