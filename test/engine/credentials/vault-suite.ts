/**
 * What every vault has to hold, as plain checks: they run under vitest over memory, environment and files, and in a session of
 * its own over the real keychain (keychain-child.ts). A failed check throws.
 */
import { deepStrictEqual, match, ok } from 'node:assert/strict';
import type { Vault } from '../../../src/engine/credentials/vault.ts';

export interface VaultUnderTest {
  readonly vault: Vault;
  /** Put there before the suite began. */
  readonly given: { readonly name: string; readonly secret: string };
  readonly absent: string;
  readonly writes: boolean;
}

type Check = (under: VaultUnderTest) => Promise<void>;

/** Secrets that real stores have stumbled over. */
const SECRETS = ['plain', 'ümlaut-鍵-🔑', ' blanks at its ends ', 'a'.repeat(1_000), '"quotes" \\ and $(more)'];

function refused(answer: { readonly ok: boolean; readonly error?: string }, secret: string): void {
  deepStrictEqual(answer.ok, false);
  // A sentence without its first capital, to be put behind a colon, and never the secret.
  match(answer.error ?? '', /^\S.*\.$/);
  ok(!(answer.error ?? '').includes(secret));
}

export const VAULT_CHECKS: Readonly<Record<string, Check>> = {
  'hands out what is there': async ({ vault, given }) => {
    deepStrictEqual(await vault.get(given.name), { ok: true, value: given.secret });
    deepStrictEqual(await vault.get(given.name), { ok: true, value: given.secret });
  },
  'says null of what is not there': async ({ vault, absent }) => {
    deepStrictEqual(await vault.get(absent), { ok: true, value: null });
  },
  'keeps, replaces and forgets, or says in a sentence that it does not': async ({ vault, absent, writes }) => {
    for (const secret of SECRETS) {
      const set = await vault.set(absent, secret);
      if (!writes) {
        refused(set, secret);
        refused(await vault.delete(absent), secret);
        continue;
      }
      deepStrictEqual(set, { ok: true, value: null });
      deepStrictEqual(await vault.get(absent), { ok: true, value: secret });
    }
    if (writes) deepStrictEqual(await vault.delete(absent), { ok: true, value: true });
    deepStrictEqual(await vault.get(absent), { ok: true, value: null });
  },
  'knows that there was nothing to forget': async ({ vault, absent, writes }) => {
    if (writes) deepStrictEqual(await vault.delete(absent), { ok: true, value: false });
  },
  'keeps entries apart': async ({ vault, given, absent, writes }) => {
    if (!writes) return;
    await vault.set(absent, 'another');
    deepStrictEqual(await vault.get(given.name), { ok: true, value: given.secret });
    await vault.delete(absent);
    deepStrictEqual(await vault.get(given.name), { ok: true, value: given.secret });
  },
};
