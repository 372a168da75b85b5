/** Whose fault it looks like, told from what else is down at the same moment. Evidence, not proof; `null` when there is none. */
import type { BoardRow } from '../../shared/model.ts';
import { explainScope as words } from '../words/explain-scope.ts';

/** Who probably has to act. */
export type Suspect = 'customer' | 'carrier' | 'cloudflare' | 'tunnel';

export interface Scope {
  readonly suspect: Suspect;
  /** One sentence of evidence. */
  readonly sentence: string;
}

/** Fewer tunnels than this at one Cloudflare endpoint do not accuse it. */
const ENDPOINT_QUORUM = 3;

/** Down by health, or by BGP where health says nothing. */
function isDown({ lanes }: BoardRow): boolean {
  if (lanes.health.value === 'down') return true;
  return lanes.bgp.value === 'down' && lanes.health.value !== 'healthy' && lanes.health.value !== 'degraded';
}

function works({ lanes }: BoardRow): boolean {
  return lanes.health.value === 'healthy' || lanes.health.value === 'degraded' || lanes.bgp.value === 'up';
}

const sameSite = (a: BoardRow, b: BoardRow): boolean => a.site !== null && b.site?.name === a.site.name;
const nameOf = (row: BoardRow | undefined): string => row?.name ?? '';

/**
 * The evidence for a tunnel that is down.
 * @param rows All tunnels of its account, itself included or not.
 */
export function scopeOf(row: BoardRow, rows: readonly BoardRow[]): Scope | null {
  if (!isDown(row)) return null;
  const others = rows.filter((one) => one.accountId === row.accountId && one.key !== row.key);
  return endpointScope(row, others) ?? siteScope(row, others) ?? lineScope(row, others);
}

/** Nearly everything at one Cloudflare address is down, over several sites. */
function endpointScope(row: BoardRow, others: readonly BoardRow[]): Scope | null {
  const mates = others.filter((one) => one.cloudflareEndpoint === row.cloudflareEndpoint);
  const down = mates.filter(isDown);
  const places = new Set([row, ...down].map((one) => one.site?.name ?? one.customerEndpoint ?? one.name));
  if (mates.length + 1 < ENDPOINT_QUORUM || down.length < mates.length * 0.8 || places.size < 2) return null;
  const elsewhere = others.filter((one) => one.cloudflareEndpoint !== row.cloudflareEndpoint);
  const many = words.toEndpoint(
    down.length === mates.length ? null : down.length + 1,
    mates.length + 1,
    row.cloudflareEndpoint,
    places.size,
  );
  const sentence = elsewhere.some(works) ? words.endpointAlone(many) : words.endpointOrAll(many);
  return { suspect: 'cloudflare', sentence };
}

function siteScope(row: BoardRow, others: readonly BoardRow[]): Scope | null {
  const mates = others.filter((one) => sameSite(row, one));
  if (mates.length === 0 || row.site === null) return null;
  if (mates.every(isDown)) return { suspect: 'customer', sentence: words.siteDown(mates.length + 1, row.site.name) };
  const working = mates.filter(works);
  if (working.length === 0) return null;
  const sameLine = mates.find((one) => one.customerEndpoint === row.customerEndpoint && works(one));
  if (row.customerEndpoint !== null && sameLine !== undefined) {
    return { suspect: 'tunnel', sentence: words.sameLine(sameLine.name) };
  }
  const names = working.length === 1 ? words.oneWorks(nameOf(working[0])) : words.manyWork(working.length);
  if (working.some((one) => one.customerEndpoint !== null && one.customerEndpoint !== row.customerEndpoint)) {
    return { suspect: 'carrier', sentence: words.otherLine(names, row.customerEndpoint) };
  }
  return { suspect: 'tunnel', sentence: words.thisAlone(names) };
}

/** Tunnels that share the customer's address but no site name. */
function lineScope(row: BoardRow, others: readonly BoardRow[]): Scope | null {
  if (row.customerEndpoint === null) return null;
  const mates = others.filter((one) => one.customerEndpoint === row.customerEndpoint);
  if (mates.length === 0) return null;
  if (mates.every(isDown)) {
    return { suspect: 'carrier', sentence: words.lineDown(mates.length + 1, row.customerEndpoint) };
  }
  const working = mates.find(works);
  return working === undefined ? null : { suspect: 'tunnel', sentence: words.sameLine(working.name) };
}
