/** Names of our entries in the keychain. */

/** The entry of an account's token: the same on each machine, so that settings can be taken along. */
export const accountEntry = (accountId: string): string => `account-${accountId.toLowerCase()}`;

/**
 * The entry of an account's write token. `apiBase`: only where it is not Cloudflare's own; a token that was given for one
 * address is never sent to another.
 */
export const writeTokenEntry = (accountId: string, apiBase: string | null): string =>
  `${accountEntry(accountId)}-write${apiBase === null ? '' : ` ${apiBase}`}`;

/** The entry of a new key that somebody wants to keep for the router. The name helps to find it among others. */
export const tunnelKeyEntry = (accountId: string, tunnelId: string, name: string): string =>
  `psk ${name} (${accountId.toLowerCase()}/${tunnelId})`;

/** Entries that the app itself fills with what may go nowhere else: write tokens and keys of tunnels. */
export const isGuardedEntry = (name: string): boolean =>
  /^account-[0-9a-f]{32}-write( |$)/.test(name) || /^psk .*\([0-9a-f]{32}\/[^)]*\)$/.test(name);
