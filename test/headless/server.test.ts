import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { CSP } from '../../src/shared/csp.ts';
import { ACCOUNT, badToken, fakeRow } from '../fakes/engine.ts';
import { ask, JSON_TYPE, type Stand, stand } from './stand.ts';

const open: Stand[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function up(...options: Parameters<typeof stand>): Promise<Stand> {
  const one = await stand(...options);
  open.push(one);
  return one;
}
const TOKEN = 'an-access-token-of-this-wall';

describe('files', () => {
  it('come with the policy, their type, and the right to be kept', async () => {
    const { server } = await up();
    const index = await ask(server.url, '/');
    expect(index.status).toBe(200);
    expect(index.headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cache-control': 'no-store',
    });
    const asset = await ask(server.url, '/assets/index-Bx3kZ9_q.js?v=1', {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(asset.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect(asset.body.length).toBeLessThan(200);
    const icon = await ask(server.url, '/icon.svg');
    expect(icon.headers['cache-control']).toBe('no-cache');
    const again = await ask(server.url, '/icon.svg', { headers: { 'if-none-match': String(icon.headers.etag) } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await ask(server.url, '/', { method: 'HEAD' })).status).toBe(200);
  });

  it('carry the policy on every other reply as well', async () => {
    const { server } = await up();
    const replies = await Promise.all([
      ask(server.url, '/none'),
      ask(server.url, '/healthz'),
      ask(server.url, '/api/tunnel', { method: 'POST', body: '{', headers: JSON_TYPE }),
      ask(server.url, '/', { method: 'DELETE' }),
      ask(server.url, '/', { headers: { host: 'evil.example' } }),
    ]);
    expect(replies.map((reply) => reply.status)).toEqual([404, 200, 400, 404, 421]);
    for (const reply of replies) expect(reply.headers['content-security-policy']).toBe(CSP);
  });

  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/%2e%2e%2fpackage.json',
    '/..%5cpackage.json',
    '/..\\package.json',
    '//etc/passwd',
    '/etc/passwd',
    '/assets/%00index.js',
    '/assets/',
    '/index.html/',
    '/INDEX.HTML',
    '/%69ndex.html',
    '/.git/config',
    '/assets/index-Bx3kZ9_q.js.map',
  ])('are found by their exact path alone: %s', async (path) => {
    const { server } = await up();
    const reply = await ask(server.url, path);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.body.toString()).not.toMatch(/root:|"name"|repositoryformat/);
  });

  it('never leave the map, whatever path is asked for', async () => {
    const { server, files } = await up();
    const known = new Set([...files.values()].map((file) => file.body.toString()));
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '%5c',
      'assets',
      'index.html',
      'etc',
      'passwd',
      '%00',
      '~',
      ';',
      'package.json',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(part, fc.webSegment()), { maxLength: 8 }), async (parts) => {
        const reply = await ask(server.url, `/${parts.join('/')}`);
        if (reply.status === 200 && reply.headers['content-type'] !== 'application/json; charset=utf-8') {
          expect(known.has(reply.body.toString()) || parts[0]?.startsWith('login')).toBe(true);
        } else expect([200, 400, 404, 503]).toContain(reply.status);
      }),
      { numRuns: 300 },
    );
  });
});

