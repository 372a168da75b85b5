import type { IkeIdentityTrouble, IkeIdentityType, IkeParameterName } from '../../../shared/ike.ts';
import type { SnippetWarning } from '../../../shared/router-snippets/index.ts';

/** What the types of identities are called on routers. */
export const identityType: Readonly<Record<IkeIdentityType, string>> = {
  ID_FQDN: 'FQDN',
  ID_RFC822_ADDR: 'User FQDN (e-mail address)',
  ID_KEY_ID: 'Key ID',
  ID_IPV4_ADDR: 'IPv4 address',
};

export const identityTrouble: Readonly<Record<IkeIdentityTrouble, string>> = {
  'account-number-unknown': 'Cloudflare’s numeric account id is not known yet.',
  'no-customer-endpoint': 'The tunnel has no customer endpoint.',
  'endpoints-not-unique': 'Another tunnel has the same two endpoints, so an address does not tell them apart.',
};

/** How to come by the numeric account id. */
export const findNumber =
  'IKE identities hold Cloudflare’s numeric account id, not the 32 hexadecimal digits. The dashboard shows it in the FQDN ID of any IPsec tunnel, between the two dots before “ipsec”. Enter it once in the account’s settings (number).';

export const remoteIdentity = 'Cloudflare’s identity (remote)';
export const routerIdentity = 'The router’s identity (local)';
export const customIdentity = 'Custom FQDN of the tunnel';
export const phase: Readonly<Record<1 | 2 | 'both', string>> = {
  1: 'Phase 1 (IKE SA)',
  2: 'Phase 2 (child SA)',
  both: 'Both phases',
};

export const parameter: Readonly<Record<IkeParameterName, string>> = {
  encryption: 'Encryption',
  integrity: 'Integrity',
  dh: 'Diffie-Hellman group',
  pfs: 'PFS group',
  prf: 'PRF',
  lifetime: 'Lifetime',
  'ike-version': 'Version',
  authentication: 'Authentication',
  'anti-replay': 'Anti-replay',
  esn: 'Extended sequence numbers',
  dpd: 'Dead peer detection',
  reauthentication: 'Re-authentication',
  'nat-traversal': 'Firewall',
  initiator: 'Who begins',
  mtu: 'MTU',
};

/** Values that are words; all others are names and figures. */
export const parameterValue: Readonly<Record<string, string>> = {
  off: 'off',
  restart: 'restart',
  router: 'the router; Cloudflare never begins',
  '0 s': 'none (0 s)',
};

export const warning: Readonly<Record<SnippetWarning, string>> = {
  'account-number-unknown': 'The identity lacks Cloudflare’s numeric account id; its place is marked.',
  'inner-addresses-unknown': 'The interface address is no /30 or /31, so the inner addresses are only marked.',
  'customer-endpoint-needed':
    'This router names itself by its public address. Set the tunnel’s customer endpoint to that address first.',
  'replay-protection-needed':
    'This router cannot switch anti-replay off. Turn on replay protection for the tunnel at Cloudflare, or packets are dropped.',
  'replay-protection-on':
    'Replay protection is on for this tunnel, though this router can do without. It ties the traffic to one server of Cloudflare’s.',
  'aws-inside-block': 'AWS takes only a /30 inside 169.254.240.0/20 as the inner network of this tunnel.',
  'aws-first-address':
    'AWS takes the first address of the /30 for itself, and here that one is Cloudflare’s: swap them.',
  'azure-upper-address':
    'Cloudflare’s guide gives Cloudflare the upper address of the /31 for Azure; here it has the lower one.',
  'bgp-not-included': 'The BGP session is not part of the snippet.',
  'ipv6-not-included': 'The IPv6 addresses inside the tunnel are not part of the snippet.',
};
