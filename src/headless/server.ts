/**
 * The HTTP host of the renderer: its files, `/api/<call>`, `/events` and `/healthz`. Read-only towards the world;
 * everything it knows comes through the bridge host.
 */
import { hostname } from 'node:os';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { Clock } from '../engine/clock.ts';
import { isLoopbackHost } from '../engine/settings/url.ts';
import type { CallError, CallName, CallResult } from '../shared/bridge.ts';
import { type Access, createAccess, LEAST_TOKEN_LENGTH, type Role } from './access.ts';
import { createEventHub, EVENT_LIMITS, type EventLimits } from './events.ts';
import { hostCheck, SECURITY_HEADERS, sameOrigin } from './guards.ts';
import { briefHealth, healthOf } from './health.ts';
import { loginFiles } from './login-page.ts';
import type { StaticFile } from './static-files.ts';
import { WALL_PATH, wallMay } from './wall-rights.ts';

export interface ServerOptions {
  readonly host: BridgeHost;
  readonly clock: Clock;
  /** Address and port to listen on; port 0 takes any free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Access token; needed wherever the address is not loopback. */
  readonly token: string | null;
  /** Lets walls look, and do nothing else. Counts beside an access token only. */
  readonly wallToken: string | null;
  /** Further host names under which browsers reach us, for instance behind a proxy. */
  readonly names: readonly string[];
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly limits?: EventLimits;
}

export interface HeadlessServer {
  /** Where a browser on this machine finds it, for instance `http://127.0.0.1:8484`. */
  readonly url: string;
  readonly clients: number;
  /** Ends streams and connections. The bridge host goes on. */
  close(): Promise<void>;
}

/** The server may not be opened like this; one sentence for the user. */
export class ServerRefusal extends Error {}

const STATUS: Readonly<Record<CallError['kind'], number>> = {
  'unknown-call': 404,
  'bad-arguments': 400,
  'not-allowed': 403,
  failed: 500,
  unreachable: 502,
};
/** The longest question, 200 tunnel keys, is a quarter of this. */
const MOST_BODY_BYTES = 65_536;
/** Settings of 1 MB, as JSON inside of JSON; or a thousand tunnels of one operation, each with its change or its key. */
const MOST_LONG_BYTES = 2_500_000;
const LONG_CALLS = ['saveSettings', 'saveSettingsText', 'plan'] as const satisfies readonly CallName[];

function sendFile(request: FastifyRequest, reply: FastifyReply, file: StaticFile, status = 200): FastifyReply {
  const kept = file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  reply.header('cache-control', file.type.startsWith('text/html') ? 'no-store' : kept).header('etag', file.etag);
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  reply.code(status).type(file.type).header('vary', 'accept-encoding');
  const zipped = file.gzipped !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (zipped) reply.header('content-encoding', 'gzip');
  return reply.send(zipped ? file.gzipped : file.body);
}

/** The methods that ask for a page. */
const LOOKING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '/';

function refuseCall(reply: FastifyReply, status: number, kind: CallError['kind'], sentence: string): FastifyReply {
  const refusal: CallResult<CallName> = { ok: false, error: { kind, sentence } };
  return reply.code(status).send(refusal);
}

/** Where we listen must be loopback, or guarded by a token that cannot be guessed. */
function checkListen({ listen, token, wallToken }: ServerOptions): void {
  if (token === null && !isLoopbackHost(listen.host)) {
    throw new ServerRefusal(`${listen.host} can be reached from other machines, so server.token is needed.`);
  }
  if (token !== null && token.length < LEAST_TOKEN_LENGTH) {
    throw new ServerRefusal(`The access token has to have ${LEAST_TOKEN_LENGTH} characters or more.`);
  }
  if (wallToken !== null && wallToken.length < LEAST_TOKEN_LENGTH) {
    throw new ServerRefusal(`The wall token has to have ${LEAST_TOKEN_LENGTH} characters or more.`);
  }
  if (wallToken !== null && wallToken === token) {
    throw new ServerRefusal('The wall token is the access token; a wall needs one that can do less.');
  }
}

