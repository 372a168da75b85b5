/** The audit log as operations write it: begun on disk before anything leaves, settled whatever happens. No secret is ever in it. */
import type { AccountId } from '../../shared/model.ts';
import type { AuditEntry, OperationOutcome, TouchedDiff } from '../../shared/operations.ts';
import { Refused } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import type { Ledger } from '../ledger/contract.ts';

type What = Pick<AuditEntry, 'by' | 'accountId' | 'account' | 'kind'>;

export interface AuditRecord {
  /** @throws Refused while the ledger is not on disk: a change without a record is not made. */
  onDisk(): void;
  /** Something that is over as soon as it is done: unlocking, another token. */
  note(what: What, sentence: string): void;
  /** A change that is about to be made. @throws Refused when it cannot be recorded. */
  begin(what: What, diffs: readonly TouchedDiff[]): (outcome: OperationOutcome) => void;
}

/** What a change was that nobody settled: the program ended in between. */
const LEFT_OPEN =
  'Tunnelwatch ended before the answer was there. It is not known whether the change was made: look at the tunnel.';
/** Far more than can have been under way. */
const LOOK_BACK = 200;

/** Entries that an earlier run left open are settled as unknown, once. */
export function createRecord(ledger: Ledger, clock: Clock): AuditRecord {
  for (const { id, state, cfRay, diffs } of ledger.audit(null, LOOK_BACK)) {
    if (state === 'begun') ledger.settle(id, { state: 'unknown', sentence: LEFT_OPEN, cfRay, diffs });
  }

  const onDisk = (): void => {
    const { mode, problem } = ledger.status();
    if (mode === 'disk') return;
    throw new Refused(
      problem ?? 'There is no place on disk for the record of changes, so nothing can be changed from here.',
    );
  };

  return {
    onDisk,
    note(what, sentence) {
      const entry = { ...what, at: clock.now(), diffs: [], state: 'done', sentence, cfRay: null } as const;
      ledger.begin(entry);
    },
    begin(what, diffs) {
      onDisk();
      const sentence = 'Under way.';
      const id = ledger.begin({ ...what, at: clock.now(), diffs, state: 'begun', sentence, cfRay: null });
      // Writing it may have been what the disk refused.
      onDisk();
      return (outcome) => {
        try {
          const { state, sentence: said, cfRay } = outcome;
          ledger.settle(id, { state, sentence: said, cfRay, diffs: appliedOnly(diffs, outcome) });
        } catch (error) {
          // A bug; but the change is made by now, and whoever asked has to hear of it, and of a new key.
          queueMicrotask(() => {
            throw error;
          });
        }
      };
    },
  };
}

/** Of several tunnels those that were changed, where some were not; and created ones by the key that they have now. */
function appliedOnly(diffs: readonly TouchedDiff[], { state, tunnels }: OperationOutcome): readonly TouchedDiff[] {
  const named = diffs.map((diff, index) => ({ ...diff, key: diff.key ?? tunnels[index]?.key ?? null }));
  if (state !== 'partial') return named;
  return named.filter((_, index) => tunnels[index]?.applied === true);
}

/** Names an account in an entry. */
export const about = (account: { readonly id: AccountId; readonly name: string }, by: string): Omit<What, 'kind'> => ({
  by,
  accountId: account.id,
  account: account.name,
});
