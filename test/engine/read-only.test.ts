/**
 * The promise "read-only": whatever happens in the world and whatever a page asks for, nothing but questions leaves.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Desks, NO_DESKS } from '../../src/engine/bridge/desk-calls.ts';
import { createBridgeHost } from '../../src/engine/bridge/host.ts';
import { CALL_SCHEMAS } from '../../src/engine/bridge/schemas.ts';
import { createCloudflareClient } from '../../src/engine/cloudflare/client.ts';
import type { HttpRequest } from '../../src/engine/cloudflare/contract.ts';
import type { Engine } from '../../src/engine/contract.ts';
import { writeTokenEntry } from '../../src/engine/credentials/entries.ts';
import { memoryVault } from '../../src/engine/credentials/vault.ts';
import { openWriteToken } from '../../src/engine/credentials/write-token.ts';
import { openLedger } from '../../src/engine/ledger/open-ledger.ts';
import { operationsOver } from '../../src/engine/operations/over-engine.ts';
import { DEFAULT_API_BASE } from '../../src/engine/settings/schema.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { DAY, T0 } from '../fixtures/tunnels.ts';
import { countingTransport } from '../harness/counting-transport.ts';
import { engineOver } from '../harness/engine-over.ts';

const HOUR = 3_600_000;
const LOCKED = 'Acme is locked: unlock it for a while to make changes.';

const BESIDE =
  /^\/client\/v4\/accounts\/[0-9a-f]{32}\/magic\/(gre_tunnels|cf_interconnects|routes|bgp\/settings|redundancy_groups)$/;

/** `GET …/ipsec_tunnels`, `GET …/ipsec_tunnels/ID`, what stands beside them, and health results by a GraphQL query. */
function isQuestion({ method, url, body }: HttpRequest): boolean {
  const { pathname, search } = new URL(url);
  if (search !== '') return false;
  if (method === 'GET' && BESIDE.test(pathname)) return body === null;
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
    const folder = mkdtempSync(join(tmpdir(), 'tw-read-only-'));
    const ledger = openLedger({ path: join(folder, 'ledger.db'), clock });
    if (!ledger.ok) throw new Error(ledger.error.sentence);
    // Everything that a change takes is at hand, but for a person who unlocks.
    const keychain = memoryVault([[writeTokenEntry(account.id, null), simulator.writeToken]]);
    const places = { env: {}, vault: keychain };
    const of = { id: account.id, name: 'Acme', apiBase: DEFAULT_API_BASE };
    const token = openWriteToken({ account: of, named: null, places, session: memoryVault(), clock });
    const writing = [{ id: account.id, name: 'Acme', token, clientWith: () => client }];
    const desks = (over: Engine): Desks => ({
      ...NO_DESKS,
      operations: operationsOver(over, { clock, accounts: writing, ledger: ledger.value, keychain }),
    });
    const engine = engineOver({ clock, path: null, client, accountId: account.id, intervalMs: 60_000, desks });
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
      const change = { operation: { kind: 'update', key: row.key, change: { description: 'x' } } };
      expect(await host.call('plan', change)).toMatchObject({ ok: false, error: { sentence: LOCKED } });
      expect(await host.call('plan', { operation: { kind: 'delete', key: row.key } })).toMatchObject({ ok: false });
      expect(await host.call('confirm', { plan: 'p', typed: null, by: 'me' })).toMatchObject({
        value: { state: 'not-sent' },
      });
      for (const name of ['createTunnel', 'updateTunnel', 'deleteTunnel', 'generatePsk', 'setPsks']) {
        expect(await host.call(name, args)).toMatchObject({ ok: false, error: { kind: 'unknown-call' } });
      }
      await clock.advance(30_000, transport.idle);
    }
    await clock.advance(HOUR, transport.idle);
    await host.stop();
    expect(ledger.value.audit(null, 10)).toEqual([]);
    ledger.value.close();
    rmSync(folder, { recursive: true, force: true });
    expect(requests.length).toBeGreaterThan(2_000);
    expect(requests.filter((request) => !isQuestion(request)).map(({ method, url }) => `${method} ${url}`)).toEqual([]);
    // Close watch was among them, or this has seen only half.
    expect(requests.some(({ url }) => /ipsec_tunnels\/./.test(url))).toBe(true);
  });
});
