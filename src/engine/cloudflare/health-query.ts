/**
 * The GraphQL questions for health-check results. Names are those of Cloudflare's analytics schema: the response key is the
 * name of the data set, scalars are `string`, `Time` and `uint64`, and there is no tunnel id. `active` is never selected:
 * with it Cloudflare returns no rows at all for some kinds of tunnel.
 */

/** The data set; it covers IPsec, GRE and interconnects despite its name. */
export const HEALTH_DATASET = 'magicTransitTunnelHealthChecksAdaptiveGroups';

const SELECTION = `count
        avg { tunnelState }
        dimensions { tunnelName siteName edgeColoCode edgeColoName datetimeMinute }`;

function healthQuery(named: { readonly filter: string } | null): string {
  const variable = named === null ? '' : ', $name: string!';
  const filter = named === null ? '' : `, ${named.filter}: $name`;
  return `query TunnelHealth($account: string!, $from: Time!, $to: Time!, $limit: uint64!${variable}) {
  viewer {
    accounts(filter: { accountTag: $account }) {
      ${HEALTH_DATASET}(
        limit: $limit
        filter: { datetime_geq: $from, datetime_lt: $to${filter} }
        orderBy: [tunnelName_ASC]
      ) {
        ${SELECTION}
      }
    }
  }
}`;
}

/** The first page. */
export const HEALTH_QUERY = healthQuery(null);

/** All the questions that the client asks, by what they are for; the simulator checks each against its schema. */
export const HEALTH_QUERIES = {
  first: HEALTH_QUERY,
  /** From a tunnel on, that tunnel included. */
  from: healthQuery({ filter: 'tunnelName_geq' }),
  /** After a tunnel. */
  after: healthQuery({ filter: 'tunnelName_gt' }),
  /** One tunnel alone. */
  only: healthQuery({ filter: 'tunnelName' }),
} as const;
export type HealthQueryName = keyof typeof HEALTH_QUERIES;
