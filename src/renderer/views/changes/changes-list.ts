/** The changes that a query shows, by day. Pure. */
import type { ConfigEventKind } from '../../../shared/lint.ts';
import { CONFIG_EVENTS } from '../../../shared/lint.ts';
import type { HistoryEvent, Instant } from '../../../shared/model.ts';
import { readerDate } from '../../format/zone.ts';
import type { ChangesQuery } from './changes-query.ts';
import { diffOf } from './diff.ts';

/** An event of the feed. */
export interface ConfigEvent extends HistoryEvent {
  readonly kind: ConfigEventKind;
}

export function isConfigEvent(event: HistoryEvent): event is ConfigEvent {
  return CONFIG_EVENTS.some((kind) => kind === event.kind);
}

export interface Day {
  /** The reader's date, for instance `2026-11-21`. */
  readonly id: string;
  readonly at: Instant;
  readonly events: readonly ConfigEvent[];
}

/**
 * The events that fit a query, as they came. Account and tunnel were asked of the host; they are held against what it
 * announces.
 * @param nameOf What the tunnel of an event is called.
 */
export function shownChanges(
  events: readonly ConfigEvent[],
  query: ChangesQuery,
  nameOf: (event: ConfigEvent) => string,
): readonly ConfigEvent[] {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  return events.filter((event) => {
    if (query.account !== null && event.accountId !== query.account) return false;
    if (query.tunnel !== null && event.key !== query.tunnel) return false;
    if (query.kind !== null && event.kind !== query.kind) return false;
    if (query.field === null && words.length === 0) return true;
    const { changes } = diffOf(event);
    if (query.field !== null && !touches(event, query.field)) return false;
    const text = [nameOf(event), ...changes.flatMap(({ field, before, after }) => [field, before, after])]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A field that the event only counts is named by it all the same. */
function touches(event: ConfigEvent, field: string): boolean {
  const named = event.kind === 'config-changed' ? String(event.detail.fields ?? '').split(', ') : [];
  return named.includes(field) || diffOf(event).changes.some((change) => change.field === field);
}

const dayOf = (at: Instant): string => readerDate(at).toISOString().slice(0, 10);

/** Events, newest first, under their days. */
export function byDay(events: readonly ConfigEvent[]): readonly Day[] {
  return [...Map.groupBy(events, ({ at }) => dayOf(at))].map(([id, members]) => ({
    id,
    at: members[0]?.at ?? 0,
    events: members,
  }));
}

/** How a day is called: by its nearness, or by its date. */
export function dayName(id: string, now: Instant): 'today' | 'yesterday' | 'other' {
  if (id === dayOf(now)) return 'today';
  // Noon of today less a day is yesterday, whatever the clocks did in the night.
  const noon = new Date(`${dayOf(now)}T12:00:00Z`).getTime();
  return id === new Date(noon - 86_400_000).toISOString().slice(0, 10) ? 'yesterday' : 'other';
}
