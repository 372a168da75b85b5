/**
 * What may be written, in our words, with the limits that Cloudflare documents; and how it looks in the API's words. The
 * rest (taken names, ranges of addresses) only Cloudflare can judge: ask with `validateOnly`.
 */
import { z } from 'zod';
import { MAX_ASN } from './schema.ts';

const ip = z.union([z.ipv4(), z.ipv6()], { error: 'an IP address' });

/** Cloudflare's side of the link: /31 in the reference, /30 in the guide. */
const interfaceAddress = z
  .cidrv4({ error: 'an IPv4 network, for instance 10.0.0.0/31' })
  .refine((value) => /\/3[01]$/.test(value), { error: 'a /31 or /30 network' });
const interfaceAddress6 = z
  .cidrv6({ error: 'an IPv6 network' })
  .refine((value) => value.endsWith('/127'), { error: 'a /127 network' });

/** Any printable ASCII but the quotation mark and the question mark, and not nothing. */
const md5Key = z.string().regex(/^[\x20\x21\x23-\x3e\x40-\x7e]+$/, { error: 'printable ASCII without " and ?' });

const Bgp = z.strictObject({
  customerAsn: z.int().min(0).max(MAX_ASN),
  extraPrefixes: z.array(z.union([z.cidrv4(), z.cidrv6()], { error: 'a network such as 10.0.0.0/8' })).optional(),
  md5Key: md5Key.optional(),
  importFilterId: z.string().min(1).optional(),
  exportFilterId: z.string().min(1).optional(),
});

const HealthCheck = z.strictObject({
  enabled: z.boolean().optional(),
  rate: z.enum(['low', 'mid', 'high']).optional(),
  type: z.enum(['reply', 'request']).optional(),
  direction: z.enum(['unidirectional', 'bidirectional']).optional(),
  /** The empty string lets Cloudflare compute the target. */
  target: z.union([z.literal(''), ip], { error: 'an IP address, or empty' }).optional(),
});

/** A PSK has no documented length or alphabet; Cloudflare took one of eight letters. */
export const PskSchema = z.string().min(1);

/** A tunnel to be created. */
export const TunnelDraftSchema = z.strictObject({
  name: z.string().min(1),
  cloudflareEndpoint: ip,
  interfaceAddress,
  interfaceAddress6: interfaceAddress6.optional(),
  customerEndpoint: ip.optional(),
  description: z.string().optional(),
  automaticReturnRouting: z.boolean().optional(),
  replayProtection: z.boolean().optional(),
  bgp: Bgp.optional(),
  fqdnId: z
    .string()
    .regex(/^[^\s.]+\.[^\s.]+\.custom\.ipsec\.cloudflare\.com$/, {
      error: '<label>.<account>.custom.ipsec.cloudflare.com',
    })
    .optional(),
  healthCheck: HealthCheck.optional(),
  psk: PskSchema.optional(),
});
export type TunnelDraft = z.output<typeof TunnelDraftSchema>;

/** A change of a tunnel: what is left out stays, `null` removes. Parts of `bgp` and `healthCheck` change one by one. */
export const TunnelChangeSchema = z.strictObject({
  ...TunnelDraftSchema.partial().shape,
  interfaceAddress6: interfaceAddress6.nullable().optional(),
  customerEndpoint: ip.nullable().optional(),
  description: z.string().nullable().optional(),
  fqdnId: TunnelDraftSchema.shape.fqdnId.nullable(),
  bgp: Bgp.extend({ md5Key: md5Key.nullable().optional() }).partial().nullable().optional(),
  healthCheck: HealthCheck.optional(),
});
export type TunnelChange = z.output<typeof TunnelChangeSchema>;

export const PskEntriesSchema = z.array(z.strictObject({ tunnelId: z.string().min(1), psk: PskSchema })).min(1);

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
  return merge({}, draft);
}

/**
 * The request body of a change: PUT replaces the whole tunnel, so everything that can be written is taken from the tunnel
 * as it is (the MD5 key too, which our model leaves out) and changed there.
 */
export function updateBody(current: unknown, change: TunnelChange): Body {
  const body: Body = {};
  for (const name of WRITABLE) {
    const value = fieldsOf(current)[name];
    if (value !== undefined && value !== null && name !== 'psk') body[name] = value;
  }
  return merge(body, change);
}

const WRITABLE: readonly string[] = Object.keys(TunnelDraftSchema.shape).map((name) => NAMES[name] ?? name);

function merge(base: Body, change: Readonly<Record<string, unknown>>): Body {
  const body: Body = { ...base };
  for (const [ours, value] of Object.entries(change)) {
    const name = NAMES[ours] ?? ours;
    if (value === undefined) continue;
    if (value === null) delete body[name];
    else if (ours === 'fqdnId') body[name] = { fqdn_id: value };
    else if (ours === 'target') body[name] = { saved: value };
    else if (typeof value === 'object' && !Array.isArray(value))
      body[name] = merge(fieldsOf(body[name]), fieldsOf(value));
    else body[name] = value;
  }
  return body;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The keys in a request that must not be repeated by anybody: the PSK, and the MD5 key to be on the safe side. */
export function secretsIn(body: Body): readonly string[] {
  return [body.psk, fieldsOf(body.bgp).md5_key].filter((value) => typeof value === 'string');
}
