/** The simulator as a real HTTP server. */
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../engine/clock.ts';
import type { ListenOptions, Served, SimReply, SimRequest } from '../contract.ts';
import { FaultRule, type Faults } from '../faults/fault.ts';
import { send } from './act.ts';

export interface Behind {
  readonly handle: (request: SimRequest) => SimReply;
  readonly faults: Faults;
  /** Real time, for answers that are slow on purpose. */
  readonly clock: Clock;
}

/** A bulk update of ten thousand tunnels fits. */
const BODY_LIMIT = 32 * 1_048_576;
const CONTROL = '/__faults';

export async function listen(behind: Behind, options: ListenOptions): Promise<Served> {
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: BODY_LIMIT, exposeHeadRoutes: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  control(app, behind.faults);
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
    url: '/*',
    handler(request, reply) {
      const answer = behind.handle(requestOf(request));
      reply.hijack();
      send(answer, reply.raw, behind.clock);
    },
  });
  const host = options.host ?? '127.0.0.1';
  await app.listen({ host, port: options.port ?? 0 });
  const [address] = app.addresses();
  const port = typeof address === 'object' ? address.port : 0;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, close: () => app.close() };
}

function requestOf(request: FastifyRequest): SimRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const body = typeof request.body === 'string' ? request.body : null;
  return { method: request.method, path: request.url, headers, body };
}

/**
 * Faults by hand, from this machine alone: `curl -X POST localhost:PORT/__faults -H 'content-type: application/json'
 * -d '{"kind":"status","status":503,"times":3}'`. GET shows what is set, DELETE clears it.
 */
function control(app: FastifyInstance, faults: Faults): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.split('?')[0] !== CONTROL) return;
    // A page in a browser can reach loopback too; it cannot send this type without asking, and nobody answers that.
    const isPage = request.method === 'POST' && request.headers['content-type'] !== 'application/json';
    const fromHere = /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
    if (isPage || !fromHere || request.headers.origin !== undefined) {
      await reply.code(403).send({ error: 'only from this machine, and not from a web page' });
    }
  });
  app.get(CONTROL, async () => ({ faults: faults.active }));
  app.delete(CONTROL, async () => {
    faults.clear();
    return { faults: faults.active };
  });
  app.post(CONTROL, async (request, reply) => {
    const parsed = parseRules(request.body);
    if (typeof parsed === 'string') return reply.code(400).send({ error: parsed });
    for (const rule of parsed) faults.set(rule);
    return { faults: faults.active };
  });
}

const Rules = z.union([FaultRule, z.array(FaultRule)]);

/** The rules of a body, or what is wrong with it. */
function parseRules(body: unknown): readonly FaultRule[] | string {
  let value: unknown;
  try {
    value = JSON.parse(typeof body === 'string' ? body : '');
  } catch {
    return 'the body must be JSON';
  }
  const parsed = Rules.safeParse(value);
  if (!parsed.success) return z.prettifyError(parsed.error);
  return Array.isArray(parsed.data) ? parsed.data : [parsed.data];
}
