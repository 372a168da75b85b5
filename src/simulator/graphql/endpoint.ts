/**
 * `POST /client/v4/graphql`. Trouble comes as `errors` in a 200, the way Cloudflare does it. Execution is our own walk
 * over the validated query, because the rows are projected to bytes at once; ten thousand tunnels stay usable that way.
 */
import { type FieldNode, type GraphQLSchema, getArgumentValues, getVariableValues, isObjectType } from 'graphql';
import type { Instant, Millis } from '../../shared/model.ts';
import type { Grant } from '../api/auth.ts';
import { refuse } from '../api/auth.ts';
import { bytes } from '../api/envelope.ts';
import type { SimReply } from '../contract.ts';
import { isObject } from '../json.ts';
import type { AccountWorld } from '../world/account.ts';
import { ByteSink } from './byte-sink.ts';
import { ACTIVE_DIMENSION, PLACE_DIMENSIONS, RESULT_DIMENSIONS, TIME_DIMENSIONS } from './dimensions.ts';
import { type Filter, filterOf } from './filter.ts';
import type { Places } from './health-cells.ts';
import { fieldsOf, operationOf, type Planned, planner, type Selected } from './plan.ts';
import { type RowField, type RowWriter, rowWriter } from './row-writer.ts';
import { writeRows } from './rows.ts';
import { DATASET, healthSchema, TRAFFIC_DATASET } from './schema.ts';
import { writeTraffic } from './traffic.ts';

/** Cloudflare's figures: a week per query, about three months back, 10,000 rows. */
export const NODE_LIMITS = {
  maxDuration: 604_800,
  notOlderThan: 7_889_231,
  maxPageSize: 10_000,
  maxNumberOfFields: 30,
};

export interface GraphqlOptions {
  readonly accounts: readonly AccountWorld[];
  readonly ingestionDelay: Millis;
}

export type Graphql = (body: string | null, grant: Grant, now: Instant) => SimReply;

interface Problem {
  readonly message: string;
  readonly path?: readonly string[];
  readonly code?: string;
}

interface Run {
  readonly options: GraphqlOptions;
  readonly schema: GraphQLSchema;
  readonly plan: Extract<Planned, { ok: true }>;
  readonly variables: Parameters<typeof getArgumentValues>[2];
  readonly grant: Grant;
  readonly now: Instant;
  readonly memory: Memory;
  /** The answer so far. */
  readonly out: ByteSink;
}

/** What stays true from query to query. */
interface Memory {
  readonly places: Places;
  /** By the node of the dataset in the parsed query. */
  readonly rows: WeakMap<FieldNode, { readonly fields: readonly RowField[]; readonly write: RowWriter }>;
}

/** Ends a query with one error; thrown and caught within this file. */
class QueryRefused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function graphqlEndpoint(options: GraphqlOptions): Graphql {
  const schema = healthSchema();
  const plan = planner(schema);
  const memory: Memory = { places: new WeakMap(), rows: new WeakMap() };
  const out = new ByteSink();
  return (body, grant, now) => {
    const request = requestOf(body);
    if (request === null) return refusal([{ message: 'request body must be JSON with a query' }], now);
    const planned = plan(request.query);
    if (!planned.ok)
      return refusal(
        planned.messages.map((message) => ({ message })),
        now,
      );
    const operation = operationOf(planned.document, request.operationName);
    if (operation === null || operation.operation !== 'query') return refusal([{ message: 'no such operation' }], now);
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables);
    if (values.errors !== undefined)
      return refusal(
        values.errors.map(({ message }) => ({ message })),
        now,
      );
    const run: Run = { options, schema, plan: planned, variables: values.variableValues, grant, now, memory, out };
    try {
      out.clear();
      out.text('{"data":');
      writeObject(out, fieldsOf([operation.selectionSet], planned.fragments), (field) => rootField(run, field));
      out.text(',"errors":null}');
      return bytes(200, out.bytes());
    } catch (error) {
      if (error instanceof QueryRefused) return refusal([error.problem], now);
      throw error;
    }
  };
}

interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

