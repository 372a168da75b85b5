/**
 * How much each tunnel carried: one row for each tunnel that carried anything, by name, without data centres or time, so that
 * one page holds ten thousand tunnels. `active` (whether a tunnel carried traffic in the last six hours) would say it at once,
 * but selecting it empties the answer for some kinds of tunnel. `direction` is left alone: its values are documented in two ways.
 */
import { z } from 'zod';
import type { AccountId } from '../../shared/model.ts';
import type { Answer, ExchangeMeta, HealthWindow, TunnelTraffic } from './contract.ts';
import { both, type Exchange } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { openRows } from './health-answer.ts';

export const TRAFFIC_DATASET = 'magicTransitTunnelTrafficAdaptiveGroups';

function trafficQuery(after: boolean): string {
  return `query TunnelTraffic($account: string!, $from: Time!, $to: Time!, $limit: uint64!${after ? ', $name: string!' : ''}) {
  viewer {
    accounts(filter: { accountTag: $account }) {
      ${TRAFFIC_DATASET}(
        limit: $limit
        filter: { datetime_geq: $from, datetime_lt: $to${after ? ', tunnelName_gt: $name' : ''} }
        orderBy: [tunnelName_ASC]
      ) {
        sum { bits }
        dimensions { tunnelName }
      }
    }
  }
}`;
}

/** The questions, by what they are for; the simulator checks each against its schema. */
export const TRAFFIC_QUERIES = {
  first: trafficQuery(false),
  /** After a tunnel: the next page. */
  after: trafficQuery(true),
} as const;

const Row = z.object({
  sum: z.object({ bits: z.number().min(0) }),
  dimensions: z.object({ tunnelName: z.string() }),
});

export interface TrafficRequest {
  readonly exchange: Exchange;
  readonly accountId: AccountId;
  readonly window: HealthWindow;
  /** Rows of one page. */
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
}

/** More pages than any account fills. */
const MAX_PAGES = 20;

/** The traffic of the window. Rows that cannot be read are left out, unless none can. */
export async function readTraffic(request: TrafficRequest): Promise<Answer<readonly TunnelTraffic[]>> {
  const { exchange, accountId, window, pageSize, signal } = request;
  const bits = new Map<string, number>();
  let meta: ExchangeMeta = { requests: 0, rate: null, cfRay: null, bytes: 0 };
  let name: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const asked = await exchange.ask({
      method: 'POST',
      path: '/graphql',
      body: {
        query: name === null ? TRAFFIC_QUERIES.first : TRAFFIC_QUERIES.after,
        variables: {
          account: accountId,
          from: new Date(window.from).toISOString(),
          to: new Date(window.to).toISOString(),
          limit: pageSize,
          ...(name === null ? {} : { name }),
        },
      },
      account: accountId,
      permission: PERMISSIONS.analytics,
      signal,
    });
    meta = both(meta, asked.meta);
    if (!asked.ok) return { ...asked, meta };
    const opened = exchange.open(asked.value, meta, openRows(TRAFFIC_DATASET));
    if (!opened.ok) return opened;
    const last = take(opened.value, bits);
    if (last === null && opened.value.length > 0) {
      return exchange.reject(asked.value, meta, 'wrong-shape', 'none of its traffic figures can be read');
    }
    // Pages that do not go on in the order of names would be read for ever.
    if (opened.value.length < pageSize || last === null || (name !== null && last <= name)) break;
    name = last;
  }
  return { ok: true, value: [...bits].map(([tunnelName, sum]) => ({ tunnelName, bits: sum })), meta };
}

/** Adds a page up by name; returns the last name that could be read. */
function take(rows: readonly unknown[], bits: Map<string, number>): string | null {
  let last: string | null = null;
  for (const row of rows) {
    const parsed = Row.safeParse(row);
    if (!parsed.success) continue;
    last = parsed.data.dimensions.tunnelName;
    bits.set(last, (bits.get(last) ?? 0) + parsed.data.sum.bits);
  }
  return last;
}
