/**
 * The API's objects as they arrive, field names included. What is optional in the API may be absent or `null` here, words
 * of an enum stay free text, keys that we do not know pass by. An empty object where something optional is expected
 * says nothing, so it counts as absent. A broken timestamp of an optional field counts as absent too: it must not cost
 * us the tunnel.
 */
import { z } from 'zod';
import { parseTimestamp } from './timestamp.ts';

const text = z.string();
/** Text that is not empty. */
export const named = z.string().min(1);
/** Text in which nothing and the empty string mean the same. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value || null);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);
/** RFC 3339, as an instant in milliseconds; whatever else counts as absent. */
const instant = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? parseTimestamp(value) : null));
/** A port, or nothing: a speaker that is not connected may well be at port 0. */
const port = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535 ? value : null,
  );

/** Absent, `null` and `{}` become `undefined` before the object itself is looked at. */
export function optionalObject<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (isEmptyObject(value) ? undefined : (value ?? undefined)), schema.optional());
}

function isEmptyObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const _ in value) return false;
  return true;
}

/** The largest AS number of four bytes (RFC 6793). The published schema says int32, which private ones exceed. */
export const MAX_ASN = 4_294_967_295;

const Bgp = z.object({
  customer_asn: z.int().min(0).max(MAX_ASN),
  extra_prefixes: z
    .array(text)
    .nullish()
    .transform((value) => value ?? []),
  md5_key: optionalText,
  import_filter_id: optionalText,
  export_filter_id: optionalText,
});

const BgpStatus = z.object({
  state: named,
  tcp_established: z.boolean(),
  bgp_state: optionalText,
  cf_speaker_ip: optionalText,
  cf_speaker_port: port,
  customer_speaker_ip: optionalText,
  customer_speaker_port: port,
  updated_at: instant,
});

const word = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const target = z
  .union([text, z.object({ saved: text.nullish(), effective: text.nullish() })], {
    error: 'text, or an object with saved and effective',
  })
  .nullish();

const HealthCheck = z.object({ enabled: flag, rate: word, type: word, direction: word, target });

const PskMetadata = z.object({ last_generated_on: instant });

/** One IPsec tunnel. Only the first four fields are promised by the API. */
export const TunnelSchema = z.object({
  id: named,
  name: named,
  cloudflare_endpoint: named,
  interface_address: named,
  interface_address6: optionalText,
  customer_endpoint: optionalText,
  description: optionalText,
  allow_null_cipher: flag,
  automatic_return_routing: flag,
  replay_protection: flag,
  bgp: optionalObject(Bgp),
  bgp_status: optionalObject(BgpStatus),
  custom_remote_identities: optionalObject(z.object({ fqdn_id: optionalText })),
  remote_identities: optionalObject(z.object({ fqdn_id: optionalText, user_id: optionalText })),
  health_check: HealthCheck.nullish(),
  psk_metadata: optionalObject(PskMetadata),
  created_on: instant,
  modified_on: instant,
});
export type ApiTunnel = z.output<typeof TunnelSchema>;

/** The result of a list. An absent or empty `result` is refused by the reader: it must not look like "all tunnels gone". */
export const ListResult = z.object({ ipsec_tunnels: z.array(z.unknown()) });

const yes = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

export const UpdateResult = z.object({ modified: yes, modified_ipsec_tunnel: z.unknown().optional() });
export const BulkUpdateResult = z.object({
  modified: yes,
  modified_ipsec_tunnels: z.array(z.unknown()).nullish(),
});
export const DeleteResult = z.object({ deleted: yes, deleted_ipsec_tunnel: z.unknown().optional() });

/** `ipsec_id` is in older samples and in the bulk call, not in the schema of this one. */
export const PskResult = z.object({
  ipsec_tunnel_id: optionalText,
  ipsec_id: optionalText,
  psk: optionalText,
  psk_metadata: optionalObject(PskMetadata),
});

/** The bulk call can succeed in part: both maps have tunnel ids as keys. */
export const BulkPskResult = z.object({
  successfully_applied_psks: z.record(z.string(), PskResult).nullish(),
  unapplied_psks: z.record(z.string(), z.unknown()).nullish(),
});

export const TokenResult = z.object({ id: named, status: named, expires_on: instant, not_before: instant });

/**
 * A tunnel in any wrapper that the documents show: bare, `ipsec_tunnel`, or the first of `ipsec_tunnels`, as creation
 * answered until 2024.
 */
export function unwrapTunnel(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || 'id' in result) return result;
  if ('ipsec_tunnel' in result) return result.ipsec_tunnel;
  if ('ipsec_tunnels' in result && Array.isArray(result.ipsec_tunnels)) return result.ipsec_tunnels[0];
  return result;
}

/** One sentence about the first thing that is wrong: the field and what was expected, never the value. */
export function explain(error: z.ZodError, value: unknown): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'It is not as documented.';
  const path = issue.path.map(String).join('.');
  const found = kindOf(issue.path.reduce<unknown>(child, value));
  return `${path === '' ? 'It' : `The field ${path}`} should be ${expectation(issue)}, but is ${found}.`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return WORDS[issue.expected] ?? issue.expected;
    case 'too_small':
      return issue.origin === 'string' ? 'text that is not empty' : `a number of ${issue.minimum} or more`;
    case 'too_big':
      return `a number of ${issue.maximum} or less`;
    default:
      return issue.message;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return 'a list';
  return { string: 'other text', number: 'another number', boolean: 'true or false', object: 'an object' }[
    typeof value as 'string' | 'number' | 'boolean' | 'object'
  ];
}

function child(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
