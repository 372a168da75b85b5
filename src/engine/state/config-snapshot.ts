/**
 * The configuration of a tunnel without its live fields, as canonical JSON: what was set, not how it is doing. Equal
 * configurations give equal hashes; two of them give a field-by-field difference.
 */
import { createHash } from 'node:crypto';
import type { EventDetail, Instant, Millis, Tunnel } from '../../shared/model.ts';
import type { ConfigSnapshot } from '../history/contract.ts';

/** A configuration as flat fields, for instance `healthCheck.rate`. */
export type FlatConfig = Readonly<Record<string, string | number | boolean | null>>;

/** Times of one moment come with nanoseconds from one call and rounded microseconds from another. */
const SAME_TIME_MS: Millis = 1_000;
/** The one field whose values are never told. */
const MD5_FIELD = 'bgp.md5Key';

/** More changed fields than this are counted, not listed, so that an event stays printable. */
const LISTED_FIELDS = 12;

/** The fields that a person sets. Live fields (BGP status, PSK time, modification time) and secrets are not among them. */
export function flatConfig(tunnel: Tunnel): FlatConfig {
  const { bgp, healthCheck: hc } = tunnel;
  return {
    name: tunnel.name,
    description: tunnel.description,
    cloudflareEndpoint: tunnel.cloudflareEndpoint,
    customerEndpoint: tunnel.customerEndpoint,
    interfaceAddress: tunnel.interfaceAddress,
    interfaceAddress6: tunnel.interfaceAddress6,
    allowNullCipher: tunnel.allowNullCipher,
    automaticReturnRouting: tunnel.automaticReturnRouting,
    replayProtection: tunnel.replayProtection,
    fqdnId: tunnel.fqdnId,
    'bgp.customerAsn': bgp?.customerAsn ?? null,
    'bgp.extraPrefixes': bgp === null ? null : bgp.extraPrefixes.join(', '),
    'bgp.md5KeySet': bgp?.md5KeySet ?? null,
    'bgp.importFilterId': bgp?.importFilterId ?? null,
    'bgp.exportFilterId': bgp?.exportFilterId ?? null,
    'healthCheck.enabled': hc?.enabled ?? null,
    'healthCheck.rate': hc?.rate ?? null,
    'healthCheck.type': hc?.type ?? null,
    'healthCheck.direction': hc?.direction ?? null,
    'healthCheck.target': hc?.target?.saved ?? null,
  };
}

/** The snapshot of a tunnel's configuration as seen at `at`. */
export function configSnapshot(tunnel: Tunnel, at: Instant): ConfigSnapshot {
  const json = JSON.stringify(flatConfig(tunnel));
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 16);
  return { key: tunnel.key, at, hash, json };
}

/** The fields in which two configurations differ, in the order of `after`. */
export function changedFields(before: FlatConfig, after: FlatConfig): readonly string[] {
  return Object.keys(after).filter((field) => (before[field] ?? null) !== (after[field] ?? null));
}

/** A later `modified_on`: not the same time with other fractions of a second. */
export function modifiedLater(before: Instant | null, after: Instant | null): boolean {
  return before !== null && after !== null && after - before > SAME_TIME_MS;
}

/** Both have an MD5 key, and not the same one. Without marks nobody can tell, and then nobody says so. */
export function otherMd5Key(before: Tunnel, after: Tunnel): boolean {
  const [was, is] = [before.bgp?.md5KeyMark, after.bgp?.md5KeyMark];
  return was !== undefined && is !== undefined && was !== is;
}

/** The tunnel for people: without what only tells two keys apart. */
export function withoutMark(tunnel: Tunnel): Tunnel {
  if (tunnel.bgp?.md5KeyMark === undefined) return tunnel;
  const { md5KeyMark: _, ...bgp } = tunnel.bgp;
  return { ...tunnel, bgp };
}

/**
 * The detail of a `config-changed` event: `fields` names what changed, and each listed field holds `old -> new`;
 * `modifiedAt` is Cloudflare's time of the change where it was reported. No fields: Cloudflare says that it was modified, and
 * nothing that the API shows is different (a key set by hand, for instance). A changed MD5 key is told without the keys.
 */
export function configChange(
  before: FlatConfig,
  after: FlatConfig,
  modifiedAt: Instant | null,
  otherMd5 = false,
): EventDetail {
  const fields = [...changedFields(before, after), ...(otherMd5 ? [MD5_FIELD] : [])];
  const detail: Record<string, string | number | boolean | null> = { fields: fields.join(', '), modifiedAt };
  if (otherMd5) detail[MD5_FIELD] = '••• -> •••';
  for (const field of fields.slice(0, LISTED_FIELDS)) {
    if (field === MD5_FIELD) continue;
    detail[field] = `${String(before[field] ?? 'not set')} -> ${String(after[field] ?? 'not set')}`;
  }
  return detail;
}
