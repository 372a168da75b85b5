/** The life of an incident as lengths of time, for its bar. Pure. */
import type { Incident, IncidentStep } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';

export interface Stretch {
  readonly phase: 'firing' | 'recovering';
  readonly from: Instant;
  readonly to: Instant;
}
/** What somebody or time did, as a mark above the bar. */
export interface Notch {
  readonly at: Instant;
  readonly step: IncidentStep;
}
export interface Life {
  readonly from: Instant;
  readonly to: Instant;
  readonly stretches: readonly Stretch[];
  readonly notches: readonly Notch[];
}

const NOTCHES: ReadonlySet<IncidentStep['what']> = new Set([
  'worse',
  'acknowledged',
  'silenced',
  'escalated',
  'reminded',
]);

/** From its beginning to its end, or to `now`. Steps that are out of order (a clock was set) add no length. */
export function lifeOf(incident: Incident, steps: readonly IncidentStep[], now: Instant): Life {
  const from = Math.min(incident.since, incident.openedAt);
  const to = Math.max(from + 1, incident.resolvedAt ?? now);
  const stretches: Stretch[] = [];
  let phase: Stretch['phase'] = 'firing';
  let edge = from;
  const close = (at: Instant): void => {
    const end = Math.min(to, Math.max(edge, at));
    if (end > edge) stretches.push({ phase, from: edge, to: end });
    edge = end;
  };
  for (const { what, at } of steps) {
    const next = what === 'recovering' ? 'recovering' : what === 'returned' || what === 'opened' ? 'firing' : null;
    if (next === null || next === phase) continue;
    close(at);
    phase = next;
  }
  close(to);
  const notches = steps.filter(({ what }) => NOTCHES.has(what)).map((step) => ({ at: step.at, step }));
  return { from, to, stretches, notches };
}
