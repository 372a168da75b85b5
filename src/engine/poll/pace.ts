/**
 * How often accounts that share a token can be asked. More accounts than the budget feeds would spend it in a rush and then
 * all go stale together until the window ends; so their intervals are stretched beforehand, and everybody is asked evenly.
 */
import type { Millis } from '../../shared/model.ts';
import { BUDGET_LIMIT, BUDGET_WINDOW_MS, GRAPHQL_LIMIT } from './budget.ts';

/** The part of a limit that rounds may plan with; the rest is for close watch, further pages of health, and failures. */
const PLANNED = 0.8;

export interface Paced {
  readonly budgetKey: string;
  readonly intervalMs: Millis;
  readonly healthIntervalMs: Millis;
}

/** The accounts with the intervals at which they can be asked; those whose token has room for them are as they were. */
export function paced<A extends Paced>(accounts: readonly A[]): readonly A[] {
  const stretches = new Map<string, { list: number; health: number }>();
  for (const { budgetKey } of accounts) {
    if (stretches.has(budgetKey)) continue;
    const sharing = accounts.filter((account) => account.budgetKey === budgetKey);
    const asked = sum(sharing.map(({ healthIntervalMs }) => BUDGET_WINDOW_MS / healthIntervalMs));
    const health = Math.max(1, asked / (PLANNED * GRAPHQL_LIMIT));
    const lists = sum(sharing.map(({ intervalMs }) => BUDGET_WINDOW_MS / intervalMs));
    stretches.set(budgetKey, { health, list: Math.max(1, lists / (PLANNED * BUDGET_LIMIT - asked / health)) });
  }
  return accounts.map((account) => {
    const stretch = stretches.get(account.budgetKey);
    if (stretch === undefined) return account;
    const intervalMs = stretched(account.intervalMs, stretch.list);
    return { ...account, intervalMs, healthIntervalMs: stretched(account.healthIntervalMs, stretch.health) };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** In whole seconds, for people to read. */
function stretched(interval: Millis, by: number): Millis {
  return by === 1 ? interval : Math.ceil((interval * by) / 1_000) * 1_000;
}
