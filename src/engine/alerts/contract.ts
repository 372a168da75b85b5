/**
 * How alerting is put together. Data travels down:
 *
 *     World -> AlertBook (rules, life) -> IncidentBook (one cause, one incident) -> Planner (people, routes) -> Outbox -> sinks
 *
 * The first three are pure: facts and moments go in, changes come out. `alerting.ts` joins them and is the only place with a
 * timer; `deliver/` is the only place that waits for receivers; `store/` is the only place that writes.
 */
import type {
  Acknowledgement,
  Alert,
  AlertPhase,
  AlertSeverity,
  DeliveryState,
  Incident,
  IncidentStep,
  Matcher,
} from '../../shared/alerts.ts';
import type {
  AccountId,
  AccountStatus,
  BoardRow,
  Finding,
  HistoryEvent,
  Instant,
  Millis,
  StoreStatus,
  TunnelKey,
} from '../../shared/model.ts';

export * from './contract-config.ts';
export * from './contract-delivery.ts';
export * from './contract-desk.ts';
export * from './contract-plan.ts';
export * from './contract-store.ts';

/** A moment on both clocks. Lengths are measured by `mono`; `now` is for records. */
export interface Moment {
  readonly now: Instant;
  readonly mono: Millis;
}

/** One tunnel as the rules see it. */
export interface TunnelView {
  readonly row: BoardRow;
  readonly findings: readonly Finding[];
  readonly modifiedAt: Instant | null;
  /** `#word` in the description, and the tags that the settings give. */
  readonly tags: readonly string[];
  /**
   * When (monotonic) the newest answer came that told its BGP, key and configuration, and the newest health answer. `null`
   * before the first one in this process. A rule that holds longer than its pending time holds between two answers.
   */
  readonly heard: { readonly list: Millis | null; readonly health: Millis | null };
}

/** Everything that rules may look at, live. Cheap to read; nothing here is copied for them. */
export interface World {
  tunnel(key: TunnelKey): TunnelView | null;
  /** All tunnels of an account. */
  tunnels(accountId: AccountId): Iterable<TunnelView>;
  accounts(): readonly AccountStatus[];
  store(): StoreStatus;
}

/** What one answer or tick changed. Rules look at what was touched, at what has an open alert, and at nothing else. */
export interface Observed {
  readonly moment: Moment;
  readonly touched: readonly TunnelKey[];
  readonly removed: readonly TunnelKey[];
  readonly events: readonly HistoryEvent[];
}

/** An alert took another phase, severity, or its facts changed (`was` equals the phase then). */
export interface AlertChange {
  readonly alert: Alert;
  /** The phase before; `null` for a new one. A pending alert that ends without firing ends as `resolved` with `firedAt: null`. */
  readonly was: AlertPhase | null;
}

/** Rules applied to the world, and the life of every alert. Holds open alerts alone. */
export interface AlertBook {
  observe(observed: Observed, world: World): readonly AlertChange[];
  /** What time alone changes. */
  tick(moment: Moment, world: World): readonly AlertChange[];
  /** When `tick` should be called next (monotonic); `null` when time alone changes nothing. */
  due(): Millis | null;
  open(): Iterable<Alert>;
}

/** How a rule behaves for one subject, all settings applied. */
export interface RuleSettings {
  readonly enabled: boolean;
  /** `null`: the rule decides (a tunnel whose site is still served is milder than one that is not). */
  readonly severity: AlertSeverity | null;
  /** It must hold between answers that lie at least this far apart. */
  readonly pendingMs: Millis;
  /** It must be over for this long. */
  readonly recoverMs: Millis;
}

/** Labels of an alert: what matchers look at. Lists, because a tunnel may bear several tags. */
export type Labels = Readonly<Record<Matcher['name'], readonly string[]>>;

/** An incident changed; `steps` are new lines of its timeline, oldest first. */
export interface IncidentChange {
  readonly incident: Incident;
  readonly was: Incident | null;
  readonly steps: readonly IncidentStep[];
}

/** Correlation: which alerts share a cause. Holds open incidents alone. */
export interface IncidentBook {
  /**
   * `silenced` tells what hides an alert at this moment: ids of silences and windows. `events` are those of the answer:
   * configuration changes and new keys among them may be the reason of what fails within the next 15 min.
   */
  apply(
    changes: readonly AlertChange[],
    at: Moment,
    world: World,
    silenced: SilencedBy,
    events?: readonly HistoryEvent[],
  ): readonly IncidentChange[];
  /** Silences began or ended, somebody acknowledged: incidents are judged anew. */
  refresh(at: Moment, silenced: SilencedBy): readonly IncidentChange[];
  /** `null` takes it back: `by` says who does. */
  acknowledge(id: string, ack: Acknowledgement | null, at: Moment, by?: string): IncidentChange | null;
  seen(ids: readonly string[], at: Moment): readonly IncidentChange[];
  delivered(id: string, state: DeliveryState, at: Moment): IncidentChange | null;
  open(): readonly Incident[];
  incident(id: string): Incident | undefined;
  /** Alerts of an open incident, or of one that the last call ended, worst first. */
  alertsOf(id: string): readonly Alert[];
}

/** Ids of the silences and windows that hide an alert; empty when it shows. */
export type SilencedBy = (alert: Alert) => readonly string[];
