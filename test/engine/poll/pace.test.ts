import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/engine/engine.ts';
import { BUDGET_LIMIT, BUDGET_WINDOW_MS, GRAPHQL_LIMIT } from '../../../src/engine/poll/budget.ts';
import { paced } from '../../../src/engine/poll/pace.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { AccountId } from '../../../src/shared/model.ts';
import { POLICY, T0 } from '../../fixtures/tunnels.ts';
import { historyAt } from '../../harness/engine-over.ts';

const usual = (budgetKey: string) => ({ budgetKey, intervalMs: 30_000, healthIntervalMs: 60_000 });
const many = (count: number) => Array.from({ length: count }, () => usual('one'));

describe('the pace of accounts that share a token', () => {
  it('is as set while the budget feeds them', () => {
    expect(paced(many(20))).toEqual(many(20));
    expect(paced([...many(20), usual('other')])).toEqual([...many(20), usual('other')]);
  });

  it.each([30, 100])('stays within the budget with %i accounts, and leaves other tokens alone', (count) => {
    const accounts = paced([...many(count), usual('other')]);
    expect(accounts.at(-1)).toEqual(usual('other'));
    const [one] = accounts;
    if (one === undefined) throw new Error('no account');
    const health = (count * BUDGET_WINDOW_MS) / one.healthIntervalMs;
    expect(health).toBeLessThan(GRAPHQL_LIMIT);
    expect(health + (count * BUDGET_WINDOW_MS) / one.intervalMs).toBeLessThan(BUDGET_LIMIT);
    expect(one.intervalMs % 1_000).toBe(0);
  });

  it('keeps a hundred of them fresh, each and always', async () => {
    const clock = virtualClock(T0);
    const meta = { requests: 1, rate: null, cfRay: null, bytes: 0 };
    const nothing = { unchanged: true, tunnels: new Map(), changed: [], removed: [], unreadable: [] };
    const client = {
      listTunnels: async () => ({ ok: true as const, value: nothing, meta }),
      tunnelHealth: async () => ({ ok: true as const, value: [], meta }),
      tunnelTraffic: async () => ({ ok: true as const, value: [], meta }),
      getTunnel: async () => {
        throw new Error('nobody is watched');
      },
    };
    const engine = createEngine({
      accounts: many(100).map((account, i) => {
        const id = String(i).padStart(32, '0') as AccountId;
        return { ...account, id, name: `account ${i}`, client };
      }),
      clock,
      history: historyAt(null, clock),
      policy: POLICY,
      version: '0',
      practice: false,
      random: () => 0.5,
    });
    engine.start();
    for (let minute = 0; minute < 20; minute++) {
      await clock.advance(60_000, () => new Promise((resolve) => setImmediate(resolve)));
      if (minute < 5) continue;
      for (const account of engine.board().status.accounts) {
        expect(account.listAgeMs).toBeLessThan(account.staleAfterMs);
        expect(account.healthAgeMs).toBeLessThan(account.healthStaleAfterMs);
      }
    }
    await engine.stop();
  });
});
