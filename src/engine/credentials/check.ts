/**
 * What a credential is good for, asked before it is trusted with an account: is it known, can it list the tunnels, can it read
 * health results, and can it do more than it should.
 */
import type { AccountId, Fault } from '../../shared/model.ts';
import type { CloudflareClient } from '../cloudflare/client.ts';
import type { TokenVerdict } from '../cloudflare/verify.ts';

export interface CredentialCheck {
  /** `null` when the check itself failed, see `list`. */
  readonly token: TokenVerdict | null;
  /** How many tunnels it lists; `null` when it may not, or could not. */
  readonly tunnels: number | null;
  /** Why the tunnels could not be listed. */
  readonly list: Fault | null;
  /** Why health results could not be read. */
  readonly health: Fault | null;
  /** `null` when nobody could tell. */
  readonly mayWrite: boolean | null;
  /** Good enough to watch the account by. */
  readonly usable: boolean;
  /** What to tell, the worst first; each a whole sentence. Holds no secret. */
  readonly sentences: readonly string[];
}

/** Two minutes that surely have been ingested: enough to learn whether health may be read at all. */
const HEALTH_WINDOW = { backMs: 10 * 60_000, lengthMs: 2 * 60_000 };
const DAY_MS = 86_400_000;
/** From here on the end of a token is worth a word. */
const ENDS_SOON_MS = 14 * DAY_MS;

type Asked = Pick<CloudflareClient, 'verifyToken' | 'listTunnels' | 'tunnelHealth' | 'mayWrite'>;

/** Four to six requests. `now` is wall time. */
export async function checkCredential(
  client: Asked,
  accountId: AccountId,
  now: number,
  signal?: AbortSignal,
): Promise<CredentialCheck> {
  const token = await client.verifyToken(accountId, signal);
  const list = await client.listTunnels(accountId, signal);
  const from = Math.floor((now - HEALTH_WINDOW.backMs) / 60_000) * 60_000;
  const health = await client.tunnelHealth(accountId, { from, to: from + HEALTH_WINDOW.lengthMs }, signal);
  const writes = list.ok ? await client.mayWrite(accountId, signal) : null;
  const facts = {
    token: token.ok ? token.value : null,
    tunnels: list.ok ? list.value.tunnels.size + list.value.unreadable.length : null,
    list: list.ok ? null : list.error,
    health: health.ok ? null : health.error,
    mayWrite: writes?.ok ? writes.value : null,
  };
  return { ...facts, usable: list.ok, sentences: tell(facts, now) };
}

function tell(facts: Omit<CredentialCheck, 'usable' | 'sentences'>, now: number): readonly string[] {
  const { list, health, mayWrite, token, tunnels } = facts;
  const said: string[] = [];
  if (list !== null) said.push(list.sentence);
  if (list === null && health !== null) {
    const but = 'Everything else works; the health lane will say what is missing.';
    said.push(`${health.sentence} ${but}`);
  }
  if (mayWrite === true) {
    said.push('It can change tunnels. Monitoring needs read permissions only: a read-only token is safer here.');
  }
  if (token !== null && token.expiresAt !== null && token.expiresAt - now < ENDS_SOON_MS) {
    said.push(`It expires on ${new Date(token.expiresAt).toISOString().slice(0, 10)}.`);
  }
  if (tunnels === 0) said.push('The account has no IPsec tunnels.');
  return said;
}
