/** Plans that wait to be confirmed. They may hold keys, so they live in memory alone, briefly, and are used once. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { Operation, OperationPlan } from '../../shared/operations.ts';
import type { Cancel, Clock } from '../clock.ts';
import type { WriteAccount } from './contract.ts';
import type { Target } from './targets.ts';

/** How long a plan is good for: what it was made over may change any moment. */
export const PLAN_MS: Millis = 5 * 60_000;
/** Nobody thinks about more at once; the oldest goes. */
const MOST_PLANS = 20;

/** A plan and all that carrying it out takes. */
export interface Prepared {
  readonly account: WriteAccount;
  readonly operation: Operation;
  readonly targets: readonly Target[];
  readonly plan: OperationPlan;
}

export interface Plans {
  keep(prepared: Prepared): void;
  /** `null` when it is used up, discarded, or too old. */
  find(id: string): Prepared | null;
  /** Takes it out: nobody can confirm it any more. */
  drop(id: string): void;
  clear(accountId: string): void;
}

export function createPlans(clock: Clock): Plans {
  const kept = new Map<string, { readonly prepared: Prepared; readonly cancel: Cancel }>();
  const drop = (id: string): void => {
    kept.get(id)?.cancel();
    kept.delete(id);
  };
  return {
    keep(prepared) {
      const { id } = prepared.plan;
      kept.set(id, { prepared, cancel: clock.after(PLAN_MS, () => drop(id)) });
      const [oldest] = kept.keys();
      if (kept.size > MOST_PLANS && oldest !== undefined) drop(oldest);
    },
    find(id) {
      const found = kept.get(id)?.prepared ?? null;
      const isOver = (until: Instant): boolean => clock.now() >= until;
      return found === null || isOver(found.plan.expiresAt) ? null : found;
    },
    drop,
    clear(accountId) {
      for (const [id, { prepared }] of kept) if (prepared.account.id === accountId) drop(id);
    },
  };
}
