/**
 * What an alert rule is: data for people, and a pure function that judges one subject at one look. How long a judgement must
 * hold before anybody hears of it is not the rule's business but the life's: `book/life.ts`.
 */
import type { AlertPhase, AlertRule, AlertSeverity } from '../../../shared/alerts.ts';
import type { AccountStatus, EventDetail, EventKind, Instant, Millis, StoreStatus } from '../../../shared/model.ts';
import type { RuleSettings, TunnelView } from '../contract.ts';

/**
 * What a rule says of its subject.
 *
 * - `present`: it holds. `severity` is the rule's own word, for settings that give none.
 * - `held`: it neither goes on nor ends: a session that was down is being set up. Opens nothing, confirms nothing.
 * - `easing`: it is over, and it is known that the end takes its time: firing turns into recovering and no further.
 * - `unknown`: we do not see.
 */
export type Judgement =
  | { readonly is: 'absent' | 'unknown' | 'held' | 'easing' }
  | {
      readonly is: 'present';
      /** When it began as far as the facts tell, and whether they tell exactly. */
      readonly since: Instant;
      readonly exact: boolean;
      readonly severity?: AlertSeverity;
      readonly facts: EventDetail;
    };

export const ABSENT: Judgement = { is: 'absent' };
export const UNKNOWN: Judgement = { is: 'unknown' };
export const HELD: Judgement = { is: 'held' };
export const EASING: Judgement = { is: 'easing' };

/** Changes between good and bad within the window that ends now. */
export interface Flaps {
  readonly changes: number;
  /** Wall time of the first of them. */
  readonly since: Instant;
}

/** One tunnel at one look. */
export interface TunnelLook {
  readonly view: TunnelView;
  /** Whether the newest list and health results are good and fresh enough to be believed. */
  readonly seen: { readonly list: boolean; readonly health: boolean };
  /** The phase of another alert about the same tunnel (or of this one); `null` when there is none. */
  readonly phase: (rule: AlertRule) => AlertPhase | null;
  readonly flaps: { readonly bgp: Flaps; readonly health: Flaps };
  /**
   * Whether its site is served by another tunnel that lives: a loss that is then milder. Keeps its word while the others are
   * neither surely alive nor surely dead.
   */
  readonly served: () => boolean;
  readonly now: Instant;
}

/** One site of an account with at least one tunnel. The four counts add up to `tunnels`. */
export interface SiteLook {
  readonly tunnels: number;
  readonly live: number;
  /** Confirmed by an alert of their own that fires. */
  readonly dead: number;
  /** They read dead, not yet for long enough. */
  readonly doubtful: number;
  /** Nobody knows. */
  readonly unknown: number;
  /** Name of a tunnel that lives; `null` when none does. */
  readonly lastLive: string | null;
  /** When the last of the dead ones died. */
  readonly since: Instant;
  readonly exact: boolean;
  readonly phase: (rule: AlertRule) => AlertPhase | null;
}

/** One account at one moment. */
export interface AccountLook {
  readonly status: AccountStatus;
  readonly now: Instant;
}

/**
 * What its pending and recovery time is measured with. `list` and `health`: between answers of that source. `time`: on the
 * monotonic clock, while the subject is seen.
 */
export type Measure = 'list' | 'health' | 'time';

interface Common {
  readonly id: AlertRule;
  /** What it looks at, one sentence. */
  readonly what: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  /** Where the rule or its figure comes from. */
  readonly source: string;
  readonly defaults: RuleSettings;
  readonly measure: Measure;
}

/** A rule about one tunnel. */
export interface TunnelRule extends Common {
  readonly scope: 'tunnel';
  /** More than `pendingMs` must lie between the answers, not just as much. */
  readonly longer: boolean;
  /** Its facts come from several looks by themselves: nothing need be said again before it fires. */
  readonly confirmed: boolean;
  /** A tunnel with this alert is dead; such alerts are followed even where nobody wants to hear of them. */
  readonly fatal: boolean;
  readonly judge: (look: TunnelLook) => Judgement;
}

/** A rule about all tunnels of a site together. */
export interface SiteRule extends Common {
  readonly scope: 'site';
  readonly judge: (look: SiteLook) => Judgement;
}

/** A rule about our view of an account. */
export interface AccountRule extends Common {
  readonly scope: 'account';
  readonly judge: (look: AccountLook) => Judgement;
}

/** A rule about this program. `since` of its judgement is the moment of the look. */
export interface AppRule extends Common {
  readonly scope: 'app';
  readonly judge: (store: StoreStatus, now: Instant) => Judgement;
}

/** A rule about something that happened to a tunnel. It holds for a while after the event. */
export interface EventRule extends Common {
  readonly scope: 'event';
  readonly event: EventKind;
  readonly holdMs: Millis;
  /** Ends when a tunnel of that name is in the account again. */
  readonly endsOnReturn: boolean;
  readonly judge: (detail: EventDetail, at: Instant) => Judgement;
}

/** What a rule is called and what to check next, in order: the words of `src/shared/alert-words/`, the same everywhere. */
export interface RuleWords {
  /** `BGP session down`. */
  readonly title: string;
  readonly next: readonly string[];
}

export type JudgingRule = TunnelRule | SiteRule | AccountRule | AppRule | EventRule;
export type AlertRuleSpec = JudgingRule & RuleWords;

export const MINUTE: Millis = 60_000;
export const HOUR: Millis = 60 * MINUTE;
