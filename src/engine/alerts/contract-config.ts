/** Alerting as the settings describe it. */
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
import type { AlertRule, Matcher } from '../../shared/alerts.ts';
import type { Instant, Millis } from '../../shared/model.ts';
import type { RuleSettings } from './contract.ts';

/** A route of the settings: what fits goes to `to`, and on to the steps of `escalate` while nobody acknowledges. */
export interface Route {
  readonly matchers: readonly Matcher[];
  readonly to: readonly string[];
  readonly escalate: readonly { readonly afterMs: Millis; readonly to: readonly string[] }[];
  /** Repeat while it fires and nobody acknowledged; `null` for never. */
  readonly remindMs: Millis | null;
  /** Go on to the next route that fits. */
  readonly onward: boolean;
}

/** A recurring time in a zone: on `days` (1 Monday to 7 Sunday) from `from` to `to`, minutes of the day; past midnight when `to <= from`. */
export interface WeekTime {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
  /** IANA name. */
  readonly zone: string;
}
export interface MaintenanceWindow {
  readonly name: string;
  readonly matchers: readonly Matcher[];
  readonly times: readonly WeekTime[];
  /** A single window instead of a recurring one. */
  readonly once: { readonly from: Instant; readonly to: Instant } | null;
}

/** Alerting as configured: everything but the sinks, which are `Notifier`s by then. */
export interface AlertConfig {
  /** Later ones win, field by field; the first fits everything. */
  readonly rules: readonly {
    readonly matchers: readonly Matcher[];
    readonly settings: Readonly<Partial<Record<AlertRule, Partial<RuleSettings>>>>;
  }[];
  readonly tags: readonly { readonly tag: string; readonly matchers: readonly Matcher[] }[];
  readonly routes: readonly Route[];
  readonly maintenance: readonly MaintenanceWindow[];
  /** Notices below critical wait until they end. */
  readonly quietHours: readonly WeekTime[];
  /** Of notices; left out: English. */
  readonly language?: AlertLanguage | undefined;
  /** IANA zone of times in notices. */
  readonly zone: string;
  /** Address of the app for links in notices; `null` when none is known. */
  readonly link: string | null;
}