/** Builds the routes. Rejects with `ServerRefusal` for what the user can correct. */
export async function startServer(options: ServerOptions): Promise<HeadlessServer> {
  checkListen(options);
  const { host, clock, files } = options;
  const app = Fastify({
    bodyLimit: MOST_BODY_BYTES,
    forceCloseConnections: true,
    requestTimeout: 10_000,
    http: { maxHeaderSize: 16_384 },
  });
  const hub = createEventHub(host, clock, options.limits ?? EVENT_LIMITS);
  const login = await loginFiles();
  const { wallCookie } = guard(app, options, login);
  /** Each new connection of a wall makes its cookie last anew. */
  const renewal = (request: FastifyRequest): Readonly<Record<string, string>> =>
    wallCookie !== null && request.getDecorator<Role | null>('role') === 'wall' ? { 'set-cookie': wallCookie } : {};

  app.get('/healthz', (request, reply) => {
    const health = healthOf(host.board().status);
    const full = request.getDecorator<Role | null>('role') === 'everything';
    return reply.code(health.status === 'seeing' ? 200 : 503).send(full ? health : briefHealth(health));
  });
  app.get('/events', { exposeHeadRoute: false }, (request, reply) => {
    if (!sameOrigin(request.headers)) return reply.code(403).type('text/plain').send('Not from another site.\n');
    if (!hub.add(reply.raw, { ...SECURITY_HEADERS, ...renewal(request) })) {
      return reply.code(503).header('retry-after', '30').type('text/plain').send('Too many pages are open.\n');
    }
    reply.hijack();
    return reply;
  });
  const answer = async (call: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const result = await host.call(call, request.body ?? {});
    return reply.code(result.ok ? 200 : STATUS[result.error.kind]).send(result);
  };
  for (const call of LONG_CALLS) {
    app.post(`/api/${call}`, { bodyLimit: MOST_LONG_BYTES }, (request, reply) => answer(call, request, reply));
  }
  app.post<{ Params: { call: string } }>('/api/:call', (request, reply) => answer(request.params.call, request, reply));
  app.get(WALL_PATH, (request, reply) => {
    const page = files.get('/');
    if (page === undefined) return reply.code(404).type('text/plain').send('There is nothing here.\n');
    return sendFile(request, reply.headers(renewal(request)), page);
  });
  app.get('/*', (request, reply) => {
    const file = files.get(pathOf(request)) ?? login.get(pathOf(request));
    if (file === undefined) return reply.code(404).type('text/plain').send('There is nothing here.\n');
    return sendFile(request, reply, file);
  });

  try {
    await app.listen({ host: options.listen.host, port: options.listen.port });
  } catch (error) {
    hub.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ServerRefusal(listenTrouble(code, options.listen));
  }
  return {
    url: addressOf(app, options.listen.host),
    get clients() {
      return hub.clients;
    },
    async close() {
      hub.close();
      await app.close();
    },
  };
}

/** Everything that happens before a route: headers, Host, access, origin, and errors as values. */
function guard(app: FastifyInstance, options: ServerOptions, login: ReadonlyMap<string, StaticFile>): Access {
  const { clock, token, wallToken } = options;
  const access = createAccess({ full: token, wall: wallToken }, clock);
  const knownHost = hostCheck(options.listen.host, [...options.names, hostname()]);
  // JSON alone: a form of a foreign page can send plain text without asking first.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('role', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('cache-control', 'no-store');
    if (!knownHost(request.headers.host)) {
      return reply.code(421).type('text/plain').send('This server is not known under that name.\n');
    }
    const role = access.role(request.headers, request.ip);
    request.setDecorator('role', role);
    if (request.method === 'POST' && !sameOrigin(request.headers)) {
      return refuseCall(reply, 403, 'not-allowed', 'Requests from other sites are refused.');
    }
    const path = pathOf(request);
    if (role === 'everything' || path === '/healthz' || login.has(path)) return;
    if (role === 'wall' && wallMay(request.method, path, (asset) => options.files.has(asset))) return;
    const page = login.get('/login');
    const door = path === '/' || path === WALL_PATH;
    if (door && page !== undefined && LOOKING.has(request.method)) return sendFile(request, reply, page, 401);
    if (role === 'wall') return refuseCall(reply, 403, 'not-allowed', 'A wall may look, and do nothing else.');
    return refuseCall(reply, 401, 'not-allowed', 'The access token of this server is needed.');
  });
  app.post('/login', (request, reply) => {
    const { body } = request;
    const given = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
    const outcome = access.login(typeof given === 'string' ? given : '', request.ip);
    if (outcome === 'wrong') return refuseCall(reply, 401, 'not-allowed', 'This is not the access token.');
    if (outcome === 'too-many') return refuseCall(reply, 429, 'not-allowed', 'Too many tries; wait a minute.');
    reply.header('set-cookie', outcome.cookie);
    return outcome.role === 'wall' ? reply.send({ place: WALL_PATH }) : reply.code(204).send();
  });
  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) return refuseCall(reply, 500, 'failed', 'The host failed to answer.');
    return refuseCall(reply, status, 'bad-arguments', 'The request is not as agreed.');
  });
  app.setNotFoundHandler((_request, reply) => refuseCall(reply, 404, 'unknown-call', 'There is nothing here.'));
  return access;
}

function listenTrouble(code: string, { host, port }: ServerOptions['listen']): string {
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use; choose another with --port.`;
  if (code === 'EACCES') return `Port ${port} of ${host} may not be opened by this user; choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `${host} is not an address of this machine.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} is not a known address.`;
  return `${host}:${port} cannot be opened (${code}).`;
}

function addressOf(app: FastifyInstance, host: string): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host;
  return `http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`;
}
