/**
 * Where a secret lies and how it is read: an environment variable, a file, or the keychain. Trouble is one sentence
 * that names the place and never the content.
 */
import { err, ok, type Result } from '../../shared/result.ts';
import type { SecretSource } from '../settings/schema.ts';
import { givenVault, readGivenFile } from './given-vault.ts';
import type { Vault } from './vault.ts';

/** A secret, with a sentence when its place should be guarded better. */
export interface Secret {
  readonly value: string;
  readonly warning: string | null;
}

/** What the places need of the machine; handed in, so that tests and hosts decide. */
export interface SecretPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly vault: Vault;
}

/** The place in words: `the variable CF_TOKEN`. */
export function describePlace(source: SecretSource): string {
  if ('env' in source) return `the environment variable ${source.env}`;
  if ('file' in source) return `the file ${source.file}`;
  return `the keychain entry ${JSON.stringify(source.keychain)}`;
}

/** A `token` goes into an HTTP header; a `password` of a mail server may hold blanks and letters of any language. */
export type SecretKind = 'token' | 'password';

/** Takes the line end off that editors and `echo` leave, and refuses what cannot be a secret of this kind. */
export function cleanSecret(raw: string, place: string, kind: SecretKind): Result<string, string> {
  const value = raw.replace(/^\uFEFF/, '').replace(/[\r\n]+$/, '');
  if (value.trim() === '') return err(`${place} is empty.`);
  if (kind === 'password') {
    return /\p{Cc}/u.test(value) ? err(`${place} holds line breaks or other control characters.`) : ok(value);
  }
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return err(`${place} holds spaces, line breaks or other characters that no token has.`);
  }
  return ok(value);
}

/** Reads a secret afresh. The error is one sentence without its first capital, to be put behind a colon. */
export async function readSecret(
  source: SecretSource,
  places: SecretPlaces,
  kind: SecretKind = 'token',
): Promise<Result<Secret, string>> {
  const place = describePlace(source);
  let raw: string;
  let warning: string | null = null;
  if ('env' in source) {
    const held = await givenVault(places.env).get(`env:${source.env}`);
    if (!held.ok) return held;
    if (held.value === null) return err(`${place} is not set.`);
    raw = held.value;
  } else if ('file' in source) {
    const read = await readGivenFile(source.file);
    if (!read.ok) return read;
    if (read.value === null) return err(`${place} does not exist.`);
    raw = read.value.text;
    if (read.value.exposed) warning = `Every user of this machine can read ${place}; chmod 600 would keep it private.`;
  } else {
    const read = await places.vault.get(source.keychain);
    if (!read.ok) return read;
    if (read.value === null) {
      return err(`the keychain has no entry ${JSON.stringify(source.keychain)} of Tunnelwatch, or it is locked.`);
    }
    raw = read.value;
  }
  const cleaned = cleanSecret(raw, place, kind);
  return cleaned.ok ? ok({ value: cleaned.value, warning }) : cleaned;
}
