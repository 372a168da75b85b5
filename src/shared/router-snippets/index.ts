/** Ready configurations for routers and clouds, from a tunnel and its identities. Pure; the key's place is marked, never filled. */
import { identityOf, ikeIdentities } from '../ike.ts';
import type { Tunnel } from '../model.ts';
import { AWS } from './aws.ts';
import { AZURE } from './azure.ts';
import { CISCO_IOS_XE } from './cisco-ios-xe.ts';
import {
  type InnerAddresses,
  KEY_PLACE,
  type RouterSnippet,
  type SnippetFacts,
  type SnippetMaker,
  type SnippetWarning,
  VENDOR_NAMES,
  VENDORS,
  type Vendor,
} from './contract.ts';
import { FORTIGATE } from './fortigate.ts';
import { innerAddresses, UNKNOWN_INNER } from './inner-addresses.ts';
import { JUNIPER_SRX } from './juniper-srx.ts';
import { PALO_ALTO } from './palo-alto.ts';
import { PFSENSE } from './pfsense.ts';
import { STRONGSWAN } from './strongswan.ts';
import { VYOS } from './vyos.ts';

export type { InnerAddresses, RouterSnippet, SnippetWarning, Vendor };
export { innerAddresses, KEY_PLACE, VENDOR_NAMES, VENDORS };

const MAKERS: Readonly<Record<Vendor, SnippetMaker>> = {
  'cisco-ios-xe': CISCO_IOS_XE,
  'juniper-srx': JUNIPER_SRX,
  fortigate: FORTIGATE,
  'palo-alto': PALO_ALTO,
  strongswan: STRONGSWAN,
  vyos: VYOS,
  pfsense: PFSENSE,
  aws: AWS,
  azure: AZURE,
};

const GUIDES = 'https://developers.cloudflare.com/cloudflare-wan/configuration/third-party/';

export type SnippetTunnel = Pick<
  Tunnel,
  | 'key'
  | 'name'
  | 'cloudflareEndpoint'
  | 'customerEndpoint'
  | 'interfaceAddress'
  | 'interfaceAddress6'
  | 'fqdnId'
  | 'replayProtection'
  | 'bgp'
>;

/** @param number Cloudflare's numeric account id; `null` while nobody told it: its place is then marked */
export function routerSnippet(vendor: Vendor, tunnel: SnippetTunnel, number: string | null): RouterSnippet {
  const maker = MAKERS[vendor];
  const inner = innerAddresses(tunnel.interfaceAddress);
  return {
    vendor,
    text: `${maker.write(factsOf(tunnel, number, inner)).join('\n')}\n`,
    warnings: warningsOf(vendor, maker, tunnel, number, inner),
    guide: `${GUIDES}${maker.guide}/`,
  };
}

/** What the API sends goes into a configuration only where it looks as it should: a name may hold anything, commands too. */
function factsOf(tunnel: SnippetTunnel, number: string | null, inner: InnerAddresses | null): SnippetFacts {
  const identities = ikeIdentities(tunnel, number ?? '<ACCOUNT-NUMBER>', true);
  const label = tunnel.name.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return {
    label: label === '' ? 'tunnel' : label.slice(0, 40),
    cloudflareEndpoint: address(tunnel.cloudflareEndpoint, '<CLOUDFLARE-ENDPOINT>'),
    customerEndpoint: address(tunnel.customerEndpoint, '<PUBLIC-ADDRESS>'),
    inner: inner ?? UNKNOWN_INNER,
    fqdn: identity(identityOf(identities, 'ID_FQDN'), '<IKE-FQDN>'),
    userFqdn: identity(identityOf(identities, 'ID_RFC822_ADDR'), '<IKE-USER-FQDN>'),
  };
}

const address = (text: string | null, mark: string): string =>
  text !== null && /^[0-9A-Fa-f.:]{2,45}$/.test(text) ? text : mark;
const identity = (text: string | null, mark: string): string =>
  text !== null && /^[A-Za-z0-9@.<>-]{1,255}$/.test(text) ? text : mark;

function warningsOf(
  vendor: Vendor,
  { antiReplay, namedByAddress }: SnippetMaker,
  tunnel: SnippetTunnel,
  number: string | null,
  inner: InnerAddresses | null,
): readonly SnippetWarning[] {
  const warnings: SnippetWarning[] = [];
  if (number === null && !namedByAddress) warnings.push('account-number-unknown');
  if (inner === null) warnings.push('inner-addresses-unknown');
  if (namedByAddress && tunnel.customerEndpoint === null) warnings.push('customer-endpoint-needed');
  if (antiReplay === 'cannot' && tunnel.replayProtection !== true) warnings.push('replay-protection-needed');
  if (antiReplay === 'off' && tunnel.replayProtection === true) warnings.push('replay-protection-on');
  if (inner !== null && vendor === 'aws') warnings.push(...awsWarnings(inner));
  if (inner !== null && vendor === 'azure' && inner.cloudflare === inner.network) warnings.push('azure-upper-address');
  if (tunnel.bgp !== null) warnings.push('bgp-not-included');
  if (tunnel.interfaceAddress6 !== null) warnings.push('ipv6-not-included');
  return warnings;
}

/** AWS: a /30 inside 169.254.240.0/20, the part of its own range that Cloudflare takes; the first address is its own. */
function awsWarnings({ network, bits, cloudflare, router }: InnerAddresses): readonly SnippetWarning[] {
  const [a, b, c = 0] = network.split('.').map(Number);
  const warnings: SnippetWarning[] = [];
  if (bits !== 30 || a !== 169 || b !== 254 || c < 240) warnings.push('aws-inside-block');
  const last = (text: string): number => Number(text.split('.')[3]);
  if (bits === 30 && last(cloudflare) < last(router)) warnings.push('aws-first-address');
  return warnings;
}
