import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUDGET_LIMIT,
  BUDGET_WINDOW_MS,
  GRAPHQL_LIMIT,
  TokenBudget,
  WATCH_RESERVE,
} from '../../../src/engine/poll/budget.ts';

describe('the token budget', () => {
  it('lets half of 1,200 requests out in five minutes, and more when the oldest are five minutes old', () => {
    const budget = new TokenBudget();
    budget.spend('rest', BUDGET_LIMIT, 0);
    expect(budget.wait('rest', 1_000)).toBeGreaterThan(BUDGET_WINDOW_MS - 10_000);
    expect(budget.wait('rest', BUDGET_WINDOW_MS + 5_000)).toBe(0);
  });

  it('stops close watch before lists starve', () => {
    const budget = new TokenBudget();
    budget.spend('rest', BUDGET_LIMIT - WATCH_RESERVE, 0);
    expect(budget.wait('rest', 1_000, WATCH_RESERVE)).toBeGreaterThan(0);
    expect(budget.wait('rest', 1_000)).toBe(0);
  });

  it('takes at most half of what Cloudflare says is left, until the window resets', () => {
    const budget = new TokenBudget();
    budget.heard('rest', { remaining: 5, resetMs: 40_000, quota: 1200, windowMs: 300_000 }, 0);
    expect(budget.wait('rest', 0)).toBe(0);
    budget.spend('rest', 4, 0);
    expect(budget.wait('rest', 1_000)).toBe(39_000);
    // GraphQL is counted apart.
    expect(budget.wait('graphql', 1_000)).toBe(0);
    expect(budget.wait('rest', 40_000)).toBe(0);
  });

  it('holds everybody with the token back after a 429', () => {
    const budget = new TokenBudget();
    budget.block('rest', 30_000, 0);
    budget.block('rest', 10_000, 0);
    expect(budget.wait('rest', 0)).toBe(30_000);
    expect(budget.status(1_000).blockedForMs).toBe(29_000);
    expect(budget.wait('rest', 30_000)).toBe(0);
  });

  it('loses health alone when GraphQL has had enough of us, and everything when the API has', () => {
    const budget = new TokenBudget();
    budget.block('graphql', 30_000, 0);
    expect(budget.wait('rest', 0)).toBe(0);
    expect(budget.wait('graphql', 0)).toBe(30_000);
    budget.block('rest', 60_000, 0);
    expect(budget.wait('rest', 0)).toBe(60_000);
    expect(budget.wait('graphql', 0)).toBe(60_000);
  });

  it('leaves room for the lists however many pages health takes', () => {
    const budget = new TokenBudget();
    for (let i = 0; i < 1_000 && budget.wait('graphql', i * 100) === 0; i++) budget.spend('graphql', 1, i * 100);
    expect(budget.status(100_000).used).toBe(GRAPHQL_LIMIT);
    expect(budget.wait('graphql', 100_000)).toBeGreaterThan(100_000);
    expect(budget.wait('rest', 100_000)).toBe(0);
  });

  it('does not believe a window that never resets', () => {
    const budget = new TokenBudget();
    budget.heard('rest', { remaining: 0, resetMs: 1e15, quota: 1200, windowMs: 300_000 }, 0);
    expect(budget.wait('rest', 0)).toBeLessThanOrEqual(15 * 60_000);
  });

  it('never lets more than the limit out in any five minutes, whoever asks when', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 800, maxLength: 3_000 }), (pauses) => {
        const budget = new TokenBudget();
        const sent: number[] = [];
        let mono = 0;
        for (const pause of pauses) {
          mono += pause;
          if (budget.wait('rest', mono) > 0) continue;
          budget.spend('rest', 1, mono);
          sent.push(mono);
        }
        for (let i = BUDGET_LIMIT; i < sent.length; i++) {
          if ((sent[i] ?? 0) - (sent[i - BUDGET_LIMIT] ?? 0) < BUDGET_WINDOW_MS) return false;
        }
        return true;
      }),
      { numRuns: 50 },
    );
  });
});
