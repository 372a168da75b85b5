/** From the API's tunnel to ours. */
import { createHmac, randomBytes } from 'node:crypto';
import { accountNumberIn } from '../../shared/ike.ts';
import {
  type AccountId,
  type BgpConfig,
  type BgpStatus,
  type HealthCheckConfig,
  type Tunnel,
  type TunnelId,
  tunnelKey,
} from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type ApiTunnel, explain, TunnelSchema } from './schema.ts';

/** Turns a key into something that tells it from other keys and cannot be turned back. */
export type Marker = (key: string) => string;

/** A marker with a salt of its own, which is nowhere but in it: its marks mean nothing to anybody else. */
export function createMarker(): Marker {
  const salt = randomBytes(32);
  return (key) => createHmac('sha256', salt).update(key).digest('base64url').slice(0, 22);
}

/**
 * A tunnel of an answer, or one sentence that names the field and what was expected. Without `marker` nobody can tell whether
 * its MD5 key is another one than before.
 */
export function readTunnel(accountId: AccountId, raw: unknown, marker: Marker | null = null): Result<Tunnel, string> {
  const parsed = TunnelSchema.safeParse(raw);
  if (!parsed.success) return err(explain(parsed.error, raw));
  const tunnel = toTunnel(accountId, parsed.data);
  const md5 = parsed.data.bgp?.md5_key ?? null;
  if (marker === null || md5 === null || tunnel.bgp === null) return ok(tunnel);
  return ok({ ...tunnel, bgp: { ...tunnel.bgp, md5KeyMark: marker(md5) } });
}

/** The tunnel in our words. */
export function toTunnel(accountId: AccountId, api: ApiTunnel): Tunnel {
  const id = api.id as TunnelId;
  return {
    key: tunnelKey(accountId, id),
    accountId,
    id,
    name: api.name,
    description: api.description,
    cloudflareEndpoint: api.cloudflare_endpoint,
    customerEndpoint: api.customer_endpoint,
    interfaceAddress: api.interface_address,
    interfaceAddress6: api.interface_address6,
    allowNullCipher: api.allow_null_cipher,
    automaticReturnRouting: api.automatic_return_routing,
    replayProtection: api.replay_protection,
    bgp: api.bgp === undefined ? null : toBgp(api.bgp),
    bgpStatus: api.bgp_status === undefined ? null : toBgpStatus(api.bgp_status),
    fqdnId: api.custom_remote_identities?.fqdn_id ?? null,
    ...numberIn(api.remote_identities),
    healthCheck: api.health_check == null ? null : toHealthCheck(api.health_check),
    pskGeneratedAt: api.psk_metadata?.last_generated_on ?? null,
    createdAt: api.created_on,
    modifiedAt: api.modified_on,
  };
}

/** Identities of an older kind of answer, which can be empty texts. */
function numberIn(identities: ApiTunnel['remote_identities']): Pick<Tunnel, 'accountNumber'> {
  for (const identity of [identities?.fqdn_id, identities?.user_id]) {
    const number = identity == null ? null : accountNumberIn(identity);
    if (number !== null) return { accountNumber: number };
  }
  return {};
}

function toBgp(api: NonNullable<ApiTunnel['bgp']>): BgpConfig {
  return {
    customerAsn: api.customer_asn,
    extraPrefixes: api.extra_prefixes,
    md5KeySet: api.md5_key !== null,
    ...md5Fault(api.md5_key),
    importFilterId: api.import_filter_id,
    exportFilterId: api.export_filter_id,
  };
}

/** Printable ASCII but for the quotation mark and the question mark. */
const MD5_ALLOWED = /^[\x20\x21\x23-\x3e\x40-\x7e]*$/;

/** The key stays here; whether Cloudflare takes its characters does not. Its documents are unclear about the backslash. */
function md5Fault(key: string | null): Pick<BgpConfig, 'md5KeyFault'> {
  if (key === null) return {};
  if (!MD5_ALLOWED.test(key)) return { md5KeyFault: 'forbidden-character' };
  return key.includes('\\') ? { md5KeyFault: 'backslash' } : {};
}

const BGP_STATES: Readonly<Record<string, BgpStatus['state']>> = {
  BGP_UP: 'up',
  BGP_ESTABLISHING: 'establishing',
  BGP_DOWN: 'down',
};

function toBgpStatus(api: NonNullable<ApiTunnel['bgp_status']>): BgpStatus {
  return {
    state: Object.hasOwn(BGP_STATES, api.state) ? (BGP_STATES[api.state] ?? 'unknown') : 'unknown',
    raw: api.state,
    tcpEstablished: api.tcp_established,
    bgpState: api.bgp_state,
    cfSpeakerIp: api.cf_speaker_ip,
    cfSpeakerPort: api.cf_speaker_port,
    customerSpeakerIp: api.customer_speaker_ip,
    customerSpeakerPort: api.customer_speaker_port,
    updatedAt: api.updated_at,
  };
}

/** The old form of the target, plain text, is what was saved; what it comes to is not said then. */
function toHealthCheck(api: NonNullable<ApiTunnel['health_check']>): HealthCheckConfig {
  const { enabled, rate, type, direction, target } = api;
  const pair = typeof target === 'string' ? { saved: target } : target;
  return {
    enabled,
    rate,
    type,
    direction,
    target: pair == null ? null : { saved: pair.saved ?? null, effective: pair.effective ?? null },
  };
}
