/** Tokens of the practice world. They belong to the seed, say "sim" and open nothing but a simulator. */
import type { SimAccount } from '../contract.ts';
import { hexOf, lettersOf } from '../random.ts';
import type { AccountWorld } from '../world/account.ts';
import type { Grant, Keys, Permission } from './auth.ts';

export interface Keyring extends Keys {
  readonly accounts: readonly SimAccount[];
  readonly readToken: string;
  readonly writeToken: string;
  readonly globalKey: { readonly email: string; readonly key: string };
}

export function keyring(accounts: readonly AccountWorld[], seed: number): Keyring {
  const tokens = new Map<string, Grant>();
  const issue = (purpose: string, account: string | null, permissions: readonly Permission[]): string => {
    const token = `sim-${purpose}-${lettersOf(seed, `token:${purpose}:${account}`, 24)}`;
    const tokenId = hexOf(seed, `token-id:${token}`, 32);
    tokens.set(token, { budget: tokenId, permissions: new Set(permissions), account, tokenId });
    return token;
  };
  const opened = accounts.map(
    ({ id, name }): SimAccount => ({
      id,
      name,
      readToken: issue('read', id, ['magic-read', 'analytics-read']),
      writeToken: issue('write', id, ['magic-write', 'analytics-read']),
      analyticsLessToken: issue('no-analytics', id, ['magic-read']),
      magicLessToken: issue('no-magic', id, ['analytics-read']),
    }),
  );
  const globalKey = { email: 'noc@example.com', key: hexOf(seed, 'global-key', 37) };
  const all: Grant = {
    budget: 'global-key',
    permissions: new Set<Permission>(['magic-read', 'magic-write', 'analytics-read']),
    account: null,
    tokenId: 'global-key',
  };
  return {
    tokens,
    accounts: opened,
    readToken: issue('read', null, ['magic-read', 'analytics-read']),
    writeToken: issue('write', null, ['magic-write', 'analytics-read']),
    globalKey,
    global: { ...globalKey, grant: all },
  };
}
