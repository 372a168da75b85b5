import { describe, expect, it } from 'vitest';
import { createUndiciTransport } from '../../src/engine/cloudflare/transport.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator, scaledClock } from '../../src/simulator/index.ts';
import { HEALTH, json, lab, MINUTE, ORIGIN, SECOND, scenarioWith, time } from './helpers.ts';

const world = lab({ scenario: scenarioWith([]) });
const account = world.sim.accounts[0]?.id ?? '';
const path = `/accounts/${account}/magic/ipsec_tunnels`;

describe('authentication', () => {
  const status = (headers: Record<string, string>, where = path) => {
    const reply = world.ask('GET', where, undefined, headers);
    const [error] = json(reply).errors;
    return [reply.status, error?.code, error?.error_chain?.[0]?.code];
  };

  it('answers as Cloudflare does', () => {
    expect(status({})).toEqual([400, 9106, undefined]);
    expect(status({ authorization: 'Bearer short' })).toEqual([400, 6003, 6111]);
    expect(status({ authorization: 'Basic bm9ib2R5' })).toEqual([400, 6003, 6111]);
    expect(status({ 'x-auth-email': 'noc@example.com', 'x-auth-key': 'x' })).toEqual([400, 6003, 6103]);
    expect(status({ authorization: `Bearer ${'a'.repeat(40)}` })).toEqual([403, 9109, undefined]);
    const { email, key } = world.sim.globalKey;
    expect(status({ 'x-auth-email': email, 'x-auth-key': key })[0]).toBe(200);
    expect(status({ 'x-auth-email': 'else@example.com', 'x-auth-key': key })).toEqual([403, 9103, undefined]);
  });

  it('keeps reading, writing and accounts apart', () => {
    const two = lab({ scenario: 'practice', start: MINUTE });
    const [first, second] = two.sim.accounts;
    const list = (token: string | undefined, id: string | undefined) =>
      two.ask('GET', `/accounts/${id}/magic/ipsec_tunnels`, undefined, { authorization: `Bearer ${token}` }).status;
    expect(list(first?.readToken, first?.id)).toBe(200);
    expect(list(first?.readToken, second?.id)).toBe(403);
    expect(list(first?.writeToken, first?.id)).toBe(200);
    expect(list(first?.magicLessToken, first?.id)).toBe(403);
    expect(list(two.sim.readToken, second?.id)).toBe(200);
    const body = { psks: [] };
    const write = two.ask('POST', `/accounts/${first?.id}/magic/ipsec_tunnels/psk`, body, {
      authorization: `Bearer ${first?.readToken}`,
    });
    expect(write.status).toBe(403);
  });

  it('knows accounts without Magic, accounts that are none, and paths that lead nowhere', () => {
    const base = scenarioWith([]);
    const bare = lab({ scenario: { ...base, accounts: base.accounts.map((one) => ({ ...one, onboarded: false })) } });
    const code = (from: typeof world, where: string) => json(from.ask('GET', where)).errors[0].code;
    expect(code(bare, `/accounts/${bare.sim.accounts[0]?.id}/magic/ipsec_tunnels`)).toBe(1012);
    expect(code(world, '/accounts/nonsense/magic/ipsec_tunnels')).toBe(7003);
    expect(code(world, `/accounts/${'0'.repeat(32)}/magic/ipsec_tunnels`)).toBe(10000);
    expect(code(world, `${path}/${'0'.repeat(32)}`)).toBe(1032);
    expect(code(world, '/zones')).toBe(7003);
  });
});

