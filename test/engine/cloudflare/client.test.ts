import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { Transport } from '../../../src/engine/cloudflare/contract.ts';
import type { AccountId, TunnelId } from '../../../src/shared/model.ts';
import { fleet, fullTunnel } from '../../fixtures/cloudflare/tunnels.ts';
import {
  ACCOUNT,
  bad,
  clientFor,
  credentials,
  good,
  json,
  type Seen,
  type Site,
  site,
  TOKEN,
  TUNNEL,
  transport,
} from './loopback.ts';

let way: Transport;
let server: Site;
let answer: (seen: Seen, response: ServerResponse) => void;
beforeAll(async () => {
  way = transport();
  server = await site((seen, response) => answer(seen, response));
});
afterAll(async () => {
  await way.close();
  await server.close();
});
afterEach(() => {
  server.seen.length = 0;
});
const reply = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
  answer = (_, response) => json(response, status, body, headers);
};
const client = (): CloudflareClient => clientFor(server.base, { transport: way });
const TUNNELS = `/client/v4/accounts/${ACCOUNT}/magic/ipsec_tunnels`;
const draft = { name: 'osl-2', cloudflareEndpoint: '162.159.64.41', interfaceAddress: '10.212.0.12/31' };
const PSK = 'canary-psk-8c1f';

describe('a list', () => {
  it('that was bad once is compared with the last good one afterwards', async () => {
    const ours = client();
    reply(200, good({ ipsec_tunnels: fleet(3) }));
    await ours.listTunnels(ACCOUNT);
    for (const [status, body] of [
      [500, bad(1000, 'x')],
      [200, good({})],
      [200, bad(1000, 'x')],
      [200, 'text'],
    ] as const) {
      reply(status, body);
      expect(await ours.listTunnels(ACCOUNT)).toMatchObject({ ok: false });
    }
    reply(200, good({ ipsec_tunnels: fleet(4).slice(1) }));
    const read = await ours.listTunnels(ACCOUNT);
    expect(read.ok && [read.value.changed.length, read.value.removed]).toEqual([1, [fleet(1)[0]?.id]]);
  });

  it('is remembered for each account apart', async () => {
    const ours = client();
    reply(200, good({ ipsec_tunnels: fleet(2) }));
    const other = 'ffffffffffffffffffffffffffffffff' as AccountId;
    await ours.listTunnels(ACCOUNT);
    const read = await ours.listTunnels(other);
    expect(read.ok && read.value.changed.map((tunnel) => tunnel.accountId)).toEqual([other, other]);
  });

  it.each([
    ['null', 'wrong-shape'],
    ['[]', 'wrong-shape'],
    ['{"result":{"ipsec_tunnels":[]}}', 'wrong-shape'],
    ['{"success":"yes","result":{"ipsec_tunnels":[]}}', 'wrong-shape'],
    ['{"success":true,"result":{"ipsec_tunnels":[{]}}', 'not-json'],
    ['{"success":true,"result":{"ipsec_tunnels":[]}', 'not-json'],
  ])('%s is %s', async (text, kind) => {
    answer = (_, response) => response.end(text);
    expect(await client().listTunnels(ACCOUNT)).toMatchObject({ ok: false, error: { kind } });
  });

  it('is read though its JSON begins with a byte order mark or is laid out in lines', async () => {
    answer = (_, response) => response.end(`\ufeff${JSON.stringify(good({ ipsec_tunnels: fleet(2) }), null, 2)}`);
    const read = await client().listTunnels(ACCOUNT);
    expect(read.ok && read.value.tunnels.size).toBe(2);
  });

  it('tells the budget, also when it is refused', async () => {
    const limits = {
      ratelimit: '"default";r=7;t=9',
      'ratelimit-policy': '"default";q=1200;w=300',
      'cf-ray': 'abc-FRA',
    };
    const rate = { remaining: 7, resetMs: 9000, quota: 1200, windowMs: 300_000 };
    reply(200, good({ ipsec_tunnels: [] }), limits);
    expect((await client().listTunnels(ACCOUNT)).meta).toMatchObject({ requests: 1, rate, cfRay: 'abc-FRA' });
    reply(429, bad(971, 'slow down'), { ...limits, 'retry-after': '12' });
    const refused = await client().listTunnels(ACCOUNT);
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'rate-limited', status: 429, code: 971, retryAfterMs: 12_000, cfRay: 'abc-FRA' },
      meta: { rate, requests: 1 },
    });
  });
});

