/** The fields that rules look at, by their names in the API, and where each stands in our tunnel. */
import type { Tunnel } from '../../shared/model.ts';

/** Printable value of a field, `null` when the API did not report it. Equal values mean an equal field. */
type Read = (tunnel: Tunnel) => string | number | boolean | null;

/** Fields of a tunnel in the list. */
export const TUNNEL_FIELDS = {
  name: (t) => t.name,
  description: (t) => t.description,
  cloudflare_endpoint: (t) => t.cloudflareEndpoint,
  customer_endpoint: (t) => t.customerEndpoint,
  interface_address: (t) => t.interfaceAddress,
  interface_address6: (t) => t.interfaceAddress6,
  allow_null_cipher: (t) => t.allowNullCipher,
  automatic_return_routing: (t) => t.automaticReturnRouting,
  replay_protection: (t) => t.replayProtection,
  'custom_remote_identities.fqdn_id': (t) => t.fqdnId,
  bgp: (t) => (t.bgp === null ? null : 'set'),
  'bgp.customer_asn': (t) => t.bgp?.customerAsn ?? null,
  'bgp.extra_prefixes': (t) => t.bgp?.extraPrefixes.join(', ') ?? null,
  'bgp.md5_key': (t) => (t.bgp === null ? null : `${t.bgp.md5KeySet ? '•••' : 'none'}${t.bgp.md5KeyFault ?? ''}`),
  'bgp_status.state': (t) => t.bgpStatus && `${t.bgpStatus.raw} ${t.bgpStatus.bgpState ?? ''}`.trim(),
  'bgp_status.tcp_established': (t) => t.bgpStatus?.tcpEstablished ?? null,
  'bgp_status.updated_at': (t) => t.bgpStatus?.updatedAt ?? null,
  health_check: (t) => (t.healthCheck === null ? null : 'set'),
  'health_check.enabled': (t) => t.healthCheck?.enabled ?? null,
  'health_check.rate': (t) => t.healthCheck?.rate ?? null,
  'health_check.type': (t) => t.healthCheck?.type ?? null,
  'health_check.direction': (t) => t.healthCheck?.direction ?? null,
  'health_check.target': (t) => {
    const target = t.healthCheck?.target ?? null;
    return target && `saved "${target.saved ?? ''}", effective "${target.effective ?? ''}"`;
  },
  'psk_metadata.last_generated_on': (t) => t.pskGeneratedAt,
  created_on: (t) => t.createdAt,
  modified_on: (t) => t.modifiedAt,
} as const satisfies Readonly<Record<string, Read>>;

export type TunnelField = keyof typeof TUNNEL_FIELDS;

/** What stands beside the list. The first ones are parts of `Surroundings`, then what is observed of each tunnel. */
export const SURROUNDING_FIELDS = {
  gre_tunnels: 'gre',
  cf_interconnects: 'interconnects',
  routes: 'routes',
  'bgp/settings.cloudflare_asn': 'cloudflareAsn',
  redundancy_groups: 'redundancyGroups',
  'account number': 'accountNumber',
  'recent changes': 'recent',
  'unreadable tunnels': 'unreadable',
} as const;
export type SurroundingField = keyof typeof SURROUNDING_FIELDS;

export const FACT_FIELDS = {
  'tunnel traffic': 'idle',
  'tunnel health': 'health',
  'site of the health results': 'site',
} as const;
export type FactField = keyof typeof FACT_FIELDS;

/** Anything that a rule may look at. */
export type Field = TunnelField | SurroundingField | FactField;

const NAMES = Object.keys(TUNNEL_FIELDS) as readonly TunnelField[];

/** The fields in which two states of a tunnel differ; all of them for a new one. */
export function differingFields(before: Tunnel | undefined, after: Tunnel): ReadonlySet<Field> {
  if (before === undefined) return new Set<Field>(NAMES);
  return new Set<Field>(NAMES.filter((name) => TUNNEL_FIELDS[name](before) !== TUNNEL_FIELDS[name](after)));
}
