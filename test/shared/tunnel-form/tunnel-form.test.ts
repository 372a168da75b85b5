import { describe, expect, it } from 'vitest';
import type { TunnelChange, TunnelDraft } from '../../../src/shared/operations.ts';
import {
  checkChange,
  checkDraft,
  checkField,
  PROBLEM_CODES,
  SENTENCES,
} from '../../../src/shared/tunnel-form/index.ts';
import { tunnel } from '../../fixtures/tunnels.ts';

const draft: TunnelDraft = {
  name: 'osl-2',
  cloudflareEndpoint: '162.159.64.41',
  interfaceAddress: '10.212.0.12/31',
};
const found = (problems: readonly { readonly field: string | null; readonly code: string }[]): string[] =>
  problems.map(({ field, code }) => `${field}: ${code}`);

describe('a draft', () => {
  it('with everything that Cloudflare documents is fine', () => {
    const full: TunnelDraft = {
      ...draft,
      interfaceAddress6: '2606:54c1:7:0:a9fe:12d2:1:200/127',
      customerEndpoint: '203.0.113.9',
      description: '',
      automaticReturnRouting: false,
      replayProtection: true,
      bgp: { customerAsn: 4_200_000_000, extraPrefixes: ['0.0.0.0/0', 'fd00::/8'], md5Key: "aZ09'!|\\ ~" },
      fqdnId: 'osl.33145236.custom.ipsec.cloudflare.com',
      healthCheck: { enabled: true, rate: 'low', type: 'request', direction: 'bidirectional', target: '' },
      psk: 'asdf1234',
    };
    expect(checkDraft(full)).toEqual([]);
  });

  it.each([
    [{ name: '' }, 'name: required'],
    [{ name: 'a b' }, 'name: name-characters'],
    [{ cloudflareEndpoint: '10.1' }, 'cloudflareEndpoint: not-an-address'],
    [{ cloudflareEndpoint: 'fe80::1%eth0' }, 'cloudflareEndpoint: not-an-address'],
    [{ customerEndpoint: '162.159.64.41' }, 'customerEndpoint: same-endpoints'],
    [{ interfaceAddress: '10.0.0.0' }, 'interfaceAddress: not-a-network4'],
    [{ interfaceAddress: '10.0.0.0/29' }, 'interfaceAddress: interface-length'],
    [{ interfaceAddress: '192.0.2.0/31' }, 'interfaceAddress: interface-range'],
    [{ interfaceAddress: '169.254.200.0/31' }, 'interfaceAddress: interface-range'],
    [{ interfaceAddress: '10.0.0.4/30' }, 'interfaceAddress: interface-host'],
    [{ interfaceAddress: '10.0.0.7/30' }, 'interfaceAddress: interface-host'],
    [{ interfaceAddress6: '10.0.0.0/31' }, 'interfaceAddress6: not-a-network6'],
    [{ interfaceAddress6: '2606::/64' }, 'interfaceAddress6: interface6-length'],
    [{ interfaceAddress6: '2606::1/127' }, 'interfaceAddress6: interface6-first'],
    [{ bgp: { customerAsn: 0 } }, 'bgp.customerAsn: asn-range'],
    [{ bgp: { customerAsn: 23_456 } }, 'bgp.customerAsn: asn-reserved'],
    [{ bgp: { customerAsn: 13_335 } }, 'bgp.customerAsn: asn-cloudflare'],
    [{ bgp: { customerAsn: '65000' } }, 'bgp.customerAsn: wrong-kind'],
    [{ bgp: {} }, 'bgp.customerAsn: asn-missing'],
    [{ bgp: { customerAsn: 64_512, md5Key: 'a"b' } }, 'bgp.md5Key: md5-characters'],
    [{ bgp: { customerAsn: 64_512, md5Key: '' } }, 'bgp.md5Key: md5-characters'],
    [{ bgp: { customerAsn: 64_512, extraPrefixes: ['10.0.0.1/8'] } }, 'bgp.extraPrefixes: prefix-host-bits'],
    [{ bgp: { customerAsn: 64_512, extraPrefixes: ['10.0.0.1'] } }, 'bgp.extraPrefixes: prefix-not-a-network'],
    [{ fqdnId: 'osl.example.net' }, 'fqdnId: identity-form'],
    [{ healthCheck: { rate: 'ultra' } }, 'healthCheck.rate: not-a-choice'],
    [{ healthCheck: { target: 'router' } }, 'healthCheck.target: not-an-address'],
    [{ psk: 'a\nb' }, 'psk: psk-characters'],
    [{ colour: 'red' }, 'colour: unknown-field'],
  ])('with %j is told what is wrong, and where', (more, problem) => {
    const problems = checkDraft({ ...draft, ...(more as Partial<TunnelDraft>) });
    expect(found(problems)).toEqual([problem]);
    expect(problems[0]?.sentence).toMatch(/^.{10,}\.$/);
  });

  it('tells all at once, and which entry of a list is meant', () => {
    const problems = checkDraft({
      bgp: { customerAsn: 64_512, extraPrefixes: ['10.0.0.0/8', 'x'] },
    } as unknown as TunnelDraft);
    expect(found(problems)).toEqual([
      'name: required',
      'cloudflareEndpoint: required',
      'interfaceAddress: required',
      'bgp.extraPrefixes: prefix-not-a-network',
    ]);
    expect(problems.at(-1)?.value).toBe('x');
  });
});

describe('a change', () => {
  const plain = { ...tunnel('ams'), bgp: null };
  it.each([
    [{}, 'null: nothing-changed'],
    [{ bgp: { md5Key: 'k' } }, 'bgp.customerAsn: asn-missing'],
    [{ name: null }, 'name: wrong-kind'],
    [{ customerEndpoint: plain.cloudflareEndpoint }, 'customerEndpoint: same-endpoints'],
  ])('%j: %s', (change, problem) => {
    const problems = checkChange(change as TunnelChange, plain);
    expect(found(problems)).toEqual([problem]);
    expect(problems[0]?.key).toBe(plain.key);
  });

  it('may take away what a tunnel can be without', () => {
    const change = { bgp: null, fqdnId: null, customerEndpoint: null, description: null, interfaceAddress6: null };
    expect(checkChange(change, plain)).toEqual([]);
    expect(checkChange({ bgp: { md5Key: null, customerAsn: 64_512 } }, plain)).toEqual([]);
  });

  it('minds nothing that it leaves alone', () => {
    expect(checkChange({ description: 'x' }, { ...plain, name: 'an odd name', interfaceAddress: 'odd' })).toEqual([]);
  });
});

it('a field by itself is checked while somebody types', () => {
  expect(checkField('name', undefined)).toEqual([]);
  expect(checkField('name', 'a b').map(({ code }) => code)).toEqual(['name-characters']);
});

it('every code has one sentence', () => {
  for (const code of PROBLEM_CODES) expect(SENTENCES[code]('x')).toMatch(/^[A-Zx].*[.]$/);
});
