/** Events and lane changes of a tunnel as one list, newest first. */
import type { HistoryEvent, Instant, StateChange } from '../../../shared/model.ts';

export type LogEntry =
  | { readonly id: string; readonly at: Instant; readonly event: HistoryEvent; readonly change: null }
  | { readonly id: string; readonly at: Instant; readonly event: null; readonly change: StateChange };

/** What was asked for so far, each newest first. `complete`: there is nothing older. */
export interface LogSources {
  readonly events: readonly HistoryEvent[];
  readonly eventsComplete: boolean;
  readonly changes: readonly StateChange[];
  readonly changesComplete: boolean;
}

export const NO_LOG: LogSources = { events: [], eventsComplete: false, changes: [], changesComplete: false };

/**
 * The merged list, newest first, as far down as both sources are known: an entry older than the oldest known one of an
 * incomplete source could have unknown neighbours, and waits.
 */
export function mergedLog(sources: LogSources): readonly LogEntry[] {
  const horizon = Math.max(
    sources.eventsComplete ? Number.NEGATIVE_INFINITY : (sources.events.at(-1)?.at ?? Number.POSITIVE_INFINITY),
    sources.changesComplete ? Number.NEGATIVE_INFINITY : (sources.changes.at(-1)?.at ?? Number.POSITIVE_INFINITY),
  );
  const entries: LogEntry[] = [
    ...sources.events.map((event): LogEntry => ({ id: `e${event.seq}`, at: event.at, event, change: null })),
    ...sources.changes.map((change): LogEntry => ({ id: changeId(change), at: change.at, event: null, change })),
  ];
  return entries.filter(({ at }) => at >= horizon).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

function changeId({ lane, at, to }: StateChange): string {
  return `c${lane}${at}${to}`;
}

/** With news from the host in front; what is already there is not taken twice. */
export function withNews(
  sources: LogSources,
  events: readonly HistoryEvent[],
  changes: readonly StateChange[],
): LogSources {
  const seqs = new Set(sources.events.map(({ seq }) => seq));
  const ids = new Set(sources.changes.map(changeId));
  const newEvents = events.filter(({ seq }) => !seqs.has(seq));
  const newChanges = changes.filter((change) => !ids.has(changeId(change)));
  if (newEvents.length + newChanges.length === 0) return sources;
  return {
    ...sources,
    events: [...newEvents, ...sources.events].sort((a, b) => b.seq - a.seq),
    changes: [...newChanges, ...sources.changes].sort((a, b) => b.at - a.at),
  };
}
