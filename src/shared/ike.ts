/**
 * What a router has to say and to offer so that Cloudflare accepts it: the IKE identities of a tunnel, and the parameters of
 * both phases. IKEv2 with a pre-shared key alone; the router begins, Cloudflare only answers and never begins a rekey.
 *
 * The account id inside an identity is Cloudflare's NUMERIC one, not the 32 hexadecimal digits of the API's paths. The API
 * does not return it by itself, so it is learned, or given in the settings (`accounts[].number`). It is never made up.
 */
import { type Tunnel, tunnelOf } from './model.ts';

/** Cloudflare's numeric account id as people write it. */
export const ACCOUNT_NUMBER_PATTERN = /^[1-9]\d{2,17}$/;

/** `<tunnel>.<number>.ipsec…`, with or without `ipsec@`; `<label>.<number>.custom.ipsec…`; `<number>_<tunnel>`. */
const NUMBER_IN: readonly RegExp[] = [
  /^(?:ipsec@)?[^@.\s]+\.(\d+)\.ipsec\.cloudflare\.com$/i,
  /^[^@\s]+\.(\d+)\.custom\.ipsec\.cloudflare\.com$/i,
  /^(\d+)_[^\s_]+$/,
];

/** The numeric account id inside an IKE identity or an IPsec id; `null` where there is none, or the hexadecimal one. */
export function accountNumberIn(identity: string): string | null {
  for (const pattern of NUMBER_IN) {
    const number = pattern.exec(identity.trim())?.[1];
    if (number !== undefined && ACCOUNT_NUMBER_PATTERN.test(number)) return number;
  }
  return null;
}

/** Types of identities that Cloudflare accepts, by their names in RFC 7296, section 3.5. */
export const IKE_IDENTITY_TYPES = ['ID_FQDN', 'ID_RFC822_ADDR', 'ID_KEY_ID', 'ID_IPV4_ADDR'] as const;
export type IkeIdentityType = (typeof IKE_IDENTITY_TYPES)[number];

/** Why an identity cannot be told, or not be used. */
export type IkeIdentityTrouble =
  | 'account-number-unknown'
  | 'no-customer-endpoint'
  | 'not-ipv4'
  | 'endpoints-not-unique';

/** One way in which a router may name itself. `value: null`: see `trouble`. */
export interface IkeIdentity {
  readonly type: IkeIdentityType;
  readonly value: string | null;
  readonly trouble: IkeIdentityTrouble | null;
}

/** The identities of a tunnel, and what the router expects of Cloudflare. */
export interface IkeIdentities {
  /** The router's own, local identity: one of these. */
  readonly router: readonly IkeIdentity[];
  /** A further name of type ID_FQDN that somebody gave the tunnel. */
  readonly custom: string | null;
  /** The remote identity: Cloudflare names itself by its endpoint address. */
  readonly cloudflare: string;
}

export type IkeTunnel = Pick<Tunnel, 'key' | 'cloudflareEndpoint' | 'customerEndpoint' | 'fqdnId'>;

/**
 * The identities of a tunnel.
 * @param number Cloudflare's numeric account id; `null` while nobody told it
 * @param pairUnique no other tunnel has the same two endpoints; ID_IPV4_ADDR needs that
 */
export function ikeIdentities(tunnel: IkeTunnel, number: string | null, pairUnique: boolean): IkeIdentities {
  const id = tunnelOf(tunnel.key);
  const named = (type: IkeIdentityType, value: (known: string) => string): IkeIdentity =>
    number === null
      ? { type, value: null, trouble: 'account-number-unknown' }
      : { type, value: value(number), trouble: null };
  return {
    router: [
      named('ID_FQDN', (known) => `${id}.${known}.ipsec.cloudflare.com`),
      named('ID_RFC822_ADDR', (known) => `ipsec@${id}.${known}.ipsec.cloudflare.com`),
      named('ID_KEY_ID', (known) => `${known}_${id}`),
      addressIdentity(tunnel.customerEndpoint, pairUnique),
    ],
    custom: tunnel.fqdnId,
    cloudflare: tunnel.cloudflareEndpoint,
  };
}

