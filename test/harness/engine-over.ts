import type { Clock } from '../../src/engine/clock.ts';
import type { CloudflareReader } from '../../src/engine/cloudflare/contract.ts';
import type { Engine, EngineOptions } from '../../src/engine/contract.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { History } from '../../src/engine/history/contract.ts';
import { openHistory } from '../../src/engine/history/open-history.ts';
import type { AccountId } from '../../src/shared/model.ts';
import { ACCOUNT, DAY, POLICY } from '../fixtures/tunnels.ts';

export const RETENTION = { changesMs: 90 * DAY, rollupsMs: 365 * DAY };

/** A real history in `path`, or in memory. */
export function historyAt(path: string | null, clock: Clock): History {
  const opened = openHistory({ path, retention: RETENTION, clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

/** One account over a client, with the real engine and a real history. */
export function engineOver(options: {
  clock: Clock;
  path: string | null;
  client: CloudflareReader;
  intervalMs?: number;
  healthIntervalMs?: number;
  history?: History;
  accountId?: string;
  desks?: EngineOptions['desks'];
}): Engine {
  const { clock, client } = options;
  return createEngine({
    accounts: [
      {
        id: (options.accountId ?? ACCOUNT) as AccountId,
        name: 'Acme',
        client,
        budgetKey: 'test',
        intervalMs: options.intervalMs ?? 30_000,
        healthIntervalMs: options.healthIntervalMs ?? 60_000,
      },
    ],
    clock,
    history: options.history ?? historyAt(options.path, clock),
    policy: POLICY,
    version: '0.0.0',
    practice: false,
    random: () => 0.5,
    ...(options.desks !== undefined && { desks: options.desks }),
  });
}
