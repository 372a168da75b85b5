/** What the system's keychain is called, and what is wrong with it in words: which part, and what to do. */
import type { Millis } from '../../shared/model.ts';

/** The name that people find in their system. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Keychain';
  return platform === 'win32' ? 'Credential Manager' : 'Secret Service';
}

const WHERE_TO_UNLOCK: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'unlock it in Keychain Access and allow Tunnelwatch when it asks',
  win32: 'log in to Windows anew, or ask who manages this machine',
};
const UNLOCK_ON_LINUX = 'unlock it (Passwords and Keys, or KWallet) and allow Tunnelwatch when it asks';
const whereToUnlock = (platform: NodeJS.Platform): string => WHERE_TO_UNLOCK[platform] ?? UNLOCK_ON_LINUX;

const MISSING = /libsecret|cannot open shared object|\.node|Cannot find (module|package)/i;
const NO_SERVICE = /D-?Bus|DISPLAY|org\.freedesktop\.secrets|was not provided|ServiceUnknown/i;
const LOCKED = /lock|dismissed|denied|cancel|passphrase|not allowed|Object does not exist at path/i;

/**
 * The cause as a sentence without its first capital. The text of the native error is not passed on: nobody promises what it
 * quotes.
 */
export function keychainTrouble(error: unknown, platform: NodeJS.Platform): string {
  const text = error instanceof Error ? error.message : '';
  if (MISSING.test(text)) {
    const install = platform === 'linux' ? ' Install libsecret (Debian and Ubuntu: libsecret-1-0).' : '';
    return `the keychain cannot be used: libsecret or the keytar module is missing on this system.${install}`;
  }
  if (NO_SERVICE.test(text)) {
    return 'the keychain cannot be used: no secret service (such as GNOME Keyring or KWallet) runs in this session. Start one, or log in to a desktop that has one.';
  }
  if (LOCKED.test(text)) {
    return `the keychain is locked, or access to it was denied: ${whereToUnlock(platform)}.`;
  }
  return 'the keychain refused, without a reason that we know.';
}

/** It did not answer: it may wait for somebody to unlock it. */
export function slowKeychain(waited: Millis): string {
  return `the keychain did not answer within ${waited / 1000} s; it may be locked.`;
}
