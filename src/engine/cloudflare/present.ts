/**
 * A tunnel as it is at the moment, read to be changed. PUT replaces whole tunnels, so everything that can be written is held
 * here, the MD5 key too; it comes out again in a request to Cloudflare and nowhere else.
 */
import { createHash } from 'node:crypto';
import type { AccountId, Tunnel, TunnelKey } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type TunnelChange, updateBody, writablePart } from './request.ts';
import { readTunnel } from './tunnel.ts';

/** What a request for a tunnel is made of. */
export class Present {
  readonly tunnel: Tunnel;
  /** Another one after every change of what can be written, of the key's time and of `modified_on`. Not to be turned back. */
  readonly fingerprint: string;
  /** The same for the MD5 key alone: tells two keys apart and says neither. `null` without a key. */
  readonly md5Mark: string | null;
  readonly #raw: unknown;

  constructor(tunnel: Tunnel, raw: unknown) {
    this.tunnel = tunnel;
    this.#raw = raw;
    const body = writablePart(raw);
    const { bgp } = body;
    const md5 = typeof bgp === 'object' && bgp !== null && 'md5_key' in bgp ? bgp.md5_key : null;
    this.md5Mark = typeof md5 === 'string' && md5 !== '' ? md5MarkOf(tunnel.key, md5) : null;
    this.fingerprint = mark([sorted(body), tunnel.modifiedAt, tunnel.pskGeneratedAt]);
  }

  /** The whole tunnel as it should be. */
  body(change: TunnelChange): Record<string, unknown> {
    return updateBody(this.#raw, change);
  }
}

/** The mark of an MD5 key of a tunnel, see `Present.md5Mark`. */
export const md5MarkOf = (key: TunnelKey, md5: string): string => mark(`${key} ${md5}`);

/** Ids and keys have little to guess; whoever holds this process's memory has the key itself. */
const mark = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24);

/** Cloudflare promises no order of fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

/** PUT replaces: what is not understood in full must not be written back. The error is one sentence. */
export function readPresent(accountId: AccountId, raw: unknown): Result<Present, string> {
  const read = readTunnel(accountId, raw);
  return read.ok ? ok(new Present(read.value, raw)) : err(read.error);
}
