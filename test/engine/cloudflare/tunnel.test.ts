import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrapTunnel } from '../../../src/engine/cloudflare/schema.ts';
import { readTunnel } from '../../../src/engine/cloudflare/tunnel.ts';
import { bareTunnel, fullTunnel } from '../../fixtures/cloudflare/tunnels.ts';
import { ACCOUNT } from './loopback.ts';

function tunnelOf(raw: unknown) {
  const read = readTunnel(ACCOUNT, raw);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}
function reasonOf(raw: unknown): string {
  const read = readTunnel(ACCOUNT, raw);
  return read.ok ? 'readable' : read.error;
}

describe('a tunnel of the API', () => {
  it('is read with everything that it says', () => {
    expect(tunnelOf(fullTunnel)).toEqual({
      key: `${ACCOUNT}/${fullTunnel.id}`,
      accountId: ACCOUNT,
      accountNumber: '33145236',
      id: fullTunnel.id,
      name: 'fra-isp1-a',
      description: 'Frankfurt, carrier 1, router A',
      cloudflareEndpoint: '162.159.64.41',
      customerEndpoint: '198.18.4.10',
      interfaceAddress: '10.212.0.8/31',
      interfaceAddress6: '2606:54c1:7:0:a9fe:12d2:1:200/127',
      allowNullCipher: false,
      automaticReturnRouting: true,
      replayProtection: false,
      bgp: {
        customerAsn: 4_200_000_001,
        extraPrefixes: ['10.64.0.0/12'],
        md5KeySet: true,
        importFilterId: 'f1',
        exportFilterId: null,
      },
      bgpStatus: {
        state: 'up',
        raw: 'BGP_UP',
        tcpEstablished: true,
        bgpState: 'Established',
        cfSpeakerIp: '10.212.0.8',
        cfSpeakerPort: 179,
        customerSpeakerIp: '10.212.0.9',
        customerSpeakerPort: 33_412,
        updatedAt: Date.UTC(2026, 10, 20, 9, 59, 31, 953),
      },
      fqdnId: 'fra.33145236.custom.ipsec.cloudflare.com',
      healthCheck: {
        enabled: true,
        rate: 'mid',
        type: 'request',
        direction: 'bidirectional',
        target: { saved: '', effective: '10.212.0.9' },
      },
      pskGeneratedAt: Date.UTC(2026, 8, 1, 14, 28, 47, 54),
      createdAt: Date.UTC(2025, 2, 13, 14, 33, 26, 96),
      modifiedAt: Date.UTC(2026, 8, 1, 14, 33, 26),
    });
  });

  it('may say no more than four things: what is missing is null, not a default', () => {
    const tunnel = tunnelOf(bareTunnel);
    const { key, accountId, id, name, cloudflareEndpoint, interfaceAddress, ...rest } = tunnel;
    expect([key, accountId, id, name, cloudflareEndpoint, interfaceAddress]).not.toContain(null);
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  it('may say null for everything optional', () => {
    const nulls = Object.fromEntries(Object.keys(fullTunnel).map((key) => [key, null]));
    expect(tunnelOf({ ...nulls, ...bareTunnel })).toEqual(tunnelOf(bareTunnel));
  });

  it('without a PSK says {} or nothing', () => {
    expect(tunnelOf({ ...bareTunnel, psk_metadata: {} }).pskGeneratedAt).toBeNull();
    expect(tunnelOf({ ...bareTunnel, psk_metadata: { last_generated_on: null } }).pskGeneratedAt).toBeNull();
  });

  it('keeps words that are newer than this program', () => {
    const tunnel = tunnelOf({
      ...bareTunnel,
      bgp_status: {
        state: 'BGP_SLEEPING',
        tcp_established: false,
        updated_at: '2026-11-20T10:00:00Z',
        bgp_state: 'Nap',
      },
      health_check: { rate: 'ultra', type: 'reply', direction: 'sideways' },
      colour: { of: 'magic' },
    });
    expect(tunnel.bgpStatus).toMatchObject({ state: 'unknown', raw: 'BGP_SLEEPING', bgpState: 'Nap' });
    expect(tunnel.healthCheck).toEqual({
      enabled: null,
      rate: 'ultra',
      type: 'reply',
      direction: 'sideways',
      target: null,
    });
  });

  it('is not misled by words that every object knows', () => {
    const bgp_status = { state: 'constructor', tcp_established: true, updated_at: 'x' };
    expect(tunnelOf({ ...bareTunnel, bgp_status }).bgpStatus?.state).toBe('unknown');
  });

  it('has a health-check target as text or as an object', () => {
    const target = (value: unknown) => tunnelOf({ ...bareTunnel, health_check: { target: value } }).healthCheck?.target;
    expect(target('10.0.0.1')).toEqual({ saved: '10.0.0.1', effective: null });
    expect(target({ saved: '', effective: '10.0.0.1' })).toEqual({ saved: '', effective: '10.0.0.1' });
    expect(target({})).toEqual({ saved: null, effective: null });
    expect(target(null)).toBeNull();
  });

  it('survives a broken timestamp and a port that is none', () => {
    const bgp_status = { state: 'BGP_DOWN', tcp_established: false, updated_at: 17, cf_speaker_port: 0 };
    const tunnel = tunnelOf({ ...bareTunnel, created_on: 'yesterday', modified_on: {}, bgp_status });
    expect([tunnel.createdAt, tunnel.modifiedAt, tunnel.bgpStatus?.updatedAt]).toEqual([null, null, null]);
    expect(tunnel.bgpStatus?.cfSpeakerPort).toBeNull();
  });

  it.each([
    [{ ...bareTunnel, name: '' }, 'The field name should be text that is not empty, but is empty text.'],
    [{ ...bareTunnel, interface_address: undefined }, 'The field interface_address should be text, but is missing.'],
    [
      { ...bareTunnel, bgp: { customer_asn: 'x' } },
      'The field bgp.customer_asn should be a number, but is other text.',
    ],
    [
      { ...bareTunnel, bgp: { customer_asn: 4_294_967_296 } },
      'The field bgp.customer_asn should be a number of 4294967295 or less, but is another number.',
    ],
    [
      { ...bareTunnel, bgp: { customer_asn: 1, extra_prefixes: ['10.0.0.0/8', 5] } },
      'The field bgp.extra_prefixes.1 should be text, but is another number.',
    ],
    [
      { ...bareTunnel, health_check: { target: 5 } },
      'The field health_check.target should be text, or an object with saved and effective, but is another number.',
    ],
    [
      { ...bareTunnel, bgp_status: { state: 'BGP_UP' } },
      'The field bgp_status.tcp_established should be true or false, but is missing.',
    ],
    ['tunnel', 'It should be an object, but is other text.'],
  ])('that is wrong says where and what was expected: %#', (raw, reason) => {
    expect(reasonOf(raw)).toBe(reason);
  });

  it('never repeats a value in its reason', () => {
    const raw = { ...bareTunnel, bgp: { customer_asn: 'secret-one', md5_key: 5 } };
    expect(reasonOf(raw)).not.toContain('secret-one');
  });

  it('is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(typeof readTunnel(ACCOUNT, value).ok).toBe('boolean');
      }),
    );
    const field = fc.constantFrom(...Object.keys(fullTunnel));
    fc.assert(
      fc.property(field, fc.jsonValue({ maxDepth: 3 }), (name, value) => {
        const read = readTunnel(ACCOUNT, { ...fullTunnel, [name]: value });
        expect(read.ok || read.error.startsWith(`The field ${name}`)).toBe(true);
      }),
    );
  });
});

describe('the wrapper of a tunnel', () => {
  it.each([
    ['bare', bareTunnel],
    ['ipsec_tunnel', { ipsec_tunnel: bareTunnel }],
    ['ipsec_tunnels', { ipsec_tunnels: [bareTunnel] }],
  ])('%s is taken off', (_, result) => {
    expect(unwrapTunnel(result)).toEqual(bareTunnel);
  });

  it('may be anything', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => unwrapTunnel(value) !== unwrapTunnel));
  });
});
