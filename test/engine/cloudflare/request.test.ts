import { describe, expect, it } from 'vitest';
import {
  createBody,
  secretsIn,
  TunnelChangeSchema,
  TunnelDraftSchema,
  updateBody,
  writablePart,
} from '../../../src/engine/cloudflare/request.ts';
import { fullTunnel } from '../../fixtures/cloudflare/tunnels.ts';

const draft = { name: 'osl-2', cloudflareEndpoint: '162.159.64.41', interfaceAddress: '10.212.0.12/31' };

describe('a draft', () => {
  it('becomes the body in the words of the API', () => {
    const body = createBody({
      ...draft,
      bgp: { customerAsn: 64_513, md5Key: 'k' },
      fqdnId: 'osl.33145236.custom.ipsec.cloudflare.com',
      healthCheck: { type: 'request', target: '10.212.0.13' },
      psk: 'p',
    });
    expect(body).toEqual({
      name: 'osl-2',
      cloudflare_endpoint: '162.159.64.41',
      interface_address: '10.212.0.12/31',
      bgp: { customer_asn: 64_513, md5_key: 'k' },
      custom_remote_identities: { fqdn_id: 'osl.33145236.custom.ipsec.cloudflare.com' },
      health_check: { type: 'request', target: { saved: '10.212.0.13' } },
      psk: 'p',
    });
    expect(secretsIn(body)).toEqual(['p', 'k']);
  });

  it.each([
    { interfaceAddress: '10.0.0.0/24' },
    { interfaceAddress: 'x' },
    { interfaceAddress6: '2606::1/64' },
    { cloudflareEndpoint: 'host' },
    { name: '' },
    { psk: '' },
    { bgp: { customerAsn: -1 } },
    { bgp: { customerAsn: 4_294_967_296 } },
    { bgp: { customerAsn: 1, md5Key: '' } },
    { bgp: { customerAsn: 1, md5Key: 'a"b' } },
    { bgp: { customerAsn: 1, md5Key: 'a?b' } },
    { bgp: { customerAsn: 1, md5Key: 'a\tb' } },
    { bgp: { customerAsn: 1, extraPrefixes: ['10.0.0.1'] } },
    { fqdnId: 'osl.example.com' },
    { healthCheck: { rate: 'ultra' } },
    { healthCheck: { target: 'host' } },
    { novelty: true },
  ])('with %j is refused before it is sent', (more) => {
    expect(TunnelDraftSchema.safeParse({ ...draft, ...more }).success).toBe(false);
  });

  it('may use every character that an MD5 key may hold', () => {
    const md5Key = "aZ09'!@#$%^&*()+[]{}<>/.,;:_-~`= |\\";
    expect(TunnelDraftSchema.safeParse({ ...draft, bgp: { customerAsn: 4_200_000_000, md5Key } }).success).toBe(true);
  });
});

describe('a change', () => {
  it('keeps everything else that can be written, the MD5 key too, and sends nothing that cannot', () => {
    const body = updateBody(fullTunnel, { description: 'new', bgp: { customerAsn: 64_999 } });
    const { id, allow_null_cipher, bgp_status, remote_identities, psk_metadata, created_on, modified_on, ...rest } =
      fullTunnel;
    expect(body).toEqual({
      ...rest,
      description: 'new',
      bgp: { ...Object(rest.bgp), customer_asn: 64_999 },
    });
  });

  it('with null takes away', () => {
    const body = updateBody(fullTunnel, { bgp: null, fqdnId: null, customerEndpoint: null });
    // Leaving it out may mean to leave it alone: Cloudflare's guides send single fields.
    for (const key of ['bgp', 'custom_remote_identities', 'customer_endpoint']) expect(body).toHaveProperty(key, null);
    const bare = { id: 'x', name: 'n', cloudflare_endpoint: '162.159.64.41', interface_address: '10.212.0.12/31' };
    expect(updateBody(bare, { bgp: null, fqdnId: null })).not.toHaveProperty('bgp');
    expect(updateBody({ ...bare, bgp: {}, tags: [] }, { description: 'x' })).toEqual({
      name: 'n',
      cloudflare_endpoint: '162.159.64.41',
      interface_address: '10.212.0.12/31',
      tags: [],
      description: 'x',
    });
    const key = updateBody(fullTunnel, { bgp: { md5Key: null } });
    expect(key.bgp).toEqual({ customer_asn: 4_200_000_001, extra_prefixes: ['10.64.0.0/12'], import_filter_id: 'f1' });
  });

  it('sends back what is newer than this program, and leaves identities beside ours alone', () => {
    const newer = { ...fullTunnel, mtu: 1_400, custom_remote_identities: { fqdn_id: 'a', key_id: 'b' } };
    expect(updateBody(newer, { description: 'x' })).toMatchObject({ mtu: 1_400 });
    const fqdnId = 'osl.33145236.custom.ipsec.cloudflare.com';
    expect(updateBody(newer, { fqdnId }).custom_remote_identities).toEqual({ fqdn_id: fqdnId, key_id: 'b' });
    expect(updateBody(newer, { fqdnId: null }).custom_remote_identities).toEqual({ key_id: 'b' });
    expect(writablePart(newer)).not.toHaveProperty('mtu');
  });

  it('is checked as strictly as a draft', () => {
    expect(TunnelChangeSchema.safeParse({ description: null }).success).toBe(true);
    expect(TunnelChangeSchema.safeParse({ name: null }).success).toBe(false);
    expect(TunnelChangeSchema.safeParse({ bgp: { md5Key: '"' } }).success).toBe(false);
    expect(TunnelChangeSchema.safeParse({ colour: 1 }).success).toBe(false);
  });

  it('never takes a PSK over, even if an answer should hold one', () => {
    expect(updateBody({ ...fullTunnel, psk: 'old' }, {})).not.toHaveProperty('psk');
  });
});
