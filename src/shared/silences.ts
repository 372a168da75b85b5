/** Matchers, silences and maintenance windows: what hides alerts from people. */
import type { Instant } from './model.ts';

/** Names of what a matcher can look at. `tag` has several values; the others one or none. */
export const MATCHER_NAMES = [
  'rule',
  'severity',
  'account',
  'site',
  'tunnel',
  'tag',
  'cloudflareEndpoint',
  'customerEndpoint',
] as const;
export type MatcherName = (typeof MATCHER_NAMES)[number];

/** As in Prometheus: `=` and `!=` compare, `=~` and `!~` match a whole value against a regular expression. */
export interface Matcher {
  readonly name: MatcherName;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Hides what fits all of its matchers, until it ends. `pending` before it starts, `expired` after; computed, never stored. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly by: string;
  readonly comment: string;
  readonly createdAt: Instant;
  /** Who ended it before its time; `endsAt` is the moment then. */
  readonly endedBy?: string;
}

/** A maintenance window of the settings that is open now or next, as people read it. */
export interface MaintenanceView {
  /** `maintenance:NAME`: what `Incident.silencedBy` says. */
  readonly id: string;
  readonly name: string;
  readonly matchers: readonly Matcher[];
  /** IANA zone in which it recurs. */
  readonly zone: string;
  readonly active: boolean;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What a silence would hide right now. */
export interface SilencePreview {
  readonly incidents: readonly string[];
  readonly alerts: number;
  /** Tunnels that fit by account, site, name, tag and endpoints, whether or not they have an alert now. */
  readonly tunnels: number;
  /** Names of the first 20 of them. */
  readonly names: readonly string[];
}
