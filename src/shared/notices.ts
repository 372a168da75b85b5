/** Notices, their deliveries, and the sinks that they go to. */
import type { Instant, Millis } from './model.ts';

/**
 * `firing` opens; `worse` tells of a higher severity or a wider loss (also of an acknowledged incident); `reminder` and
 * `escalation` repeat. Those four page. `update` tells who can replace a message in place that the extent changed.
 */
export const NOTICE_KINDS = ['firing', 'worse', 'reminder', 'escalation', 'update', 'resolved', 'test'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Does a notice of this kind call for attention? */
export function isPage(kind: NoticeKind): boolean {
  return kind === 'firing' || kind === 'worse' || kind === 'reminder' || kind === 'escalation';
}

/** One message to one sink, as the delivery log shows it. */
export interface Delivery {
  /** Order of planning; also the idempotency key that receivers see. */
  readonly id: number;
  readonly sink: string;
  readonly kind: NoticeKind;
  /** `null` for tests. */
  readonly incidentId: string | null;
  readonly title: string;
  readonly plannedAt: Instant;
  /** `waiting` for its first or next attempt; `failed` given up; `held` by quiet hours. */
  readonly state: 'waiting' | 'delivered' | 'failed' | 'held' | 'superseded';
  readonly attempts: number;
  readonly lastAttemptAt: Instant | null;
  readonly nextAttemptInMs: Millis | null;
  /** What the receiver said last, one sentence, without secrets; `null` before the first attempt. */
  readonly answer: string | null;
}

/** How a configured sink is doing. */
export interface SinkStatus {
  readonly name: string;
  /** `webhook`, `slack`, `pagerduty`, … */
  readonly type: string;
  /** Where it goes, without secrets: a host name, an address, a program. */
  readonly target: string;
  readonly state: 'idle' | 'ok' | 'failing';
  readonly lastDeliveredAt: Instant | null;
  readonly lastAnswer: string | null;
  readonly waiting: number;
}

/** How alerting itself is doing. */
export interface AlertingStatus {
  readonly sinks: readonly SinkStatus[];
  /** Notices that no receiver has accepted yet though they were tried. */
  readonly undelivered: number;
  /** One sentence when alerts are kept in memory alone. */
  readonly storeProblem: string | null;
}
