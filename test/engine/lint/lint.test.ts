import { describe, expect, it } from 'vitest';
import { configLane, lintContext, lintTunnel, RULES } from '../../../src/engine/lint/lint.ts';
import type { Tunnel, TunnelId } from '../../../src/shared/model.ts';
import { tunnel } from '../../fixtures/tunnels.ts';

const bgp = (customerAsn: number): Tunnel['bgp'] => ({
  customerAsn,
  extraPrefixes: [],
  md5KeySet: false,
  importFilterId: null,
  exportFilterId: null,
});
const hc = (more: Partial<NonNullable<Tunnel['healthCheck']>>): Tunnel['healthCheck'] => ({
  enabled: true,
  rate: 'mid',
  type: 'request',
  direction: 'bidirectional',
  target: null,
  ...more,
});
const twin = { id: 'twin' as TunnelId, interfaceAddress: '10.99.0.0/31' };

/** For each rule what triggers it, and the nearest thing that does not. */
const EXAMPLES: Record<string, { bad: Partial<Tunnel>; good: Partial<Tunnel>; beside?: Tunnel }> = {
  'ifaddr-not-cidr': { bad: { interfaceAddress: '10.1.2.3' }, good: { interfaceAddress: '10.1.2.2/31' } },
  'ifaddr-prefix-length': { bad: { interfaceAddress: '10.1.2.0/29' }, good: { interfaceAddress: '10.1.2.1/30' } },
  'ifaddr-out-of-range': { bad: { interfaceAddress: '192.0.2.0/31' }, good: { interfaceAddress: '169.254.241.0/31' } },
  'ifaddr-duplicate': { bad: {}, good: { interfaceAddress: '10.3.0.0/31' }, beside: tunnel('other') },
  'customer-endpoint-not-public': { bad: { customerEndpoint: '10.0.0.1' }, good: { customerEndpoint: null } },
  'customer-endpoint-is-cloudflare': {
    bad: { customerEndpoint: '162.159.64.1' },
    good: { customerEndpoint: '198.18.0.1' },
  },
  'hc-disabled': { bad: { healthCheck: hc({ enabled: false }) }, good: { healthCheck: null } },
  'hc-unidirectional-no-target': {
    bad: { customerEndpoint: null, healthCheck: hc({ direction: 'unidirectional' }) },
    good: { customerEndpoint: null, healthCheck: hc({ direction: null }) },
  },
  'hc-target-is-cf-side': {
    bad: { healthCheck: hc({ target: { saved: '10.10.0.0', effective: null } }) },
    good: { healthCheck: hc({ target: { saved: '', effective: '10.10.0.1' } }) },
  },
  'name-duplicate': { bad: {}, good: { name: 'y' }, beside: tunnel('x', twin) },
  'null-cipher-allowed': { bad: { allowNullCipher: true }, good: { allowNullCipher: null } },
  'replay-protection-on': { bad: { replayProtection: true }, good: { replayProtection: null } },
  'bgp-asn-unusable': { bad: { bgp: bgp(23_456) }, good: { bgp: bgp(4_200_000_001) } },
  'bgp-asn-equals-cloudflare': { bad: { bgp: bgp(13_335) }, good: { bgp: null } },
  'bgp-hc-disabled': {
    bad: { healthCheck: hc({ enabled: false }) },
    good: { bgp: null, healthCheck: hc({ enabled: false }) },
  },
};

function rulesThatFire(more: Partial<Tunnel>, beside?: Tunnel): string[] {
  const subject = tunnel('x', more);
  const all = beside === undefined ? [subject] : [subject, beside];
  return lintTunnel({ ...subject, name: more.name ?? 'x' }, lintContext(all)).map((finding) => finding.rule);
}

describe('lint', () => {
  it('has an example for every rule, and no rule twice', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(RULES.map((rule) => rule.id).sort());
  });

  it.each(Object.entries(EXAMPLES))('%s fires on its example and not on its neighbour', (id, { bad, good, beside }) => {
    expect(rulesThatFire(bad, beside)).toContain(id);
    expect(rulesThatFire(good, beside)).not.toContain(id);
  });

  it('finds nothing in a sound tunnel', () => {
    expect(rulesThatFire({})).toEqual([]);
    expect(configLane([])).toBe('ok');
  });

  it('puts errors first and names the offending value', () => {
    const findings = lintTunnel(tunnel('x', { replayProtection: true, allowNullCipher: true }), lintContext([]));
    expect(findings.map((f) => [f.severity, f.evidence])).toEqual([
      ['error', 'allow_null_cipher true'],
      ['warning', 'replay_protection true'],
    ]);
    expect(configLane(findings)).toBe('error');
  });
});
