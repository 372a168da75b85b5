import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type LookupFunction } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProxyChooser } from '../../../src/engine/cloudflare/proxy.ts';
import type { UndiciTransportOptions } from '../../../src/engine/cloudflare/transport.ts';
import { fullTunnel } from '../../fixtures/cloudflare/tunnels.ts';
import { type Authority, createAuthority, hasOpenssl } from './authority.ts';
import { ACCOUNT, clientFor, good, json, type Listening, listen, site, TOKEN, transport } from './loopback.ts';

const HOST = 'api.example.test';
const toLoopback: LookupFunction = (_host, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

interface Proxy extends Listening {
  /** What it was asked to connect to, and the credentials that came along. */
  readonly connects: { readonly target: string; readonly authorization: string | undefined }[];
  /** Everything else that reached it. */
  readonly requests: string[];
}

/** A CONNECT proxy that takes every name for this machine; `refuse` is its answer instead. */
async function startProxy(refuse: number | null = null): Promise<Proxy> {
  const connects: { target: string; authorization: string | undefined }[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.writeHead(400).end();
  });
  server.on('connect', (request, socket, head) => {
    connects.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => {});
    if (refuse !== null) {
      socket.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
  });
  return { ...(await listen(server)), connects, requests };
}

describe.skipIf(!hasOpenssl())('a proxy (skipped where there is no openssl to make certificates)', () => {
  let authority: Authority;
  let server: Listening;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    authority = createAuthority();
    const certificate = authority.issue(`DNS:${HOST}`, 10);
    server = await listen(
      createTlsServer({ ...certificate }, (_, response) => json(response, 200, good({ ipsec_tunnels: [fullTunnel] }))),
    );
  });
  afterAll(async () => {
    await server.close();
    authority.remove();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((thing) => thing.close()));
  });
  async function proxy(refuse?: number): Promise<Proxy> {
    const started = await startProxy(refuse ?? null);
    open.push(started);
    return started;
  }
  async function ask(options: Partial<UndiciTransportOptions>) {
    const way = transport({ ca: [authority.ca], lookup: toLoopback, ...options });
    open.push(way);
    return clientFor(`https://${HOST}:${server.port}`, { transport: way, deadlineMs: 30_000 }).listTunnels(ACCOUNT);
  }

  it('of the environment is used, and sees a tunnel, not the token', async () => {
    const { port, connects, requests } = await proxy();
    expect(await ask({ env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } })).toMatchObject({ ok: true });
    expect(connects).toEqual([{ target: `${HOST}:${server.port}`, authorization: undefined }]);
    expect(requests).toEqual([]);
  });

  it('of the settings wins over that of the environment, and gets its own name and password', async () => {
    const [ours, theirs] = [await proxy(), await proxy()];
    const env = { https_proxy: `http://127.0.0.1:${theirs.port}` };
    expect(await ask({ proxy: `http://us%40er:pa%20ss@127.0.0.1:${ours.port}`, env })).toMatchObject({ ok: true });
    expect(ours.connects[0]?.authorization).toBe(`Basic ${Buffer.from('us@er:pa ss').toString('base64')}`);
    expect(theirs.connects).toEqual([]);
  });

  it('is left aside for hosts in NO_PROXY, of the environment and of the settings', async () => {
    const { port, connects } = await proxy();
    const env = { HTTPS_PROXY: `127.0.0.1:${port}`, NO_PROXY: 'other.test,.example.test' };
    expect(await ask({ env })).toMatchObject({ ok: true });
    expect(await ask({ proxy: `http://127.0.0.1:${port}`, noProxy: '*.example.test' })).toMatchObject({ ok: true });
    expect(connects).toEqual([]);
    expect(await ask({ env, noProxy: 'other.test' })).toMatchObject({ ok: true });
    expect(connects.length).toBe(1);
  });

  it('does not loosen the checks of certificates', async () => {
    const { port } = await proxy();
    expect(await ask({ proxy: `http://127.0.0.1:${port}`, ca: null })).toMatchObject({
      ok: false,
      error: { kind: 'tls' },
    });
  });

  it.each([407, 403, 502])(
    'that answers %d is offline, and the sentence says so without its password',
    async (status) => {
      const { port } = await proxy(status);
      const answer = await ask({ proxy: `http://user:hush-hush@127.0.0.1:${port}` });
      if (answer.ok) throw new Error('an answer instead of a fault');
      expect(answer.error.kind).toBe('offline');
      expect(answer.error.sentence).toContain(`answer ${status}`);
      expect(answer.error.sentence).not.toContain('hush');
      expect(answer.error.sentence).not.toContain(TOKEN);
    },
  );

  it('that is not there is offline, and the sentence names its address', async () => {
    const gone = await startProxy();
    await gone.close();
    const answer = await ask({ proxy: `http://127.0.0.1:${gone.port}` });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
    expect(!answer.ok && answer.error.sentence).toContain(`127.0.0.1 port ${gone.port}`);
  });

  it('that hangs meets the deadline', async () => {
    const silent = await listen(createServer(() => {}).on('connect', () => {}));
    open.push(silent);
    const way = transport({ proxy: `http://127.0.0.1:${silent.port}`, lookup: toLoopback });
    open.push(way);
    const client = clientFor(`https://${HOST}`, { transport: way, deadlineMs: 400 });
    expect(await client.listTunnels(ACCOUNT)).toMatchObject({ ok: false, error: { kind: 'timeout' } });
  });

  it('is never asked for this machine, so that practice mode works behind it', async () => {
    const { port, connects, requests } = await proxy();
    const here = await site((_, response) => json(response, 200, good({ ipsec_tunnels: [] })));
    open.push(here);
    const way = transport({ proxy: `http://127.0.0.1:${port}` });
    open.push(way);
    expect(await clientFor(here.base, { transport: way }).listTunnels(ACCOUNT)).toMatchObject({ ok: true });
    expect([connects, requests]).toEqual([[], []]);
  });
});

describe('the choice of a proxy', () => {
  const choose = (url: string, env: Record<string, string>, proxy: string | null = null): string | null =>
    createProxyChooser({ proxy, noProxy: null, env })(new URL(url));

  it.each([
    ['example.test', 'https://example.test', true],
    ['example.test', 'https://api.example.test', true],
    ['.example.test', 'https://api.example.test', true],
    ['*.example.test', 'https://example.test', false],
    ['*.example.test', 'https://api.example.test', true],
    ['ample.test', 'https://example.test', false],
    ['EXAMPLE.TEST', 'https://example.test.', true],
    ['example.test:8443', 'https://example.test', false],
    ['example.test:443', 'https://example.test', true],
    ['*', 'https://example.test', true],
    ['2001:db8::1', 'https://[2001:db8::1]', true],
    ['[2001:db8::1]:443', 'https://[2001:db8::1]', true],
    ['a b,c', 'https://b', true],
    ['', 'https://example.test', false],
  ])('with NO_PROXY=%s for %s is direct: %s', (NO_PROXY, url, direct) => {
    expect(choose(url, { NO_PROXY, HTTPS_PROXY: 'http://p:1' })).toBe(direct ? null : 'http://p:1');
  });

  it('follows the usual variables', () => {
    expect(choose('https://a.test', { HTTP_PROXY: 'http://p:1' })).toBeNull();
    expect(choose('https://a.test', { ALL_PROXY: 'http://p:1' })).toBe('http://p:1');
    expect(choose('https://a.test', { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:1' })).toBe('http://low:1');
    expect(choose('https://a.test', {}, 'p:1')).toBe('http://p:1');
  });
});
