/**
 * The operations that change accounts. Off by default: without a write token of its own, an unlock that ends by itself, and
 * a ledger on disk nothing leaves. What people can correct is refused with one sentence.
 */
import { type AccountId, accountOf } from '../../shared/model.ts';
import type { OperationCalls, OperationOutcome, WritingStatus } from '../../shared/operations.ts';
import type { Outcome } from '../../shared/settings.ts';
import { type Desk, Refused } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import { tunnelKeyEntry } from '../credentials/entries.ts';
import { memoryCredential } from '../credentials/source.ts';
import type { Vault } from '../credentials/vault.ts';
import { asSentence } from '../credentials/vault-status.ts';
import type { Ledger } from '../ledger/contract.ts';
import { carryOut, nothingDone } from './carry-out.ts';
import type { Around, WriteAccount } from './contract.ts';
import { createFreshKeys } from './fresh-keys.ts';
import { createLocks } from './locks.ts';
import { createPlans, type Prepared } from './plans.ts';
import { prepare } from './prepare.ts';
import { about, createRecord } from './record.ts';
import { inTurn } from './turns.ts';
import { words } from './words.ts';

export interface OperationsParts {
  readonly clock: Clock;
  readonly accounts: readonly WriteAccount[];
  readonly ledger: Ledger;
  /** Where a new key can be kept. */
  readonly keychain: Vault;
  readonly around: Around;
}

/** What the desk offers beside its calls. */
export interface OperationsDesk extends Desk<OperationCalls> {
  /** Locks every account, for instance because the machine slept. `why` is a sentence for the audit log. */
  lockAll(why: string): void;
}

const no = (sentence: string): Outcome => ({ done: false, sentence });

/** Who locked it, in the audit log, when nobody did. */
const BY_ITSELF = 'Tunnelwatch';

