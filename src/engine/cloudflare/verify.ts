/**
 * Is the credential good? Tokens of a user and tokens of an account are checked at different addresses, and either address
 * refuses the other kind: one refusal says nothing.
 */
import type { AccountId, FaultKind, Instant } from '../../shared/model.ts';
import { openEnvelope } from './answer.ts';
import type { Answer, CredentialSource } from './contract.ts';
import { both, type Exchange } from './exchange.ts';
import { explain, TokenResult } from './schema.ts';

export interface TokenVerdict {
  /** `key`: the global API key of a person, which has neither an id nor an end. */
  readonly kind: 'user' | 'account' | 'key';
  readonly id: string | null;
  /** `active`, `disabled`, `expired`, or a word that is newer than this program. */
  readonly status: string;
  readonly expiresAt: Instant | null;
  readonly notBefore: Instant | null;
}

export interface Verifier {
  /** One request, or two when the first address refuses. The account is where an account token would belong. */
  verifyToken(accountId: AccountId, signal?: AbortSignal): Promise<Answer<TokenVerdict>>;
}

interface Place {
  readonly kind: TokenVerdict['kind'];
  readonly path: string;
}

/** After these the other address may know better. */
const NOT_THIS_KIND: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'bad-token',
  'missing-permission',
  'not-found',
  'rejected',
]);

export function createVerifier(exchange: Exchange, credentials: CredentialSource): Verifier {
  return {
    async verifyToken(accountId, signal) {
      const found = await credentials.get();
      const user: Place = { kind: 'user', path: '/user/tokens/verify' };
      const account: Place = { kind: 'account', path: `/accounts/${encodeURIComponent(accountId)}/tokens/verify` };
      if (found.ok && found.value.kind === 'key')
        return check(exchange, accountId, { kind: 'key', path: '/user' }, signal);
      // Account tokens are recognised by their beginning; either way the other address is the second try.
      const ofAccount = found.ok && found.value.kind === 'token' && found.value.token.startsWith('cfat_');
      const [first, second] = ofAccount ? [account, user] : [user, account];
      const one = await check(exchange, accountId, first, signal);
      if (one.ok || !NOT_THIS_KIND.has(one.error.kind)) return one;
      const two = await check(exchange, accountId, second, signal);
      const meta = both(one.meta, two.meta);
      if (two.ok || !NOT_THIS_KIND.has(two.error.kind)) return { ...two, meta };
      // Neither knows it. "Bad token" is the news, if one of them says so.
      const error = two.error.kind === 'bad-token' ? two.error : one.error;
      if (error.kind === 'bad-token') credentials.refused();
      return { ok: false, error, meta };
    },
  };
}

async function check(
  exchange: Exchange,
  accountId: AccountId,
  place: Place,
  signal: AbortSignal | undefined,
): Promise<Answer<TokenVerdict>> {
  const common = { method: 'GET', body: null, permission: null, account: accountId, probe: true } as const;
  const asked = await exchange.ask({ ...common, path: place.path, signal });
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  if (place.kind === 'key') {
    return { ok: true, value: { kind: 'key', id: null, status: 'active', expiresAt: null, notBefore: null }, meta };
  }
  const { result } = envelope.value;
  const parsed = TokenResult.safeParse(result);
  if (!parsed.success) return exchange.reject(opened, meta, 'wrong-shape', explain(parsed.error, result));
  const { id, status, expires_on, not_before } = parsed.data;
  return { ok: true, value: { kind: place.kind, id, status, expiresAt: expires_on, notBefore: not_before }, meta };
}
