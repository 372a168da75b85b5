/** From what happened to a case to what is told of it. */
import type { IncidentStep } from '../../../shared/alerts.ts';
import type { AccountId } from '../../../shared/model.ts';
import type { IncidentChange, Moment, SilencedBy } from '../contract.ts';
import { type Case, extentOf, isGraver } from './case.ts';
import { isOtherCause, stepsBetween } from './steps.ts';

/** `change`: what is told of a case; `null` when nothing changed, or it ended before anybody heard of it. */
export interface Settled {
  readonly over: boolean;
  readonly change: IncidentChange | null;
}

/**
 * Makes the incident of this moment and tells what changed since the last one. Getting graver makes it fresh and ends its
 * acknowledgement: whoever took care of something smaller has not agreed to this.
 * @param silenced `null` leaves what hides it as it was.
 * @param first Steps that somebody took, before those that follow.
 */
export function settle(
  it: Case,
  at: Moment,
  silenced: SilencedBy | null,
  names: (id: AccountId) => string,
  first: readonly IncidentStep[] = [],
): Settled {
  const was = it.incident;
  const steps = [...first];
  const endAcknowledgement = (note: string): void => {
    it.acknowledgement = null;
    steps.push({ at: at.now, what: 'unacknowledged', by: null, note });
  };
  if (it.isAcknowledgementOver(at)) endAcknowledgement('its time is over');
  let next = it.snapshot(at, silenced);
  const failing = extentOf(next);
  const otherCause = was === null || isOtherCause(was.cause, next.cause);
  const grew = !otherCause && failing > it.widest;
  it.widest = otherCause ? failing : Math.max(it.widest, failing);
  steps.push(...stepsBetween(was, next, grew, at, names));
  if (was !== null && next.phase === 'firing' && isGraver(next.severity, was.severity)) {
    it.fresh = true;
    if (it.acknowledgement !== null) endAcknowledgement('it got worse');
    next = { ...next, fresh: true, acknowledgement: null };
  }
  const over = next.phase === 'resolved';
  const unheard = was === null && over;
  const same = was !== null && steps.length === 0 && JSON.stringify(was) === JSON.stringify(next);
  if (unheard || same) return { over, change: null };
  it.incident = { ...next, changedAt: at.now };
  return { over, change: { incident: it.incident, was, steps } };
}
