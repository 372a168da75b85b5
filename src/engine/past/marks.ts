/** Moments of the past that are worth stepping to. */
import type { Cause, Incident } from '../../shared/alerts.ts';
import type {
  AccountId,
  EventKind,
  HistoryEvent,
  Instant,
  Millis,
  StateChange,
  TunnelKey,
} from '../../shared/model.ts';
import { accountOf } from '../../shared/model.ts';
import type { PastMark } from '../../shared/past.ts';
import { breath } from '../breath.ts';
import type { PastReader } from '../history/past-contract.ts';

/** What people did or what happened to ourselves; then what comes by the clock. Details of a session are no moment of their own. */
const TOLD: readonly EventKind[] = [
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-renamed',
  'tunnel-recreated',
  'tunnel-unreadable',
  'tunnel-readable',
  'config-changed',
  'psk-changed',
  'blind',
  'seeing',
  'health-blind',
  'health-seeing',
  'gap',
  'clock-jump',
  'started',
  'stopped',
  'store-degraded',
  'store-recovered',
];
const BY_THE_CLOCK: readonly EventKind[] = ['rekey-dip'];

/** So much of the past is read between two breaths. */
const SLICE_MS: Millis = 4 * 86_400_000;
/** BGP and health that go down so close together are one outage: a BGP hold time is 90 s, health is read by the minute. */
const SAME_OUTAGE_MS: Millis = 3 * 60_000;

/** What marks are made of. */
export interface MarkParts {
  readonly past: PastReader;
  readonly incidentsDuring: (from: Instant, to: Instant, limit: number) => readonly Incident[];
  readonly accountName: (id: AccountId) => string;
}

interface Asked {
  readonly from: Instant;
  readonly to: Instant;
  readonly limit: number;
}

/** What the incident is about, by name; how many of them there are is for the page to say. */
function nameOfCause(cause: Cause, accountName: MarkParts['accountName']): string | null {
  switch (cause.kind) {
    case 'tunnel':
      return cause.name;
    case 'site':
      return cause.site;
    case 'cloudflare-endpoint':
    case 'customer-endpoint':
      return cause.address;
    case 'account':
    case 'rule':
      return accountName(cause.accountId);
    case 'blind':
      return cause.accountIds.map(accountName).join(', ');
    case 'app':
      return null;
  }
}

function incidentMarks({ incidentsDuring, accountName }: MarkParts, { from, to, limit }: Asked): PastMark[] {
  const inside = (at: Instant | null): at is Instant => at !== null && at >= from && at < to;
  return incidentsDuring(from, to, limit).flatMap((incident): PastMark[] => {
    const { cause, id } = incident;
    const mark = {
      key: cause.kind === 'tunnel' ? cause.key : null,
      accountId: incident.accountIds[0] ?? null,
      name: nameOfCause(cause, accountName),
      incidentId: id,
    };
    const opened = { ...mark, at: incident.openedAt, kind: 'incident-opened' } as const;
    const resolved = { ...mark, at: incident.resolvedAt ?? to, kind: 'incident-resolved' } as const;
    return [...(inside(incident.openedAt) ? [opened] : []), ...(inside(incident.resolvedAt) ? [resolved] : [])];
  });
}

/** Each outage of a tunnel once: what goes down right after its other lane did belongs to the same one. */
function outages(downs: readonly StateChange[], nameOf: (key: TunnelKey) => string): PastMark[] {
  const last = new Map<TunnelKey, Instant>();
  return downs.flatMap(({ at, key }): PastMark[] => {
    const before = last.get(key);
    last.set(key, at);
    if (before !== undefined && at - before <= SAME_OUTAGE_MS) return [];
    return [{ at, kind: 'outage', key, accountId: accountOf(key), name: nameOf(key), incidentId: null }];
  });
}

async function downsIn(past: PastReader, { from, to, limit }: Asked): Promise<StateChange[]> {
  const downs: StateChange[] = [];
  for (let at = from; at < to && downs.length < limit; at += SLICE_MS) {
    await breath();
    downs.push(...past.downsIn(at, Math.min(to, at + SLICE_MS), limit - downs.length));
  }
  return downs;
}

/** Up to `limit` marks in `[from, to)`, oldest first. Where there are more, incidents go before outages and these before events. */
export async function marksIn(parts: MarkParts, asked: Asked): Promise<readonly PastMark[]> {
  const { past, accountName } = parts;
  const names = new Map(past.tunnels().map(({ key, name }) => [key, name]));
  const nameOf = (key: TunnelKey): string => names.get(key) ?? key;
  const eventMark = ({ at, kind, key, accountId }: HistoryEvent): PastMark => {
    const account = accountId ?? (key === null ? null : accountOf(key));
    const name = key !== null ? nameOf(key) : account === null ? null : accountName(account);
    return { at, kind, key, accountId: account, name, incidentId: null };
  };
  const marks = incidentMarks(parts, asked).slice(0, asked.limit);
  const room = (): number => asked.limit - marks.length;
  if (room() > 0) {
    // An outage is two changes at most: BGP and health.
    const downs = await downsIn(past, { ...asked, limit: 2 * room() });
    marks.push(...outages(downs, nameOf).slice(0, room()));
  }
  for (const kinds of [TOLD, BY_THE_CLOCK]) {
    if (room() <= 0) break;
    await breath();
    marks.push(...past.eventsIn(asked.from, asked.to, kinds, 'oldest', room()).map(eventMark));
  }
  return marks.sort((a, b) => a.at - b.at);
}