function addressIdentity(endpoint: string | null, pairUnique: boolean): IkeIdentity {
  const type = 'ID_IPV4_ADDR';
  if (endpoint === null) return { type, value: null, trouble: 'no-customer-endpoint' };
  // The fourth identity is an address of IPv4; of another kind Cloudflare documents none.
  if (endpoint.includes(':')) return { type, value: null, trouble: 'not-ipv4' };
  return { type, value: endpoint, trouble: pairUnique ? null : 'endpoints-not-unique' };
}

/** The identity of one type; `null` where it cannot be told. */
export function identityOf({ router }: IkeIdentities, type: IkeIdentityType): string | null {
  return router.find((one) => one.type === type)?.value ?? null;
}

export const IKE_PARAMETERS = [
  'encryption',
  'integrity',
  'dh',
  'pfs',
  'prf',
  'lifetime',
  'ike-version',
  'authentication',
  'anti-replay',
  'esn',
  'dpd',
  'reauthentication',
  'nat-traversal',
  'initiator',
  'mtu',
] as const;
export type IkeParameterName = (typeof IKE_PARAMETERS)[number];

/** One parameter. Values are names of algorithms and figures, which no language changes; the best comes first. */
export interface IkeParameter {
  readonly name: IkeParameterName;
  readonly phase: 1 | 2 | 'both';
  readonly values: readonly string[];
  /** The one of `values` that the snippets use, where there is a choice. */
  readonly use: string | null;
}

/** Cloudflare's page that the parameters were taken from; where its pages differ, the reference page counts. */
export const IKE_SOURCE = 'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/';
export const ANTI_REPLAY_SOURCE = 'https://developers.cloudflare.com/cloudflare-wan/reference/anti-replay-protection/';

/** Both phases as Cloudflare documents them. */
export const IKE_PARAMETER_TABLE: readonly IkeParameter[] = [
  { name: 'ike-version', phase: 1, values: ['IKEv2'], use: null },
  { name: 'authentication', phase: 1, values: ['PSK'], use: null },
  { name: 'encryption', phase: 1, values: ['AES-GCM-16 256', 'AES-GCM-16 128', 'AES-CBC 256'], use: 'AES-CBC 256' },
  { name: 'integrity', phase: 1, values: ['SHA2-256'], use: 'SHA2-256' },
  { name: 'dh', phase: 1, values: ['ML-KEM-768 + 20', 'ML-KEM-1024 + 20', '20', '14', '5'], use: '20' },
  { name: 'prf', phase: 1, values: ['SHA2-256', 'SHA2-384', 'SHA2-512'], use: 'SHA2-256' },
  { name: 'lifetime', phase: 1, values: ['8 h – 24 h'], use: '24 h' },
  { name: 'reauthentication', phase: 1, values: ['0 s'], use: null },
  {
    name: 'encryption',
    phase: 2,
    values: ['AES-GCM-16 256', 'AES-GCM-16 128', 'AES-CBC 256', 'AES-CBC 128'],
    use: 'AES-CBC 256',
  },
  { name: 'integrity', phase: 2, values: ['SHA2-256', 'SHA-1'], use: 'SHA2-256' },
  { name: 'pfs', phase: 2, values: ['20', '14', '5'], use: '20' },
  { name: 'lifetime', phase: 2, values: ['30 min – 8 h'], use: '8 h' },
  { name: 'anti-replay', phase: 2, values: ['off'], use: null },
  { name: 'esn', phase: 2, values: ['off'], use: null },
  { name: 'dpd', phase: 'both', values: ['restart'], use: null },
  { name: 'initiator', phase: 'both', values: ['router'], use: null },
  { name: 'nat-traversal', phase: 'both', values: ['UDP 500, UDP 4500, ESP (50)'], use: null },
  { name: 'mtu', phase: 'both', values: ['1400 – 1450, MSS ≤ 1360'], use: '1450, MSS 1350' },
];
