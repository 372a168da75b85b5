import Cloudflare from 'cloudflare';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator, type Served, type Simulator } from '../../src/simulator/index.ts';

/** The official SDK drives every operation and reads back what it wrote. */
describe('the official cloudflare SDK against the served simulator', () => {
  let sim: Simulator;
  let served: Served;
  let client: Cloudflare;
  let account_id: string;

  beforeAll(async () => {
    sim = createSimulator({ scenario: 'calm', seed: 1, clock: systemClock() });
    served = await sim.listen();
    account_id = sim.accounts[0]?.id ?? '';
  });
  beforeEach(() => {
    sim.faults.clear();
    client = sdk({ apiToken: sim.writeToken });
  });
  afterAll(() => served.close());

  function sdk(auth: { apiToken?: string; apiEmail?: string; apiKey?: string }): Cloudflare {
    const none = { apiToken: null, apiEmail: null, apiKey: null };
    return new Cloudflare({ ...none, ...auth, baseURL: `${served.url}/client/v4`, maxRetries: 0 });
  }

  let made = 0;
  const fresh = () => {
    made += 1;
    return {
      account_id,
      name: `sdk-${made}`,
      cloudflare_endpoint: '162.159.67.17',
      customer_endpoint: '44.128.200.1',
      interface_address: `172.16.9.${2 * made}/31`,
      'x-magic-new-hc-target': true,
    };
  };
  async function tunnels() {
    const { ipsec_tunnels } = await client.magicTransit.ipsecTunnels.list({
      account_id,
      'x-magic-new-hc-target': true,
    });
    return ipsec_tunnels ?? [];
  }

  it('lists and gets the same tunnel', async () => {
    const all = await tunnels();
    expect(all).toHaveLength(12);
    const [first] = all;
    const { ipsec_tunnel } = await client.magicTransit.ipsecTunnels.get(first?.id ?? '', {
      account_id,
      'x-magic-new-hc-target': true,
    });
    expect(ipsec_tunnel).toEqual(first);
    expect(ipsec_tunnel?.health_check?.target).toEqual({ effective: '10.64.0.1', saved: '' });
  });

  it('shows the health-check target as a string without the header', async () => {
    const { ipsec_tunnels } = await client.magicTransit.ipsecTunnels.list({ account_id });
    expect(ipsec_tunnels?.[0]?.health_check?.target).toBe('10.64.0.1');
  });

  it('creates, reads back, updates, reads back, deletes', async () => {
    const { ipsecTunnels } = client.magicTransit;
    const wanted = {
      ...fresh(),
      description: 'made by the SDK',
      bgp: { customer_asn: 65010, extra_prefixes: ['10.77.0.0/16'], md5_key: 'key with spaces |' },
      health_check: {
        direction: 'bidirectional' as const,
        rate: 'low' as const,
        type: 'request' as const,
        target: { saved: '' },
      },
    };
    const created = await ipsecTunnels.create(wanted);
    expect(created).toMatchObject({ name: wanted.name, description: 'made by the SDK', psk_metadata: {} });
    expect(created.id).toMatch(/^[0-9a-f]{32}$/);

    const read = await ipsecTunnels.get(created.id, { account_id, 'x-magic-new-hc-target': true });
    expect(read.ipsec_tunnel).toEqual(created);
    expect(read.ipsec_tunnel?.bgp).toEqual(wanted.bgp);
    expect((await tunnels()).map(({ id }) => id)).toContain(created.id);

    const updated = await ipsecTunnels.update(created.id, {
      ...wanted,
      description: 'changed',
      replay_protection: true,
    });
    expect(updated.modified).toBe(true);
    const again = await ipsecTunnels.get(created.id, { account_id, 'x-magic-new-hc-target': true });
    expect(again.ipsec_tunnel).toMatchObject({ description: 'changed', replay_protection: true });
    expect(again.ipsec_tunnel).toEqual(updated.modified_ipsec_tunnel);
    expect(Date.parse(again.ipsec_tunnel?.modified_on ?? '')).toBeGreaterThanOrEqual(
      Date.parse(created.modified_on ?? ''),
    );

    const deleted = await ipsecTunnels.delete(created.id, { account_id });
    expect(deleted).toMatchObject({ deleted: true, deleted_ipsec_tunnel: { id: created.id } });
    await expect(ipsecTunnels.get(created.id, { account_id })).rejects.toMatchObject({
      status: 404,
      errors: [{ code: 1032 }],
    });
    expect((await tunnels()).map(({ id }) => id)).not.toContain(created.id);
  });

  it('updates many at once, and none when one is wrong', async () => {
    const all = await tunnels();
    const [a, b] = all;
    const body = [
      { id: a?.id, description: 'bulk a' },
      { id: b?.id, description: 'bulk b' },
    ];
    const done = await client.magicTransit.ipsecTunnels.bulkUpdate({ account_id, body });
    expect(done.modified_ipsec_tunnels?.map(({ description }) => description)).toEqual(['bulk a', 'bulk b']);
    const after = await tunnels();
    expect(after.slice(0, 2).map(({ description }) => description)).toEqual(['bulk a', 'bulk b']);

    const wrong = [
      { id: a?.id, description: 'not kept' },
      { id: b?.id, name: 'no spaces allowed' },
    ];
    await expect(client.magicTransit.ipsecTunnels.bulkUpdate({ account_id, body: wrong })).rejects.toMatchObject({
      status: 400,
      errors: [{ source: { pointer: '/1/name' } }],
    });
    expect((await tunnels())[0]?.description).toBe('bulk a');
  });

  it('generates a PSK that nobody can read afterwards', async () => {
    const created = await client.magicTransit.ipsecTunnels.create(fresh());
    const made = await client.magicTransit.ipsecTunnels.pskGenerate(created.id, { account_id });
    expect(made.ipsec_tunnel_id).toBe(created.id);
    expect(made.psk).toMatch(/^[A-Za-z0-9]{32}$/);
    const stamp = made.psk_metadata?.last_generated_on ?? '';
    const { ipsec_tunnel } = await client.magicTransit.ipsecTunnels.get(created.id, { account_id });
    const later = ipsec_tunnel?.psk_metadata?.last_generated_on ?? '';
    expect(fraction(stamp)).toBeGreaterThan(6);
    expect(fraction(later)).toBeLessThanOrEqual(6);
    expect(nanosOf(later)).toBeGreaterThanOrEqual(nanosOf(stamp));
    expect(nanosOf(later) - nanosOf(stamp)).toBeLessThan(1000n);
    expect(JSON.stringify(ipsec_tunnel)).not.toContain(made.psk);
  });

  it('sets many PSKs by a plain post, some of them', async () => {
    const created = await client.magicTransit.ipsecTunnels.create(fresh());
    const answer = await client.post<{ result: BulkPsk }>(`/accounts/${account_id}/magic/ipsec_tunnels/psk`, {
      body: {
        psks: [
          { id: created.id, psk: 'a-long-enough-secret' },
          { id: 'f'.repeat(32), psk: 'a-long-enough-secret' },
        ],
      },
    });
    const { successfully_applied_psks: applied, unapplied_psks: unapplied } = answer.result;
    expect(applied[created.id]).toMatchObject({ ipsec_tunnel_id: created.id, psk: 'a-long-enough-secret' });
    expect(applied[created.id]?.ipsec_id).toMatch(new RegExp(`^\\d+_${created.id}$`));
    expect(unapplied).toEqual({ ['f'.repeat(32)]: 'tunnel not found' });
    const { ipsec_tunnel } = await client.magicTransit.ipsecTunnels.get(created.id, { account_id });
    expect(ipsec_tunnel?.psk_metadata).toEqual(applied[created.id]?.psk_metadata);
  });

  it('keeps nothing of a dry run', async () => {
    const before = await tunnels();
    const { ipsecTunnels } = client.magicTransit;
    const dry = { query: { validate_only: true } };
    const id = before[0]?.id ?? '';
    const created = await ipsecTunnels.create({ ...fresh(), description: 'dry' }, dry);
    expect(created.description).toBe('dry');
    const updated = await ipsecTunnels.update(id, { ...fresh(), description: 'dry' }, dry);
    expect(updated.modified_ipsec_tunnel?.description).toBe('dry');
    await ipsecTunnels.bulkUpdate({ account_id, body: [{ id, description: 'dry' }] }, dry);
    await ipsecTunnels.pskGenerate(id, { account_id }, dry);
    await ipsecTunnels.delete(id, { account_id }, dry);
    await client.post(`/accounts/${account_id}/magic/ipsec_tunnels/psk`, {
      body: { psks: [{ id, psk: 'a-long-enough-secret' }] },
      ...dry,
    });
    expect(await tunnels()).toEqual(before);
  });

  it('opens with the older e-mail and key as well', async () => {
    const { email, key } = sim.globalKey;
    const old = sdk({ apiEmail: email, apiKey: key });
    const { ipsec_tunnels } = await old.magicTransit.ipsecTunnels.list({ account_id });
    expect(ipsec_tunnels?.length).toBeGreaterThan(0);
    const wrong = sdk({ apiEmail: email, apiKey: key.replace(/./, key.startsWith('0') ? '1' : '0') });
    await expect(wrong.magicTransit.ipsecTunnels.list({ account_id })).rejects.toMatchObject({ status: 403 });
  });

  it('turns refusals into the classes of the SDK', async () => {
    const lists = (token: string, account = account_id) =>
      sdk({ apiToken: token }).magicTransit.ipsecTunnels.list({ account_id: account });
    await expect(lists('sim-nobody-knows-this-token')).rejects.toMatchObject({ errors: [{ code: 9109 }] });
    await expect(lists(sim.accounts[0]?.magicLessToken ?? '')).rejects.toBeInstanceOf(Cloudflare.PermissionDeniedError);
    await expect(lists(sim.readToken, 'not-an-account')).rejects.toMatchObject({
      errors: [{ code: 7003 }, { code: 7000 }],
    });
    const reader = sdk({ apiToken: sim.readToken });
    await expect(reader.magicTransit.ipsecTunnels.create(fresh())).rejects.toBeInstanceOf(
      Cloudflare.PermissionDeniedError,
    );
    sim.faults.set({ kind: 'rate-limited', retryAfter: 7, times: 1 });
    const limited = await reader.magicTransit.ipsecTunnels.list({ account_id }).catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(Cloudflare.RateLimitError);
    if (limited instanceof Cloudflare.RateLimitError) expect(limited.headers.get('retry-after')).toBe('7');
    sim.faults.set({ kind: 'status', status: 503, times: 1 });
    await expect(reader.magicTransit.ipsecTunnels.list({ account_id })).rejects.toBeInstanceOf(
      Cloudflare.InternalServerError,
    );
  });

  it('verifies user tokens and account tokens, each on its own path', async () => {
    const user = await client.user.tokens.verify();
    expect(user.status).toBe('active');
    const own = sdk({ apiToken: sim.accounts[0]?.readToken ?? '' });
    expect((await own.accounts.tokens.verify({ account_id })).status).toBe('active');
    await expect(own.user.tokens.verify()).rejects.toBeInstanceOf(Cloudflare.AuthenticationError);
  });
});

interface BulkPsk {
  successfully_applied_psks: Record<string, { ipsec_id: string; psk: string; psk_metadata: unknown }>;
  unapplied_psks: Record<string, string>;
}

/** Digits after the second. */
function fraction(stamp: string): number {
  return (/\.(\d+)Z$/.exec(stamp)?.[1] ?? '').length;
}

function nanosOf(stamp: string): bigint {
  const digits = (/\.(\d+)Z$/.exec(stamp)?.[1] ?? '').padEnd(9, '0');
  return BigInt(Date.parse(`${stamp.slice(0, 19)}Z`)) * 1_000_000n + BigInt(digits);
}
