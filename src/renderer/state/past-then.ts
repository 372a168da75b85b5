/** The recorded past as the messages of a host would have told it, so that the board of then is drawn as the board of now. Pure. */
import type { AlertsDelta, Incident } from '../../shared/alerts.ts';
import type { AccountId, AccountStatus, BoardRow, EngineStatus, StateChange, TunnelKey } from '../../shared/model.ts';
import type { PastBoard } from '../../shared/past.ts';
import { tunnelSeverity } from '../../shared/tunnel-severity.ts';

type Rows = ReadonlyMap<TunnelKey, BoardRow>;

/** An account as far as it was recorded: whether we saw it. What is not kept (pace, budget) is told by nobody. */
function accountThen(
  known: Pick<AccountStatus, 'id' | 'name'>,
  then: PastBoard,
  live: AccountStatus | undefined,
  sentence: string,
): AccountStatus {
  const blind = then.blind.find(({ accountId }) => accountId === known.id);
  const fault = {
    kind: 'internal',
    sentence,
    status: null,
    code: null,
    retryAfterMs: null,
    permission: null,
    cfRay: null,
  } as const;
  return {
    ...known,
    phase: blind === undefined ? 'seeing' : 'blind',
    blind: blind === undefined ? null : { since: blind.since, fault },
    failing: null,
    healthBlind: null,
    // What was recorded is as true as it ever was; where nobody looked the lanes say so themselves.
    listAgeMs: 0,
    healthAgeMs: 0,
    intervalMs: live?.intervalMs ?? 0,
    healthIntervalMs: live?.healthIntervalMs ?? 0,
    staleAfterMs: Number.POSITIVE_INFINITY,
    healthStaleAfterMs: Number.POSITIVE_INFINITY,
    nextPollInMs: null,
    tunnels: then.rows.filter(({ accountId }) => accountId === known.id).length,
    unreadable: [],
    budget: { used: 0, limit: 0, remainingSaid: null, blockedForMs: null },
  };
}

/**
 * The status of the host at a past moment.
 * @param live The status of the present: it knows the names.
 * @param sentence Why an account was not seen, as far as anybody knows.
 */
export function statusThen(then: PastBoard, live: EngineStatus, sentence: string): EngineStatus {
  const ids = new Set<AccountId>([
    ...live.accounts.map(({ id }) => id),
    ...then.rows.map(({ accountId }) => accountId),
  ]);
  const { paused: _, ...kept } = live;
  return {
    ...kept,
    now: then.at,
    accounts: [...ids].map((id) => {
      const now = live.accounts.find((account) => account.id === id);
      return accountThen({ id, name: now?.name ?? id }, then, now, sentence);
    }),
  };
}

function sameRow(a: BoardRow, b: BoardRow): boolean {
  const same = (lane: keyof BoardRow['lanes']): boolean =>
    a.lanes[lane].value === b.lanes[lane].value &&
    a.lanes[lane].since === b.lanes[lane].since &&
    a.lanes[lane].exact === b.lanes[lane].exact;
  return (
    a.name === b.name &&
    a.description === b.description &&
    a.site?.name === b.site?.name &&
    a.cloudflareEndpoint === b.cloudflareEndpoint &&
    a.customerEndpoint === b.customerEndpoint &&
    a.severity === b.severity &&
    a.recovering === b.recovering &&
    a.pskGeneratedAt === b.pskGeneratedAt &&
    same('bgp') &&
    same('health') &&
    same('psk') &&
    same('config')
  );
}

/** The rows, each that says the same as one of `before` being that one: nothing is drawn anew that did not change. */
export function kept(rows: readonly BoardRow[], before: Rows): readonly BoardRow[] {
  return rows.map((row) => {
    const old = before.get(row.key);
    return old !== undefined && sameRow(old, row) ? old : row;
  });
}

/** What leads from one board to another. */
export function between(before: Rows, after: Rows): { readonly rows: BoardRow[]; readonly removed: TunnelKey[] } {
  return {
    rows: [...after.values()].filter((row) => before.get(row.key) !== row),
    removed: [...before.keys()].filter((key) => !after.has(key)),
  };
}

/** What leads from the incidents of one moment to those of another. */
export function incidentsBetween(
  before: ReadonlyMap<string, Incident>,
  after: readonly Incident[],
): AlertsDelta | null {
  const ids = new Set(after.map(({ id }) => id));
  const removed = [...before.keys()].filter((id) => !ids.has(id));
  const incidents = after.filter((incident) => JSON.stringify(before.get(incident.id)) !== JSON.stringify(incident));
  if (removed.length + incidents.length === 0) return null;
  return { incidents, removed, silences: null, maintenance: null, status: null };
}

function changed(row: BoardRow, { at, lane, from, to }: StateChange): BoardRow {
  const lanes = { ...row.lanes, [lane]: { value: to, since: at, exact: true } };
  const recovering = lane === 'health' ? to === 'degraded' && from === 'down' : row.recovering;
  return { ...row, lanes, severity: tunnelSeverity(lanes), recovering };
}

/** Rows with changes laid over them, oldest first. Changes of tunnels that are not there are left out. */
export function played(rows: Rows, changes: readonly StateChange[]): Rows {
  if (changes.length === 0) return rows;
  const next = new Map(rows);
  for (const change of changes) {
    const row = next.get(change.key);
    if (row !== undefined) next.set(change.key, changed(row, change));
  }
  return next;
}