describe('a credential', () => {
  it('that is refused is looked up afresh; one that lacks a permission is not', async () => {
    const source = credentials();
    const ours = clientFor(server.base, { transport: way, credentials: source });
    reply(403, bad(10000, 'Authentication error'));
    await ours.listTunnels(ACCOUNT);
    expect(source.refusals()).toBe(0);
    reply(401, bad(1000, 'Invalid API Token'));
    await ours.listTunnels(ACCOUNT);
    expect(source.refusals()).toBe(1);
  });

  it('that cannot be found is a fault of its own, and nothing is sent', async () => {
    const error = {
      kind: 'no-credential',
      sentence: 'The variable CF_TOKEN is not set.',
      status: null,
      code: null,
      retryAfterMs: null,
      permission: null,
      cfRay: null,
    } as const;
    const source = { ...credentials(), get: async () => ({ ok: false, error }) as const };
    const read = await clientFor(server.base, { transport: way, credentials: source }).listTunnels(ACCOUNT);
    expect(read).toMatchObject({ ok: false, error, meta: { requests: 0 } });
    expect(server.seen).toEqual([]);
  });

  it('is in no sentence even if the API quotes it', async () => {
    reply(403, bad(9109, `Invalid access token ${TOKEN}`));
    const read = await client().listTunnels(ACCOUNT);
    expect(JSON.stringify(read)).not.toContain(TOKEN);
  });
});

describe('a tunnel', () => {
  it.each([[{ ipsec_tunnel: fullTunnel }], [fullTunnel]])('is read in either wrapper', async (result) => {
    reply(200, good(result));
    const read = await client().getTunnel(ACCOUNT, TUNNEL);
    expect(read.ok && read.value.name).toBe(fullTunnel.name);
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: `${TUNNELS}/${TUNNEL}` });
    expect(server.seen[0]?.headers['x-magic-new-hc-target']).toBe('true');
  });

  it('that is another one, or not readable, is a wrong shape', async () => {
    for (const result of [{ ipsec_tunnel: { ...fullTunnel, id: 'x' } }, { ipsec_tunnel: { id: TUNNEL } }, {}, null]) {
      reply(200, good(result));
      expect(await client().getTunnel(ACCOUNT, TUNNEL)).toMatchObject({ ok: false, error: { kind: 'wrong-shape' } });
    }
  });

  it.each(['..', '.', '', '../../../user'])('with the id %j does not lead to another question', async (id) => {
    const read = await client().getTunnel(ACCOUNT, id as TunnelId);
    if (server.seen.length === 0) expect(read).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    for (const seen of server.seen) expect(seen.url.startsWith(`${TUNNELS}/`)).toBe(true);
  });
});

