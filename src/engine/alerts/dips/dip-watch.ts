/**
 * Follows the health lanes of an account and names rekey dips: hears changes as they are announced, returns the events.
 *
 * Event `rekey-dip`, once a dip of a known rhythm is over: `from`, `to` (instants), `lengthMs`, `periodMs`, and `with`, the name
 * of another tunnel of its site that mostly dips at the same time, else `null`. With the third dip the first two are named as
 * well. Each event is dated by the end of its dip, so that it stands in the log where it happened.
 */
import type { AccountId, BoardRow, Instant, NewEvent, StateChange, TunnelKey } from '../../../shared/model.ts';
import type { HistoryReader } from '../../history/contract.ts';
import { DIP_MEMORY_MS, DipMemory, dipsIn } from './dip-memory.ts';
import { type Dip, type Rhythm, rhythmOf } from './rhythm.ts';

export interface DipWatchOptions {
  readonly accountId: AccountId;
  /** Where the dips of earlier runs are found. */
  readonly history: Pick<HistoryReader, 'changes' | 'events'>;
  /** Tunnels as they stand, to find those of one site. */
  readonly row: (key: TunnelKey) => BoardRow | undefined;
  readonly rows: () => readonly BoardRow[];
}

export interface DipWatch {
  /** What an answer changed, in order; `removed` tunnels are forgotten. Returns the events to record with it. */
  heard(changes: readonly StateChange[], removed: Iterable<TunnelKey>, now: Instant): readonly NewEvent[];
}

/** Tunnels whose past is read for one answer; when more dip together, the rest waits for its next dip. */
const MOST_READ = 64;
/** As many as the history gives at once. */
const MOST_CHANGES = 1_000;
const MOST_EVENTS = 200;
/** Of the newest three dips, two at the same time are no chance. */
const LOOKED_AT = 3;
const TOGETHER = 2;

/** An empty watch; the past of a tunnel is read when it first has a dip. */
export function createDipWatch(options: DipWatchOptions): DipWatch {
  const { accountId, history } = options;
  const memories = new Map<TunnelKey, DipMemory>();
  const read = new Set<TunnelKey>();

  const memoryOf = (key: TunnelKey): DipMemory => {
    const memory = memories.get(key) ?? new DipMemory();
    memories.set(key, memory);
    return memory;
  };

  /** Takes in what earlier runs knew of the tunnel. */
  const restore = (key: TunnelKey, memory: DipMemory, now: Instant): void => {
    read.add(key);
    memory.remember(dipsIn(history.changes(key, now - DIP_MEMORY_MS, MOST_CHANGES).toReversed()));
    for (const { kind, detail } of history.events({ key, accountId: null, before: null, limit: MOST_EVENTS })) {
      if (kind === 'rekey-dip' && typeof detail.from === 'number') memory.name(detail.from);
    }
  };

  const eventsOf = (key: TunnelKey, { beats, periodMs }: Rhythm, mate: string | null): NewEvent[] => {
    const memory = memoryOf(key);
    return beats.flatMap(({ from, to }) =>
      memory.name(from)
        ? [
            {
              at: to,
              kind: 'rekey-dip',
              accountId,
              key,
              detail: { from, to, lengthMs: to - from, periodMs, with: mate },
            } as const,
          ]
        : [],
    );
  };

  return {
    heard(changes, removed, now) {
      for (const key of removed) {
        memories.delete(key);
        read.delete(key);
      }
      const over = new Set<TunnelKey>();
      let budget = MOST_READ;
      for (const change of changes) {
        // A tunnel that never dips costs nothing here.
        if (change.lane !== 'health' || (!memories.has(change.key) && change.from !== 'healthy')) continue;
        const memory = memoryOf(change.key);
        if (memory.take(change) === null) continue;
        over.add(change.key);
        if (read.has(change.key) || budget === 0) continue;
        budget -= 1;
        restore(change.key, memory, now);
      }
      if (over.size === 0) return [];
      const mates = siteMates(options, memories);
      return [...over].flatMap((key) => {
        const rhythm = rhythmOf(memoryOf(key).dips);
        return rhythm === null ? [] : eventsOf(key, rhythm, mates(key, rhythm.beats));
      });
    },
  };
}

/** Asks for a tunnel of the same site that dips when this one does; looks through the rows once at most. */
function siteMates(
  { row: rowOf, rows }: DipWatchOptions,
  memories: ReadonlyMap<TunnelKey, DipMemory>,
): (key: TunnelKey, beats: readonly Dip[]) => string | null {
  let sites: ReadonlyMap<string | undefined, readonly BoardRow[]> | null = null;
  return (key, beats) => {
    const site = rowOf(key)?.site?.name;
    if (site === undefined) return null;
    sites ??= Map.groupBy(rows(), (row) => row.site?.name);
    const newest = beats.slice(-LOOKED_AT);
    const together = (other: TunnelKey): boolean =>
      newest.filter((beat) => memories.get(other)?.has(beat) === true).length >= TOGETHER;
    return sites.get(site)?.find((row) => row.key !== key && together(row.key))?.name ?? null;
  };
}
