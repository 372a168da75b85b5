/** What a router's configuration is made of, and what comes out. The key itself is never part of it. */

/** Stands where the key has to go. No vendor's syntax gives it a meaning of its own. */
export const KEY_PLACE = 'PUT-THE-PRE-SHARED-KEY-HERE';

export const VENDORS = [
  'cisco-ios-xe',
  'juniper-srx',
  'fortigate',
  'palo-alto',
  'strongswan',
  'vyos',
  'pfsense',
  'aws',
  'azure',
] as const;
export type Vendor = (typeof VENDORS)[number];

/** Names that no language changes. */
export const VENDOR_NAMES: Readonly<Record<Vendor, string>> = {
  'cisco-ios-xe': 'Cisco IOS XE',
  'juniper-srx': 'Juniper SRX',
  fortigate: 'Fortinet FortiGate',
  'palo-alto': 'Palo Alto PAN-OS',
  strongswan: 'strongSwan',
  vyos: 'VyOS',
  pfsense: 'pfSense',
  aws: 'AWS VPN',
  azure: 'Azure VPN Gateway',
};

/** What somebody should know before using a snippet. */
export type SnippetWarning =
  /** The numeric account id is not known: its place is marked in the identity. */
  | 'account-number-unknown'
  /** The tunnel has no interface address of /30 or /31: the inner addresses are marked. */
  | 'inner-addresses-unknown'
  /** The vendor names itself by its public address, and the tunnel has no customer endpoint. */
  | 'customer-endpoint-needed'
  /** The vendor cannot switch anti-replay off, and the tunnel's replay protection is not on. */
  | 'replay-protection-needed'
  /** The snippet switches anti-replay off, and the tunnel's replay protection is on without need. */
  | 'replay-protection-on'
  /** AWS takes a /30 inside 169.254.240.0/20 alone. */
  | 'aws-inside-block'
  /** AWS takes the first usable address; on the tunnel that one is Cloudflare's. */
  | 'aws-first-address'
  /** Azure takes the lower address of the /31; on the tunnel that one is Cloudflare's. */
  | 'azure-upper-address'
  /** The session is to be configured beside the snippet. */
  | 'bgp-not-included'
  | 'ipv6-not-included';

/** The inner addresses of a tunnel. */
export interface InnerAddresses {
  readonly cloudflare: string;
  readonly router: string;
  /** The network and its length: `10.0.0.0` and 31. */
  readonly network: string;
  readonly bits: 30 | 31;
  /** `255.255.255.254` or `255.255.255.252`. */
  readonly mask: string;
}

/** The facts of a tunnel, made safe to be written into a configuration. What is not known is a mark in angle brackets. */
export interface SnippetFacts {
  /** The tunnel's name with nothing but letters, digits and hyphens, for names of objects. */
  readonly label: string;
  readonly cloudflareEndpoint: string;
  readonly customerEndpoint: string;
  readonly inner: InnerAddresses;
  /** Of type ID_FQDN. */
  readonly fqdn: string;
  /** Of type ID_RFC822_ADDR. */
  readonly userFqdn: string;
}

/** A vendor's part. */
export interface SnippetMaker {
  /** The page of Cloudflare's guide, below its folder for third parties. */
  readonly guide: string;
  /** `cannot`: anti-replay stays on at the router, so the tunnel needs replay protection. */
  readonly antiReplay: 'off' | 'cannot';
  /** The router names itself by its public address and by nothing else. */
  readonly namedByAddress: boolean;
  readonly write: (facts: SnippetFacts) => readonly string[];
}

export interface RouterSnippet {
  readonly vendor: Vendor;
  /** Lines, ending in a newline; `KEY_PLACE` is in it at least once. */
  readonly text: string;
  readonly warnings: readonly SnippetWarning[];
  /** Cloudflare's guide for the vendor. */
  readonly guide: string;
}
