/** What a watched account is given, and what it announces. */
import type { BoardRow, PskPolicy, TunnelKey } from '../shared/model.ts';
import type { Clock } from './clock.ts';
import type { EngineAccount } from './contract.ts';
import type { History, RecordBatch } from './history/contract.ts';
import type { LintLedger } from './lint/account-lint.ts';
import type { TokenBudget } from './poll/budget.ts';
import type { PolicyOf } from './state/look.ts';

/** What one answer or tick of one account leaves behind. */
export interface AccountUpdate {
  readonly batch: RecordBatch;
  readonly rows: readonly BoardRow[];
  readonly removed: readonly TunnelKey[];
}

export interface AccountWatchOptions {
  readonly account: EngineAccount;
  readonly clock: Clock;
  readonly history: History;
  readonly policy: PskPolicy;
  readonly policyOf?: PolicyOf | undefined;
  readonly ledger: LintLedger;
  readonly budget: TokenBudget;
  readonly random: () => number;
  readonly announce: (update: AccountUpdate) => void;
  /** A bug, and what was being done. It costs its round; the account goes on. */
  readonly onBug: (doing: string, error: unknown) => void;
}