describe('a write', () => {
  it.each([
    ['bare', fullTunnel],
    ['ipsec_tunnels', { ipsec_tunnels: [fullTunnel] }],
  ])('creates, and reads the %s answer', async (_, result) => {
    reply(200, good(result));
    const made = await client().createTunnel(ACCOUNT, draft);
    expect(made.ok && [made.value.done, made.value.tunnel?.name]).toEqual([true, fullTunnel.name]);
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: TUNNELS });
    expect(server.seen[0]?.headers).toMatchObject({
      'x-magic-new-hc-target': 'true',
      'content-type': 'application/json',
    });
  });

  it('only validates where that is asked for', async () => {
    reply(200, good(null));
    const options = { validateOnly: true };
    const ours = client();
    expect(await ours.createTunnel(ACCOUNT, draft, options)).toMatchObject({
      ok: true,
      value: { done: false, tunnel: null },
    });
    expect(await ours.deleteTunnel(ACCOUNT, TUNNEL, options)).toMatchObject({ ok: true });
    expect(await ours.generatePsk(ACCOUNT, TUNNEL, options)).toMatchObject({ ok: true, value: { psk: null } });
    expect(await ours.setPsks(ACCOUNT, [{ tunnelId: TUNNEL, psk: PSK }], options)).toMatchObject({
      ok: true,
      value: { refused: [] },
    });
    for (const seen of server.seen) expect(seen.url).toMatch(/\?validate_only=true$/);
    expect(server.seen.map((seen) => seen.headers['x-magic-new-hc-target'])).toEqual([
      'true',
      'true',
      undefined,
      undefined,
    ]);
  });

  it('that is wrong is not sent', async () => {
    const made = await client().createTunnel(ACCOUNT, { ...draft, interfaceAddress: '10.0.0.0/8', psk: PSK });
    expect(made).toMatchObject({ ok: false, error: { kind: 'rejected' }, meta: { requests: 0 } });
    expect(!made.ok && made.error.sentence).toContain(
      'it was not sent: The field interfaceAddress should be a /31 or /30',
    );
    expect(JSON.stringify(made)).not.toContain(PSK);
    expect(server.seen).toEqual([]);
  });

  it('updates what it read a moment ago', async () => {
    answer = (seen, response) =>
      json(
        response,
        200,
        good(
          seen.method === 'GET'
            ? { ipsec_tunnel: fullTunnel }
            : { modified: true, modified_ipsec_tunnel: { ...fullTunnel, description: 'new' } },
        ),
      );
    const done = await client().updateTunnel(ACCOUNT, TUNNEL, { description: 'new' });
    expect(done).toMatchObject({
      ok: true,
      value: { done: true, tunnel: { description: 'new' } },
      meta: { requests: 2 },
    });
    expect(server.seen.map((seen) => seen.method)).toEqual(['GET', 'PUT']);
    expect(JSON.parse(server.seen[1]?.body ?? '')).toMatchObject({ description: 'new', bgp: { md5_key: 'left-hand' } });
  });

  it('updates several at once, and none if one is not there', async () => {
    const [one, two] = fleet(2).map((raw) => raw.id as TunnelId) as [TunnelId, TunnelId];
    answer = (seen, response) =>
      json(
        response,
        200,
        good(
          seen.method === 'GET'
            ? { ipsec_tunnels: fleet(2) }
            : { modified: true, modified_ipsec_tunnels: [fleet(1)[0], { id: 'x' }] },
        ),
      );
    const done = await client().bulkUpdateTunnels(
      ACCOUNT,
      new Map([
        [one, { description: 'd' }],
        [two, {}],
      ]),
    );
    expect(done).toMatchObject({ ok: true, value: { done: true, tunnels: [{ id: one }], unreadable: [{ id: 'x' }] } });
    expect(JSON.parse(server.seen[1]?.body ?? '').ipsec_tunnels).toMatchObject([
      { id: one, description: 'd' },
      { id: two },
    ]);
    server.seen.length = 0;
    const gone = await client().bulkUpdateTunnels(ACCOUNT, new Map([['gone' as TunnelId, {}]]));
    expect(gone).toMatchObject({ ok: false, error: { kind: 'rejected' } });
    expect(server.seen.map((seen) => seen.method)).toEqual(['GET']);
  });

  it('does not write back what it could not read', async () => {
    reply(200, good({ ipsec_tunnel: { ...fullTunnel, bgp: 'new form' } }));
    const one = await client().updateTunnel(ACCOUNT, TUNNEL, { description: 'new' });
    expect(one).toMatchObject({ ok: false, error: { kind: 'wrong-shape' } });
    reply(200, good({ ipsec_tunnels: [{ ...fullTunnel, bgp: 'new form' }] }));
    const many = await client().bulkUpdateTunnels(ACCOUNT, new Map([[TUNNEL, {}]]));
    expect(many).toMatchObject({ ok: false, error: { kind: 'rejected' } });
    expect(server.seen.map((seen) => seen.method)).toEqual(['GET', 'GET']);
  });

  it('that is refused names the permission to write, and repeats no key', async () => {
    reply(403, bad(10000, 'Authentication error'));
    const refused = await client().deleteTunnel(ACCOUNT, TUNNEL);
    expect(refused).toMatchObject({ ok: false, error: { permission: 'Magic WAN Write or Magic Transit Write' } });
    reply(400, bad(1001, `the psk ${PSK} is too weak`));
    const weak = await client().createTunnel(ACCOUNT, { ...draft, psk: PSK });
    expect(!weak.ok && weak.error.sentence).toContain('the psk ••• is too weak');
  });

  it('without an answer says that it may have been made', async () => {
    answer = (_, response) => response.destroy();
    const cut = await client().deleteTunnel(ACCOUNT, TUNNEL);
    expect(!cut.ok && cut.error.sentence).toContain('not known whether the change was made');
  });
});

