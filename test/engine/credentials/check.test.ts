import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import type { Transport } from '../../../src/engine/cloudflare/contract.ts';
import { type CredentialCheck, checkCredential } from '../../../src/engine/credentials/check.ts';
import type { AccountId } from '../../../src/shared/model.ts';
import { createSimulator, type Served, type SimAccount, type Simulator } from '../../../src/simulator/index.ts';
import { clientFor, credentials, transport } from '../cloudflare/loopback.ts';

let simulator: Simulator;
let served: Served;
let way: Transport;
let account: SimAccount;
beforeAll(async () => {
  simulator = createSimulator({ scenario: 'calm', clock: systemClock(), seed: 7, origin: Date.now() - 3_600_000 });
  served = await simulator.listen();
  way = transport();
  account = simulator.accounts[0] as SimAccount;
});
afterAll(async () => {
  await way.close();
  await served.close();
});

const check = (token: string, id: AccountId = account.id): Promise<CredentialCheck> =>
  checkCredential(
    clientFor(`${served.url}/client/v4`, { transport: way, credentials: credentials({ kind: 'token', token }) }),
    id,
    Date.now(),
  );

describe('a credential before it is trusted, over real HTTP', () => {
  it('is good and says nothing when it can read what it should and no more', async () => {
    const found = await check(account.readToken);
    expect(found).toMatchObject({ usable: true, list: null, health: null, mayWrite: false, sentences: [] });
    expect(found.tunnels).toBeGreaterThan(0);
    expect(found.token?.kind).toBe('account');
  });

  it('is warned of when it can write, and the question changes nothing', async () => {
    const list = async () => {
      const client = clientFor(`${served.url}/client/v4`, {
        transport: way,
        credentials: credentials({ kind: 'token', token: account.readToken }),
      });
      const answer = await client.listTunnels(account.id);
      return answer.ok
        ? [...answer.value.tunnels.values()].map(({ id, name, modifiedAt }) => ({ id, name, modifiedAt }))
        : null;
    };
    const before = await list();
    const found = await check(account.writeToken);
    expect(found).toMatchObject({ usable: true, mayWrite: true });
    expect(found.sentences).toHaveLength(1);
    expect(found.sentences[0]).toMatch(/read-only token is safer/);
    expect(await list()).toEqual(before);
  });

  it('is usable without health results, and names the permission that is missing', async () => {
    const found = await check(account.analyticsLessToken);
    expect(found).toMatchObject({ usable: true, health: { kind: 'missing-permission' } });
    expect(found.sentences[0]).toMatch(/Account Analytics Read/);
  });

  it('is no use without the list, and names that permission', async () => {
    const found = await check(account.magicLessToken);
    expect(found).toMatchObject({ usable: false, tunnels: null, mayWrite: null, list: { kind: 'missing-permission' } });
    expect(found.sentences[0]).toMatch(/Magic WAN Read or Magic Transit Read/);
  });

  it('is no use when nobody knows it, and is never repeated', async () => {
    const canary = 'canary-0123456789-abcdefghijklmnopqrstuv';
    const found = await check(canary);
    expect(found).toMatchObject({ usable: false, token: null, list: { kind: 'bad-token' } });
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('tells a server that cannot answer from a bad credential', async () => {
    simulator.faults.set({ kind: 'status', status: 503 });
    try {
      expect(await check(account.readToken)).toMatchObject({ usable: false, list: { kind: 'server-error' } });
    } finally {
      simulator.faults.clear();
    }
  });
});
