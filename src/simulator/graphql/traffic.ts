/**
 * What went through the tunnels: the rows of the traffic data set. A tunnel carries its share of the site while it is there
 * and gets through; a standby carries nothing, and nothing fails over to it. Tunnels without traffic have no row.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import { between, draw } from '../random.ts';
import type { AccountWorld } from '../world/account.ts';
import type { Member } from '../world/member.ts';
import type { ByteSink } from './byte-sink.ts';
import type { Filter } from './filter.ts';
import type { Selected } from './plan.ts';

/** One row: a tunnel by the name that it had at the time. */
interface Carried {
  readonly tunnelName: string;
  readonly bits: number;
}

export interface TrafficQuery {
  readonly fields: readonly Selected[];
  /** Fields within a field. */
  readonly within: (field: Selected) => readonly Selected[];
  readonly filter: Filter;
  readonly limit: number;
  /** `tunnelName_ASC` or `tunnelName_DESC`. */
  readonly orderBy: readonly string[];
  readonly from: Instant;
  /** What arrived until then. */
  readonly to: Instant;
}

/** Bits per millisecond; 2 to 400 Mbit/s, most of them small. */
const SLOWEST = 2_000;
const FASTEST = 400_000;
/** A packet of usual length. */
const BITS_PER_PACKET = 6_400;
/** Draws of a tunnel's rate. */
const RATE = 77;

/** Writes the rows as a JSON array. */
export function writeTraffic(out: ByteSink, account: AccountWorld, query: TrafficQuery): void {
  const named = query.fields.some(
    (field) => field.name === 'dimensions' && query.within(field).some(({ name }) => name === 'tunnelName'),
  );
  const rows = summed(carriedBy(account, query), named);
  const sign = query.orderBy.includes('tunnelName_DESC') ? -1 : 1;
  rows.sort((a, b) => (a.tunnelName < b.tunnelName ? -sign : sign));
  out.text(JSON.stringify(rows.slice(0, query.limit).map((row) => objectOf(query, row))));
}

function objectOf({ fields, within }: TrafficQuery, row: Carried): Record<string, unknown> {
  const packets = Math.ceil(row.bits / BITS_PER_PACKET);
  const known: Readonly<Record<string, unknown>> = {
    tunnelName: row.tunnelName,
    bits: row.bits,
    packets,
    count: packets,
  };
  const told = (field: Selected): unknown =>
    field.name === 'sum' || field.name === 'dimensions'
      ? Object.fromEntries(within(field).map((inner) => [inner.key, known[inner.name] ?? inner.name]))
      : (known[field.name] ?? field.name);
  return Object.fromEntries(fields.map((field) => [field.key, told(field)]));
}

function summed(all: Iterable<Carried>, named: boolean): Carried[] {
  const sums = new Map<string, number>();
  for (const { tunnelName, bits } of all) {
    const name = named ? tunnelName : '';
    sums.set(name, (sums.get(name) ?? 0) + bits);
  }
  return [...sums].map(([tunnelName, bits]) => ({ tunnelName, bits }));
}

function* carriedBy(account: AccountWorld, query: TrafficQuery): Iterable<Carried> {
  for (const member of account.members) {
    const [colo] = member.plan.colos;
    if (member.plan.standby || colo === undefined) continue;
    for (let at = query.from; at < query.to; ) {
      const state = member.stateAt(at);
      const end = Math.min(query.to, state.to);
      const start = Math.max(at, state.createdAt);
      const place = { tunnelName: state.name, siteName: '', customerEndpoint: '', colo };
      if (state.present && start < end && query.filter.place(place)) {
        const bits = rateOf(member) * (end - start - deadTime(member, start, end));
        if (bits >= 1) yield { tunnelName: state.name, bits: Math.round(bits) };
      }
      at = Math.max(end, at + 1);
    }
  }
}

function rateOf({ plan }: Member): number {
  return between(SLOWEST, FASTEST, draw(plan.salt, RATE) ** 3);
}

/** How long nothing got through, averaged over the data centres. */
function deadTime(member: Member, from: Instant, to: Instant): Millis {
  const colos = member.plan.colos.length;
  let dead = 0;
  for (const span of member.timeline.healthWithin(from, to)) {
    if (span.state !== 0) continue;
    const ms = Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
    dead += span.colo === 'all' ? ms : ms / colos;
  }
  return Math.min(dead, to - from);
}
