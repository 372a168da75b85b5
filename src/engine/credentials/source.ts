/** Credentials of accounts: read when first needed, kept until the API refuses them, then looked up afresh. */
import { createHash } from 'node:crypto';
import type { FaultAbout } from '../../shared/fault.ts';
import type { Fault } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Credential, CredentialSource } from '../cloudflare/contract.ts';
import type { AccountSettings, SecretSource } from '../settings/schema.ts';
import { describePlace, readSecret, type SecretPlaces } from './secret.ts';

export interface OpenedCredential {
  readonly source: CredentialSource;
  /** Sentences about places that should be guarded better, or that held nothing at the start. */
  readonly warnings: readonly string[];
}

/** A name for a budget: tells equal tokens from different ones and nothing else. */
function budgetKey(kind: 'token' | 'key' | 'place', identity: string): string {
  return createHash('sha256').update(`tunnelwatch budget\0${kind}\0${identity}`).digest('hex').slice(0, 16);
}

function noCredential(account: string, trouble: string): Fault {
  return {
    kind: 'no-credential',
    sentence: `There is no credential for the account ${JSON.stringify(account)}: ${trouble}`,
    status: null,
    code: null,
    retryAfterMs: null,
    permission: null,
    cfRay: null,
    about: { ...NOT_ASKED, account, detail: trouble.replace(/\.$/, '') },
  };
}

/** What there is to tell of a question that was never put. */
export const NOT_ASKED: FaultAbout = {
  host: '',
  account: null,
  permission: null,
  detail: null,
  deadlineMs: 0,
  maxBytes: 0,
  doubt: false,
};

const secretOf = (account: AccountSettings): SecretSource | null => account.token ?? account.key?.key ?? null;

function credentialOf(account: AccountSettings, secret: string): Credential {
  return account.key === undefined
    ? { kind: 'token', token: secret }
    : { kind: 'key', email: account.key.email, key: secret };
}

/**
 * The credential of one account. It is looked at once at the start, so that two accounts with the same token share one
 * request budget wherever their tokens lie; what cannot be read then gets the budget of its place.
 */
export async function openCredential(account: AccountSettings, places: SecretPlaces): Promise<OpenedCredential> {
  const place = secretOf(account);
  let kept: Promise<Result<Credential, Fault>> | null = null;
  const warnings: string[] = [];

  async function read(): Promise<Result<Credential, Fault>> {
    if (place === null) return err(noCredential(account.name, 'none is configured.'));
    const secret = await readSecret(place, places);
    if (!secret.ok) {
      kept = null;
      return err(noCredential(account.name, secret.error));
    }
    if (secret.value.warning !== null && warnings.length === 0) warnings.push(secret.value.warning);
    return ok(credentialOf(account, secret.value.value));
  }

  const get = (): Promise<Result<Credential, Fault>> => {
    kept ??= read();
    return kept;
  };
  const first = await get();
  if (!first.ok) warnings.push(first.error.sentence);
  return {
    source: {
      get,
      refused() {
        kept = null;
      },
      budgetKey: first.ok
        ? budgetKey(
            first.value.kind,
            first.value.kind === 'token' ? first.value.token : `${first.value.email}\0${first.value.key}`,
          )
        : budgetKey('place', place === null ? account.id : describePlace(place)),
    },
    warnings,
  };
}

/** A credential that is at hand already, as the simulator's is. */
export function memoryCredential(token: string): CredentialSource {
  return {
    get: async () => ok({ kind: 'token', token }),
    refused() {},
    budgetKey: budgetKey('token', token),
  };
}
