/**
 * A place that keeps secrets for us: the system's keychain, or memory for this session; `given-vault.ts` has what others keep.
 * Nothing here falls back to a file: without a keychain the sentence says so, and the caller may offer "this session only".
 */
import type { Millis } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import { keychainTrouble, slowKeychain } from './keychain-words.ts';

/** The name under which our entries stand in the keychain. */
export const KEYCHAIN_SERVICE = 'tunnelwatch';
/** A locked keychain asks its user; nobody may be there. */
const ANSWER_WITHIN_MS: Millis = 20_000;

/** Errors are one sentence, without its first capital, and never hold a secret. */
export interface Vault {
  /** `null` when there is no such entry. */
  get(name: string): Promise<Result<string | null, string>>;
  set(name: string, secret: string): Promise<Result<null, string>>;
  /** True when there was one. */
  delete(name: string): Promise<Result<boolean, string>>;
}

/** Keeps secrets until the process ends. */
export function memoryVault(entries: Iterable<readonly [string, string]> = []): Vault {
  const kept = new Map(entries);
  return {
    get: async (name) => ok(kept.get(name) ?? null),
    set: async (name, secret) => {
      kept.set(name, secret);
      return ok(null);
    },
    delete: async (name) => ok(kept.delete(name)),
  };
}

/** Secrets of this session come first; what is kept goes to the keychain, and what is deleted goes from both. */
export function sessionFirst(session: Vault, keychain: Vault): Vault {
  return {
    async get(name) {
      const held = await session.get(name);
      return held.ok && held.value !== null ? held : keychain.get(name);
    },
    set: (name, secret) => keychain.set(name, secret),
    async delete(name) {
      const held = await session.delete(name);
      const kept = await keychain.delete(name);
      return kept.ok && held.ok ? ok(kept.value || held.value) : kept;
    },
  };
}

/** The part of keytar that we use. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Loads the native module only when a keychain is wanted: without libsecret the headless host works all the same. */
async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar');
  return module.default ?? module;
}

/** The keychain of the system: Secret Service, macOS Keychain or Windows Credential Manager. */
export function keychainVault(
  clock: Clock,
  load: () => Promise<Keytar> = loadKeytar,
  platform: NodeJS.Platform = process.platform,
): Vault {
  async function ask<T>(question: (keytar: Keytar) => Promise<T>): Promise<Result<T, string>> {
    const answer = load()
      .then(question)
      .then(
        (value): Result<T, string> => ok(value),
        (error: unknown): Result<T, string> => err(keychainTrouble(error, platform)),
      );
    return new Promise((resolve) => {
      const cancel = clock.after(ANSWER_WITHIN_MS, () => resolve(err(slowKeychain(ANSWER_WITHIN_MS))));
      void answer.then((result) => {
        cancel();
        resolve(result);
      });
    });
  }
  return {
    get: (name) => ask((keytar) => keytar.getPassword(KEYCHAIN_SERVICE, name)),
    set: (name, secret) => ask((keytar) => keytar.setPassword(KEYCHAIN_SERVICE, name, secret).then(() => null)),
    delete: (name) => ask((keytar) => keytar.deletePassword(KEYCHAIN_SERVICE, name)),
  };
}
