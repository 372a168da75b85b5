import { describe, expect, it } from 'vitest';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import type { CredentialSource } from '../../src/engine/cloudflare/contract.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../../src/simulator/index.ts';
import { lab, MINUTE, ORIGIN } from './helpers.ts';

function source(token: string): CredentialSource {
  return { get: async () => ({ ok: true, value: { kind: 'token', token } }), refused: () => {}, budgetKey: 'test' };
}

/** The monitor's own client over the simulator's transport: both sides of the contract, without a socket. */
describe("the monitor's own client", () => {
  it.each(SCENARIO_NAMES)('%s: reads every list and every health row', async (name) => {
    const world = lab({ scenario: { ...SCENARIOS[name], faults: [] }, start: 2 * MINUTE });
    const client = createCloudflareClient({
      apiBase: 'http://127.0.0.1/client/v4',
      credentials: source(world.sim.readToken),
      transport: world.sim.transport(),
      userAgent: 'tunnelwatch/test',
      clock: world.clock,
      healthPageSize: 500,
    });
    for (const [index, { id }] of world.sim.accounts.entries()) {
      const list = await client.listTunnels(id);
      if (!list.ok) throw new Error(list.error.sentence);
      expect(list.value.tunnels.size + list.value.unreadable.length).toBe(world.tunnels(index).length);
      expect(list.value.unreadable).toHaveLength(name === 'misconfigured' ? 1 : 0);
      expect(list.meta.rate?.quota).toBeGreaterThan(0);
      const again = await client.listTunnels(id);
      expect(again.ok && again.value.unchanged).toBe(true);

      const window = { from: ORIGIN - 2 * MINUTE, to: ORIGIN + MINUTE };
      const health = await client.tunnelHealth(id, window);
      if (!health.ok) throw new Error(health.error.sentence);
      // 500 rows to a page: with 200 tunnels it takes many, and each row comes once.
      const keys = health.value.map((row) => `${row.tunnelName} ${row.coloCode} ${row.minute}`);
      expect(new Set(keys).size).toBe(keys.length);
      if (name === 'endpoint-outage') expect(keys).toHaveLength(200 * 6 * 3);
    }
  });

  it('names what is missing when a token may not read health', async () => {
    const world = lab({ scenario: 'calm' });
    const [account] = world.sim.accounts;
    if (account === undefined) throw new Error('no account');
    const client = (token: string) =>
      createCloudflareClient({
        apiBase: 'http://127.0.0.1/client/v4',
        credentials: source(token),
        transport: world.sim.transport(),
        userAgent: 'tunnelwatch/test',
        clock: world.clock,
      });
    const window = { from: ORIGIN - 5 * MINUTE, to: ORIGIN - 2 * MINUTE };
    const health = await client(account.analyticsLessToken).tunnelHealth(account.id, window);
    expect(health.ok ? null : health.error.kind).toBe('missing-permission');
    const list = await client(account.magicLessToken).listTunnels(account.id);
    expect(list.ok ? null : list.error.kind).toBe('missing-permission');
    const nobody = await client('sim-nobody-knows-this-token').listTunnels(account.id);
    expect(nobody.ok ? null : nobody.error.kind).toBe('bad-token');
  });
});
