/** What lint says of one account, and what it knows beside the list: between the poller's answers and the desk. */
import type { NotEvaluated } from '../shared/lint.ts';
import { type AccountId, accountOf, type Finding, type Instant, type TunnelKey, tunnelOf } from '../shared/model.ts';
import type { AccountWatch } from './account-watch.ts';
import type { Clock } from './clock.ts';
import type { Answer } from './cloudflare/contract.ts';
import type { SurroundingPart, SurroundingParts } from './cloudflare/surroundings.ts';
import type { EngineAccount } from './contract.ts';
import { AccountLint, type LintLedger } from './lint/account-lint.ts';
import { type LintDifference, type LintStep, NOTHING_KNOWN, type Surroundings } from './lint/contract.ts';
import { SurroundingsBook } from './lint/surroundings.ts';
import type { Fleet } from './state/fleet-contract.ts';

/** A finding as it stands in an account, waived or not. */
export interface StandingFinding extends Finding {
  readonly name: string;
  readonly site: string | null;
  readonly since: Instant;
}

/** Everything that lint says of an account. */
export interface AccountLintView {
  readonly accountId: AccountId;
  /** In no order. */
  readonly findings: readonly StandingFinding[];
  readonly notEvaluated: readonly NotEvaluated[];
  readonly readAt: Instant | null;
  readonly problem: string | null;
}

/** What lint found in the accounts of an engine. */
export interface EngineLint {
  /** Of one account, or of all; empty when there is no such account. */
  view(accountId: AccountId | null): readonly AccountLintView[];
  /** Somebody waived a finding of this tunnel, or took the waiver back: its row follows at once. */
  rewaived(key: TunnelKey): void;
  /** What a change would cause and solve; `null` when there is no such account. `now` by Cloudflare's clock. */
  whatIf(accountId: AccountId, step: Pick<LintStep, 'now' | 'changed' | 'removed'>): LintDifference | null;
  /** What is known beside the list of the account. */
  known(accountId: AccountId): Surroundings;
}

export interface AccountFindingsOptions {
  readonly account: Pick<EngineAccount, 'id' | 'name' | 'number'>;
  readonly clock: Clock;
  readonly ledger: LintLedger;
  /** The fleet of the moment. */
  readonly fleet: () => Fleet;
}

function reportedNumber(fleet: Fleet): string | null {
  for (const { tunnel } of fleet.entries()) if (tunnel.accountNumber !== undefined) return tunnel.accountNumber;
  return null;
}

/** One account's linter with what it is told from beside the list, and what people are told of it. */
export class AccountFindings {
  readonly lint: AccountLint;
  readonly #options: AccountFindingsOptions;
  readonly #book = new SurroundingsBook();
  /** The book's knowledge that `#known` was made from. */
  #from: Surroundings = NOTHING_KNOWN;
  #known: Surroundings = NOTHING_KNOWN;

  constructor(options: AccountFindingsOptions) {
    const { account, ledger } = options;
    this.#options = options;
    this.lint = new AccountLint({ accountId: account.id, ledger });
  }

  /** An answer about one part. */
  heard<P extends SurroundingPart>(part: P, answer: Answer<SurroundingParts[P]>): void {
    const { clock } = this.#options;
    if (answer.ok) this.#book.heard(part, answer.value, { at: clock.now(), mono: clock.monotonic() });
    else this.#book.failed(part, answer.error);
  }

  /** Is something too old to be known any more? */
  aged(): boolean {
    return this.#book.age(this.#options.clock.monotonic());
  }

  /** What is known beside the list at the moment: the same object as long as it is the same. */
  known(): Surroundings {
    const { account, fleet } = this.#options;
    // Not from identities that people typed: whether those hold the right number is what a rule wants to know.
    const accountNumber = account.number ?? reportedNumber(fleet());
    if (this.#from !== this.#book.known || this.#known.accountNumber !== accountNumber) {
      this.#from = this.#book.known;
      this.#known = { ...this.#from, accountNumber };
    }
    return this.#known;
  }

  view(): AccountLintView {
    const { account, clock } = this.#options;
    const fleet = this.#options.fleet();
    const findings = this.lint.found(clock.now()).map(({ finding, since }): StandingFinding => {
      const row = fleet.row(finding.key);
      // Routes belong to the account, and tunnels that are gone keep the name they had.
      const name = row?.name ?? (tunnelOf(finding.key) === '' ? account.name : fleet.formerName(finding.key));
      return { ...finding, name, site: row?.site?.name ?? null, since };
    });
    const { readAt, problem } = this.#book;
    return { accountId: account.id, findings, notEvaluated: this.lint.notEvaluated(), readAt, problem };
  }
}

/** What lint found, by account. */
export function engineLint(accounts: ReadonlyMap<AccountId, AccountWatch>): EngineLint {
  return {
    view: (accountId) =>
      [...accounts.values()]
        .filter(({ id }) => accountId === null || id === accountId)
        .map(({ findings }) => findings.view()),
    rewaived: (key) => accounts.get(accountOf(key))?.rewaived(key),
    whatIf: (accountId, step) => accounts.get(accountId)?.findings.lint.whatIf(step) ?? null,
    known: (accountId) => accounts.get(accountId)?.findings.known() ?? NOTHING_KNOWN,
  };
}
