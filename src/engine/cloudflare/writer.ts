/**
 * The calls that change something. Each is made by a person's decision alone; monitoring uses none of them. With
 * `validateOnly` Cloudflare checks and changes nothing, and tunnels and keys may then be missing in the answer.
 */
import type { AccountId, Tunnel, TunnelId, UnreadableTunnel } from '../../shared/model.ts';
import { openEnvelope } from './answer.ts';
import type { Answer } from './contract.ts';
import { both, type Exchange, type Question } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { tunnelsPath, type WriteOptions, withOptions } from './paths.ts';
import { createPskWriter, type PskWriter } from './psk-writer.ts';
import {
  createBody,
  secretsIn,
  type TunnelChange,
  TunnelChangeSchema,
  type TunnelDraft,
  TunnelDraftSchema,
  updateBody,
} from './request.ts';
import { BulkUpdateResult, DeleteResult, explain, ListResult, UpdateResult, unwrapTunnel } from './schema.ts';
import { readTunnel } from './tunnel.ts';

/** What a write says about its tunnel. `null` where Cloudflare did not say, or not readably. */
export interface Written {
  readonly done: boolean | null;
  /** As it is now; as it was, after a deletion. */
  readonly tunnel: Tunnel | null;
}

export interface WrittenMany {
  readonly done: boolean | null;
  readonly tunnels: readonly Tunnel[];
  readonly unreadable: readonly UnreadableTunnel[];
}

export interface CloudflareWriter extends PskWriter {
  createTunnel(accountId: AccountId, draft: TunnelDraft, options?: WriteOptions): Promise<Answer<Written>>;
  /** Reads the tunnel, changes what the change names, writes it back whole: PUT replaces. Two requests. */
  updateTunnel(
    accountId: AccountId,
    tunnelId: TunnelId,
    change: TunnelChange,
    options?: WriteOptions,
  ): Promise<Answer<Written>>;
  /** As `updateTunnel`, for several tunnels at once. Two requests in all. */
  bulkUpdateTunnels(
    accountId: AccountId,
    changes: ReadonlyMap<TunnelId, TunnelChange>,
    options?: WriteOptions,
  ): Promise<Answer<WrittenMany>>;
  deleteTunnel(accountId: AccountId, tunnelId: TunnelId, options?: WriteOptions): Promise<Answer<Written>>;
}

export function createWriter(exchange: Exchange): CloudflareWriter {
  return {
    ...createPskWriter(exchange),
    createTunnel: (accountId, draft, options) => createTunnel(exchange, accountId, draft, options),
    updateTunnel: (accountId, tunnelId, change, options) =>
      updateTunnel(exchange, accountId, tunnelId, change, options),
    bulkUpdateTunnels: (accountId, changes, options) => bulkUpdate(exchange, accountId, changes, options),
    deleteTunnel: (accountId, tunnelId, options) => deleteTunnel(exchange, accountId, tunnelId, options),
  };
}

type Draft = Pick<Question, 'method' | 'path' | 'body'> & { readonly secrets: readonly string[] };

/** A question that changes something, unless it only validates. */
function writing(accountId: AccountId, draft: Draft, options: WriteOptions | undefined): Question {
  return {
    ...draft,
    path: withOptions(draft.path, options),
    account: accountId,
    permission: PERMISSIONS.write,
    write: options?.validateOnly !== true,
    newTarget: true,
    signal: options?.signal,
  };
}

/** Reads what is to be changed, with the permission to write: whoever may write may read. */
function readingFirst(accountId: AccountId, path: string, options: WriteOptions | undefined): Question {
  const permission = PERMISSIONS.write;
  return { method: 'GET', path, body: null, account: accountId, permission, newTarget: true, signal: options?.signal };
}

/** The tunnel of a successful write. What cannot be read does not undo the success; read the tunnel again then. */
function writtenTunnel(accountId: AccountId, raw: unknown): Tunnel | null {
  const read = readTunnel(accountId, raw);
  return read.ok ? read.value : null;
}

async function createTunnel(
  exchange: Exchange,
  accountId: AccountId,
  draft: TunnelDraft,
  options: WriteOptions | undefined,
): Promise<Answer<Written>> {
  const body = createBody(draft);
  const question = writing(
    accountId,
    { method: 'POST', path: tunnelsPath(accountId), body, secrets: secretsIn(body) },
    options,
  );
  const checked = TunnelDraftSchema.safeParse(draft);
  if (!checked.success) return exchange.unsent(question, explain(checked.error, draft));
  const asked = await exchange.ask(question);
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const tunnel = writtenTunnel(accountId, unwrapTunnel(envelope.value.result));
  return { ok: true, value: { done: options?.validateOnly !== true, tunnel }, meta };
}

