/** Which way to Cloudflare: settings and environment first, then what the system says, with its fallbacks. */
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createWayChooser, type SystemProxy } from '../../../src/engine/cloudflare/way.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import { createAuthority, hasOpenssl } from './authority.ts';
import { ACCOUNT, clientFor, good, json, listen, transport } from './loopback.ts';

const API = new URL('https://api.cloudflare.com/client/v4');
const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
};
const bare = { proxy: null, noProxy: null, env: {} };

describe('the way', () => {
  it('is asked of the system anew each time, for the address that is meant', async () => {
    const asked: string[] = [];
    const said = ['http://one:1', 'http://two:2'];
    const systemProxy: SystemProxy = async (url) => {
      asked.push(url.href);
      return [said.shift() ?? null];
    };
    const ways = createWayChooser({ ...bare, systemProxy }, virtualClock(0));
    expect([await ways.choose(API), await ways.choose(API), await ways.choose(API)]).toEqual([
      'http://one:1',
      'http://two:2',
      null,
    ]);
    expect(asked).toEqual([API.href, API.href, API.href]);
  });

  it.each([
    ['settings', { proxy: 'http://set:1' }, 'http://set:1'],
    ['environment', { env: { HTTPS_PROXY: 'http://env:1' } }, 'http://env:1'],
    ['bypass in the settings', { noProxy: '*.cloudflare.com' }, null],
    ['bypass in the environment', { env: { NO_PROXY: '*' } }, null],
  ])('%s win over the system, which is not even asked', async (_, rules, expected) => {
    const systemProxy: SystemProxy = () => Promise.reject(new Error('asked'));
    expect(await createWayChooser({ ...bare, ...rules, systemProxy }, virtualClock(0)).choose(API)).toBe(expected);
  });

  it('to this machine is never asked for', async () => {
    const systemProxy: SystemProxy = async () => ['http://p:1'];
    const ways = createWayChooser({ ...bare, systemProxy }, virtualClock(0));
    expect(await ways.choose(new URL('http://127.0.0.1:8080/'))).toBeNull();
  });

  it('passes over a proxy that failed for five minutes, and rotates when all failed', async () => {
    const clock = virtualClock(0);
    const systemProxy: SystemProxy = async () => ['http://a:1', 'http://b:1', null];
    const ways = createWayChooser({ ...bare, systemProxy }, clock);
    ways.failed('http://a:1', refused);
    expect(await ways.choose(API)).toBe('http://b:1');
    await clock.advance(1_000, settle);
    ways.failed('http://b:1', refused);
    expect(await ways.choose(API)).toBeNull();
    await clock.advance(1_000, settle);
    ways.failed(null, refused);
    expect(await ways.choose(API)).toBe('http://a:1');
    await clock.advance(301_000, settle);
    expect(await ways.choose(API)).toBe('http://a:1');
  });

  it('is not blamed for what an answer holds, nor for what we called off', async () => {
    const ways = createWayChooser({ ...bare, systemProxy: async () => ['http://a:1', null] }, virtualClock(0));
    ways.failed('http://a:1', Object.assign(new Error('cut'), { name: 'IncompleteBodyError' }));
    ways.failed('http://a:1', new DOMException('called off', 'AbortError'));
    expect(await ways.choose(API)).toBe('http://a:1');
  });

  it('does not wait for a system that does not answer: the last word counts for five seconds and more', async () => {
    const clock = virtualClock(0);
    const answers: (() => Promise<readonly (string | null)[]>)[] = [
      async () => ['http://a:1'],
      () => new Promise(() => undefined),
      () => Promise.reject(new Error('no')),
    ];
    const ways = createWayChooser({ ...bare, systemProxy: () => answers.shift()?.() ?? Promise.reject() }, clock);
    expect(await ways.choose(API)).toBe('http://a:1');
    const chosen = ways.choose(API);
    await clock.advance(5_000, settle);
    expect(await chosen).toBe('http://a:1');
    expect(await ways.choose(API)).toBe('http://a:1');
  });
});

/** A SOCKS5 server without credentials that takes every name for this machine. */
async function socks() {
  const targets: string[] = [];
  const server = createTcpServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        const port = request.readUInt16BE(request.length - 2);
        targets.push(request[3] === 3 ? request.subarray(5, request.length - 2).toString() : 'an address');
        const upstream = connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
          socket.pipe(upstream).pipe(socket);
        });
        upstream.on('error', () => socket.destroy());
      });
    });
  });
  return { ...(await listen(server)), targets };
}

describe.skipIf(!hasOpenssl())('the ways of the system (skipped without openssl to make certificates)', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('lead through a SOCKS proxy, past a proxy that is not there, and check certificates all the same', async () => {
    const authority = createAuthority();
    const served = async (name: string) => {
      const certificate = authority.issue(`DNS:${name}`, 10);
      return listen(createTlsServer(certificate, (_, response) => json(response, 200, good({ ipsec_tunnels: [] }))));
    };
    const [api, other, gate] = [await served('api.example.test'), await served('other.example.test'), await socks()];
    const gone = await listen(createTcpServer());
    await gone.close();
    const said = [`http://127.0.0.1:${gone.port}`, `socks5://127.0.0.1:${gate.port}`];
    const way = transport({ systemProxy: async () => said, ca: [authority.ca] });
    open.push(way, gate, api, other, { close: async () => authority.remove() });
    const ask = (port: number) =>
      clientFor(`https://api.example.test:${port}/client/v4`, { transport: way }).listTunnels(ACCOUNT);
    expect(await ask(api.port)).toMatchObject({ ok: false, error: { kind: 'offline' } });
    expect(await ask(api.port)).toMatchObject({ ok: true });
    expect(gate.targets).toEqual(['api.example.test']);
    expect(await ask(other.port)).toMatchObject({ ok: false, error: { kind: 'tls' } });
  });
});
