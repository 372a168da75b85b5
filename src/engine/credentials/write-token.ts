/**
 * The token that may change an account: apart from the one that watches, and looked up only while somebody makes changes. The
 * settings may name its place; else the app keeps it in an entry of its own, in the keychain or for this session.
 */
import type { Fault } from '../../shared/model.ts';
import type { WritingStatus } from '../../shared/operations.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Keep } from '../../shared/settings.ts';
import type { Clock } from '../clock.ts';
import type { Credential, CredentialSource } from '../cloudflare/contract.ts';
import { DEFAULT_API_BASE, type SecretSource } from '../settings/schema.ts';
import { writeTokenEntry } from './entries.ts';
import { cleanSecret, describePlace, readSecret, type SecretPlaces } from './secret.ts';
import { NOT_ASKED } from './source.ts';
import type { Vault } from './vault.ts';
import { asSentence, impatient } from './vault-status.ts';

export interface WriteTokenOptions {
  readonly account: { readonly id: string; readonly name: string; readonly apiBase: string };
  /** What the settings name; `null`: the app keeps it. */
  readonly named: SecretSource | null;
  readonly places: SecretPlaces;
  /** Keeps what is given for this session only. */
  readonly session: Vault;
  readonly clock: Clock;
}

export interface WriteToken {
  /** Read when first needed, kept until `forget()`. */
  readonly source: CredentialSource;
  /** Waits for a slow keychain only briefly. */
  status(): Promise<Pick<WritingStatus, 'token' | 'problem'>>;
  /** The token without what surrounds it, or why it cannot be one, in a sentence. */
  clean(raw: string): Result<string, string>;
  /** Errors are sentences. */
  keep(token: string, keep: Keep): Promise<Result<null, string>>;
  /** True when there was one. */
  remove(): Promise<Result<boolean, string>>;
  /** Lets go of what was read. */
  forget(): void;
}

/** A source whose credential can be let go of. */
function forgettable(read: () => Promise<Result<Credential, Fault>>): CredentialSource & { forget(): void } {
  let kept: Promise<Result<Credential, Fault>> | null = null;
  const forget = (): void => {
    kept = null;
  };
  return {
    async get() {
      kept ??= read();
      const found = await kept;
      if (!found.ok) forget();
      return found;
    },
    refused: forget,
    budgetKey: '',
    forget,
  };
}

function noToken(account: string, trouble: string): Fault {
  const sentence = `There is no write token for the account ${JSON.stringify(account)}: ${trouble}`;
  const facts = { status: null, code: null, retryAfterMs: null, permission: null, cfRay: null };
  const about = { ...NOT_ASKED, account, detail: trouble.replace(/\.$/, '') };
  return { kind: 'no-credential', sentence, ...facts, about };
}

/** The write token of one account. Nothing is read before it is needed. */
export function openWriteToken({ account, named, places, session, clock }: WriteTokenOptions): WriteToken {
  const entry = writeTokenEntry(account.id, account.apiBase === DEFAULT_API_BASE ? null : account.apiBase);
  const own: SecretSource = { keychain: entry };

  const held = async (): Promise<boolean> => {
    const found = await session.get(entry);
    return found.ok && found.value !== null;
  };
  const lookUp = async (vault: Pick<Vault, 'get'>): Promise<Result<string | null, string>> => {
    if (named !== null) {
      const read = await readSecret(named, { env: places.env, vault: { ...places.vault, get: vault.get } });
      return read.ok ? ok(read.value.value) : read;
    }
    const kept = await session.get(entry);
    return kept.ok && kept.value !== null ? kept : vault.get(entry);
  };
  const read = async (): Promise<Result<Credential, Fault>> => {
    const found = await lookUp(places.vault);
    if (!found.ok) return err(noToken(account.name, found.error));
    if (found.value === null) return err(noToken(account.name, 'none was given. Give one under Settings first.'));
    return ok({ kind: 'token', token: found.value });
  };
  const source = forgettable(read);
  const readOnly = (): string =>
    `The settings name ${describePlace(named ?? own)} for the write token of ${account.name}: change it there.`;

  return {
    source: { ...source, budgetKey: `write ${account.id}` },
    async status() {
      const place =
        named === null ? 'keychain' : 'env' in named ? 'environment' : 'file' in named ? 'file' : 'keychain';
      if (named === null && (await held())) return { token: 'session', problem: null };
      const found = await lookUp(impatient(places.vault, clock));
      if (!found.ok) return { token: named === null ? 'none' : place, problem: asSentence(found.error) };
      return { token: found.value === null ? 'none' : place, problem: null };
    },
    clean(raw) {
      const clean = cleanSecret(raw.trim(), 'the token', 'token');
      return clean.ok ? clean : err(asSentence(clean.error));
    },
    async keep(token, where) {
      if (named !== null) return err(readOnly());
      // One of them is in force; the other must not come back by surprise.
      const kept = where === 'session' ? await session.set(entry, token) : await places.vault.set(entry, token);
      if (!kept.ok) return err(asSentence(kept.error));
      if (where === 'keychain') await session.delete(entry);
      source.forget();
      return ok(null);
    },
    async remove() {
      if (named !== null) return err(readOnly());
      source.forget();
      const here = await session.delete(entry);
      const gone = await places.vault.delete(entry);
      if (!gone.ok) return here.ok && here.value ? ok(true) : err(asSentence(gone.error));
      return ok(gone.value || (here.ok && here.value));
    },
    forget: source.forget,
  };
}
