import { describe, expect, it } from 'vitest';
import type { AccountId, TunnelId } from '../../../src/shared/model.ts';
import { tunnelKey } from '../../../src/shared/model.ts';
import {
  innerAddresses,
  KEY_PLACE,
  routerSnippet,
  type SnippetTunnel,
  VENDORS,
  type Vendor,
} from '../../../src/shared/router-snippets/index.ts';

const HEX = 'ac00000000000000000000000000ac00';
const TUNNEL: SnippetTunnel = {
  key: tunnelKey(HEX as AccountId, 'f5407d8db1a542b196c59f6d04ba8bd1' as TunnelId),
  name: 'ams-1',
  cloudflareEndpoint: '162.159.135.1',
  customerEndpoint: '185.30.1.9',
  interfaceAddress: '10.252.2.90/31',
  interfaceAddress6: null,
  fqdnId: null,
  replayProtection: false,
  bgp: null,
};
const AWS_TUNNEL: SnippetTunnel = { ...TUNNEL, interfaceAddress: '169.254.244.2/30', replayProtection: true };

describe('snippets for routers', () => {
  it.each(VENDORS)('%s: is what was read and found good', async (vendor) => {
    const snippet = routerSnippet(vendor, vendor === 'aws' ? AWS_TUNNEL : TUNNEL, '33145236');
    await expect(snippet.text).toMatchFileSnapshot(`golden/${vendor}.txt`);
    expect(snippet.guide).toMatch(
      /^https:\/\/developers\.cloudflare\.com\/cloudflare-wan\/configuration\/third-party\//,
    );
  });

  it.each(VENDORS)('%s: marks the key’s place, and never holds the hexadecimal account id', (vendor) => {
    for (const number of ['33145236', null]) {
      const { text } = routerSnippet(vendor, TUNNEL, number);
      expect(text).toContain(KEY_PLACE);
      expect(text).not.toContain(HEX);
    }
  });

  it.each(VENDORS)('%s: the router’s own address is never Cloudflare’s', (vendor) => {
    const { text } = routerSnippet(vendor, TUNNEL, '33145236');
    const lines = text.split('\n').filter((line) => line.includes('10.252.2.90'));
    // Cloudflare's side stands alone where the far end is meant.
    for (const line of lines) expect(line).toMatch(/remote-ip|Remote Network|TunnelInsideCidr|local-address-prefixes/);
    if (vendor !== 'azure') expect(text).toContain(vendor === 'aws' ? 'AWS takes 10.252.2.91' : '10.252.2.91');
  });

  it('writes nothing of a name that a router would take for a command', () => {
    for (const vendor of VENDORS) {
      const evil = 'x"\nrm -rf /; $(id) `id` \' ! end';
      const { text } = routerSnippet(
        vendor,
        { ...TUNNEL, name: evil, cloudflareEndpoint: '1.1.1.1\nreload' },
        '33145236',
      );
      expect(text).not.toMatch(/rm -rf|\$\(id\)|`id`|\nreload/);
      expect(text).toContain('x-rm-rf');
      expect(text).toContain('<CLOUDFLARE-ENDPOINT>');
    }
  });

  const warnings = (vendor: Vendor, part: Partial<SnippetTunnel>, number: string | null = '33145236') =>
    routerSnippet(vendor, { ...TUNNEL, ...part }, number).warnings;

  it('warns where the vendor cannot switch anti-replay off and the tunnel is not made for it', () => {
    for (const vendor of ['aws', 'pfsense'] as const) {
      expect(warnings(vendor, { replayProtection: false })).toContain('replay-protection-needed');
      expect(warnings(vendor, { replayProtection: null })).toContain('replay-protection-needed');
      expect(warnings(vendor, { replayProtection: true })).not.toContain('replay-protection-needed');
    }
    expect(warnings('vyos', {})).toEqual([]);
    expect(warnings('vyos', { replayProtection: true })).toEqual(['replay-protection-on']);
  });

  it('says that the numeric account id is missing, but not to those that do not use it', () => {
    expect(warnings('cisco-ios-xe', {}, null)).toEqual(['account-number-unknown']);
    expect(routerSnippet('cisco-ios-xe', TUNNEL, null).text).toContain('.<ACCOUNT-NUMBER>.ipsec.cloudflare.com');
    expect(warnings('azure', { interfaceAddress: '10.252.2.91/31' }, null)).toEqual([]);
    expect(warnings('azure', { interfaceAddress: '10.252.2.91/31', customerEndpoint: null })).toEqual([
      'customer-endpoint-needed',
    ]);
  });

  it('knows which addresses AWS and Azure take for themselves', () => {
    expect(warnings('aws', AWS_TUNNEL)).toEqual([]);
    expect(warnings('aws', { ...AWS_TUNNEL, interfaceAddress: '169.254.244.1/30' })).toEqual(['aws-first-address']);
    expect(warnings('aws', { ...AWS_TUNNEL, interfaceAddress: '10.0.0.2/30' })).toEqual(['aws-inside-block']);
    expect(warnings('azure', {})).toEqual(['azure-upper-address']);
  });

  it('takes the other host of the network for the router', () => {
    expect(innerAddresses('10.252.2.91/31')).toMatchObject({ cloudflare: '10.252.2.91', router: '10.252.2.90' });
    expect(innerAddresses('192.168.1.1/30')).toMatchObject({ router: '192.168.1.2', network: '192.168.1.0', bits: 30 });
    expect(innerAddresses('192.168.1.6/30')).toMatchObject({ router: '192.168.1.5', mask: '255.255.255.252' });
    for (const odd of ['192.168.1.0/30', '192.168.1.3/30', '10.0.0.1/24', '10.0.0.999/31', 'fd00::/127', '']) {
      expect(innerAddresses(odd)).toBeNull();
    }
  });
});
