/** Reading tunnels in order to change them, by the credential that may write: whoever may write may read. */
import type { AccountId, TunnelId, UnreadableTunnel } from '../../shared/model.ts';
import { openEnvelope } from './answer.ts';
import type { Answer } from './contract.ts';
import type { Exchange, Question } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { tunnelsPath } from './paths.ts';
import { type Present, readPresent } from './present.ts';
import { ListResult, unwrapTunnel } from './schema.ts';

/** All tunnels of an account. */
export interface PresentList {
  readonly tunnels: ReadonlyMap<TunnelId, Present>;
  readonly unreadable: readonly UnreadableTunnel[];
}

export interface PresentReader {
  readPresent(accountId: AccountId, tunnelId: TunnelId, signal?: AbortSignal): Promise<Answer<Present>>;
  readPresents(accountId: AccountId, signal?: AbortSignal): Promise<Answer<PresentList>>;
}

export function createPresentReader(exchange: Exchange): PresentReader {
  return {
    readPresent: (accountId, tunnelId, signal) => one(exchange, accountId, tunnelId, signal),
    readPresents: (accountId, signal) => all(exchange, accountId, signal),
  };
}

function question(accountId: AccountId, path: string, signal: AbortSignal | undefined): Question {
  return {
    method: 'GET',
    path,
    body: null,
    account: accountId,
    permission: PERMISSIONS.write,
    newTarget: true,
    signal,
  };
}

async function one(
  exchange: Exchange,
  accountId: AccountId,
  tunnelId: TunnelId,
  signal: AbortSignal | undefined,
): Promise<Answer<Present>> {
  const asked = await exchange.ask(question(accountId, tunnelsPath(accountId, tunnelId), signal));
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const read = readPresent(accountId, unwrapTunnel(envelope.value.result));
  return read.ok ? { ...read, meta } : exchange.reject(opened, meta, 'wrong-shape', read.error);
}

async function all(
  exchange: Exchange,
  accountId: AccountId,
  signal: AbortSignal | undefined,
): Promise<Answer<PresentList>> {
  const asked = await exchange.ask(question(accountId, tunnelsPath(accountId), signal));
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const list = ListResult.safeParse(envelope.value.result);
  if (!list.success) return exchange.reject(opened, meta, 'wrong-shape', 'the list of tunnels is not as documented');
  const tunnels = new Map<TunnelId, Present>();
  const unreadable: UnreadableTunnel[] = [];
  for (const raw of list.data.ipsec_tunnels) {
    const read = readPresent(accountId, raw);
    if (read.ok) tunnels.set(read.value.tunnel.id, read.value);
    else unreadable.push({ id: idOf(raw), name: null, reason: read.error });
  }
  return { ok: true, value: { tunnels, unreadable }, meta };
}

/** The id of a tunnel that may otherwise be unreadable. */
export function idOf(raw: unknown): TunnelId | null {
  const known = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string';
  return known ? (raw.id as TunnelId) : null;
}
