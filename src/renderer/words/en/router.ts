/** Words of what belongs on the router: identities, parameters, snippets. */
import type { IkeIdentityTrouble, IkeIdentityType, IkeParameterName } from '../../../shared/ike.ts';
import type { SnippetWarning } from '../../../shared/router-snippets/index.ts';

export const card = {
  title: 'On the router',
  identities: 'IKE identity',
  identitiesWhat: 'The router names itself by one of these, and expects Cloudflare to name itself by its endpoint.',
  remote: 'Cloudflare (remote id)',
  custom: 'Custom FQDN',
  parameters: 'Parameters',
  parametersWhat: 'The router begins; Cloudflare only answers, and never begins a rekey.',
  snippet: 'Configuration',
  show: 'Show parameters and configuration',
  hide: 'Hide',
  copy: 'Copy',
  copyOf: (what: string): string => `Copy ${what}`,
  copied: 'Copied',
  byHand: 'Copy it by hand',
} as const;

export const types: Readonly<Record<IkeIdentityType, string>> = {
  ID_FQDN: 'FQDN',
  ID_RFC822_ADDR: 'User FQDN (RFC 822)',
  ID_KEY_ID: 'Key id',
  ID_IPV4_ADDR: 'Address',
};

export const troubles: Readonly<Record<IkeIdentityTrouble, string>> = {
  'account-number-unknown': 'needs the account number',
  'no-customer-endpoint': 'needs a customer endpoint',
  'not-ipv4': 'needs a customer endpoint of IPv4',
  'endpoints-not-unique': 'not usable: another tunnel has the same two endpoints',
};

export const number = {
  what: 'Identities hold Cloudflare’s numeric account number, not the 32 digits of the account id. The API does not always tell it.',
  how: 'It stands in the dashboard with the tunnel’s identities (Magic WAN, Tunnels, the tunnel), and before the underscore of the IPsec id that comes with a new key.',
  field: 'Account number',
  wrong: 'A number of 3 to 18 digits.',
  use: 'Use it',
  here: 'Kept by this page alone.',
} as const;

export const columns = { parameter: 'Parameter', phase1: 'Phase 1 (IKE SA)', phase2: 'Phase 2 (child SA)' } as const;
export const use = (value: string): string => `the configuration below uses ${value}`;

export const parameters: Readonly<Record<IkeParameterName, string>> = {
  encryption: 'Encryption',
  integrity: 'Integrity',
  dh: 'Diffie-Hellman group',
  pfs: 'PFS group',
  prf: 'PRF',
  lifetime: 'Lifetime',
  'ike-version': 'Version',
  authentication: 'Authentication',
  'anti-replay': 'Anti-replay on the router',
  esn: 'Extended sequence numbers',
  dpd: 'Dead peer detection',
  reauthentication: 'Re-authentication',
  'nat-traversal': 'Through firewalls',
  initiator: 'Who begins',
  mtu: 'MTU',
};
/** Values that are words; names of algorithms and figures stay as they are. */
export const values: Readonly<Record<string, string>> = {
  off: 'off',
  restart: 'with the action "restart"',
  router: 'the router',
  '0 s': 'none',
};

export const snippet = {
  vendor: 'Router or cloud',
  what: (mark: string): string => `Put the key where ${mark} stands. It is never part of this text.`,
  label: (vendor: string): string => `Configuration for ${vendor}`,
  guide: 'Cloudflare’s guide',
} as const;

export const warnings: Readonly<Record<SnippetWarning, string>> = {
  'account-number-unknown': 'The account number is not known: put it where <ACCOUNT-NUMBER> stands.',
  'inner-addresses-unknown': 'The interface address is no /31 or /30: put the inner addresses where they are marked.',
  'customer-endpoint-needed':
    'This one names itself by its public address: give the tunnel its customer endpoint first.',
  'replay-protection-needed':
    'This one cannot switch anti-replay off: switch the tunnel’s replay protection on, or packets are dropped.',
  'replay-protection-on':
    'The tunnel’s replay protection is on, and this configuration switches anti-replay off: it is not needed here.',
  'aws-inside-block': 'AWS takes a /30 inside 169.254.240.0/20 only.',
  'aws-first-address': 'AWS takes the first address of the /30, which on this tunnel is Cloudflare’s: swap them.',
  'azure-upper-address': 'Azure takes the lower address of the /31, which on this tunnel is Cloudflare’s: swap them.',
  'bgp-not-included': 'The BGP session is to be configured beside it.',
  'ipv6-not-included': 'IPv6 inside the tunnel is to be configured beside it.',
};
