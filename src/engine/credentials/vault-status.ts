/** How the keychain is doing, for people who are about to trust it with a token. */
import type { Millis } from '../../shared/model.ts';
import { err, type Result } from '../../shared/result.ts';
import type { VaultStatus } from '../../shared/settings.ts';
import type { Clock } from '../clock.ts';
import { keychainName, slowKeychain } from './keychain-words.ts';
import type { Vault } from './vault.ts';

/** A page that opens waits no longer than this; setting and getting wait longer. */
const LOOK_MS: Millis = 3_000;
/** No such entry is ever written: asking for it tells whether asking works. */
const PROBE = 'is anybody there';

/** The same vault for somebody who looks only: an answer that takes too long is one sentence. */
export function impatient(vault: Vault, clock: Clock): Pick<Vault, 'get'> {
  return {
    get: (name) =>
      new Promise<Result<string | null, string>>((resolve) => {
        const cancel = clock.after(LOOK_MS, () => resolve(err(slowKeychain(LOOK_MS))));
        void vault.get(name).then((answer) => {
          cancel();
          resolve(answer);
        });
      }),
  };
}

/** A sentence with its first capital. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Asks the keychain for nothing in particular. */
export async function vaultStatus(
  keychain: Vault,
  clock: Clock,
  platform: NodeJS.Platform = process.platform,
): Promise<VaultStatus> {
  const asked = await impatient(keychain, clock).get(PROBE);
  return { name: keychainName(platform), problem: asked.ok ? null : asSentence(asked.error) };
}
