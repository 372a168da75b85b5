import { buildSchema, parse, validate } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import type { CloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { Transport } from '../../../src/engine/cloudflare/contract.ts';
import { HEALTH_QUERIES } from '../../../src/engine/cloudflare/health-query.ts';
import type { FaultKind, TunnelId } from '../../../src/shared/model.ts';
import {
  createSimulator,
  type FaultRuleKind,
  SDL,
  type Served,
  type SimAccount,
  type Simulator,
} from '../../../src/simulator/index.ts';
import { clientFor, credentials, transport } from './loopback.ts';

let simulator: Simulator;
let served: Served;
let way: Transport;
let account: SimAccount;
beforeAll(async () => {
  simulator = createSimulator({ scenario: 'calm', clock: systemClock(), seed: 7, origin: Date.now() - 3_600_000 });
  served = await simulator.listen();
  way = transport();
  const [first] = simulator.accounts;
  if (first === undefined) throw new Error('a simulator without accounts');
  account = first;
});
afterAll(async () => {
  await way.close();
  await served.close();
});
afterEach(() => simulator.faults.clear());

function as(
  token: string,
  more: { deadlineMs?: number; maxBytes?: number; healthPageSize?: number } = {},
): CloudflareClient {
  return clientFor(`${served.url}/client/v4`, {
    transport: way,
    credentials: credentials({ kind: 'token', token }),
    ...more,
  });
}
/** The value of an answer; a fault fails the test with its sentence. */
async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; error: { sentence: string } }>,
): Promise<T> {
  const read = await answer;
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value;
}
const window = (minutes: number) => {
  const to = Math.floor(Date.now() / 60_000) * 60_000 - 120_000;
  return { from: to - minutes * 60_000, to };
};

describe('the questions about health', () => {
  it.each(Object.entries(HEALTH_QUERIES))('are valid in the schema: %s', (_, text) => {
    expect(validate(buildSchema(SDL), parse(text))).toEqual([]);
  });
});

