/** What the history adds up to: availability, error budgets, incidents, heat, flaps, shifts. Times that we did not look are never counted. */
import type { Incident } from './alerts.ts';
import type { KeyOutlook } from './keys.ts';
import type { FoundFinding } from './lint.ts';
import type { AccountId, HistoryEvent, Instant, Millis, TunnelKey } from './model.ts';

export type ReportScope = 'tunnel' | 'site' | 'account';

/**
 * Health over a range. The five times add up to the range times the tunnels. `share` is up / (up + down), degraded counted as
 * the reader chose: as up, as down, or left out.
 */
export interface AvailabilityRow {
  readonly scope: ReportScope;
  /** Key of the tunnel, `account/site`, or id of the account. */
  readonly id: string;
  readonly name: string;
  readonly accountId: AccountId;
  readonly tunnels: number;
  readonly upMs: Millis;
  readonly degradedMs: Millis;
  readonly downMs: Millis;
  readonly uncountedMs: Millis;
  readonly unobservedMs: Millis;
  /** 0 to 1; `null` when nothing could be counted. */
  readonly share: number | null;
  readonly budget: ErrorBudget | null;
}
export type DegradedAs = 'up' | 'down' | 'left-out';

/**
 * An objective and what is left of it, in the arithmetic of Cloudflare's own health alerts. Degraded counts against it as the
 * settings say (`slo.degraded`, failed by default), whatever the reader chose for `share`.
 */
export interface ErrorBudget {
  /** 0 to 1, for instance 0.999. */
  readonly objective: number;
  readonly budgetMs: Millis;
  readonly spentMs: Millis;
  /** Share of failed time over the allowed share in the last 5 minutes and the last hour; over 1 burns too fast. `null`: not observed. */
  readonly burn5m: number | null;
  readonly burn1h: number | null;
}

/** In hours or days of UTC; hours that would be too many for one reply come as days, see `cellMs`. Degraded counts half. */
export interface HeatMap {
  /** Start of each cell, oldest first. */
  readonly starts: readonly Instant[];
  readonly cellMs: Millis;
  /** Worst first. `cells` 0 (down all the time) to 1 (up all the time), `null`: nothing observed. */
  readonly rows: readonly {
    readonly key: TunnelKey;
    readonly name: string;
    readonly cells: readonly (number | null)[];
  }[];
}

/** How restless a tunnel was. */
export interface Restlessness {
  readonly key: TunnelKey;
  readonly name: string;
  /** Times that health or BGP went down. */
  readonly outages: number;
  readonly longestMs: Millis;
  readonly downMs: Millis;
  readonly dips: number;
  /** Estimated rhythm of the rekeys; `null` when there is none to see. */
  readonly dipPeriodMs: Millis | null;
}

/** An incident of the report, with what people did. */
export interface ReportIncident {
  readonly incident: Incident;
  readonly lastedMs: Millis;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAfterMs: Millis | null;
}

/** What one shift hands to the next. */
export interface ShiftReport {
  readonly from: Instant;
  readonly to: Instant;
  readonly opened: readonly ReportIncident[];
  readonly resolved: readonly ReportIncident[];
  readonly open: readonly ReportIncident[];
  readonly keysDue: readonly KeyOutlook[];
  readonly newFindings: readonly FoundFinding[];
  /** Configuration changes, tunnels that came and went: newest first. */
  readonly changes: readonly HistoryEvent[];
  /** Time in which we did not look, by account. */
  readonly unobserved: readonly { readonly accountId: AccountId; readonly ms: Millis }[];
}

/** The calls of the history views. Ranges are at most 400 days. */
export interface ReportCalls {
  readonly availabilityReport: {
    args: { scope: ReportScope; from: Instant; to: Instant; accountId: AccountId | null; degraded: DegradedAs };
    /** Worst first. */
    reply: readonly AvailabilityRow[];
  };
  readonly heatMap: {
    args: { from: Instant; to: Instant; accountId: AccountId | null; cell: 'hour' | 'day' };
    reply: HeatMap;
  };
  readonly restlessness: {
    args: { from: Instant; to: Instant; accountId: AccountId | null };
    /** The most restless first; quiet tunnels are left out. */
    reply: readonly Restlessness[];
  };
  readonly incidentReport: { args: { from: Instant; to: Instant }; reply: readonly ReportIncident[] };
  readonly shiftReport: { args: { from: Instant; to: Instant }; reply: ShiftReport };
}
