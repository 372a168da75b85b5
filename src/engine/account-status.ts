/** How we stand with an account, in the words of the bridge. */
import type { AccountStatus, Millis } from '../shared/model.ts';
import type { EngineAccount } from './contract.ts';
import type { GapSource } from './history/contract.ts';
import { accountNumberOf } from './keys/account-number.ts';
import type { TokenBudget } from './poll/budget.ts';
import type { CloudClock } from './poll/cloud-clock.ts';
import type { Poller } from './poll/poller.ts';
import type { Sight } from './poll/sight.ts';
import type { Fleet } from './state/fleet-contract.ts';

/** The parts of a watch that know. */
export interface Watching {
  readonly account: EngineAccount;
  readonly budget: TokenBudget;
  readonly sights: Readonly<Record<GapSource, Sight>>;
  readonly poller: Poller;
  readonly fleet: Fleet;
  readonly cloud: CloudClock;
}

/** The status at the monotonic time `mono`. */
export function accountStatus(
  { account, budget, sights, poller, fleet, cloud }: Watching,
  mono: Millis,
): AccountStatus {
  const { list, health } = sights;
  const blind = list.blind(mono);
  const phase = blind !== null ? 'blind' : list.seen ? 'seeing' : 'starting';
  const number = account.number ?? accountNumberOf(fleet.entries());
  return {
    id: account.id,
    name: account.name,
    ...(number === null ? {} : { number }),
    phase,
    blind,
    failing: list.failing,
    healthBlind: health.blind(mono),
    listAgeMs: list.age(mono),
    healthAgeMs: health.age(mono),
    intervalMs: account.intervalMs,
    healthIntervalMs: account.healthIntervalMs,
    staleAfterMs: list.staleAfterMs,
    healthStaleAfterMs: health.staleAfterMs,
    nextPollInMs: poller.nextListIn(mono),
    tunnels: fleet.size,
    unreadable: fleet.unreadable,
    budget: budget.status(mono),
    ...(cloud.aheadMs === 0 ? {} : { clockAheadMs: cloud.aheadMs }),
  };
}