describe('the client and the simulator', () => {
  it('list and get the same tunnels, each readable', async () => {
    const ours = as(account.readToken);
    const list = await value(ours.listTunnels(account.id));
    expect(list.tunnels.size).toBeGreaterThan(2);
    expect(list.unreadable).toEqual([]);
    const [first] = list.tunnels.values();
    if (first === undefined) throw new Error('no tunnel');
    const one = await value(ours.getTunnel(account.id, first.id));
    expect({ ...one, bgpStatus: null }).toEqual({ ...first, bgpStatus: null });
    const next = await ours.listTunnels(account.id);
    expect(next.ok && next.value.removed).toEqual([]);
    expect(next.meta.rate).not.toBeNull();
    expect(next.meta.cfRay).toMatch(/-AMS$/);
  });

  it('agree about health, however small the pages are', async () => {
    const names = new Set(
      [...(await value(as(account.readToken).listTunnels(account.id))).tunnels.values()].map((t) => t.name),
    );
    const whole = await value(as(account.readToken).tunnelHealth(account.id, window(5)));
    expect(whole.length).toBeGreaterThan(names.size);
    for (const row of whole) expect(names.has(row.tunnelName)).toBe(true);
    const paged = await as(account.readToken, { healthPageSize: 50 }).tunnelHealth(account.id, window(5));
    if (!paged.ok) throw new Error(paged.error.sentence);
    const key = (rows: typeof whole): string[] => rows.map((r) => `${r.tunnelName} ${r.coloCode} ${r.minute}`).sort();
    expect(key(paged.value)).toEqual(key(whole));
    expect(paged.meta.requests).toBeGreaterThan(1);
  });

  it('create, change, rekey and delete a tunnel', async () => {
    const ours = as(account.writeToken);
    const accountId = account.id;
    const [pattern] = (await value(ours.listTunnels(accountId))).tunnels.values();
    if (pattern === undefined) throw new Error('no tunnel');
    const draft = {
      name: 'made-by-test',
      cloudflareEndpoint: pattern.cloudflareEndpoint,
      interfaceAddress: '10.255.255.252/31',
      customerEndpoint: '198.19.255.1',
      bgp: { customerAsn: 64_999, md5Key: 'md5-of-test' },
      healthCheck: { enabled: true, type: 'request', rate: 'mid', direction: 'bidirectional', target: '' },
    } as const;
    expect(await value(ours.createTunnel(accountId, draft, { validateOnly: true }))).toMatchObject({ done: false });
    const made = await value(ours.createTunnel(accountId, draft));
    const tunnel = made.tunnel;
    if (tunnel === null) throw new Error('no tunnel');
    expect(tunnel).toMatchObject({
      name: 'made-by-test',
      pskGeneratedAt: null,
      bgp: { customerAsn: 64_999, md5KeySet: true },
    });

    const changed = await value(ours.updateTunnel(accountId, tunnel.id, { description: 'by test' }));
    expect(changed.tunnel).toMatchObject({ description: 'by test', bgp: { md5KeySet: true } });
    const many = await value(ours.bulkUpdateTunnels(accountId, new Map([[tunnel.id, { description: 'by bulk' }]])));
    expect(many.tunnels).toMatchObject([{ id: tunnel.id, description: 'by bulk', bgp: { md5KeySet: true } }]);

    const key = await value(ours.generatePsk(accountId, tunnel.id));
    expect(key.psk).toMatch(/^.{8,}$/);
    const after = await value(ours.getTunnel(accountId, tunnel.id));
    expect(Math.abs((after.pskGeneratedAt ?? 0) - (key.generatedAt ?? 0))).toBeLessThanOrEqual(1);
    const gone = 'f'.repeat(32) as TunnelId;
    const entries = [tunnel.id, gone].map((tunnelId) => ({ tunnelId, psk: 'abcdefgh12345678' }));
    const set = await value(ours.setPsks(accountId, entries));
    expect(set.applied).toMatchObject([{ tunnelId: tunnel.id, psk: 'abcdefgh12345678' }]);
    expect(set.refused).toMatchObject([{ tunnelId: gone }]);

    expect(await value(ours.deleteTunnel(accountId, tunnel.id))).toMatchObject({ tunnel: { id: tunnel.id } });
    expect(await ours.getTunnel(accountId, tunnel.id)).toMatchObject({
      ok: false,
      error: { kind: 'not-found', code: 1032 },
    });
  });

  it('know each form of credential', async () => {
    expect(await value(as(account.readToken).verifyToken(account.id))).toMatchObject({
      kind: 'account',
      status: 'active',
    });
    expect(await value(as(simulator.readToken).verifyToken(account.id))).toMatchObject({
      kind: 'user',
      status: 'active',
    });
    const { email, key } = simulator.globalKey;
    const byKey = clientFor(`${served.url}/client/v4`, {
      transport: way,
      credentials: credentials({ kind: 'key', email, key }),
    });
    expect(await byKey.listTunnels(account.id)).toMatchObject({ ok: true });
    const unknown = await as('z'.repeat(40)).listTunnels(account.id);
    expect(unknown).toMatchObject({ ok: false, error: { kind: 'bad-token' } });
    const odd = await as('short').verifyToken(account.id);
    expect(odd).toMatchObject({ ok: false, error: { kind: 'bad-token' } });
  });

  it('agree about which permission is missing', async () => {
    const { id } = account;
    const [first] = (await value(as(account.readToken).listTunnels(id))).tunnels.keys();
    const tunnelId = first ?? ('' as TunnelId);
    const missing = (permission: string) => ({ ok: false, error: { kind: 'missing-permission', permission } });
    const read = 'Magic WAN Read or Magic Transit Read';
    expect(await as(account.magicLessToken).listTunnels(id)).toMatchObject(missing(read));
    const analytics = 'Account Analytics Read';
    expect(await as(account.analyticsLessToken).tunnelHealth(id, window(2))).toMatchObject(missing(analytics));
    const write = 'Magic WAN Write or Magic Transit Write';
    expect(await as(account.readToken).deleteTunnel(id, tunnelId)).toMatchObject(missing(write));
    expect(await as(account.readToken).generatePsk(id, tunnelId)).toMatchObject(missing(write));
  });

  it.each([
    ['hang', 'timeout'],
    ['hang-body', 'timeout'],
    ['drip', 'timeout'],
    ['truncated', 'truncated'],
    ['truncated-chunked', 'truncated'],
    ['reset', 'offline'],
    ['not-http', 'not-http'],
    ['html', 'not-json'],
    ['broken-json', 'not-json'],
    ['empty-body', 'not-json'],
    ['wrong-shape', 'wrong-shape'],
    ['huge', 'too-large'],
    ['endless', 'too-large'],
    ['rate-limited', 'rate-limited'],
    ['status', 'server-error'],
    ['redirect', 'redirected'],
    ['bad-token', 'bad-token'],
    ['forbidden', 'missing-permission'],
    ['not-onboarded', 'not-onboarded'],
  ] as const satisfies readonly (readonly [FaultRuleKind, FaultKind])[])(
    'agree about the fault %s: %s',
    async (rule, kind) => {
      // Short for what hangs alone: a busy machine is no fault.
      const deadlineMs = kind === 'timeout' ? 1_500 : 30_000;
      const ours = as(account.readToken, { deadlineMs, maxBytes: 4_000_000 });
      await value(ours.listTunnels(account.id));
      simulator.faults.set({ kind: rule, times: 1 });
      const answer = await ours.listTunnels(account.id);
      expect(answer).toMatchObject({ ok: false, error: { kind } });
      const next = await ours.listTunnels(account.id);
      expect(next.ok && next.value.removed).toEqual([]);
    },
  );

  it('agree that unknown words and an empty list are answers', async () => {
    const ours = as(account.readToken);
    const before = await value(ours.listTunnels(account.id));
    simulator.faults.set({ kind: 'unknown-words', times: 1 });
    const odd = await value(ours.listTunnels(account.id));
    expect([odd.tunnels.size, odd.removed.length]).toEqual([before.tunnels.size, 0]);
    simulator.faults.set({ kind: 'empty-list', times: 1 });
    const empty = await value(ours.listTunnels(account.id));
    expect([empty.tunnels.size, empty.removed.length]).toEqual([0, before.tunnels.size]);
  });
});