describe('who may ask', () => {
  it.each([
    ['localhost:8484', 200],
    ['127.0.0.1', 200],
    ['[::1]:99', 200],
    ['wall.example', 200],
    ['WALL.example:8484', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example:80', 421],
    ['user@localhost', 421],
    ['localhost/x', 421],
    ['192.0.2.1', 421],
  ])('Host %j gets %i', async (host, status) => {
    const { server } = await up({}, { names: ['wall.example'] });
    expect((await ask(server.url, '/', { headers: { host } })).status).toBe(status);
    expect((await ask(server.url, '/healthz', { headers: { host } })).status).toBe(status);
  });

  it('a page of another origin gets nothing done', async () => {
    const { server, engine } = await up();
    const own = new URL(server.url).host;
    const post = (headers: Record<string, string>) =>
      ask(server.url, '/api/pollNow', {
        method: 'POST',
        headers: { ...JSON_TYPE, host: own, ...headers },
        body: '{"accountId":null}',
      });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin: `http://${own}`, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
    expect(engine.calls).toEqual([]);
    expect((await post({ origin: `http://${own}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await ask(server.url, '/events', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it('bodies are bounded, whole, and free of prototypes', async () => {
    const { server } = await up();
    const post = (body: string) => ask(server.url, '/api/watch', { method: 'POST', headers: JSON_TYPE, body });
    expect((await post('x'.repeat(70_000))).status).toBe(413);
    expect((await post('{"key":')).status).toBe(400);
    expect((await post('{"__proto__":{"key":"x"}}')).status).toBe(400);
    expect((await post('')).status).toBe(400);
    const reply = await post('{"key":');
    expect(JSON.parse(reply.body.toString())).toMatchObject({ ok: false, error: { kind: 'bad-arguments' } });
  });
});

it('a plan may hold a thousand tunnels', async () => {
  const { server } = await up();
  const keys = Array.from({ length: 1_000 }, (_, n) => ({
    key: `${ACCOUNT}/${n.toString(16).padStart(32, '0')}`,
    psk: 'k'.repeat(64),
  }));
  const body = JSON.stringify({ operation: { kind: 'psk-set', accountId: ACCOUNT, keys } });
  const reply = await ask(server.url, '/api/plan', { method: 'POST', headers: JSON_TYPE, body });
  // It came to the desk, which is not here.
  expect(reply.status).not.toBe(413);
  expect(reply.body.toString()).toContain('Nothing can be changed from here.');
});

describe('an access token', () => {
  it('is needed for any address but loopback', async () => {
    await expect(up({}, { listen: { host: '0.0.0.0', port: 0 } })).rejects.toThrow(
      '0.0.0.0 can be reached from other machines, so server.token is needed.',
    );
    await expect(up({}, { token: 'short' })).rejects.toThrow('The access token has to have 16 characters or more.');
  });

  it('shuts out who has none, and lets in who sends it', async () => {
    const { server } = await up({}, { token: TOKEN });
    for (const path of ['/events', '/icon.svg', '/index.html', '/assets/index-Bx3kZ9_q.js']) {
      expect((await ask(server.url, path)).status).toBe(401);
    }
    const call = { method: 'POST', headers: JSON_TYPE, body: '{"accountId":null}' };
    expect((await ask(server.url, '/api/pollNow', call)).status).toBe(401);
    const bearer = (token: string) => ({ ...call, headers: { ...JSON_TYPE, authorization: `Bearer ${token}` } });
    expect((await ask(server.url, '/api/pollNow', bearer('wrong-wrong-wrong-wrong'))).status).toBe(401);
    expect((await ask(server.url, '/api/pollNow', bearer(TOKEN))).status).toBe(200);
    const asCookie = { ...call, headers: { ...JSON_TYPE, cookie: `tunnelwatch=${TOKEN}` } };
    expect((await ask(server.url, '/api/pollNow', asCookie)).status).toBe(401);
  });

  it('is exchanged for a cookie that does not hold it', async () => {
    const { server } = await up({}, { token: TOKEN });
    const page = await ask(server.url, '/');
    expect([page.status, page.headers['content-security-policy']]).toEqual([401, CSP]);
    expect(page.body.toString()).toContain('<form id="login">');
    expect((await ask(server.url, '/login.js')).status).toBe(200);
    const login = (token: string) =>
      ask(server.url, '/login', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ token }) });
    expect((await login('wrong-wrong-wrong-wrong')).status).toBe(401);
    const right = await login(TOKEN);
    expect(right.status).toBe(204);
    const cookie = String(right.headers['set-cookie']);
    expect(cookie).toMatch(/^tunnelwatch=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/);
    expect(cookie).not.toContain(TOKEN);
    const inside = await ask(server.url, '/', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(inside.body.toString()).toContain('<title>Tunnelwatch</title>');
  });

  it('can be tried ten times a minute from one address', async () => {
    const clock = virtualClock(0);
    const { server } = await up({}, { token: TOKEN, clock });
    const login = async (token: string) =>
      (await ask(server.url, '/login', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ token }) })).status;
    for (let i = 0; i < 10; i++) expect(await login(`wrong-wrong-wrong-${i}`)).toBe(401);
    expect(await login(TOKEN)).toBe(429);
    await clock.advance(60_000, async () => undefined);
    expect(await login(TOKEN)).toBe(204);
  });

  it('opens the server to its own addresses, not to rebound names', async () => {
    const { server } = await up({}, { listen: { host: '0.0.0.0', port: 0 }, token: TOKEN });
    const address =
      Object.values(networkInterfaces())
        .flat()
        .find((one) => one?.family === 'IPv4')?.address ?? '127.0.0.1';
    const authorization = `Bearer ${TOKEN}`;
    expect((await ask(server.url, '/', { headers: { host: address, authorization } })).status).toBe(200);
    expect((await ask(server.url, '/', { headers: { host: 'evil.example', authorization } })).status).toBe(421);
  });
});

describe('/healthz', () => {
  it('says that we see, blind or stale, with the age of the last success', async () => {
    const { server, engine } = await up();
    const health = async () => {
      const reply = await ask(server.url, '/healthz');
      return [reply.status, JSON.parse(reply.body.toString())] as const;
    };
    expect(await health()).toMatchObject([
      200,
      { status: 'seeing', accounts: [{ id: ACCOUNT, status: 'seeing', lastSuccessAgeSeconds: 1, reason: null }] },
    ]);
    engine.age(90_001);
    expect(await health()).toMatchObject([503, { status: 'stale', accounts: [{ lastSuccessAgeSeconds: 90 }] }]);
    engine.blind(badToken);
    expect(await health()).toMatchObject([503, { status: 'blind', accounts: [{ reason: badToken.sentence }] }]);
  });

  it('does not claim to see where there is nothing to see', async () => {
    const { server } = await up({ accounts: 0 });
    const reply = await ask(server.url, '/healthz');
    expect([reply.status, JSON.parse(reply.body.toString()).status]).toEqual([503, 'no-accounts']);
  });

  it('tells a probe without the token no names', async () => {
    const { server } = await up({}, { token: TOKEN });
    const bare = await ask(server.url, '/healthz');
    expect(JSON.parse(bare.body.toString())).toEqual({
      status: 'seeing',
      accounts: [{ status: 'seeing', lastSuccessAgeSeconds: 1 }],
    });
    const full = await ask(server.url, '/healthz', { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(JSON.parse(full.body.toString()).accounts[0].id).toBe(ACCOUNT);
  });
});

describe('/events', () => {
  /** A raw reader, so that it can stop reading. */
  function reader(url: string) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    let seen = 0;
    let deltas = 0;
    socket.on('data', (part) => {
      text += part.toString();
      for (let at = text.indexOf('"type":"delta"', seen); at !== -1; at = text.indexOf('"type":"delta"', seen)) {
        seen = at + 1;
        deltas += 1;
      }
    });
    socket.on('error', () => undefined);
    socket.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return { socket, text: () => text, deltas: () => deltas };
  }

  it('begins with how to come back and the board, and is buffered by nobody', async () => {
    const { server, engine } = await up();
    const { socket, text } = reader(server.url);
    await expect.poll(text).toContain('"type":"board"');
    expect(text()).toMatch(/^HTTP\/1\.1 200/);
    for (const header of [
      'content-type: text/event-stream',
      'cache-control: no-store',
      'x-accel-buffering: no',
      `content-security-policy: ${CSP}`,
    ]) {
      expect(text()).toContain(header);
    }
    expect(text().indexOf('retry: 2000')).toBeLessThan(text().indexOf('data: {"type":"board"'));
    engine.pulse();
    await expect.poll(text).toContain('"type":"pulse"');
    socket.destroy();
    await expect.poll(() => server.clients).toBe(0);
  });

  it('gives each reader the board of its own moment, in values and in ages', async () => {
    const clock = virtualClock(0);
    const { server, engine } = await up({}, { clock });
    const open = async () => {
      const one = reader(server.url);
      await expect.poll(one.text).toMatch(/data: \{"type":"board".*\n\n/);
      one.socket.destroy();
      return JSON.parse(/data: (.*)\n\n/.exec(one.text())?.[1] ?? '');
    };
    expect((await open()).rows[0].lanes.bgp.value).toBe('up');
    engine.setBgp(0, 'down');
    expect((await open()).rows[0].lanes.bgp.value).toBe('down');
    engine.age(60_000);
    await clock.advance(1_000, async () => undefined);
    expect((await open()).status.accounts[0].listAgeMs).toBe(60_000);
  });

  it('drops a reader that stopped reading, keeps the others, and lets it come back', async () => {
    const limits = { clients: 10, bufferBytes: 200_000, stallMs: 60_000 };
    const { server, engine } = await up({ tunnels: 50 }, { limits });
    const slow = reader(server.url);
    const quick = reader(server.url);
    await expect.poll(() => server.clients).toBe(2);
    await expect.poll(slow.text).toContain('"type":"board"');
    slow.socket.pause();
    const rows = Array.from({ length: 400 }, (_, i) => fakeRow(ACCOUNT, i));
    const { status } = engine.board();
    for (let i = 0; i < 200 && server.clients === 2; i++) {
      engine.announce({ type: 'delta', status, rows, removed: [], changes: [], events: [], alerts: null });
      // The quick one reads each before the next comes, however slow the machine.
      await expect.poll(quick.deltas, { interval: 2 }).toBe(i + 1);
    }
    expect(server.clients).toBe(1);
    engine.pulse();
    await expect.poll(quick.text).toContain('"type":"pulse"');
    const again = reader(server.url);
    await expect.poll(again.text).toContain('"type":"board"');
    for (const one of [slow, quick, again]) one.socket.destroy();
  });

  it('drops a reader whose socket takes nothing for too long, though little waits for it', async () => {
    const clock = virtualClock(0);
    const limits = { clients: 10, bufferBytes: 1e9, stallMs: 35_000 };
    const { server, engine } = await up({ tunnels: 20_000 }, { limits, clock });
    const slow = reader(server.url);
    slow.socket.pause();
    await expect.poll(() => server.clients).toBe(1);
    await clock.advance(30_000, async () => undefined);
    engine.pulse();
    expect(server.clients).toBe(1);
    await clock.advance(10_000, async () => undefined);
    engine.pulse();
    expect(server.clients).toBe(0);
    slow.socket.destroy();
  });

  it('takes so many pages and no more', async () => {
    const { server } = await up({}, { limits: { clients: 2, bufferBytes: 1e6, stallMs: 1e6 } });
    const first = [reader(server.url), reader(server.url)];
    await expect.poll(() => server.clients).toBe(2);
    const refused = await ask(server.url, '/events');
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '30']);
    for (const one of first) one.socket.destroy();
  });

  it('ends at once when the server closes', async () => {
    const one = await stand();
    const { socket, text } = reader(one.server.url);
    await expect.poll(text).toContain('board');
    const ended = new Promise((resolve) => socket.on('close', resolve));
    await one.close();
    await ended;
  });
});

it('says in a sentence why it cannot listen', async () => {
  const { server } = await up();
  const port = Number(new URL(server.url).port);
  await expect(up({}, { listen: { host: '127.0.0.1', port } })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is in use; choose another with --port.`,
  );
  await expect(up({}, { listen: { host: '192.0.2.1', port: 0 }, token: TOKEN })).rejects.toThrow(
    '192.0.2.1 is not an address of this machine.',
  );
});