describe('pre-shared keys', () => {
  it('are made, and are in the reply alone', async () => {
    const metadata = { last_generated_on: '2026-11-20T10:00:00.000000001Z' };
    reply(200, good({ ipsec_tunnel_id: TUNNEL, ipsec_id: '12345_x', psk: PSK, psk_metadata: metadata }));
    const made = await client().generatePsk(ACCOUNT, TUNNEL);
    expect(made).toMatchObject({
      ok: true,
      value: { tunnelId: TUNNEL, psk: PSK, ipsecId: '12345_x', generatedAt: Date.UTC(2026, 10, 20, 10) },
    });
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: `${TUNNELS}/${TUNNEL}/psk_generate`, body: '{}' });
    expect(server.seen[0]?.headers['x-magic-new-hc-target']).toBeUndefined();
    reply(200, good({}));
    expect(await client().generatePsk(ACCOUNT, TUNNEL)).toMatchObject({ ok: false, error: { kind: 'wrong-shape' } });
  });

  it('are set in part: each tunnel is accounted for', async () => {
    const [a, b, c] = ['a', 'b', 'c'] as TunnelId[] as [TunnelId, TunnelId, TunnelId];
    const applied = { ipsec_tunnel_id: a, ipsec_id: '1_a', psk: PSK, psk_metadata: {} };
    reply(200, good({ successfully_applied_psks: { a: applied }, unapplied_psks: { b: `${PSK} is not long enough` } }));
    const set = await client().setPsks(
      ACCOUNT,
      [a, b, c].map((tunnelId) => ({ tunnelId, psk: PSK })),
    );
    expect(set.ok && set.value).toEqual({
      applied: [{ tunnelId: a, psk: PSK, ipsecId: '1_a', generatedAt: null }],
      refused: [
        { tunnelId: b, reason: '••• is not long enough' },
        { tunnelId: c, reason: 'Cloudflare did not say why.' },
      ],
    });
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: `${TUNNELS}/psk` });
    expect(JSON.parse(server.seen[0]?.body ?? '').psks[0]).toEqual({ id: 'a', psk: PSK });
  });
});

describe('the check of a token', () => {
  const kinds = (good200: string) => (seen: Seen, response: ServerResponse) =>
    seen.url.endsWith(good200)
      ? json(response, 200, good({ id: 't1', status: 'active', expires_on: '2027-01-01T00:00:00Z' }))
      : json(response, 401, bad(1000, 'Invalid API Token'));

  it('asks at both addresses before it calls a token bad', async () => {
    const source = credentials();
    const ours = clientFor(server.base, { transport: way, credentials: source });
    answer = kinds('/user/tokens/verify');
    const user = await ours.verifyToken(ACCOUNT);
    expect(user).toMatchObject({
      ok: true,
      value: { kind: 'user', status: 'active', expiresAt: Date.UTC(2027, 0, 1) },
    });
    answer = kinds(`/accounts/${ACCOUNT}/tokens/verify`);
    expect(await ours.verifyToken(ACCOUNT)).toMatchObject({
      ok: true,
      value: { kind: 'account' },
      meta: { requests: 2 },
    });
    expect(source.refusals()).toBe(0);
    answer = kinds('/nowhere');
    expect(await ours.verifyToken(ACCOUNT)).toMatchObject({
      ok: false,
      error: { kind: 'bad-token' },
      meta: { requests: 2 },
    });
    expect(source.refusals()).toBe(1);
  });

  it('begins with the account where the token looks like one of an account', async () => {
    const source = credentials({ kind: 'token', token: 'cfat_abc' });
    answer = kinds(`/accounts/${ACCOUNT}/tokens/verify`);
    const read = await clientFor(server.base, { transport: way, credentials: source }).verifyToken(ACCOUNT);
    expect(read).toMatchObject({ ok: true, value: { kind: 'account' }, meta: { requests: 1 } });
  });

  it('does not try twice when the trouble is not the token', async () => {
    reply(500, bad(1000, 'x'));
    expect(await client().verifyToken(ACCOUNT)).toMatchObject({
      ok: false,
      error: { kind: 'server-error' },
      meta: { requests: 1 },
    });
  });

  it('asks who it is with a global key', async () => {
    const source = credentials({ kind: 'key', email: 'a@example.com', key: 'k' });
    reply(200, good({ id: 'u' }));
    const read = await clientFor(server.base, { transport: way, credentials: source }).verifyToken(ACCOUNT);
    expect(read).toMatchObject({ ok: true, value: { kind: 'key' } });
    expect(server.seen[0]?.url).toBe('/client/v4/user');
  });
});