async function updateTunnel(
  exchange: Exchange,
  accountId: AccountId,
  tunnelId: TunnelId,
  change: TunnelChange,
  options: WriteOptions | undefined,
): Promise<Answer<Written>> {
  const path = tunnelsPath(accountId, tunnelId);
  const first = readingFirst(accountId, path, options);
  const checked = TunnelChangeSchema.safeParse(change);
  if (!checked.success) return exchange.unsent(first, explain(checked.error, change));
  const before = await exchange.ask(first);
  if (!before.ok) return before;
  const current = exchange.open(before.value, before.meta, openEnvelope);
  if (!current.ok) return current;
  const raw = unwrapTunnel(current.value.result);
  const known = readTunnel(accountId, raw);
  // PUT replaces: what is not understood in full must not be written back.
  if (!known.ok) return exchange.reject(before.value, before.meta, 'wrong-shape', known.error);
  const body = updateBody(raw, change);
  const asked = await exchange.ask(
    writing(accountId, { method: 'PUT', path, body, secrets: secretsIn(body) }, options),
  );
  const meta = both(before.meta, asked.meta);
  if (!asked.ok) return { ...asked, meta };
  const envelope = exchange.open(asked.value, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const { result } = envelope.value;
  const parsed = UpdateResult.safeParse(result ?? {});
  if (!parsed.success) return exchange.reject(asked.value, meta, 'wrong-shape', explain(parsed.error, result));
  const tunnel = writtenTunnel(accountId, parsed.data.modified_ipsec_tunnel);
  return { ok: true, value: { done: parsed.data.modified, tunnel }, meta };
}

async function bulkUpdate(
  exchange: Exchange,
  accountId: AccountId,
  changes: ReadonlyMap<TunnelId, TunnelChange>,
  options: WriteOptions | undefined,
): Promise<Answer<WrittenMany>> {
  const path = tunnelsPath(accountId);
  const first = readingFirst(accountId, path, options);
  for (const [id, change] of changes) {
    const checked = TunnelChangeSchema.safeParse(change);
    if (!checked.success) return exchange.unsent(first, `tunnel ${id}: ${explain(checked.error, change)}`);
  }
  const before = await exchange.ask(first);
  if (!before.ok) return before;
  const current = exchange.open(before.value, before.meta, openEnvelope);
  if (!current.ok) return current;
  const bodies = bodiesOf(accountId, current.value.result, changes);
  if (typeof bodies === 'string') return { ...exchange.unsent(first, bodies), meta: before.meta };
  const secrets = bodies.flatMap(secretsIn);
  const draft: Draft = { method: 'PUT', path, body: { ipsec_tunnels: bodies }, secrets };
  const asked = await exchange.ask(writing(accountId, draft, options));
  const meta = both(before.meta, asked.meta);
  if (!asked.ok) return { ...asked, meta };
  const envelope = exchange.open(asked.value, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const parsed = BulkUpdateResult.safeParse(envelope.value.result ?? {});
  if (!parsed.success) {
    return exchange.reject(asked.value, meta, 'wrong-shape', explain(parsed.error, envelope.value.result));
  }
  const read = readMany(accountId, parsed.data.modified_ipsec_tunnels ?? []);
  return { ok: true, value: { done: parsed.data.modified, ...read }, meta };
}

/** The body of each change by the list as it is, or one sentence when a tunnel is not in it. */
function bodiesOf(
  accountId: AccountId,
  result: unknown,
  changes: ReadonlyMap<TunnelId, TunnelChange>,
): Record<string, unknown>[] | string {
  const list = ListResult.safeParse(result);
  if (!list.success) return 'the list of tunnels is not as documented';
  const known = new Map(list.data.ipsec_tunnels.map((raw) => [idOf(raw), raw]));
  const bodies: Record<string, unknown>[] = [];
  for (const [id, change] of changes) {
    const raw = known.get(id);
    if (raw === undefined) return `there is no tunnel ${id}`;
    const read = readTunnel(accountId, raw);
    if (!read.ok) return `tunnel ${id} as it is now cannot be read: ${read.error}`;
    bodies.push({ id, ...updateBody(raw, change) });
  }
  return bodies;
}

function readMany(accountId: AccountId, items: readonly unknown[]): Pick<WrittenMany, 'tunnels' | 'unreadable'> {
  const tunnels: Tunnel[] = [];
  const unreadable: UnreadableTunnel[] = [];
  for (const raw of items) {
    const read = readTunnel(accountId, raw);
    if (read.ok) tunnels.push(read.value);
    else unreadable.push({ id: idOf(raw), name: null, reason: read.error });
  }
  return { tunnels, unreadable };
}

function idOf(raw: unknown): TunnelId | null {
  const known = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string';
  return known ? (raw.id as TunnelId) : null;
}

async function deleteTunnel(
  exchange: Exchange,
  accountId: AccountId,
  tunnelId: TunnelId,
  options: WriteOptions | undefined,
): Promise<Answer<Written>> {
  const draft: Draft = { method: 'DELETE', path: tunnelsPath(accountId, tunnelId), body: null, secrets: [] };
  const asked = await exchange.ask(writing(accountId, draft, options));
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const { result } = envelope.value;
  const parsed = DeleteResult.safeParse(result ?? {});
  if (!parsed.success) return exchange.reject(opened, meta, 'wrong-shape', explain(parsed.error, result));
  const tunnel = writtenTunnel(accountId, parsed.data.deleted_ipsec_tunnel);
  return { ok: true, value: { done: parsed.data.deleted, tunnel }, meta };
}
