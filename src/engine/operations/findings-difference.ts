/** Which findings a change would cause, and which it would end, where no engine watches the account. Pure. */
import type { AccountId, Instant, PskPolicy, Tunnel, TunnelKey } from '../../shared/model.ts';
import type { LintDifference } from '../lint/contract.ts';
import { createLinter } from '../lint/linter.ts';

/** Over all tunnels of an account: a change of one may end a finding of another. What stands beside the list is not known. */
export function findingsDifference(
  { accountId, policy, now }: { readonly accountId: AccountId; readonly policy: PskPolicy; readonly now: Instant },
  before: readonly Tunnel[],
  changed: readonly Tunnel[],
  removed: readonly TunnelKey[],
): LintDifference {
  const linter = createLinter({ accountId, policyOf: () => policy });
  linter.apply({ now, changed: before });
  return linter.whatIf({ now, changed, removed });
}