/** Makes the desk of one engine. Everything is locked at the start. */
export function createOperationsDesk(parts: OperationsParts): OperationsDesk {
  const { clock, ledger, around, keychain } = parts;
  const record = createRecord(ledger, clock);
  const accounts = new Map(parts.accounts.map((account) => [account.id, account]));
  const plans = createPlans(clock);
  const freshKeys = createFreshKeys(clock);
  const turn = inTurn();
  const locks = createLocks(clock, (accountId, why) => locked(accountId, BY_ITSELF, why));

  function accountOfId(accountId: AccountId): WriteAccount {
    const account = accounts.get(accountId);
    if (account === undefined) throw new Refused('This account is not in the settings.');
    return account;
  }

  /** A lock has fallen: nothing that was planned can be confirmed, and the token is let go of. */
  function locked(accountId: AccountId, by: string, why: string): void {
    const account = accountOfId(accountId);
    plans.clear(accountId);
    account.token.forget();
    record.note({ ...about(account, by), kind: 'lock' }, why);
  }

  function requireUnlocked(account: WriteAccount): void {
    record.onDisk();
    if (locks.until(account.id) !== null) return;
    throw new Refused(`${account.name} is locked: unlock it for a while to make changes.`);
  }

  /** A lock that fell under way has let go of the token too early: what came after it may have read it again. */
  function letGo({ id, token }: WriteAccount): void {
    if (locks.until(id) === null) token.forget();
  }

  async function statusOf(account: WriteAccount): Promise<WritingStatus> {
    const { id: accountId, name, token } = account;
    return { accountId, account: name, ...(await token.status()), unlockedUntil: locks.until(accountId) };
  }

  async function carried(prepared: Prepared, by: string): Promise<OperationOutcome> {
    const { account, operation, targets } = prepared;
    const isOpen = (): boolean => locks.until(account.id) !== null;
    const diffs = targets.map(({ diff }) => diff);
    const settle = record.begin({ ...about(account, by), kind: operation.kind }, diffs);
    const client = account.clientWith(account.token.source);
    let outcome: OperationOutcome;
    try {
      outcome = await carryOut({ client, clock, prepared, isOpen });
    } catch (error) {
      settle(
        nothingDone('unknown', words('A bug of Tunnelwatch: look at the tunnel before you try again.', 'bug', {})),
      );
      throw error;
    }
    settle(outcome);
    letGo(account);
    freshKeys.made(outcome.newKeys);
    around.written(account.id);
    return outcome;
  }

  return {
    writing: () => Promise.all([...accounts.values()].map(statusOf)),

    async setWriteToken({ accountId, token: raw, keep, by }) {
      record.onDisk();
      const account = accountOfId(accountId);
      const token = account.token.clean(raw);
      if (!token.ok) return no(token.error);
      const allowed = await account.clientWith(memoryCredential(token.value)).mayWrite(accountId);
      if (!allowed.ok) return no(`${allowed.error.sentence} The token was not kept.`);
      if (!allowed.value) {
        return no(
          `This token cannot change the tunnels of ${account.name}. It needs Magic WAN Write or Magic Transit Write; it was not kept.`,
        );
      }
      const kept = await account.token.keep(token.value, keep);
      if (!kept.ok) return no(kept.error);
      const where = keep === 'session' ? 'for this session' : 'in the keychain';
      record.note({ ...about(account, by), kind: 'set-write-token' }, `A write token is kept ${where}.`);
      return {
        done: true,
        sentence: `${account.name} can be changed once it is unlocked; the token is kept ${where}.`,
      };
    },

    async removeWriteToken({ accountId, by }) {
      const account = accountOfId(accountId);
      if (locks.lock(accountId)) locked(accountId, by, 'The write token was removed.');
      const gone = await account.token.remove();
      if (!gone.ok) return no(gone.error);
      if (!gone.value) return no(`There was no write token for ${account.name}.`);
      record.note({ ...about(account, by), kind: 'remove-write-token' }, 'The write token is gone.');
      return { done: true, sentence: `${account.name} cannot be changed from here any more.` };
    },

    async unlock({ accountId, forMs, by }) {
      record.onDisk();
      const account = accountOfId(accountId);
      const found = await account.token.source.get();
      if (!found.ok) throw new Refused(found.error.sentence);
      locks.unlock(accountId, forMs);
      record.note({ ...about(account, by), kind: 'unlock' }, `For ${Math.round(forMs / 60_000)} min.`);
      return statusOf(account);
    },

    async lock({ accountId, by }) {
      const account = accountOfId(accountId);
      if (locks.lock(accountId)) locked(accountId, by, 'Locked by hand.');
      return statusOf(account);
    },

    async plan({ operation }) {
      const accountId = 'accountId' in operation ? operation.accountId : accountOf(operation.key);
      const account = accountOfId(accountId);
      requireUnlocked(account);
      const keys =
        operation.kind === 'bulk-update' ? operation.changes : operation.kind === 'psk-set' ? operation.keys : [];
      if (keys.some(({ key }) => accountOf(key) !== accountId)) {
        throw new Refused('These tunnels are not all of one account. Change one account after the other.');
      }
      const client = account.clientWith(account.token.source);
      const made = await prepare({ client, account, clock, around }, operation);
      letGo(account);
      if (!('prepared' in made)) return made;
      // It may have been locked while Cloudflare was asked.
      requireUnlocked(account);
      plans.keep(made.prepared);
      return { planned: true, plan: made.prepared.plan };
    },

    async confirm({ plan: id, typed, by }) {
      const prepared = plans.find(id);
      if (prepared === null) {
        return nothingDone(
          'not-sent',
          words('This plan is used up or older than five minutes. Nothing was sent; plan again.', 'plan-over', {}),
        );
      }
      const { account, plan, targets } = prepared;
      requireUnlocked(account);
      if (plan.confirmBy !== null && typed !== plan.confirmBy) {
        const { confirmBy: name } = plan;
        const why = words(`What was typed is not ${name}. Nothing was sent.`, 'typed-otherwise', { name });
        return nothingDone('not-sent', why, { targets });
      }
      plans.drop(id);
      return turn(account.id, () => carried(prepared, by));
    },

    discard({ plan }) {
      plans.drop(plan);
      return null;
    },

    audit: ({ before, limit }) => ledger.audit(before, limit),

    async keepKey({ key, psk, by: _by }) {
      const name = freshKeys.nameOf(key, psk);
      if (name === null) return no('Only a key that was just made can be kept.');
      const entry = tunnelKeyEntry(accountOf(key), key.slice(key.indexOf('/') + 1), name);
      const kept = await keychain.set(entry, psk);
      if (!kept.ok) return no(asSentence(kept.error));
      return {
        done: true,
        sentence: `The key of ${name} is in the keychain, under tunnelwatch, as ${JSON.stringify(entry)}.`,
      };
    },

    lockAll: (why) => locks.lockAll(why),
  };
}