function requestOf(body: string | null): GraphqlRequest | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body ?? '');
  } catch {
    return null;
  }
  if (!isObject(parsed) || typeof parsed.query !== 'string') return null;
  const { query, variables, operationName } = parsed;
  return {
    query,
    variables: isObject(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

function writeObject(out: ByteSink, fields: readonly Selected[], write: (field: Selected) => void): void {
  out.text('{');
  for (const [i, field] of fields.entries()) {
    out.text(`${i === 0 ? '' : ','}${JSON.stringify(field.key)}:`);
    write(field);
  }
  out.text('}');
}

function rootField(run: Run, field: Selected): void {
  if (field.name === 'viewer') {
    writeObject(run.out, fieldsOf(field.sets, run.plan.fragments), (inner) => viewerField(run, inner));
  } else run.out.text(field.name === 'cost' ? '1' : '"Query"');
}

function viewerField(run: Run, field: Selected): void {
  const { out } = run;
  if (field.name === 'accounts') {
    const account = accountOf(run, argumentsOf(run, 'viewer', field.node));
    out.text('[');
    writeObject(out, fieldsOf(field.sets, run.plan.fragments), (part) => accountField(run, account, part));
    out.text(']');
  } else out.text(field.name === 'budget' ? '1000' : '"viewer"');
}

/** Exactly one account per query, and only with Account Analytics Read. */
function accountOf(run: Run, args: Readonly<Record<string, unknown>>): AccountWorld {
  const filter = isObject(args.filter) ? args.filter : {};
  const many = Array.isArray(filter.accountTag_in) ? filter.accountTag_in : [];
  const tag = filter.accountTag ?? (many.length === 1 ? many[0] : undefined);
  if (typeof tag !== 'string') {
    throw new QueryRefused({ message: 'exactly one account is required', path: ['viewer', 'accounts'] });
  }
  const account = run.options.accounts.find(({ id }) => id === tag);
  if (account === undefined || refuse(run.grant, tag, 'analytics-read') !== null) {
    throw new QueryRefused({
      message: 'not authorized for that account',
      path: ['viewer', 'accounts', '0'],
      code: 'authz',
    });
  }
  return account;
}

function accountField(run: Run, account: AccountWorld, field: Selected): void {
  const { out } = run;
  if (field.name === DATASET) dataset(run, account, field);
  else if (field.name === TRAFFIC_DATASET) traffic(run, account, field);
  else if (field.name === 'settings') {
    writeObject(out, fieldsOf(field.sets, run.plan.fragments), (inner) => {
      if (inner.name === DATASET || inner.name === TRAFFIC_DATASET) settings(run, inner);
      else out.text('"AccountSettings"');
    });
  } else out.text(field.name === 'accountTag' ? JSON.stringify(account.id) : '"account"');
}

function settings(run: Run, field: Selected): void {
  const dimensions = [PLACE_DIMENSIONS, TIME_DIMENSIONS, RESULT_DIMENSIONS].flatMap(Object.keys);
  const names = ['count', 'avg.tunnelState', 'avg.sampleInterval', ...dimensions.map((name) => `dimensions.${name}`)];
  const known: Readonly<Record<string, unknown>> = { ...NODE_LIMITS, enabled: true, availableFields: names };
  writeObject(run.out, fieldsOf(field.sets, run.plan.fragments), ({ name }) =>
    run.out.text(JSON.stringify(known[name] ?? 'NodeSettings')),
  );
}

/** What a data set is asked for, within the limits of every node. */
interface Asked {
  readonly filter: Filter;
  readonly limit: number;
  readonly orderBy: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
}

function askedOf(run: Run, field: Selected): Asked {
  const args = argumentsOf(run, 'account', field.node);
  const filter = filterOf(isObject(args.filter) ? args.filter : {});
  const limit = Number(args.limit);
  const fail = (message: string): never => {
    throw new QueryRefused({ message, path: ['viewer', 'accounts', '0', field.name] });
  };
  if (filter.problem !== null) fail(filter.problem);
  if (!Number.isInteger(limit) || limit < 1 || limit > NODE_LIMITS.maxPageSize) {
    fail(`limit must be positive number and not greater than ${NODE_LIMITS.maxPageSize}`);
  }
  const oldest = run.now - NODE_LIMITS.notOlderThan * 1000;
  const from = Number.isFinite(filter.from) ? filter.from : oldest;
  const to = Math.min(filter.to, run.now);
  if (from < oldest) fail(`cannot request data older than ${NODE_LIMITS.notOlderThan}s`);
  if (to - from > NODE_LIMITS.maxDuration * 1000 + 60_000) {
    fail(`query time range is too large. Time range can't be wider than ${NODE_LIMITS.maxDuration}s`);
  }
  return { filter, limit, orderBy: Array.isArray(args.orderBy) ? args.orderBy.map(String) : [], from, to };
}

function traffic(run: Run, account: AccountWorld, field: Selected): void {
  const asked = askedOf(run, field);
  const within = (part: Selected): readonly Selected[] => fieldsOf(part.sets, run.plan.fragments);
  const arrived = Math.min(asked.to, run.now - run.options.ingestionDelay);
  writeTraffic(run.out, account, { ...asked, to: arrived, fields: within(field), within });
}

function dataset(run: Run, account: AccountWorld, field: Selected): void {
  const { filter, limit, orderBy, from, to } = askedOf(run, field);
  const { fields, write } = rowsOf(run, field);
  const window = { from, to, now: run.now, delay: run.options.ingestionDelay, places: run.memory.places };
  if (filter.looksAtActive || fields.some(selectsActive)) run.out.text('[]');
  else writeRows(run.out, account, { fields, write, filter, limit, orderBy }, window);
}

function rowsOf(run: Run, field: Selected): { readonly fields: readonly RowField[]; readonly write: RowWriter } {
  const known = run.memory.rows.get(field.node);
  if (known !== undefined) return known;
  const fields = fieldsOf(field.sets, run.plan.fragments).map((selected) => rowField(run, selected));
  const made = { fields, write: rowWriter(fields) };
  run.memory.rows.set(field.node, made);
  return made;
}

function rowField(run: Run, field: Selected): RowField {
  if (field.name === 'count') return { key: field.key, kind: 'count' };
  if (field.name !== 'avg' && field.name !== 'dimensions') return { key: field.key, kind: 'typename' };
  return { key: field.key, kind: field.name, fields: fieldsOf(field.sets, run.plan.fragments) };
}

function selectsActive(field: RowField): boolean {
  return field.kind === 'dimensions' && field.fields.some(({ name }) => name === ACTIVE_DIMENSION);
}

function argumentsOf(run: Run, typeName: string, node: FieldNode): Readonly<Record<string, unknown>> {
  const type = run.schema.getType(typeName);
  const definition = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
  if (definition === undefined) return {};
  return getArgumentValues(definition, node, run.variables);
}

function refusal(problems: readonly Problem[], now: Instant): SimReply {
  const timestamp = new Date(now).toISOString();
  const errors = problems.map(({ message, path, code }) => ({
    message,
    path: path ?? null,
    extensions: { ...(code === undefined ? {} : { code }), timestamp },
  }));
  return bytes(200, new TextEncoder().encode(JSON.stringify({ data: null, errors })));
}
