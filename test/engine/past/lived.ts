/** Days of a scenario through the real engine with alerting, on a virtual clock, and the desks over what it recorded. */
import { onTestFinished } from 'vitest';
import { createAlerting } from '../../../src/engine/alerts/alerting.ts';
import { openAlertStore } from '../../../src/engine/alerts/store/open-store.ts';
import { createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { Engine, EngineAccount } from '../../../src/engine/contract.ts';
import { memoryCredential } from '../../../src/engine/credentials/source.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { History } from '../../../src/engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import { type VirtualClock, virtualClock } from '../../../src/engine/virtual-clock.ts';
import { practiceAlerts, practiceSink } from '../../../src/practice/practice-sink.ts';
import { PRACTICE_POLICY } from '../../../src/practice/replay.ts';
import { createSimulator, type ScenarioName } from '../../../src/simulator/index.ts';

const DAY = 86_400_000;
export const NOW = Date.parse('2026-11-21T10:00:00Z');

export interface Lived {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly history: History;
  readonly accounts: readonly EngineAccount[];
}

const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Begins so many days before `NOW`; `go` lets time pass. The engine stops with the test. */
export function live(scenario: ScenarioName, days: number): Lived & { go(ms: number): Promise<void> } {
  const from = NOW - days * DAY;
  const virtual = virtualClock(from);
  const clock: VirtualClock = { ...virtual, after: (delay, task) => virtual.after(Math.ceil(delay), task) };
  const simulator = createSimulator({ scenario, seed: 1, clock, origin: NOW });
  const transport = simulator.transport();
  const accounts = simulator.accounts.map(({ id, name, readToken }): EngineAccount => {
    const credentials = memoryCredential(readToken);
    const client = createCloudflareClient({
      apiBase: 'http://127.0.0.1/client/v4',
      credentials,
      transport,
      userAgent: 'test',
      clock,
    });
    return { id, name, client, budgetKey: credentials.budgetKey, intervalMs: 60_000, healthIntervalMs: 120_000 };
  });
  const opened = openHistory({ path: null, clock, retention: DEFAULT_RETENTION });
  const store = openAlertStore({ path: null, clock, retentionMs: DEFAULT_RETENTION.changesMs });
  if (!opened.ok || !store.ok) throw new Error('in memory nothing is refused');
  const random = (): number => 0.5;
  const onBug = (doing: string, error: unknown): void => {
    throw new Error(doing, { cause: error });
  };
  const alerting = createAlerting({
    config: practiceAlerts(),
    store: store.value,
    notifiers: [practiceSink],
    clock,
    random,
    onBug,
  });
  const history = opened.value;
  const common = { accounts, clock, history, version: 'test', practice: true, random, alerting, onBug };
  const engine = createEngine({ ...common, policy: PRACTICE_POLICY });
  engine.start();
  onTestFinished(() => engine.stop());
  return {
    clock,
    engine,
    history,
    accounts,
    async go(ms) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(ms, settled);
    },
  };
}

/** A small linear congruential generator: the same moments each time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
