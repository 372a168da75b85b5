import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import { TRAFFIC_QUERIES } from '../../src/engine/cloudflare/traffic.ts';
import { memoryCredential } from '../../src/engine/credentials/source.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator, SDL } from '../../src/simulator/index.ts';
import { engineOver } from '../harness/engine-over.ts';
import { HOUR, json, lab, MINUTE, scenarioWith, time } from './helpers.ts';

const scenario = scenarioWith([
  { what: 'tunnel-down', who: { tunnel: 'bbb1-tun-a' }, from: '-3h', for: '2h' },
  { what: 'renamed', who: { tunnel: 'bbb1-tun-b' }, from: '-2h', to: 'other' },
]);
const [spec] = scenario.accounts;
if (spec === undefined) throw new Error('no account');
const world = lab({
  scenario: {
    ...scenario,
    accounts: [{ ...spec, sites: spec.sites.map((site) => ({ ...site, standby: site.code === 'aaa1' })) }],
  },
  start: 0,
});
const account = world.sim.accounts[0]?.id ?? '';

function traffic(
  from: number,
  to: number,
  more: Record<string, unknown> = {},
  query: string = TRAFFIC_QUERIES.first,
): Record<string, number> {
  const variables = { account, from: time(from), to: time(to), limit: 100, ...more };
  const answer = json(
    world.ask('POST', '/graphql', JSON.stringify({ query, variables }), {
      authorization: `Bearer ${world.sim.readToken}`,
    }),
  );
  if (answer.errors !== null) throw new Error(JSON.stringify(answer.errors));
  const rows = answer.data.viewer.accounts[0].magicTransitTunnelTrafficAdaptiveGroups as {
    sum: { bits: number };
    dimensions: { tunnelName: string };
  }[];
  return Object.fromEntries(rows.map(({ sum, dimensions }) => [dimensions.tunnelName, sum.bits]));
}

describe('the traffic of the simulated tunnels', () => {
  it.each(Object.entries(TRAFFIC_QUERIES))('knows the question of the monitor: %s', (_, query) => {
    expect(validate(buildSchema(SDL), parse(query))).toEqual([]);
  });

  it('goes through the first tunnel of a site with a standby, and through all of another', () => {
    const six = traffic(-6 * HOUR, 0);
    expect(Object.keys(six)).toEqual(Object.keys(six).toSorted());
    expect(six['aaa1-tun-a']).toBeGreaterThan(1e9);
    expect(six).not.toHaveProperty('aaa1-tun-b');
    for (const name of ['bbb1-tun-a', 'bbb1-tun-b', 'other']) expect(six[name]).toBeGreaterThan(0);
    expect(traffic(-6 * HOUR, 0)).toEqual(six);
  });

  it('ceases while a tunnel is down, and goes on under its new name', () => {
    expect(traffic(-6 * HOUR, -4 * HOUR)['bbb1-tun-a']).toBeGreaterThan(0);
    expect(traffic(-2.5 * HOUR, -1.5 * HOUR)).not.toHaveProperty('bbb1-tun-a');
    expect(traffic(-6 * HOUR, -4 * HOUR)).not.toHaveProperty('other');
    expect(traffic(-1 * HOUR, 0)).not.toHaveProperty('bbb1-tun-b');
  });

  it('is answered in pages, within the limits', () => {
    const names = Object.keys(traffic(-6 * HOUR, 0));
    expect(Object.keys(traffic(-6 * HOUR, 0, { limit: 2 }))).toEqual(names.slice(0, 2));
    const next = { limit: 100, name: names[1] };
    expect(Object.keys(traffic(-6 * HOUR, 0, next, TRAFFIC_QUERIES.after))).toEqual(names.slice(2));
    expect(() => traffic(-30 * 24 * HOUR, 0)).toThrow(/too large/);
    expect(() => traffic(-6 * HOUR, 0, { limit: 20_000 })).toThrow(/limit must be/);
  });

  it('arrives with the delay of analytics', () => {
    expect(traffic(-MINUTE, 0)).toEqual({});
  });
});

describe('the practice world', () => {
  it('has standbys, which the engine tells from tunnels that carry', async () => {
    const clock = virtualClock(Date.parse('2026-11-20T08:00:00Z'));
    const simulator = createSimulator({ scenario: 'practice', seed: 1, clock });
    const [practice] = simulator.accounts;
    if (practice === undefined) throw new Error('no account');
    const client = createCloudflareClient({
      apiBase: 'http://127.0.0.1/client/v4',
      credentials: memoryCredential(practice.readToken),
      transport: simulator.transport(),
      userAgent: 'test',
      clock,
    });
    const engine = engineOver({ clock, path: null, client, accountId: practice.id });
    engine.start();
    await clock.advance(2 * HOUR, () => new Promise((resolve) => setImmediate(resolve)));
    const idle = new Map(engine.board().rows.map(({ name, idle }) => [name, idle]));
    expect([idle.get('sin1-tun-a'), idle.get('sin1-tun-b'), idle.get('fra1-tun-a')]).toEqual([false, true, false]);
    await engine.stop();
  });
});
