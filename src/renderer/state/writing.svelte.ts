import type { CallResult } from '../../shared/bridge.ts';
import type { AccountId, Millis } from '../../shared/model.ts';
import type { WritingStatus } from '../../shared/operations.ts';
import type { Outcome } from '../../shared/settings.ts';
import type { App } from './app.ts';

/** While an account is open for changes somebody else may lock it, from another window or the command line. */
const OPEN_MS: Millis = 10_000;
/** Else only a new token or a new account would be news. */
const QUIET_MS: Millis = 60_000;

type Parts = Pick<App, 'bridge' | 'board' | 'clock'>;

/** An account that is open for changes, and for how long. */
export interface OpenAccount {
  readonly accountId: AccountId;
  readonly account: string;
  readonly leftMs: Millis;
}

/** Which accounts can be changed from here, as the host last said. The host decides; this only shows. */
export class Writing {
  readonly #parts: Parts;
  #statuses = $state.raw<readonly WritingStatus[] | null>(null);
  #problem = $state.raw<string | null>(null);
  #stop: () => void = () => {};
  #open = $derived.by((): readonly OpenAccount[] => {
    const { now } = this.#parts.board;
    return (this.#statuses ?? []).flatMap(({ accountId, account, unlockedUntil }) =>
      unlockedUntil === null || unlockedUntil <= now ? [] : [{ accountId, account, leftMs: unlockedUntil - now }],
    );
  });

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `null` until the host has answered, and where it offers no operations. */
  get statuses(): readonly WritingStatus[] | null {
    return this.#statuses;
  }
  /** Why nothing can be changed from this host: a sentence. */
  get problem(): string | null {
    return this.#problem;
  }
  /** Accounts that are open for changes now. */
  get open(): readonly OpenAccount[] {
    return this.#open;
  }

  statusOf(accountId: AccountId): WritingStatus | undefined {
    return this.#statuses?.find((status) => status.accountId === accountId);
  }
  isOpen(accountId: AccountId): boolean {
    return this.#open.some((open) => open.accountId === accountId);
  }

  /** Keeps asking until the returned function is called. */
  follow(): () => void {
    let on = true;
    const again = async (): Promise<void> => {
      await this.ask();
      if (on) this.#stop = this.#parts.clock.after(this.#open.length > 0 ? OPEN_MS : QUIET_MS, () => void again());
    };
    void again();
    return () => {
      on = false;
      this.#stop();
    };
  }

  async ask(): Promise<void> {
    const result = await this.#parts.bridge.call('writing', {});
    this.#problem = result.ok ? null : result.error.sentence;
    this.#statuses = result.ok ? (result.value ?? []) : null;
  }

  /** Lets changes be made for a while; a sentence when that was refused. */
  async unlock(accountId: AccountId, forMs: Millis, by: string): Promise<string | null> {
    return this.#took(await this.#parts.bridge.call('unlock', { accountId, forMs, by }));
  }

  /** Ends that now; a sentence when the host could not be told. */
  async lock(accountId: AccountId, by: string): Promise<string | null> {
    return this.#took(await this.#parts.bridge.call('lock', { accountId, by }));
  }

  /** Says what became of a call about a write token, and looks again. */
  async after(result: CallResult<'setWriteToken' | 'removeWriteToken'>): Promise<Outcome> {
    await this.ask();
    return result.ok ? result.value : { done: false, sentence: result.error.sentence };
  }

  #took(result: CallResult<'unlock' | 'lock'>): string | null {
    if (!result.ok) return result.error.sentence;
    const status = result.value;
    const others = (this.#statuses ?? []).filter(({ accountId }) => accountId !== status.accountId);
    const order = (this.#statuses ?? []).map(({ accountId }) => accountId);
    this.#statuses = [...others, status].toSorted((a, b) => order.indexOf(a.accountId) - order.indexOf(b.accountId));
    return null;
  }
}