describe('validation', () => {
  const good = { name: 'new-1', cloudflare_endpoint: '162.159.64.17', interface_address: '172.16.0.0/31' };
  const pointers = (body: unknown, method = 'POST', where = `${path}?validate_only=true`) => {
    const reply = world.ask(method, where, body);
    return reply.status === 200
      ? []
      : json(reply).errors.map((error: { source?: { pointer: string } }) => error.source?.pointer);
  };

  it('accepts what is right', () => {
    expect(pointers(good)).toEqual([]);
    expect(pointers({ ...good, interface_address: '169.254.241.1/30' })).toEqual([]);
    expect(pointers({ ...good, interface_address6: '2606:54c1:7:0:a9fe:12d2:1:200/127' })).toEqual([]);
    expect(
      pointers({ ...good, bgp: { customer_asn: 4200000001, md5_key: "aZ9'!@#$%^&*()+[]{}<>/.,;:_-~`= |" } }),
    ).toEqual([]);
  });

  it.each([
    [{ name: undefined }, '/name'],
    [{ name: 'with space' }, '/name'],
    [{ name: 'aaa1-tun-a' }, '/name'],
    [{ cloudflare_endpoint: '300.1.1.1' }, '/cloudflare_endpoint'],
    [{ customer_endpoint: 'router.example.com' }, '/customer_endpoint'],
    [{ interface_address: '172.16.0.0' }, '/interface_address'],
    [{ interface_address: '172.16.0.0/29' }, '/interface_address'],
    [{ interface_address: '100.64.0.0/31' }, '/interface_address'],
    [{ interface_address: '169.254.10.0/31' }, '/interface_address'],
    [{ interface_address: '10.0.0.4/30' }, '/interface_address'],
    [{ interface_address: '10.64.0.0/31' }, '/interface_address'],
    [{ interface_address6: '2606:54c1::1/127' }, '/interface_address6'],
    [{ bgp: {} }, '/bgp/customer_asn'],
    [{ bgp: { customer_asn: 65000, md5_key: '' } }, '/bgp/md5_key'],
    [{ bgp: { customer_asn: 65000, md5_key: 'what?' } }, '/bgp/md5_key'],
    [{ bgp: { customer_asn: 65000, extra_prefixes: ['10.0.0.0'] } }, '/bgp/extra_prefixes/0'],
    [{ custom_remote_identities: { fqdn_id: 'a.b.ipsec.cloudflare.com' } }, '/custom_remote_identities/fqdn_id'],
    [{ health_check: { rate: 'fast' } }, '/health_check/rate'],
    [{ health_check: { target: '10.0.0.1' } }, '/health_check/target'],
    [{ automatic_return_routing: true }, '/automatic_return_routing'],
  ])('refuses %j', (change, pointer) => {
    expect(pointers({ ...good, ...change })).toEqual([pointer]);
  });

  it('refuses two tunnels of one identity on one endpoint, and wants the numeric account in it', () => {
    const other = lab({ scenario: scenarioWith([]) });
    const where = `/accounts/${other.sim.accounts[0]?.id}/magic/ipsec_tunnels`;
    const { id } = other.tunnel('aaa1-tun-a');
    const bulk = json(other.ask('POST', `${where}/psk`, { psks: [{ id, psk: 'long-enough-1' }] }));
    const number = bulk.result.successfully_applied_psks[id].ipsec_id.split('_')[0];
    const fqdn = { custom_remote_identities: { fqdn_id: `site.${number}.custom.ipsec.cloudflare.com` } };
    expect(other.ask('POST', where, { ...good, ...fqdn }).status).toBe(200);
    const second = { ...good, ...fqdn, name: 'new-2', interface_address: '172.16.0.2/31' };
    expect(json(other.ask('POST', where, second)).errors[0].source.pointer).toBe('/custom_remote_identities/fqdn_id');
    expect(other.ask('POST', where, { ...second, cloudflare_endpoint: '162.159.65.17' }).status).toBe(200);
  });

  it('takes one field alone in a PUT, and a string target without the header', () => {
    const other = lab({ scenario: scenarioWith([]) });
    const { id } = other.tunnel('aaa1-tun-a');
    const where = `/accounts/${other.sim.accounts[0]?.id}/magic/ipsec_tunnels/${id}`;
    const auth = { authorization: `Bearer ${other.sim.writeToken}` };
    expect(other.ask('PUT', where, { health_check: { rate: 'high' } }, auth).status).toBe(200);
    expect(other.tunnel('aaa1-tun-a').health_check).toMatchObject({ rate: 'high', target: { saved: '' } });
    expect(other.ask('PUT', where, { health_check: { target: '10.5.5.5' } }, auth).status).toBe(200);
    expect(other.tunnel('aaa1-tun-a').health_check?.target).toEqual({ effective: '10.5.5.5', saved: '10.5.5.5' });
    expect(json(other.ask('PUT', where, { health_check: { target: '10.5.5.5' } }, auth)).result.modified).toBe(false);
    expect(other.ask('PUT', where, 'no json', auth).status).toBe(400);
  });

  it('shows what was written in the health results: name, and silence after a deletion', async () => {
    const other = lab({ scenario: scenarioWith([]) });
    const where = `/accounts/${other.sim.accounts[0]?.id}/magic/ipsec_tunnels`;
    other.ask('PUT', `${where}/${other.tunnel('aaa1-tun-a').id}`, { name: 'aaa1-renamed' });
    other.ask('DELETE', `${where}/${other.tunnel('bbb1-tun-a').id}`);
    await other.to(10 * MINUTE);
    const names = new Set(other.health(5 * MINUTE, 6 * MINUTE).map((row) => row.dimensions.tunnelName));
    expect(names).toContain('aaa1-renamed');
    expect(names).not.toContain('aaa1-tun-a');
    expect(names).not.toContain('bbb1-tun-a');
  });
});

