/** What stands beside the list: read over real HTTP, refused part by part, never half believed. */
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import type { CloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { Transport } from '../../../src/engine/cloudflare/contract.ts';
import { SURROUNDING_PARTS, type SurroundingPart } from '../../../src/engine/cloudflare/surroundings.ts';
import { createSimulator, type Served, type SimAccount, type Simulator } from '../../../src/simulator/index.ts';
import { ACCOUNT, clientFor, credentials, site, transport } from './loopback.ts';

let simulator: Simulator;
let served: Served;
let way: Transport;
let account: SimAccount;
beforeAll(async () => {
  simulator = createSimulator({ scenario: 'misconfigured', clock: systemClock(), seed: 7 });
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

const client = (token = account.readToken): CloudflareClient =>
  clientFor(`${served.url}/client/v4`, { transport: way, credentials: credentials({ kind: 'token', token }) });

async function read<P extends SurroundingPart>(part: P) {
  const answer = await client().surrounding(account.id, part);
  if (!answer.ok) throw new Error(answer.error.sentence);
  expect(answer.meta.requests).toBe(1);
  return answer.value;
}

describe('the reads beside the list', () => {
  it('tell of GRE tunnels, interconnects and BGP settings', async () => {
    const gre = await read('gre');
    expect(gre.map(({ name }) => name)).toEqual(['gre-lab', 'gre-old-lhr1']);
    expect(gre[0]).toMatchObject({ kind: 'gre', bgp: false, customerEndpoint: expect.stringMatching(/^44\./) });
    const [cni] = await read('interconnects');
    expect(cni).toMatchObject({ kind: 'cni', name: 'cni-backbone', cloudflareEndpoint: '162.159.67.17', bgp: true });
    expect(await read('cloudflareAsn')).toBe(13_335);
  });

  it('fit to the tunnels: routes lead to those without BGP, the group names tunnels that are there', async () => {
    const list = await client().listTunnels(account.id);
    if (!list.ok) throw new Error(list.error.sentence);
    const tunnels = [...list.value.tunnels.values()];
    const routes = await read('routes');
    for (const { bgp, interfaceAddress, name } of tunnels.filter((tunnel) => tunnel.bgp === null)) {
      const last = Number(/(\d+)\/31$/.exec(interfaceAddress)?.[1]) + 1;
      const customer = interfaceAddress.replace(/\d+\/31$/, String(last));
      expect(
        routes.map(({ nexthop }) => nexthop),
        `${name} ${String(bgp)}`,
      ).toContain(customer);
    }
    expect(routes.map(({ nexthop }) => nexthop)).toContain('10.99.99.99');
    const [group] = await read('redundancyGroups');
    expect(group?.name).toBe('ams1');
    const ids: string[] = tunnels.filter(({ name }) => name.startsWith('ams1')).map(({ id }) => id);
    expect(group?.members.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  it.each(SURROUNDING_PARTS)('say in a sentence when %s may not be read, and leave the token alone', async (part) => {
    simulator.faults.set({ kind: 'forbidden', match: 'beside' });
    const ours = credentials({ kind: 'token', token: account.readToken });
    let refused = 0;
    const asker = clientFor(`${served.url}/client/v4`, {
      transport: way,
      credentials: { ...ours, refused: () => (refused += 1) },
    });
    const answer = await asker.surrounding(account.id, part);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'missing-permission' } });
    simulator.faults.set({ kind: 'bad-token', match: 'beside' });
    expect(await asker.surrounding(account.id, part)).toMatchObject({ ok: false, error: { kind: 'bad-token' } });
    expect(refused).toBe(0);
    expect((await asker.listTunnels(account.id)).ok).toBe(true);
  });
});

describe('an answer that cannot be read to the end', () => {
  const answering = async (result: unknown, part: SurroundingPart, info = {}) => {
    const server = await site((_seen, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' });
      reply.end(JSON.stringify({ success: true, errors: [], messages: [], result, ...info }));
    });
    onTestFinished(() => server.close());
    return clientFor(server.base, { transport: way }).surrounding(ACCOUNT, part);
  };
  const route = { id: 'r', prefix: '10.0.0.0/8', nexthop: '10.1.1.1', priority: 100 };

  it('is refused as a whole: a route that is missing would make a tunnel look unrouted', async () => {
    expect(await answering({ routes: [route, { id: 's', prefix: '10.0.0.0/8' }] }, 'routes')).toMatchObject({
      ok: false,
      error: { kind: 'wrong-shape', sentence: expect.stringContaining('routes.1.nexthop') },
    });
    expect(await answering({ routes: [route] }, 'routes', { result_info: { total_count: 2 } })).toMatchObject({
      ok: false,
      error: { kind: 'wrong-shape', sentence: expect.stringContaining('1 of 2') },
    });
    expect(await answering({}, 'routes')).toMatchObject({ ok: false, error: { kind: 'wrong-shape' } });
  });

  it('is taken where only what is optional is missing', async () => {
    expect(await answering({ routes: [{ ...route, priority: undefined }] }, 'routes')).toMatchObject({
      ok: true,
      value: [{ id: 'r', priority: null, description: null }],
    });
    expect(await answering({ interconnects: [{ id: 'i', name: 'n' }] }, 'interconnects')).toMatchObject({
      ok: true,
      value: [{ kind: 'cni', interfaceAddress: null, cloudflareEndpoint: null, bgp: false }],
    });
    const members = [
      { type: 'GRE', data: 'g1' },
      { type: 'mpls', data: 'x' },
      { type: 'ipsec', data: { id: 't1', more: 1 } },
    ];
    const groups = { redundancy_groups: [{ id: 'a', name: 'n', member_data: members }] };
    expect(await answering(groups, 'redundancyGroups')).toMatchObject({
      ok: true,
      value: [
        {
          members: [
            { kind: 'gre', id: 'g1' },
            { kind: 'ipsec', id: 't1' },
          ],
        },
      ],
    });
    expect(await answering({}, 'cloudflareAsn')).toMatchObject({ ok: true, value: null });
  });
});
