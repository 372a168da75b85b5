/** A Cloudflare that misbehaves on purpose: the API over a world that is a function of seed and time. */
import { type Clock, systemClock } from '../engine/clock.ts';
import type { Instant } from '../shared/model.ts';
import { authenticate, type Grant, isGrant, refuse } from './api/auth.ts';
import { failure, success } from './api/envelope.ts';
import { type Keyring, keyring } from './api/keyring.ts';
import { generate, setMany } from './api/psk.ts';
import { DEFAULT_LIMITS, type Limiter, limiter } from './api/rate-limit.ts';
import { isBeside, type Route, routeOf } from './api/route.ts';
import { bulkUpdate, type Call, create, get, list, remove, update } from './api/tunnels.ts';
import { verify } from './api/verify.ts';
import type { SimReply, SimRequest, Simulator, SimulatorOptions } from './contract.ts';
import { type FaultBook, faultBook, type Target } from './faults/fault.ts';
import { faultSchedule } from './faults/schedule.ts';
import { shaped } from './faults/shape.ts';
import { type Graphql, graphqlEndpoint } from './graphql/endpoint.ts';
import { hexOf } from './random.ts';
import { scenarioNamed } from './scenarios/index.ts';
import { listen } from './serve/server.ts';
import { parseSpan } from './span.ts';
import { inProcessTransport } from './transport.ts';
import { type AccountWorld, accountWorld } from './world/account.ts';
import { besideAt } from './world/beside.ts';
import { compileWorld } from './world/compile.ts';

interface Core {
  readonly clock: Clock;
  readonly seed: number;
  readonly accounts: readonly AccountWorld[];
  readonly keys: Keyring;
  readonly faults: FaultBook;
  readonly toll: Limiter;
  readonly graphql: Graphql;
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, seed } = options;
  const scenario = typeof options.scenario === 'string' ? scenarioNamed(options.scenario) : options.scenario;
  const origin = options.origin ?? clock.now();
  const plans = compileWorld({ scenario, seed, origin, tunnels: options.tunnels, accounts: options.accounts });
  const heartbeat = scenario.bgpHeartbeat === undefined ? null : parseSpan(scenario.bgpHeartbeat);
  const accounts = plans.map((plan) => accountWorld(plan, seed, heartbeat));
  const keys = keyring(accounts, seed);
  const faults = faultBook(faultSchedule(scenario.faults ?? [], origin));
  const limits = { ...DEFAULT_LIMITS, ...scenario.limits, ...options.limits };
  const ingestionDelay = parseSpan(scenario.ingestionDelay ?? '60s');
  const core: Core = {
    clock,
    seed,
    accounts,
    keys,
    faults,
    toll: limiter(limits, options.limitsClock ?? clock),
    graphql: graphqlEndpoint({ accounts, ingestionDelay }),
  };
  let served = 0;
  const handle = (request: SimRequest): SimReply => {
    served += 1;
    const reply = answer(core, request);
    const ray = `${hexOf(seed, `ray:${served}`, 16)}-AMS`;
    // Of this world's clock: the client tells by it whether its own is right.
    const date = new Date(clock.now()).toUTCString();
    return { ...reply, headers: { date, server: 'cloudflare', 'cf-ray': ray, ...reply.headers } };
  };
  return {
    scenario,
    origin,
    accounts: keys.accounts,
    readToken: keys.readToken,
    writeToken: keys.writeToken,
    globalKey: keys.globalKey,
    faults,
    handle,
    transport: () => inProcessTransport(handle, clock),
    // What happens on a socket takes real time, whatever time the world has.
    listen: (wanted) => listen({ handle, faults, clock: systemClock() }, wanted ?? {}),
  };
}

function answer(core: Core, request: SimRequest): SimReply {
  const now = core.clock.now();
  const route = routeOf(request);
  const account = core.accounts.find(({ id }) => id === route.accountId) ?? null;
  const rule = core.faults.take(
    { route: faultRoute(route), account: account ?? graphqlAccount(core, route, request) },
    now,
  );
  const proper = (body = request.body): SimReply => admitted(core, { ...request, body }, route, account, now);
  return rule === null ? proper() : shaped(rule, proper, { now, body: request.body });
}

function faultRoute({ kind }: Route): Target['route'] {
  if (isBeside(kind)) return kind === 'routes' ? 'routes' : 'beside';
  return kind === 'list' || kind === 'get' || kind === 'graphql' ? kind : 'other';
}

/** A GraphQL query names its account in its text or variables. */
function graphqlAccount(core: Core, route: Route, request: SimRequest): AccountWorld | null {
  if (route.kind !== 'graphql') return null;
  return core.accounts.find(({ id }) => request.body?.includes(id) === true) ?? null;
}

/** Credential, budget, then the call. */
function admitted(core: Core, request: SimRequest, route: Route, account: AccountWorld | null, now: Instant): SimReply {
  const grant = authenticate(core.keys, request.headers);
  if (!isGrant(grant)) return grant;
  const toll = core.toll(grant.budget, route.kind === 'graphql' ? 'graphql' : 'rest');
  const reply = toll.refusal ?? dispatch(core, request, route, account, grant, now);
  return { ...reply, headers: { ...reply.headers, ...toll.headers } };
}

function dispatch(
  core: Core,
  request: SimRequest,
  route: Route,
  account: AccountWorld | null,
  grant: Grant,
  now: Instant,
): SimReply {
  if (route.kind === 'graphql') return core.graphql(request.body, grant, now);
  if (route.kind === 'verify-user') return verify(grant, grant.account === null);
  if (route.kind === 'unknown') return noRoute(request);
  if (account === null)
    return route.malformed ? noRoute(request) : failure(403, [{ code: 10000, message: 'Authentication error' }]);
  if (route.kind === 'verify-account') return verify(grant, grant.account === account.id);
  const reads = route.kind === 'list' || route.kind === 'get' || isBeside(route.kind);
  const refusal = refuse(grant, account.id, reads ? 'magic-read' : 'magic-write');
  if (refusal !== null) return refusal;
  if (!account.onboarded) return failure(403, [{ code: 1012, message: 'account is not onboarded to Magic WAN' }]);
  if (isBeside(route.kind)) return success(besideAt(account, route.kind, now));
  const call: Call = {
    account,
    now,
    body: request.body,
    targetObject: request.headers['x-magic-new-hc-target']?.toLowerCase() === 'true',
    dryRun: route.validateOnly,
  };
  return tunnelCall(core, route, call);
}

function tunnelCall(core: Core, route: Route, call: Call): SimReply {
  switch (route.kind) {
    case 'list':
      return list(call);
    case 'create':
      return create(call);
    case 'bulk-update':
      return bulkUpdate(call);
    case 'psk-many':
      return setMany(call);
    default:
      break;
  }
  const member = call.account.find(route.tunnelId, call.now);
  if (member === null) return failure(404, [{ code: 1032, message: `tunnel ${route.tunnelId} not found` }]);
  switch (route.kind) {
    case 'get':
      return get(call, member);
    case 'update':
      return update(call, member);
    case 'remove':
      return remove(call, member);
    case 'psk-generate':
      return generate(call, member, core.seed);
    default:
      return success(null);
  }
}

function noRoute(request: SimRequest): SimReply {
  const path = request.path.split('?')[0] ?? '';
  const message = `Could not route to ${path.slice(0, 200)}, perhaps your object identifier is invalid?`;
  return failure(path.includes('/accounts/') ? 400 : 404, [
    { code: 7003, message },
    { code: 7000, message: 'No route for that URI' },
  ]);
}
