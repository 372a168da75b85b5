/**
 * The promise "read-only": whatever happens in the world and whatever a page asks for, nothing but questions leaves.
 */
import { describe, expect, it } from 'vitest';
import { createBridgeHost } from '../../src/engine/bridge/host.ts';
import { CALL_SCHEMAS } from '../../src/engine/bridge/schemas.ts';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import type { HttpRequest } from '../../src/engine/cloudflare/contract.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { DAY, T0 } from '../fixtures/tunnels.ts';
import { countingTransport } from '../harness/counting-transport.ts';
import { engineOver } from '../harness/engine-over.ts';

const HOUR = 3_600_000;

/** `GET …/ipsec_tunnels`, `GET …/ipsec_tunnels/ID`, and health results by a GraphQL query. */
function isQuestion({ method, url, body }: HttpRequest): boolean {
  const { pathname, search } = new URL(url);
  if (search !== '') return false;
  if (method === 'GET')
    return /^\/client\/v4\/accounts\/[0-9a-f]{32}\/magic\/ipsec_tunnels(\/[\w-]+)?$/.test(pathname) && body === null;
  if (method !== 'POST' || pathname !== '/client/v4/graphql' || body === null) return false;
  return /^query \w+\(/.test((JSON.parse(body) as { query: string }).query);
}

describe('watching', () => {
  it('asks and never writes, through a day in which everything happens and a page that asks for everything', async () => {
    const clock = virtualClock(T0 - DAY);
    // A token that may write, so that nothing but ourselves keeps us from it.
    const simulator = createSimulator({ scenario: 'practice', clock, seed: 3, origin: T0 });
    const requests: HttpRequest[] = [];
    const inner = simulator.transport();
    const transport = countingTransport({
      exchange(request) {
        requests.push(request);
        return inner.exchange(request);
      },
      close: () => inner.close(),
    });
    const account = simulator.accounts[0];
    if (account === undefined) throw new Error('no account');
    const client = createCloudflareClient({
      apiBase: 'http://127.0.0.1/client/v4',
      transport,
      userAgent: 'test',
      credentials: {
        budgetKey: 'b',
        refused: () => {},
        get: async () => ({ ok: true, value: { kind: 'token', token: simulator.writeToken } }),
      },
    });
    const engine = engineOver({ clock, path: null, client, accountId: account.id, intervalMs: 60_000 });
    const host = createBridgeHost({ engine, clock, startPractice: null, onBug: () => undefined });
    engine.start();
    await clock.advance(DAY, transport.idle);
    for (const row of host.board().rows) {
      const args = { key: row.key, accountId: account.id, keys: [row.key], lanes: ['bgp'], from: 0, to: T0, limit: 9 };
      for (const name of Object.keys(CALL_SCHEMAS)) {
        const answers = await Promise.all([
          host.call(name, args),
          host.call(name, { key: row.key }),
          host.call(name, { accountId: account.id }),
          host.call(name, {}),
        ]);
        expect(answers).toHaveLength(4);
      }
      for (const name of ['createTunnel', 'updateTunnel', 'deleteTunnel', 'generatePsk', 'setPsks']) {
        expect(await host.call(name, args)).toMatchObject({ ok: false, error: { kind: 'unknown-call' } });
      }
      await clock.advance(30_000, transport.idle);
    }
    await clock.advance(HOUR, transport.idle);
    await host.stop();
    expect(requests.length).toBeGreaterThan(2_000);
    expect(requests.filter((request) => !isQuestion(request)).map(({ method, url }) => `${method} ${url}`)).toEqual([]);
    // Close watch was among them, or this has seen only half.
    expect(requests.some(({ url }) => /ipsec_tunnels\/./.test(url))).toBe(true);
  });
});
