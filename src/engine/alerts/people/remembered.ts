/** What is remembered of an incident, brought up to the moment: clocks that jumped, holds that ended, acknowledgements. Pure. */
import { ALERT_SEVERITIES, type AlertSeverity, type Incident } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import type { AcknowledgedMemory, PlanMemory, ToldSink } from '../contract.ts';

/** 0 for information, 2 for critical. */
export const rank = (severity: AlertSeverity): number => ALERT_SEVERITIES.indexOf(severity);

/** The worst of some; `null` of none. */
export function worstOf(severities: readonly AlertSeverity[]): AlertSeverity | null {
  return severities.reduce<AlertSeverity | null>(
    (worst, one) => (worst === null || rank(one) > rank(worst) ? one : worst),
    null,
  );
}

/** An incident that nobody was told of. */
export function blank(incidentId: string, now: Instant): PlanMemory {
  return { incidentId, sinks: [], unattendedSince: now, escalated: [], acknowledged: null, hushed: false };
}

/**
 * Holds that ended are over. A time in the future is left from a clock that was set back: it counts from now, so that
 * nothing waits for a year that is never to come, and nothing is said twice.
 */
export function upToDate(memory: PlanMemory, now: Instant): PlanMemory {
  const sinks = memory.sinks.map((sink): ToldSink => {
    const heldUntil = sink.heldUntil !== null && sink.heldUntil > now ? sink.heldUntil : null;
    const pagedAt = heldUntil === null ? Math.min(sink.pagedAt, now) : heldUntil;
    const since = heldUntil === null ? Math.min(sink.since, now) : heldUntil;
    return { ...sink, since, heldUntil, pagedAt, toldAt: Math.min(sink.toldAt, now) };
  });
  return { ...memory, sinks, unattendedSince: Math.min(memory.unattendedSince, now) };
}

/**
 * Follows the acknowledgement of the incident. `worst` is the worst that shows and fires. One whose time passed leaves a
 * reminder due, and whoever takes one back starts the waiting for reminders and escalation anew.
 */
export function withAcknowledgement(
  memory: PlanMemory,
  incident: Incident,
  worst: AlertSeverity | null,
  now: Instant,
): PlanMemory {
  const ack = incident.acknowledgement;
  const before = memory.acknowledged;
  if (ack === null) {
    const gone: PlanMemory = { ...memory, acknowledged: null };
    if (before === null || before.over) return gone;
    return ranOut(before, now) ? unattended(gone, now, true) : waitingAnew(unattended(gone, now, false), now);
  }
  const known = before !== null && before.at === ack.at && before.until === ack.until;
  if (known && before.over) return memory;
  const told = memory.sinks.map(({ severity }) => severity);
  const severity = worstOf([incident.severity, ...told, ...(worst === null ? [] : [worst])]) ?? incident.severity;
  const acknowledged: AcknowledgedMemory = known ? before : { at: ack.at, until: ack.until, severity, over: false };
  if (ranOut(acknowledged, now)) {
    return unattended({ ...memory, acknowledged: { ...acknowledged, over: true } }, now, true);
  }
  if (worst !== null && rank(worst) > rank(acknowledged.severity)) {
    return unattended({ ...memory, acknowledged: { ...acknowledged, over: true } }, now, false);
  }
  return { ...memory, acknowledged };
}

/** Without sinks that the settings name no more: nobody there can be told anything, and no end is owed to them. */
export function withoutForeigners(memory: PlanMemory, sinks: ReadonlySet<string>): PlanMemory {
  return { ...memory, sinks: memory.sinks.filter(({ name }) => sinks.has(name)) };
}

/** Somebody takes care of all that shows. */
export const isCovered = ({ acknowledged }: PlanMemory): boolean => acknowledged !== null && !acknowledged.over;

const ranOut = ({ until }: AcknowledgedMemory, now: Instant): boolean => until !== null && until <= now;

function unattended(memory: PlanMemory, now: Instant, remind: boolean): PlanMemory {
  return { ...memory, unattendedSince: now, hushed: memory.hushed || remind };
}

function waitingAnew(memory: PlanMemory, now: Instant): PlanMemory {
  const sinks = memory.sinks.map((sink) => (sink.heldUntil === null ? { ...sink, pagedAt: now } : sink));
  return { ...memory, sinks };
}
