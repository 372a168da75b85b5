/** Real servers on loopback with bad habits, and a client that talks to them. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { type CloudflareClient, createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { Credential, CredentialSource, Transport } from '../../../src/engine/cloudflare/contract.ts';
import { createUndiciTransport, type UndiciTransportOptions } from '../../../src/engine/cloudflare/transport.ts';
import type { AccountId, TunnelId } from '../../../src/shared/model.ts';

export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
export const TUNNEL = 'c4a7362d577a6c3019a474fd6f485821' as TunnelId;
export const TOKEN = 'canary-9f3b2c1d-token-value';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on loopback until closed; closing also ends what is connected. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Site extends Listening {
  readonly base: string;
  readonly seen: Seen[];
  /** TCP connections that were opened. */
  connections(): number;
}

/** An HTTP server that remembers what it was asked. */
export async function site(answer: (seen: Seen, response: ServerResponse) => void): Promise<Site> {
  const seen: Seen[] = [];
  let connections = 0;
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(entry);
      answer(entry, response);
    });
  };
  const server = createServer(listener);
  server.on('connection', () => {
    connections += 1;
  });
  const listening = await listen(server);
  const base = `http://127.0.0.1:${listening.port}/client/v4`;
  return { ...listening, base, seen, connections: () => connections };
}

/** A TCP server that does what it likes once something was sent to it, or at once. */
export function rawSite(act: (socket: Socket) => void, at: 'request' | 'connection' = 'request'): Promise<Listening> {
  const server = createTcpServer((socket) => {
    if (at === 'connection') act(socket);
    else socket.once('data', () => act(socket));
  });
  return listen(server);
}

export function json(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export const good = (result: unknown) => ({ success: true, errors: [], messages: [], result });
export const bad = (code: number, message: string) => ({
  success: false,
  errors: [{ code, message }],
  messages: [],
  result: null,
});

export function transport(more: Partial<UndiciTransportOptions> = {}): Transport {
  return createUndiciTransport({ proxy: null, noProxy: null, ca: null, env: {}, ...more });
}

/** Credentials that count how often they were refused. */
export function credentials(credential: Credential = { kind: 'token', token: TOKEN }): CredentialSource & {
  refusals(): number;
} {
  let refusals = 0;
  return {
    get: async () => ({ ok: true, value: credential }),
    refused: () => {
      refusals += 1;
    },
    refusals: () => refusals,
    budgetKey: 'test',
  };
}

export interface ClientParts {
  readonly transport?: Transport;
  readonly credentials?: CredentialSource;
  readonly deadlineMs?: number;
  readonly maxBytes?: number;
  readonly healthPageSize?: number;
}

export function clientFor(base: string, parts: ClientParts = {}): CloudflareClient {
  return createCloudflareClient({
    apiBase: base,
    credentials: parts.credentials ?? credentials(),
    transport: parts.transport ?? transport(),
    userAgent: 'tunnelwatch/1.2.3',
    ...(parts.deadlineMs === undefined ? {} : { deadlineMs: parts.deadlineMs }),
    ...(parts.maxBytes === undefined ? {} : { maxBytes: parts.maxBytes }),
    ...(parts.healthPageSize === undefined ? {} : { healthPageSize: parts.healthPageSize }),
  });
}
