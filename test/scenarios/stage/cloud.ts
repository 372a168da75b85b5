/** Cloudflare and the way to it: a simulator whose clock nobody sets, tokens that are revoked, a network that goes away. */
import type { Clock } from '../../../src/engine/clock.ts';
import type { CredentialSource, Transport } from '../../../src/engine/cloudflare/contract.ts';
import type { VirtualClock } from '../../../src/engine/virtual-clock.ts';
import type { AccountId, Millis } from '../../../src/shared/model.ts';
import { createSimulator, type Simulator } from '../../../src/simulator/index.ts';
import type { Story } from '../language.ts';

type TokenState = 'good' | 'revoked' | 'no analytics';

export interface Cloud {
  readonly simulator: Simulator;
  /** Real time since the start of the story: runs on while the machine sleeps. */
  elapsed(): Millis;
  slept(span: Millis): void;
  network: 'there' | 'away' | 'no names';
  setToken(account: string | undefined, state: TokenState): void;
  credentials(id: AccountId): CredentialSource;
  transport(): Transport;
}

const REVOKED = `revoked-${'x'.repeat(32)}`;

export function createCloud(story: Story, clock: VirtualClock): Cloud {
  let slept = 0;
  const elapsed = (): Millis => clock.monotonic() + slept;
  const truth: Clock = {
    now: () => Math.floor(story.start + elapsed()),
    monotonic: elapsed,
    after: (delay, task) => clock.after(delay, task),
  };
  const { id: name, title, accounts, incidents, faults } = story;
  const simulator = createSimulator({
    scenario: { name, title, accounts, incidents, faults },
    clock: truth,
    seed: 7,
    origin: story.start,
  });
  const tokens = new Map<string, TokenState>();
  const inner = simulator.transport();
  const cloud: Cloud = {
    simulator,
    elapsed,
    slept(span) {
      slept += span;
    },
    network: 'there',
    setToken(account, state) {
      for (const one of simulator.accounts)
        if (account === undefined || one.name === account) tokens.set(one.id, state);
    },
    credentials(id) {
      const account = simulator.accounts.find((one) => one.id === id);
      const token = (): string => {
        const state = tokens.get(id) ?? 'good';
        if (state === 'revoked') return REVOKED;
        return (state === 'good' ? account?.readToken : account?.analyticsLessToken) ?? '';
      };
      return {
        get: async () => ({ ok: true, value: { kind: 'token', token: token() } }),
        refused() {},
        budgetKey: `token of ${id}`,
      };
    },
    transport: () => ({
      async exchange(request) {
        if (cloud.network === 'away') throw Object.assign(new Error('unreachable'), { code: 'ENETUNREACH' });
        if (cloud.network === 'no names') throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
        return inner.exchange(request);
      },
      close: () => inner.close(),
    }),
  };
  return cloud;
}
