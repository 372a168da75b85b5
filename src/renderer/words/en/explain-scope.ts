/** Whose fault it looks like, told from what else is down at the same moment. Evidence, not proof; `null` when there is none. */
import type { BoardRow } from '../../../shared/model.ts';
import { plural } from '../../format/number.ts';

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
  const all = down.length === mates.length ? 'All' : `${down.length + 1} of`;
  const many = `${all} ${plural(mates.length + 1, 'tunnel', 'tunnels')} to ${row.cloudflareEndpoint} are down, over ${plural(places.size, 'site', 'sites')}`;
  return elsewhere.some(works)
    ? { suspect: 'cloudflare', sentence: `${many}, while others work: this looks like Cloudflare’s side.` }
    : { suspect: 'cloudflare', sentence: `${many}: this looks like Cloudflare’s side or your whole network.` };
}

function siteScope(row: BoardRow, others: readonly BoardRow[]): Scope | null {
  const mates = others.filter((one) => sameSite(row, one));
  if (mates.length === 0 || row.site === null) return null;
  const site = row.site.name;
  const line = (one: BoardRow): boolean =>
    one.customerEndpoint !== null && one.customerEndpoint === row.customerEndpoint;
  const working = mates.filter(works);
  if (mates.every(isDown)) {
    const all = mates.length === 1 ? 'Both tunnels' : `All ${mates.length + 1} tunnels`;
    return {
      suspect: 'customer',
      sentence: `${all} of ${site} are down: this looks like the site itself, its power or its lines.`,
    };
  }
  if (working.length === 0) return null;
  const sameLine = mates.filter(line);
  const names =
    working.length === 1
      ? `${working[0]?.name ?? ''} of the same site works`
      : `${working.length} other tunnels of the site work`;
  if (sameLine.some(works)) {
    return {
      suspect: 'tunnel',
      sentence: `${sameLine.find(works)?.name ?? ''} works over the same line: this looks like this tunnel’s own settings or keys.`,
    };
  }
  if (working.some((one) => one.customerEndpoint !== null && one.customerEndpoint !== row.customerEndpoint)) {
    return {
      suspect: 'carrier',
      sentence: `${names} over another line: this looks like the carrier of ${row.customerEndpoint ?? 'this line'}, or this tunnel alone.`,
    };
  }
  return { suspect: 'tunnel', sentence: `${names}: this looks like this tunnel alone.` };
}

/** Tunnels that share the customer's address but no site name. */
function lineScope(row: BoardRow, others: readonly BoardRow[]): Scope | null {
  if (row.customerEndpoint === null) return null;
  const mates = others.filter((one) => one.customerEndpoint === row.customerEndpoint);
  if (mates.length === 0) return null;
  const both = mates.length === 1 ? 'Both tunnels' : `All ${mates.length + 1} tunnels`;
  if (mates.every(isDown)) {
    return {
      suspect: 'carrier',
      sentence: `${both} to ${row.customerEndpoint} are down: this looks like that line or the router behind it.`,
    };
  }
  return mates.some(works)
    ? {
        suspect: 'tunnel',
        sentence: `${mates.find(works)?.name ?? ''} works over the same line: this looks like this tunnel’s own settings or keys.`,
      }
    : null;
}
