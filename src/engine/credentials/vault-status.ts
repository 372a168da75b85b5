/** How the keychain is doing, for people who are about to trust it with a token. */

import type { Millis } from '../../shared/model.ts';
import { err, type Result } from '../../shared/result.ts';
import type { VaultStatus } from '../../shared/settings.ts';
import type { Clock } from '../clock.ts';
import { keychainName, slowKeychain } from './keychain-words.ts';
import type { Vault } from './vault.ts';

/** A page that opens waits no longer than this; setting and getting wait longer. */
const LOOK_MS: Millis = 3_000;
/** Trouble is believed for so long: asking may make the system ask its user, and nobody wants that with each look. */
const BELIEVED_MS: Millis = 30_000;
const PROBE = 'is anybody there';

function within<T>(answer: Promise<Result<T, string>>, clock: Clock): Promise<Result<T, string>> {
  return new Promise((resolve) => {
    const cancel = clock.after(LOOK_MS, () => resolve(err(slowKeychain(LOOK_MS))));
    void answer.then((result) => {
      cancel();
      resolve(result);
    });
  });
}

/** The same vault for somebody who looks only: an answer that takes too long is one sentence. */
export function impatient(vault: Vault, clock: Clock): Pick<Vault, 'get'> {
  return { get: (name) => within(vault.get(name), clock) };
}

/** A sentence with its first capital. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A keyring that is locked says of every entry that there is none; only writing finds it out. What is written goes again. */
async function write(keychain: Vault): Promise<Result<unknown, string>> {
  const set = await keychain.set(PROBE, 'yes');
  return set.ok ? keychain.delete(PROBE) : set;
}

/** Tells how the keychain is doing, each time it is called. */
export function keychainWatch(
  keychain: Vault,
  clock: Clock,
  platform: NodeJS.Platform = process.platform,
): () => Promise<VaultStatus> {
  const name = keychainName(platform);
  let written = platform !== 'linux';
  let trouble: { readonly problem: string; readonly until: Millis } | null = null;
  return async () => {
    if (trouble !== null && clock.monotonic() < trouble.until) return { name, problem: trouble.problem };
    const asked: Result<unknown, string> = await within<unknown>(
      written ? keychain.get(PROBE) : write(keychain),
      clock,
    );
    written ||= asked.ok;
    trouble = asked.ok ? null : { problem: asSentence(asked.error), until: clock.monotonic() + BELIEVED_MS };
    return { name, problem: trouble?.problem ?? null };
  };
}
