/**
 * The part of Cloudflare's GraphQL Analytics schema that tunnel health needs, with the real names of fields, filters and
 * scalars (which Cloudflare writes in lower case).
 */
import { buildSchema, type GraphQLSchema } from 'graphql';
import { ACTIVE_DIMENSION, PLACE_DIMENSIONS, RESULT_DIMENSIONS, TIME_DIMENSIONS } from './dimensions.ts';

export const DATASET = 'magicTransitTunnelHealthChecksAdaptiveGroups';
/** What went through the tunnels. Of its dimensions the name alone is here. */
export const TRAFFIC_DATASET = 'magicTransitTunnelTrafficAdaptiveGroups';
const TRAFFIC_TYPE = 'AccountMagicTransitTunnelTrafficAdaptiveGroups';
const TYPE = 'AccountMagicTransitTunnelHealthChecksAdaptiveGroups';

const TEXTS = [...Object.keys(PLACE_DIMENSIONS), ...Object.keys(RESULT_DIMENSIONS)];
const TIMES = Object.keys(TIME_DIMENSIONS);
const COMPARISONS = ['', '_geq', '_gt', '_leq', '_lt', '_neq'];

function filterFields(names: readonly string[], type: string, lists: readonly string[]): string {
  const single = names.flatMap((name) => COMPARISONS.map((suffix) => `  ${name}${suffix}: ${type}`));
  const many = names.flatMap((name) => lists.map((suffix) => `  ${name}${suffix}: [${type}!]`));
  return [...single, ...many].join('\n');
}

const ORDERABLE = [...TEXTS, ...TIMES, 'count', 'avg_tunnelState', 'avg_sampleInterval'];

export const SDL = `
scalar Time
scalar string
scalar uint8
scalar uint32
scalar uint64
scalar float64
scalar bool

type Query {
  viewer: viewer
  cost: uint64!
}

type viewer {
  budget: uint64!
  accounts(filter: AccountFilter_InputObject, limit: uint64): [account!]
}

input AccountFilter_InputObject {
  accountTag: string
  accountTag_in: [string!]
}

type account {
  accountTag: string
  settings: AccountSettings
  ${DATASET}(
    filter: ${TYPE}Filter_InputObject!
    limit: uint64!
    orderBy: [${TYPE}OrderBy!]
  ): [${TYPE}!]!
  ${TRAFFIC_DATASET}(
    filter: ${TRAFFIC_TYPE}Filter_InputObject!
    limit: uint64!
    orderBy: [${TRAFFIC_TYPE}OrderBy!]
  ): [${TRAFFIC_TYPE}!]!
}

type AccountSettings {
  ${DATASET}: NodeSettings!
  ${TRAFFIC_DATASET}: NodeSettings!
}

type NodeSettings {
  enabled: bool!
  availableFields: [string!]!
  maxDuration: uint64!
  maxNumberOfFields: uint64!
  maxPageSize: uint64!
  notOlderThan: uint64!
}

type ${TYPE} {
  count: uint64!
  avg: ${TYPE}Avg
  dimensions: ${TYPE}Dimensions
}

type ${TYPE}Avg {
  tunnelState: float64!
  sampleInterval: float64!
}

type ${TYPE}Dimensions {
${TEXTS.map((name) => `  ${name}: string!`).join('\n')}
${TIMES.map((name) => `  ${name}: Time!`).join('\n')}
  ${ACTIVE_DIMENSION}: uint8!
}

input ${TYPE}Filter_InputObject {
${filterFields(TEXTS, 'string', ['_in', '_notin'])}
${TEXTS.flatMap((name) => [`  ${name}_like: string`, `  ${name}_notlike: string`]).join('\n')}
${filterFields(TIMES, 'Time', ['_in', '_notin'])}
${filterFields([ACTIVE_DIMENSION], 'uint8', ['_in', '_notin'])}
  AND: [${TYPE}Filter_InputObject!]
  OR: [${TYPE}Filter_InputObject!]
}

type ${TRAFFIC_TYPE} {
  count: uint64!
  sum: ${TRAFFIC_TYPE}Sum
  dimensions: ${TRAFFIC_TYPE}Dimensions
}

type ${TRAFFIC_TYPE}Sum {
  bits: uint64!
  packets: uint64!
}

type ${TRAFFIC_TYPE}Dimensions {
  tunnelName: string!
}

input ${TRAFFIC_TYPE}Filter_InputObject {
${filterFields(['tunnelName'], 'string', ['_in', '_notin'])}
  datetime_geq: Time
  datetime_lt: Time
}

enum ${TRAFFIC_TYPE}OrderBy {
  tunnelName_ASC
  tunnelName_DESC
}

enum ${TYPE}OrderBy {
${ORDERABLE.flatMap((name) => [`  ${name}_ASC`, `  ${name}_DESC`]).join('\n')}
}
`;

/** The executable form of the schema; build it once per simulator. */
export function healthSchema(): GraphQLSchema {
  return buildSchema(SDL);
}
