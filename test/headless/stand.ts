/** A server on a free port over an engine that behaves, for the tests of this folder. */
import { request } from 'node:http';
import { type BridgeHost, createBridgeHost } from '../../src/engine/bridge/host.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type HeadlessServer, type ServerOptions, startServer } from '../../src/headless/server.ts';
import { type StaticFile, staticFile } from '../../src/headless/static-files.ts';
import { type FakeEngine, type FakeEngineOptions, fakeEngine } from '../fakes/engine.ts';

export interface Stand {
  readonly engine: FakeEngine;
  readonly host: BridgeHost;
  readonly server: HeadlessServer;
  readonly files: ReadonlyMap<string, StaticFile>;
  close(): Promise<void>;
}

export async function testFiles(): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  const add = async (path: string, text: string) => files.set(path, await staticFile(path, Buffer.from(text)));
  await add('/index.html', '<!doctype html><title>Tunnelwatch</title>');
  await add('/assets/index-Bx3kZ9_q.js', `/* ${'x'.repeat(5000)} */`);
  await add('/icon.svg', '<svg/>');
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

export async function stand(
  engineOptions: FakeEngineOptions = {},
  serverOptions: Partial<Pick<ServerOptions, 'listen' | 'token' | 'wallToken' | 'names' | 'limits' | 'clock'>> = {},
): Promise<Stand> {
  const engine = fakeEngine(engineOptions);
  const host = createBridgeHost({ engine, clock: systemClock(), startPractice: null, onBug: () => undefined });
  const files = await testFiles();
  const server = await startServer({
    host,
    clock: systemClock(),
    listen: { host: '127.0.0.1', port: 0 },
    token: null,
    wallToken: null,
    names: [],
    files,
    ...serverOptions,
  });
  return {
    engine,
    host,
    server,
    files,
    async close() {
      await server.close();
      await host.stop();
    },
  };
}

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** One request with the path and headers exactly as given: `fetch` would normalise both. */
export function ask(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path,
        method: options.method ?? 'GET',
        headers: options.headers,
      },
      (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts) }),
        );
        reply.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(options.body);
  });
}

export const JSON_TYPE = { 'content-type': 'application/json' };
