/**
 * Reads one account's list again and again, doing work in proportion to what changed. The same bytes as last time are not
 * looked at; otherwise only tunnels whose bytes differ from last time are parsed, validated and mapped.
 *
 * A list that cannot be read changes nothing here: the next good one is compared with the last good one.
 */
import type { AccountId, Tunnel, TunnelId, UnreadableTunnel } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ListSnapshot } from './contract.ts';
import { type Envelope, parseJson, readEnvelope } from './envelope.ts';
import { type ListBody, type SplitList, splitList } from './list-body.ts';
import { sameJson } from './same.ts';
import { explain, ListResult } from './schema.ts';
import { type Marker, readTunnel } from './tunnel.ts';

export interface ListReader {
  /** The usual answer. `null` when it is none: then the whole has to be parsed, to see what it is. */
  read(body: Uint8Array): Result<ListSnapshot, string> | null;
  /** An answer that was parsed as a whole; the error is one sentence that says why it is no list. */
  readParsed(envelope: Envelope): Result<ListSnapshot, string>;
}

/** One element of the last good list, and what became of it. */
interface Entry {
  readonly id: string | null;
  readonly tunnel: Result<Tunnel, UnreadableTunnel>;
}

interface Good {
  readonly list: ListBody;
  /** In the order of the slices. */
  readonly entries: readonly Entry[];
  /** The first entry of each id. */
  readonly byId: ReadonlyMap<string, Entry>;
  /** Ids that are missing but were not reported as removed yet. */
  readonly pending: readonly string[];
  /** What the same bytes mean when they come again. */
  readonly again: ListSnapshot;
}

/**
 * `marker` tells one MD5 key from another, see `readTunnel`.
 *
 * What the snapshots promise beyond their type: a tunnel that is in the list but cannot be read is in `unreadable` and
 * neither in `tunnels` nor in `removed`. While the list holds an element without an id, nothing is reported as removed,
 * since that element may be the missing tunnel; it is reported as soon as the list is clear again.
 */
export function createListReader(accountId: AccountId, marker: Marker | null = null): ListReader {
  let good: Good | null = null;

  const take = (split: SplitList): Result<ListSnapshot, string> | null => {
    const envelope = readEnvelope(split.shell);
    if (envelope?.success !== true) return null;
    if (envelope.total !== null && envelope.total > split.slices.length) {
      return err(`it holds ${split.slices.length} of ${envelope.total} tunnels`);
    }
    const entries = readEntries(split, good, (raw) => readTunnel(accountId, raw, marker));
    if (entries === null) return null;
    const reading = arrange(entries, good);
    good = { ...reading.good, list: { body: split.body, slices: split.slices } };
    return ok(reading.snapshot);
  };

  return {
    read(bytes) {
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (good?.list.body.equals(body) === true) return ok(good.again);
      const split = splitList(body, good?.list ?? null);
      return split === null ? null : take(split);
    },
    readParsed(envelope) {
      const parsed = ListResult.safeParse(envelope.result);
      if (!parsed.success) return err(whyNoList(explain(parsed.error, envelope.result)));
      // Written anew in the usual form, which is quick enough for an answer that is not in it.
      const { total } = envelope;
      const info = total === null ? {} : { result_info: { total_count: total } };
      const body = JSON.stringify({ success: true, result: { ipsec_tunnels: parsed.data.ipsec_tunnels }, ...info });
      const split = splitList(Buffer.from(body), good?.list ?? null);
      return (split === null ? null : take(split)) ?? err('its list cannot be read');
    },
  };
}

/**
 * `ipsec_tunnels` is optional in the published schema, yet absent or null counts as a wrong shape and not as "no tunnels":
 * an account without tunnels sends `[]`, and a malformed answer must never look like a fleet that is gone. The same
 * holds for an answer that says that it is one page of several.
 */
function whyNoList(reason: string): string {
  return reason.replace(/^It /, 'result ').replace('The field ', 'result.');
}

type Read = (raw: unknown) => Result<Tunnel, string>;

/** What each element says; taken over from last time where the bytes are the same. `null` when one is no JSON. */
function readEntries({ body, slices }: ListBody, good: Good | null, read: Read): Entry[] | null {
  const entries: Entry[] = [];
  for (const slice of slices) {
    const old = slice.same === null ? undefined : good?.entries[slice.same];
    if (old !== undefined) {
      entries.push(old);
      continue;
    }
    const raw = parseJson(body.subarray(slice.start, slice.end));
    if (raw === undefined) return null;
    entries.push(readEntry(raw, good, read));
  }
  return entries;
}

function readEntry(raw: unknown, good: Good | null, readOne: Read): Entry {
  const id = textOf(raw, 'id');
  const read = readOne(raw);
  if (!read.ok)
    return { id, tunnel: err({ id: id as TunnelId | null, name: textOf(raw, 'name'), reason: read.error }) };
  const before = id === null ? undefined : good?.byId.get(id);
  // Other bytes, the same facts: an unknown key moved, or a timestamp came with other fraction digits.
  const kept = before?.tunnel.ok === true && sameJson(before.tunnel.value, read.value);
  return { id, tunnel: kept ? before.tunnel : read };
}

/** Puts the entries together and sets them against the last good list. */
function arrange(entries: readonly Entry[], before: Good | null) {
  const byId = new Map<string, Entry>();
  const tunnels = new Map<TunnelId, Tunnel>();
  const changed: Tunnel[] = [];
  const unreadable: UnreadableTunnel[] = [];
  for (const entry of entries) {
    const { id, tunnel } = entry;
    const double = id === null ? undefined : byId.get(id);
    if (id !== null && double === undefined) byId.set(id, entry);
    if (double !== undefined) {
      if (!sameJson(double.tunnel, tunnel)) unreadable.push(doubled(entry));
    } else if (!tunnel.ok) {
      unreadable.push(tunnel.error);
    } else {
      tunnels.set(tunnel.value.id, tunnel.value);
      const known = before?.byId.get(tunnel.value.id)?.tunnel;
      if (known?.ok !== true || !sameJson(known.value, tunnel.value)) changed.push(tunnel.value);
    }
  }
  const missing = (before?.pending ?? []).filter((id) => !byId.has(id));
  for (const id of before?.byId.keys() ?? []) if (!byId.has(id)) missing.push(id);
  const unclear = entries.some((entry) => entry.id === null);
  const pending = unclear ? missing : [];
  const again: ListSnapshot = { unchanged: true, tunnels, changed: [], removed: [], unreadable };
  const removed = unclear ? [] : (missing as TunnelId[]);
  return { snapshot: { ...again, unchanged: false, changed, removed }, good: { entries, byId, pending, again } };
}

/** The first of two stays. No id, so that the first is not taken for unreadable; the sentence names it. */
function doubled({ id, tunnel }: Entry): UnreadableTunnel {
  return {
    id: null,
    name: tunnel.ok ? tunnel.value.name : tunnel.error.name,
    reason: `The id ${(id ?? '').slice(0, 64)} is in the list twice with different content; the first one is shown.`,
  };
}

function textOf(raw: unknown, field: string): string | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(raw, field)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}
