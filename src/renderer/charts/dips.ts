/** Named rekey dips, from their events: which bars of the health lane they are, and whether one may be under way. */
import { DIP_MOST_MS, isDipDue, type KnownDip } from '../../shared/dip.ts';
import type { EventDetail, HistoryEvent, Instant, LaneState } from '../../shared/model.ts';
import type { Bar } from './bars.ts';

/** A dip that the engine recognised. */
export interface NamedDip extends KnownDip {
  readonly to: Instant;
  readonly detail: EventDetail;
}

/** The dips that events name, oldest first. */
export function dipsOf(events: readonly HistoryEvent[]): readonly NamedDip[] {
  return events
    .flatMap(({ kind, detail }) => {
      const { from, to, periodMs } = detail;
      const whole = typeof from === 'number' && typeof to === 'number' && typeof periodMs === 'number';
      return kind === 'rekey-dip' && whole ? [{ from, to, periodMs, detail }] : [];
    })
    .sort((a, b) => a.from - b.from);
}

/** The dip that a bar of the health lane shows: all of it lies within. */
export function dipOf(dips: readonly NamedDip[], { began, ended }: Pick<Bar, 'began' | 'ended'>): NamedDip | null {
  if (ended === null) return null;
  return dips.find(({ from, to }) => from <= began && ended <= to) ?? null;
}

/** The dip before the one that is probably under way: health is bad for no longer than a dip, and the next one was due. */
export function dueDip(events: readonly HistoryEvent[], health: LaneState<'health'>, now: Instant): NamedDip | null {
  const bad = health.value === 'degraded' || health.value === 'down';
  if (!bad || !health.exact || now - health.since > DIP_MOST_MS) return null;
  const last = dipsOf(events).at(-1);
  return last !== undefined && last.to <= health.since && isDipDue(last, health.since) ? last : null;
}
