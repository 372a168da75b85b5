import { afterEach, describe, expect, it } from 'vitest';
import { CALL_SCHEMAS } from '../../src/engine/bridge/schemas.ts';
import { parseSettings } from '../../src/engine/settings/load.ts';
import { WALL_CALLS } from '../../src/shared/walls.ts';
import { ask, JSON_TYPE, type RawReply, type Stand, stand } from './stand.ts';

const TOKEN = 'the-access-token-of-this-host';
const WALL = 'the-wall-token-of-this-host';
const open: Stand[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function guarded(wallToken: string | null = WALL): Promise<Stand> {
  const one = await stand({}, { token: TOKEN, wallToken });
  open.push(one);
  return one;
}

const post = (url: string, path: string, cookie: string, body: unknown = {}): Promise<RawReply> =>
  ask(url, path, { method: 'POST', headers: { ...JSON_TYPE, cookie }, body: JSON.stringify(body) });

/** The cookie that a token is exchanged for, with all that is said about it. */
async function exchanged(url: string, token: string): Promise<string> {
  const reply = await post(url, '/login', '', { token });
  expect(reply.status).toBeLessThan(300);
  return String(reply.headers['set-cookie']);
}
const plain = (cookie: string): string => cookie.split(';', 1)[0] ?? '';

describe('a wall token', () => {
  it('is exchanged for a cookie that does not hold it and lasts as long as a browser keeps one', async () => {
    const { server } = await guarded();
    const page = await ask(server.url, '/wall');
    expect([page.status, page.body.toString().includes('<form id="login">')]).toEqual([401, true]);
    const cookie = await exchanged(server.url, WALL);
    expect(cookie).toMatch(/^tunnelwatch-wall=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=34560000$/);
    expect(cookie).not.toContain(WALL);
  });

  it('opens the wall, what its page is made of, and its events; each new page renews the cookie', async () => {
    const { server } = await guarded();
    const whole = await exchanged(server.url, WALL);
    const headers = { cookie: plain(whole) };
    const page = await ask(server.url, '/wall?by=site&rotate=20', { headers });
    expect([page.status, page.body.toString()]).toEqual([200, '<!doctype html><title>Tunnelwatch</title>']);
    expect(page.headers['set-cookie']).toEqual([whole]);
    expect((await ask(server.url, '/assets/index-Bx3kZ9_q.js', { headers })).status).toBe(200);
    const abort = new AbortController();
    const events = await fetch(`${server.url}/events`, { headers, signal: abort.signal });
    expect([events.status, events.headers.get('set-cookie')]).toEqual([200, whole]);
    abort.abort();
  });

  it('asks what a wall may ask', async () => {
    const { server } = await guarded();
    const cookie = plain(await exchanged(server.url, WALL));
    for (const call of WALL_CALLS) {
      const reply = await post(server.url, `/api/${call}`, cookie, { odd: true });
      // It came as far as the check of its arguments.
      expect([call, reply.status, reply.body.toString().includes('The arguments of')]).toEqual([call, 400, true]);
    }
    const here = { name: 'NOC left', view: 'by=site', muted: false, audible: true };
    expect((await post(server.url, '/api/wallHere', cookie, here)).status).toBe(200);
    const walls = await ask(server.url, '/api/walls', {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${TOKEN}` },
      body: '{}',
    });
    expect(JSON.parse(walls.body.toString()).value).toMatchObject([here]);
  });

  const refused = Object.keys(CALL_SCHEMAS).filter((name) => !WALL_CALLS.some((call) => call === name));
  it.each([...refused, 'nothing', 'tunnel/', '%74unnel', 'TUNNEL', '../login'])(
    'is refused the call %s',
    async (name) => {
      const { server } = await guarded();
      const cookie = plain(await exchanged(server.url, WALL));
      const reply = await post(server.url, `/api/${name}`, cookie);
      expect([reply.status, JSON.parse(reply.body.toString())]).toEqual([
        403,
        { ok: false, error: { kind: 'not-allowed', sentence: 'A wall may look, and do nothing else.' } },
      ]);
    },
  );

  it('opens neither the desk nor anything else', async () => {
    const { server } = await guarded();
    const headers = { cookie: plain(await exchanged(server.url, WALL)) };
    expect((await ask(server.url, '/', { headers })).status).toBe(401);
    for (const path of ['/index.html', '/none', '/wall/', '/wall%2f..', '/api/tunnel']) {
      expect([path, (await ask(server.url, path, { headers })).status]).toEqual([path, 403]);
    }
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'POST']) {
      expect([method, (await ask(server.url, '/wall', { headers, method })).status]).toEqual([method, 403]);
    }
    // It hears no more of the host's health than a stranger.
    const stranger = await ask(server.url, '/healthz');
    const told = await ask(server.url, '/healthz', { headers });
    expect(Object.keys(JSON.parse(told.body.toString()))).toEqual(Object.keys(JSON.parse(stranger.body.toString())));
    expect(told.body.toString()).not.toContain('version');
    expect((await ask(server.url, '/events', { headers: { authorization: `Bearer ${WALL}` } })).status).toBe(401);
  });

  it('ends with its token: another one, or none, and the cookie is worth nothing', async () => {
    const before = await guarded();
    const headers = { cookie: plain(await exchanged(before.server.url, WALL)) };
    for (const token of ['another-wall-token-of-this-host', null]) {
      const { server } = await guarded(token);
      expect((await ask(server.url, '/wall', { headers })).status).toBe(401);
      expect((await ask(server.url, '/events', { headers })).status).toBe(401);
    }
    const same = await guarded();
    expect((await ask(same.server.url, '/wall', { headers })).status).toBe(200);
  });

  it('leaves the access token as it was: it opens wall and desk', async () => {
    const { server } = await guarded();
    const headers = { cookie: plain(await exchanged(server.url, TOKEN)) };
    expect((await ask(server.url, '/wall', { headers })).headers['set-cookie']).toBeUndefined();
    expect((await ask(server.url, '/', { headers })).status).toBe(200);
  });

  it('has to be long, other than the access token, and beside one', async () => {
    await expect(guarded('short')).rejects.toThrow('The wall token has to have 16 characters or more.');
    await expect(guarded(TOKEN)).rejects.toThrow('a wall needs one that can do less');
    const alone = parseSettings('server: { wallToken: { env: WALL } }', '/etc/tunnelwatch.yaml');
    expect(alone.ok ? null : alone.error.problems.map(({ key }) => key)).toEqual(['server.wallToken']);
    const both = parseSettings(
      'server: { token: { env: DESK }, wallToken: { file: wall.token } }',
      '/etc/tunnelwatch.yaml',
    );
    expect(both.ok && both.value.server.wallToken).toEqual({ file: '/etc/wall.token' });
  });
});
