/** What changed on the board between two moments: recorded changes, and where we stopped looking or looked again. */
import {
  type AccountId,
  accountOf,
  type Instant,
  LANES,
  type Lane,
  type Millis,
  type StateChange,
} from '../../shared/model.ts';
import type { PastStretch } from '../../shared/past.ts';
import { breath } from '../breath.ts';
import { sourceOf } from '../history/codes.ts';
import type { GapSource } from '../history/contract.ts';
import type { Span } from '../history/intervals.ts';
import type { PastReader, PastTunnel } from '../history/past-contract.ts';

/** Changes in one reply, about. */
const MOST_CHANGES = 5_000;
/** Ends of gaps in one reply: each may change every tunnel of an account. */
const MOST_EDGES = 6;
const FIRST_SPAN: Millis = 6 * 3_600_000;
const MOST_SPAN: Millis = 8 * 86_400_000;

interface Sight {
  readonly accountId: AccountId;
  readonly source: GapSource;
  readonly gaps: readonly Span[];
}

function sightsIn(past: PastReader, from: Instant, to: Instant): Sight[] {
  return past.accounts().flatMap((accountId) =>
    (['list', 'health'] as const).map((source) => ({
      accountId,
      source,
      gaps: past.gapsIn(accountId, source, from, to + 1),
    })),
  );
}

const isEdge = ({ gaps }: Sight, at: Instant): boolean => gaps.some((gap) => gap.from === at || gap.to === at);
const isHidden = ({ gaps }: Sight, at: Instant): boolean =>
  gaps.some((gap) => gap.from <= at && (gap.to === null || at < gap.to));

function edgesOf(sights: readonly Sight[], from: Instant, to: Instant): Instant[] {
  const edges = sights.flatMap(({ gaps }) => gaps.flatMap((gap) => [gap.from, gap.to ?? from]));
  return [...new Set(edges)].filter((at) => at > from && at <= to).sort((a, b) => a - b);
}

/** Recorded changes from `from` on, and how far they were read. */
async function recorded(
  past: PastReader,
  from: Instant,
  to: Instant,
): Promise<{ changes: StateChange[]; until: Instant }> {
  const changes: StateChange[] = [];
  let until = from;
  let span = FIRST_SPAN;
  while (until < to && changes.length < MOST_CHANGES) {
    await breath();
    const end = Math.min(to, until + span);
    // What happened in one and the same millisecond cannot be parted.
    const found = past.changesIn(until, end, end - until <= 1 ? Number.MAX_SAFE_INTEGER - 1 : MOST_CHANGES);
    if (found === null) {
      span = Math.max(1, Math.floor((end - until) / 2));
      continue;
    }
    for (const change of found) changes.push(change);
    until = end;
    span = Math.min(MOST_SPAN, 2 * span);
  }
  return { changes, until };
}

/** What one end of a gap changes: the board before and after it. */
function acrossEdge(past: PastReader, at: Instant, concerned: (id: AccountId, lane: Lane) => boolean): StateChange[] {
  const before = new Map(past.tunnelsAt(at - 1).map((tunnel): [string, PastTunnel] => [tunnel.key, tunnel]));
  return past.tunnelsAt(at).flatMap(({ key, lanes }) =>
    LANES.flatMap((lane): StateChange[] => {
      const to = lanes[lane]?.value;
      const from = before.get(key)?.lanes[lane]?.value ?? null;
      if (to === undefined || to === from || !concerned(accountOf(key), lane)) return [];
      return [{ at, key, lane, from, to }];
    }),
  );
}

/**
 * Changes in `(from, to]`: laid over the board at `from` they give the board at `until`, and so on. Tunnels that come or go are
 * told by their marks.
 */
export async function stretchOf(past: PastReader, from: Instant, asked: Instant, now: Instant): Promise<PastStretch> {
  const to = Math.min(asked, now);
  if (to <= from) return { changes: [], until: asked, complete: true };
  const sights = sightsIn(past, from, to);
  const edges = edgesOf(sights, from, to);
  const next = edges[MOST_EDGES];
  const read = await recorded(past, from, next === undefined ? to : next - 1);
  const sightOf = (id: AccountId, lane: Lane): Sight | undefined =>
    sights.find(({ accountId, source }) => accountId === id && source === sourceOf(lane));
  const changes = read.changes.filter(({ at, key, lane }) => {
    const sight = sightOf(accountOf(key), lane);
    return sight === undefined || !(isEdge(sight, at) || isHidden(sight, at));
  });
  for (const at of edges.filter((edge) => edge <= read.until)) {
    await breath();
    changes.push(
      ...acrossEdge(past, at, (id, lane) => {
        const sight = sightOf(id, lane);
        return sight !== undefined && isEdge(sight, at);
      }),
    );
  }
  const complete = read.until >= to;
  return { changes: changes.sort((a, b) => a.at - b.at), until: complete ? asked : read.until, complete };
}
