/** Which keys were made a moment ago, by a mark and not by the key: only those may be put into the keychain. */
import { createHash, randomBytes } from 'node:crypto';
import type { Millis, TunnelKey } from '../../shared/model.ts';
import type { NewKey } from '../../shared/operations.ts';
import type { Clock } from '../clock.ts';

/** Long enough to read the page and decide. */
const FRESH_MS: Millis = 60 * 60_000;

export interface FreshKeys {
  made(keys: readonly NewKey[]): void;
  /** The name of the tunnel when this is the key that was just made for it, else `null`. */
  nameOf(key: TunnelKey, psk: string): string | null;
}

export function createFreshKeys(clock: Clock): FreshKeys {
  const salt = randomBytes(16);
  const fresh = new Map<TunnelKey, { readonly mark: string; readonly name: string; readonly until: Millis }>();
  const markOf = (psk: string): string => createHash('sha256').update(salt).update(psk).digest('hex');
  return {
    made(keys) {
      const now = clock.monotonic();
      for (const [key, { until }] of fresh) if (until <= now) fresh.delete(key);
      for (const { key, name, psk } of keys) fresh.set(key, { mark: markOf(psk), name, until: now + FRESH_MS });
    },
    nameOf(key, psk) {
      const found = fresh.get(key);
      if (found === undefined || clock.monotonic() >= found.until) return null;
      return found.mark === markOf(psk) ? found.name : null;
    },
  };
}
