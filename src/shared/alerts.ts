/**
 * The words of alerting: rules, alerts, incidents, silences, notices. Readonly plain data, as in `model.ts`.
 *
 * An alert is one rule about one subject. An incident is one cause with all alerts that follow from it; people are told of
 * incidents, never of single alerts. A notice is one message about an incident to one sink.
 */
import type { AccountId, EventDetail, Instant, Millis, TunnelKey } from './model.ts';
import type { AlertingStatus, Delivery } from './notices.ts';
import type { MaintenanceView, Silence } from './silences.ts';

export * from './notices.ts';
export * from './silences.ts';

/** Every rule, the most urgent kinds first. What each looks at, its source and defaults: `src/engine/alerts/rules/`. */
export const ALERT_RULES = [
  'site-isolated',
  'bgp-down',
  'health-down',
  'bgp-stuck-establishing',
  'bgp-flapping',
  'tunnel-flapping',
  'redundancy-lost',
  'standby-down',
  'health-degraded',
  'bgp-inconsistent',
  'psk-missing',
  'psk-stale',
  'psk-due',
  'misconfiguration',
  'tunnel-disappeared',
  'tunnel-recreated',
  'configuration-changed',
  'token-refused',
  'permission-missing',
  'blind',
  'rate-limited',
  'store-failing',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** What an alert is about, with everything that matchers and words need. `site` is the name of the site. */
export type Subject =
  | {
      readonly kind: 'tunnel';
      readonly accountId: AccountId;
      readonly account: string;
      readonly key: TunnelKey;
      readonly name: string;
      readonly site: string | null;
      readonly cloudflareEndpoint: string;
      readonly customerEndpoint: string | null;
      readonly tags: readonly string[];
    }
  | { readonly kind: 'site'; readonly accountId: AccountId; readonly account: string; readonly site: string }
  | { readonly kind: 'account'; readonly accountId: AccountId; readonly account: string }
  | { readonly kind: 'app' };

/**
 * `pending`: it holds, not yet long enough. `firing`: people should know. `recovering`: it holds no more, not yet long
 * enough to believe it. `resolved`: over.
 */
export type AlertPhase = 'pending' | 'firing' | 'recovering' | 'resolved';

/** One rule about one subject. */
export interface Alert {
  /** `rule@subject@since`, unique for each occurrence. */
  readonly id: string;
  readonly rule: AlertRule;
  readonly severity: AlertSeverity;
  readonly phase: AlertPhase;
  readonly subject: Subject;
  /** When the condition began, as far as the facts tell. */
  readonly since: Instant;
  readonly exact: boolean;
  readonly firedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  /** How often it came back after it had seemed over (from `recovering` to `firing`). */
  readonly returns: number;
  /** We do not see its subject at the moment: this is the last word known, and the alert stands still. */
  readonly unseen: boolean;
  /** Flat facts for words and receivers. Keys are documented with each rule. */
  readonly facts: EventDetail;
}

/** What a cause extends to: `failing` of `of` tunnels have an alert. */
export interface Extent {
  readonly failing: number;
  readonly of: number;
}

/** Why several alerts are one incident. */
export type Cause =
  /** One tunnel by itself. */
  | { readonly kind: 'tunnel'; readonly accountId: AccountId; readonly key: TunnelKey; readonly name: string }
  | { readonly kind: 'site'; readonly accountId: AccountId; readonly site: string; readonly extent: Extent }
  /** Several tunnels to one of Cloudflare's addresses; `others`: the extent over all other addresses of the account. */
  | {
      readonly kind: 'cloudflare-endpoint';
      readonly accountId: AccountId;
      readonly address: string;
      readonly extent: Extent;
      readonly others: Extent;
    }
  /** Several tunnels from one customer address: the line or the router behind it. */
  | {
      readonly kind: 'customer-endpoint';
      readonly accountId: AccountId;
      readonly address: string;
      readonly extent: Extent;
      readonly others: Extent;
    }
  | { readonly kind: 'account'; readonly accountId: AccountId; readonly extent: Extent }
  /** The same finding on several tunnels: keys of age, configuration. Not an outage. */
  | { readonly kind: 'rule'; readonly accountId: AccountId; readonly rule: AlertRule; readonly extent: Extent }
  /** Ourselves: we cannot see these accounts, for one reason. */
  | { readonly kind: 'blind'; readonly accountIds: readonly AccountId[] }
  /** Ourselves: the store. */
  | { readonly kind: 'app' };

/** A change of configuration that came shortly before: `change` is what the event says. */
export interface PriorChange {
  readonly at: Instant;
  readonly key: TunnelKey;
  readonly name: string;
  readonly change: EventDetail;
}

/** Somebody takes care. Ends with the incident, at `until`, or when the incident gets worse (`endedBy`). */
export interface Acknowledgement {
  readonly by: string;
  readonly at: Instant;
  readonly comment: string;
  /** `null`: until the incident is resolved. */
  readonly until: Instant | null;
}

export type IncidentPhase = 'firing' | 'recovering' | 'resolved';

/** What became of the notices of an incident: `waiting` on their way, `failed` undelivered so far (still tried). */
export type DeliveryState = 'none' | 'waiting' | 'delivered' | 'failed';

/** One cause, one alert: what people are told of. */
export interface Incident {
  /** `i-1`, `i-2`, …: stable over restarts, never used again. */
  readonly id: string;
  readonly cause: Cause;
  /** The worst of its firing alerts; once resolved the worst it ever was. */
  readonly severity: AlertSeverity;
  readonly phase: IncidentPhase;
  /** The earliest beginning among its alerts. */
  readonly since: Instant;
  readonly exact: boolean;
  readonly openedAt: Instant;
  readonly changedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** Distinct rules of its alerts, the most urgent first (order of `ALERT_RULES`). */
  readonly rules: readonly AlertRule[];
  readonly accountIds: readonly AccountId[];
  /** Of its alerts. `pending` ones belong to it by their cause and are not told by themselves. */
  readonly counts: Readonly<Record<AlertPhase, number>>;
  /** How many different tunnels its open alerts are about. */
  readonly tunnels: number;
  /** The worst alert: for one of a kind its facts tell the story. */
  readonly lead: Alert;
  readonly priorChange: PriorChange | null;
  /** How often any of its alerts returned. */
  readonly returns: number;
  readonly acknowledgement: Acknowledgement | null;
  /** Silences and maintenance windows that hide all of it; empty when some of it shows. */
  readonly silencedBy: readonly string[];
  /** Nobody has looked at it since it opened or got worse. */
  readonly fresh: boolean;
  readonly delivery: DeliveryState;
  /** It turned out to have the cause of an older incident: resolved, and its alerts are there. */
  readonly mergedInto?: string;
}

/** One step in the life of an incident, for its timeline. */
export interface IncidentStep {
  readonly at: Instant;
  readonly what:
    | 'opened'
    | 'worse'
    | 'milder'
    | 'grew'
    | 'cause'
    | 'recovering'
    | 'returned'
    | 'resolved'
    | 'acknowledged'
    | 'unacknowledged'
    | 'silenced'
    | 'unsilenced'
    | 'escalated'
    | 'reminded';
  /** Who did it; `null` when time or facts did. */
  readonly by: string | null;
  /** A comment of a person, or a plain fact such as `12 of 12`. */
  readonly note: string;
}

/** All that one incident consists of: asked for when somebody opens it. */
export interface IncidentDetail {
  readonly incident: Incident;
  /** Worst first, at most 500. */
  readonly alerts: readonly Alert[];
  /** Oldest first, at most 200. */
  readonly steps: readonly IncidentStep[];
  /** Newest first, at most 100. */
  readonly deliveries: readonly Delivery[];
}

/** Everything about alerting that every view shows: open incidents, those resolved within the last 24 h, silences. */
export interface AlertsView {
  readonly incidents: readonly Incident[];
  /** Those in force or to come, and those that ended within the last 24 h. */
  readonly silences: readonly Silence[];
  readonly maintenance: readonly MaintenanceView[];
  readonly status: AlertingStatus;
}

/** Nothing to tell: where nobody watches, and before the host has spoken. */
export const NO_ALERTS: AlertsView = {
  incidents: [],
  silences: [],
  maintenance: [],
  status: { sinks: [], undelivered: 0, storeProblem: null },
};

/** What changed in the view. `incidents` are put in the place of those with the same id. */
export interface AlertsDelta {
  readonly incidents: readonly Incident[];
  /** Ids that left the view. */
  readonly removed: readonly string[];
  /** Whole lists when they changed, else `null`. */
  readonly silences: readonly Silence[] | null;
  readonly maintenance: readonly MaintenanceView[] | null;
  readonly status: AlertingStatus | null;
}

/** What a rule is, for the page of rules and the docs. */
export interface RuleView {
  readonly rule: AlertRule;
  /** `BGP session down`. */
  readonly title: string;
  /** What it looks at, and why it matters: one sentence each. */
  readonly what: string;
  readonly why: string;
  /** Where the rule or its figure comes from. */
  readonly source: string;
  /** What to check next, in order. */
  readonly next: readonly string[];
  readonly enabled: boolean;
  readonly severity: AlertSeverity;
  readonly pendingMs: Millis;
  readonly recoverMs: Millis;
  /** How many overrides of the settings touch it. */
  readonly overrides: number;
}
