/**
 * What may be written, in our words, with the limits that Cloudflare documents; and how it looks in the API's words. The
 * rest (taken names, ranges of addresses) only Cloudflare can judge: ask with `validateOnly`.
 */
import { z } from 'zod';
import type { TunnelChange, TunnelDraft } from '../../shared/operations.ts';
import { FIELDS } from '../../shared/tunnel-form/index.ts';

const Bgp = z.strictObject({
  customerAsn: FIELDS['bgp.customerAsn'],
  extraPrefixes: z.optional(FIELDS['bgp.extraPrefixes']),
  md5Key: z.optional(FIELDS['bgp.md5Key']),
  importFilterId: z.optional(FIELDS['bgp.importFilterId']),
  exportFilterId: z.optional(FIELDS['bgp.exportFilterId']),
});

const HealthCheck = z.strictObject({
  enabled: z.optional(FIELDS['healthCheck.enabled']),
  rate: z.optional(FIELDS['healthCheck.rate']),
  type: z.optional(FIELDS['healthCheck.type']),
  direction: z.optional(FIELDS['healthCheck.direction']),
  target: z.optional(FIELDS['healthCheck.target']),
});

export type { TunnelChange, TunnelDraft };

/** A tunnel to be created. */
export const TunnelDraftSchema = z.strictObject({
  name: FIELDS.name,
  cloudflareEndpoint: FIELDS.cloudflareEndpoint,
  interfaceAddress: FIELDS.interfaceAddress,
  interfaceAddress6: z.optional(FIELDS.interfaceAddress6),
  customerEndpoint: z.optional(FIELDS.customerEndpoint),
  description: z.optional(FIELDS.description),
  automaticReturnRouting: z.optional(FIELDS.automaticReturnRouting),
  replayProtection: z.optional(FIELDS.replayProtection),
  bgp: Bgp.optional(),
  fqdnId: z.optional(FIELDS.fqdnId),
  healthCheck: HealthCheck.optional(),
  psk: z.optional(FIELDS.psk),
});

/** A change of a tunnel: what is left out stays, `null` removes. Parts of `bgp` and `healthCheck` change one by one. */
export const TunnelChangeSchema = z.strictObject({
  ...TunnelDraftSchema.partial().shape,
  interfaceAddress6: z.nullish(FIELDS.interfaceAddress6),
  customerEndpoint: z.nullish(FIELDS.customerEndpoint),
  description: z.nullish(FIELDS.description),
  fqdnId: z.nullish(FIELDS.fqdnId),
  bgp: Bgp.extend({ md5Key: z.nullish(FIELDS['bgp.md5Key']) })
    .partial()
    .nullish(),
  healthCheck: HealthCheck.optional(),
});

export const PskEntriesSchema = z.array(z.strictObject({ tunnelId: z.string().min(1), psk: FIELDS.psk })).min(1);

/** Our names for the API's; `null` and `undefined` are told apart by whoever merges. */
const NAMES: Readonly<Record<string, string>> = {
  name: 'name',
  cloudflareEndpoint: 'cloudflare_endpoint',
  interfaceAddress: 'interface_address',
  interfaceAddress6: 'interface_address6',
  customerEndpoint: 'customer_endpoint',
  description: 'description',
  automaticReturnRouting: 'automatic_return_routing',
  replayProtection: 'replay_protection',
  psk: 'psk',
  bgp: 'bgp',
  healthCheck: 'health_check',
  fqdnId: 'custom_remote_identities',
  customerAsn: 'customer_asn',
  extraPrefixes: 'extra_prefixes',
  md5Key: 'md5_key',
  importFilterId: 'import_filter_id',
  exportFilterId: 'export_filter_id',
};

type Body = Record<string, unknown>;

/** The request body of a draft. */
export function createBody(draft: TunnelDraft): Body {
  return merge({}, { ...draft });
}

/**
 * The request body of a change: PUT replaces the whole tunnel, so everything that can be written is taken from the tunnel
 * as it is (the MD5 key too, which our model leaves out) and changed there. A field that we do not know may be one that can be
 * written by now, so it goes back as it came. What is taken away is said to be `null`: Cloudflare's own guides send single
 * fields, and leaving one out may mean to leave it alone.
 */
export function updateBody(current: unknown, change: TunnelChange): Body {
  const now = fieldsOf(current);
  const kept = Object.entries(now).filter(([name, value]) => !READ_ONLY.has(name) && !saysNothing(value));
  const body = merge(Object.fromEntries(kept), { ...change });
  const gone = kept.filter(([name]) => !Object.hasOwn(body, name)).map(([name]) => [name, null] as const);
  return { ...body, ...Object.fromEntries(gone) };
}

/** Absent, `null`, and the empty object that answers hold in place of something optional. */
function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Those fields of a tunnel that we know and could write: what somebody may have changed meanwhile. */
export function writablePart(current: unknown): Body {
  const known = Object.entries(updateBody(current, {})).filter(([name]) => WRITABLE.has(name));
  return Object.fromEntries(known);
}

const WRITABLE: ReadonlySet<string> = new Set(Object.keys(TunnelDraftSchema.shape).map((name) => NAMES[name] ?? name));
/** What answers hold and requests do not; a key is never sent back, should an answer ever hold one. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'id',
  'allow_null_cipher',
  'bgp_status',
  'created_on',
  'modified_on',
  'psk',
  'psk_metadata',
  'remote_identities',
]);

function merge(base: Body, change: Readonly<Record<string, unknown>>): Body {
  const body: Body = { ...base };
  for (const [ours, value] of Object.entries(change)) {
    const name = NAMES[ours] ?? ours;
    if (value === undefined) continue;
    if (ours === 'fqdnId') setIdentity(body, name, value);
    else if (value === null) delete body[name];
    else if (ours === 'target') body[name] = { saved: value };
    else if (typeof value === 'object' && !Array.isArray(value))
      body[name] = merge(fieldsOf(body[name]), fieldsOf(value));
    else body[name] = value;
  }
  return body;
}

/** The one identity that we know, among those that may stand beside it. */
function setIdentity(body: Body, name: string, value: unknown): void {
  const { fqdn_id: _, ...others } = fieldsOf(body[name]);
  if (value !== null) body[name] = { ...others, fqdn_id: value };
  else if (Object.keys(others).length > 0) body[name] = others;
  else delete body[name];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The keys in a request that must not be repeated by anybody: the PSK, and the MD5 key to be on the safe side. */
export function secretsIn(body: Body): readonly string[] {
  return [body.psk, fieldsOf(body.bgp).md5_key].filter((value) => typeof value === 'string');
}