describe('the rate limit', () => {
  it('counts down, blocks for five minutes, and tells so in headers', async () => {
    const tight = lab({ scenario: scenarioWith([]), limits: { quota: 3 } });
    const where = `/accounts/${tight.sim.accounts[0]?.id}/magic/ipsec_tunnels`;
    const get = () => tight.ask('GET', where);
    expect(get().headers).toMatchObject({
      ratelimit: '"default";r=2;t=300',
      'ratelimit-policy': '"default";q=3;w=300',
    });
    await tight.to(100 * SECOND);
    expect(get().headers.ratelimit).toBe('"default";r=1;t=200');
    expect(get().status).toBe(200);
    const blocked = get();
    expect(blocked.status).toBe(429);
    expect(json(blocked)).toMatchObject({ success: false, errors: [{ code: 971 }] });
    expect(blocked.headers['retry-after']).toBe('300');
    await tight.to(399 * SECOND);
    expect(get().headers['retry-after']).toBe('1');
    await tight.to(401 * SECOND);
    expect(get().status).toBe(200);
  });

  it('is one per token, and another one for GraphQL', () => {
    const tight = lab({ scenario: scenarioWith([]), limits: { quota: 1, graphqlQuota: 2 } });
    const [own] = tight.sim.accounts;
    const where = `/accounts/${own?.id}/magic/ipsec_tunnels`;
    const list = (token = '') => tight.ask('GET', where, undefined, { authorization: `Bearer ${token}` }).status;
    expect([list(own?.readToken), list(own?.readToken)]).toEqual([200, 429]);
    expect(list(own?.writeToken)).toBe(200);
    const variables = { a: own?.id, f: time(-MINUTE), t: time(0) };
    const query = () =>
      tight.ask('POST', '/graphql', { query: HEALTH, variables }, { authorization: `Bearer ${own?.readToken}` }).status;
    expect([query(), query(), query()]).toEqual([200, 200, 429]);
  });

  it('is 1,200 in five minutes unless told otherwise, and can run on a clock of its own', async () => {
    const real = virtualClock(0);
    const clock = scaledClock(real, 60, ORIGIN);
    const sim = createSimulator({ scenario: 'calm', seed: 1, clock, limitsClock: real });
    const ask = () =>
      sim.handle({
        method: 'GET',
        path: `/client/v4${path}`,
        headers: { authorization: `Bearer ${sim.readToken}` },
        body: null,
      }).headers.ratelimit;
    expect(ask()).toBe('"default";r=1199;t=300');
    await real.advance(10_000, async () => {});
    expect(clock.now() - ORIGIN).toBe(600_000);
    expect(ask()).toBe('"default";r=1198;t=290');
  });
});

it('answers the same over a socket and in the process', async () => {
  const sim = createSimulator({ scenario: 'practice', seed: 9, clock: virtualClock(ORIGIN) });
  const served = await sim.listen();
  const socket = createUndiciTransport({ proxy: null, noProxy: null, ca: [], env: {} });
  try {
    const ask = (base: string, transport = socket) =>
      transport.exchange({
        method: 'GET',
        url: `${base}/client/v4/accounts/${sim.accounts[0]?.id}/magic/ipsec_tunnels`,
        headers: { Authorization: `Bearer ${sim.readToken}` },
        body: null,
        deadlineMs: 60_000,
        maxBytes: 1e7,
        signal: null,
      });
    const [far, near] = [await ask(served.url), await ask('http://simulator', sim.transport())];
    expect(far.status).toBe(200);
    expect(Buffer.compare(far.body, near.body)).toBe(0);
    expect(far.headers['cf-ray']).toMatch(/^[0-9a-f]{16}-AMS$/);
  } finally {
    await socket.close();
    await served.close();
  }
});
