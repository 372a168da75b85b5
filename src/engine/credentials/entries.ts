/** Names of our entries in the keychain. */

/** The entry of an account's token: the same on each machine, so that settings can be taken along. */
export const accountEntry = (accountId: string): string => `account-${accountId.toLowerCase()}`;
