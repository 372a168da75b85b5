/** Cloudflare's numeric account number: told by the API, by the settings, or by the reader. It is no secret. */
import { ACCOUNT_NUMBER_PATTERN, accountNumberIn } from '../../../shared/ike.ts';
import type { Tunnel } from '../../../shared/model.ts';
import type { Json } from '../../../shared/settings.ts';
import type { App } from '../../state/app.ts';
import { Keepsake } from '../../state/keepsake.ts';
import { accountsOf, valueAt } from '../settings/document.ts';

export class AccountNumber {
  readonly #tunnel: () => Tunnel;
  readonly #kept: Keepsake;
  #given = $state.raw<string | null>(null);
  #written = $state.raw<string | null>(null);
  #told = $derived.by(() => {
    const { accountNumber, fqdnId } = this.#tunnel();
    return accountNumber ?? (fqdnId === null ? null : accountNumberIn(fqdnId));
  });

  constructor(tunnel: () => Tunnel, page: Window) {
    this.#tunnel = tunnel;
    this.#kept = new Keepsake(page, `account-number.${tunnel().accountId}`);
    this.#given = valid(this.#kept.get());
  }

  /** `null`: nobody told it. */
  get value(): string | null {
    return this.#told ?? this.#written ?? this.#given;
  }

  /** Looks into the settings, where a team may have written it. */
  async ask(bridge: App['bridge']): Promise<void> {
    // Asked before the answer comes: the view may be gone by then.
    const { accountId } = this.#tunnel();
    const result = await bridge.call('settings', {});
    if (!result.ok || !result.value) return;
    const account = accountsOf(result.value.document).find(({ id }) => id === accountId.toLowerCase());
    if (account === undefined) return;
    const written: Json | undefined = valueAt(result.value.document, ['accounts', account.at, 'number']);
    this.#written = valid(typeof written === 'number' ? String(written) : written);
  }

  /** False when it is no such number. */
  give(text: string): boolean {
    const number = valid(text.trim()) ?? accountNumberIn(text);
    if (number === null) return false;
    this.#given = number;
    this.#kept.set(number);
    return true;
  }
}

function valid(text: unknown): string | null {
  return typeof text === 'string' && ACCOUNT_NUMBER_PATTERN.test(text) ? text : null;
}
