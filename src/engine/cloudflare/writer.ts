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
import type { Present } from './present.ts';
import { createPresentReader, idOf, type PresentReader } from './present-reader.ts';
import { createPskWriter, type PskWriter } from './psk-writer.ts';
import {
  createBody,
  secretsIn,
  type TunnelChange,
  TunnelChangeSchema,
  type TunnelDraft,
  TunnelDraftSchema,
} from './request.ts';
import { BulkUpdateResult, DeleteResult, explain, UpdateResult, unwrapTunnel } from './schema.ts';
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

/** What a tunnel as it was read should become. */
export interface Replacement {
  readonly present: Present;
  readonly change: TunnelChange;
}

export interface CloudflareWriter extends PskWriter, PresentReader {
  createTunnel(accountId: AccountId, draft: TunnelDraft, options?: WriteOptions): Promise<Answer<Written>>;
  /** Reads the tunnel, changes what the change names, writes it back whole: PUT replaces. Two requests. */
  updateTunnel(
    accountId: AccountId,
    tunnelId: TunnelId,
    change: TunnelChange,
    options?: WriteOptions,
  ): Promise<Answer<Written>>;
  /** The second half of `updateTunnel`, over what was read before: somebody may have looked at it in between. One request. */
  replaceTunnel(present: Present, change: TunnelChange, options?: WriteOptions): Promise<Answer<Written>>;
  /** The same for several tunnels of one account. */
  replaceTunnels(
    accountId: AccountId,
    replacements: readonly Replacement[],
    options?: WriteOptions,
  ): Promise<Answer<WrittenMany>>;
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
    ...createPresentReader(exchange),
    createTunnel: (accountId, draft, options) => createTunnel(exchange, accountId, draft, options),
    updateTunnel: (accountId, tunnelId, change, options) =>
      updateTunnel(exchange, accountId, tunnelId, change, options),
    replaceTunnel: (present, change, options) => replaceTunnel(exchange, present, change, options),
    replaceTunnels: (accountId, replacements, options) => replaceTunnels(exchange, accountId, replacements, options),
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
  const wrong = unsentChange(exchange, accountId, change);
  if (wrong !== null) return wrong;
  const before = await createPresentReader(exchange).readPresent(accountId, tunnelId, options?.signal);
  if (!before.ok) return before;
  const done = await replaceTunnel(exchange, before.value, change, options);
  return { ...done, meta: both(before.meta, done.meta) };
}

/** What is wrong with a change before it leaves; `null`: nothing. */
function unsentChange(
  exchange: Exchange,
  accountId: AccountId,
  change: TunnelChange,
  tunnelId: TunnelId | null = null,
): Answer<never> | null {
  const checked = TunnelChangeSchema.safeParse(change);
  if (checked.success) return null;
  const detail = `${tunnelId === null ? '' : `tunnel ${tunnelId}: `}${explain(checked.error, change)}`;
  return exchange.unsent({ account: accountId, permission: PERMISSIONS.write }, detail);
}

async function replaceTunnel(
  exchange: Exchange,
  present: Present,
  change: TunnelChange,
  options: WriteOptions | undefined,
): Promise<Answer<Written>> {
  const { accountId, id } = present.tunnel;
  const wrong = unsentChange(exchange, accountId, change);
  if (wrong !== null) return wrong;
  const body = present.body(change);
  const draft: Draft = { method: 'PUT', path: tunnelsPath(accountId, id), body, secrets: secretsIn(body) };
  const asked = await exchange.ask(writing(accountId, draft, options));
  if (!asked.ok) return asked;
  const { meta } = asked;
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
  for (const [id, change] of changes) {
    const wrong = unsentChange(exchange, accountId, change, id);
    if (wrong !== null) return wrong;
  }
  const before = await createPresentReader(exchange).readPresents(accountId, options?.signal);
  if (!before.ok) return before;
  const found: Replacement[] = [];
  for (const [id, change] of changes) {
    const present = before.value.tunnels.get(id);
    if (present !== undefined) found.push({ present, change });
    else {
      const unreadable = before.value.unreadable.find((one) => one.id === id);
      const detail =
        unreadable === undefined
          ? `there is no tunnel ${id}`
          : `tunnel ${id} as it is now cannot be read: ${unreadable.reason}`;
      return { ...exchange.unsent({ account: accountId, permission: PERMISSIONS.write }, detail), meta: before.meta };
    }
  }
  const done = await replaceTunnels(exchange, accountId, found, options);
  return { ...done, meta: both(before.meta, done.meta) };
}

async function replaceTunnels(
  exchange: Exchange,
  accountId: AccountId,
  replacements: readonly Replacement[],
  options: WriteOptions | undefined,
): Promise<Answer<WrittenMany>> {
  for (const { present, change } of replacements) {
    const wrong = unsentChange(exchange, accountId, change, present.tunnel.id);
    if (wrong !== null) return wrong;
  }
  const bodies = replacements.map(({ present, change }) => ({ id: present.tunnel.id, ...present.body(change) }));
  const secrets = bodies.flatMap(secretsIn);
  const draft: Draft = { method: 'PUT', path: tunnelsPath(accountId), body: { ipsec_tunnels: bodies }, secrets };
  const asked = await exchange.ask(writing(accountId, draft, options));
  if (!asked.ok) return asked;
  const { meta } = asked;
  const envelope = exchange.open(asked.value, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const parsed = BulkUpdateResult.safeParse(envelope.value.result ?? {});
  if (!parsed.success) {
    return exchange.reject(asked.value, meta, 'wrong-shape', explain(parsed.error, envelope.value.result));
  }
  const read = readMany(accountId, parsed.data.modified_ipsec_tunnels ?? []);
  return { ok: true, value: { done: parsed.data.modified, ...read }, meta };
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
