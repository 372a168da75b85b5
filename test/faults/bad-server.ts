/**
 * A Cloudflare on a real loopback socket whose habits a test sets as it goes.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Instant } from '../../src/shared/model.ts';
import { apiTunnel } from '../fixtures/list-body.ts';

export type Habit = (request: IncomingMessage, reply: ServerResponse) => void;

export interface BadServer {
  readonly url: string;
  readonly port: number;
  /** What has been asked, oldest first: `list`, `get`, `health`, `traffic`, `around`. */
  readonly asked: string[];
  /** Authorization headers as they came. */
  readonly tokens: string[];
  /** How the next requests are answered; `null` is a healthy Cloudflare. */
  habit: Habit | null;
  /** Tunnels that the healthy Cloudflare lists. */
  tunnels: Record<string, unknown>[];
  /** Places in the list of the tunnels whose health checks fail from the next question on. */
  unwell: ReadonlySet<number>;
  /** Closes the port and every connection. */
  close(): Promise<void>;
  /** Opens the same port again. */
  reopen(): Promise<void>;
}

const MINUTE = 60_000;

const kind = (url: string): string =>
  url.endsWith('/graphql')
    ? 'health'
    : url.endsWith('/ipsec_tunnels')
      ? 'list'
      : url.includes('/ipsec_tunnels/')
        ? 'get'
        : 'around';

export function send(reply: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  reply.writeHead(status, { 'content-type': 'application/json', ...headers });
  reply.end(body);
}

export const envelope = (result: unknown): string =>
  JSON.stringify({ success: true, errors: [], messages: [], result });

export const failure = (code: number, message: string): string =>
  JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null });

/** Every tunnel in two data centres, healthy but for the `unwell`, in every minute of the window that was over by `now`. */
function healthOf({ tunnels, unwell }: Pick<BadServer, 'tunnels' | 'unwell'>, body: string, now: Instant): string {
  const { from, to } = (JSON.parse(body) as { variables: { from: string; to: string } }).variables;
  const minutes: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(to) && at + MINUTE <= now; at += MINUTE) {
    minutes.push(new Date(at).toISOString());
  }
  const rows = tunnels.flatMap(({ name }, place) =>
    ['FRA', 'AMS'].flatMap((code) =>
      minutes.map((datetimeMinute) => ({
        count: 60,
        avg: { tunnelState: unwell.has(place) ? 0 : 1 },
        dimensions: { tunnelName: name, siteName: '', edgeColoCode: code, edgeColoName: code, datetimeMinute },
      })),
    ),
  );
  const groups = { magicTransitTunnelHealthChecksAdaptiveGroups: rows };
  return JSON.stringify({ data: { viewer: { accounts: [groups] } }, errors: null });
}

/** All tunnels carry something. */
function trafficOf({ tunnels }: Pick<BadServer, 'tunnels'>): string {
  const rows = tunnels.map(({ name }) => ({ sum: { bits: 8_000 }, dimensions: { tunnelName: name } }));
  const groups = { magicTransitTunnelTrafficAdaptiveGroups: rows };
  return JSON.stringify({ data: { viewer: { accounts: [groups] } }, errors: null });
}

/** Starts with five tunnels, all well. `now` is Cloudflare's clock: it dates answers and health rows. */
export async function badServer(now: () => Instant): Promise<BadServer> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  const state = {
    asked: [] as string[],
    tokens: [] as string[],
    habit: null as Habit | null,
    tunnels: Array.from({ length: 5 }, (_, i) => apiTunnel(i)),
    unwell: new Set<number>() as ReadonlySet<number>,
  };

  function answer(request: IncomingMessage, reply: ServerResponse): void {
    state.tokens.push(request.headers.authorization ?? '');
    reply.setHeader('date', new Date(now()).toUTCString());
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const what = body.includes('query TunnelTraffic') ? 'traffic' : kind(request.url ?? '');
      state.asked.push(what);
      if (state.habit !== null) state.habit(request, reply);
      else if (what === 'health') send(reply, 200, healthOf(state, body, now()));
      else if (what === 'traffic') send(reply, 200, trafficOf(state));
      else if (what === 'list') send(reply, 200, envelope({ ipsec_tunnels: state.tunnels }));
      else
        send(reply, 200, envelope({ ipsec_tunnel: state.tunnels.find(({ id }) => request.url?.endsWith(String(id))) }));
    });
  }

  async function open(port: number): Promise<number> {
    server = createServer(answer);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    const address = listening.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  const port = await open(0);
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/client/v4`,
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => (server === null ? resolve() : server.close(() => resolve())));
    },
    async reopen() {
      await open(port);
    },
  });
}
