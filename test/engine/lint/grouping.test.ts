import { describe, expect, it } from 'vitest';
import { NOTHING_KNOWN } from '../../../src/engine/lint/contract.ts';
import { groupsOf } from '../../../src/engine/lint/grouping.ts';
import type { Tunnel, TunnelId, TunnelKey } from '../../../src/shared/model.ts';
import { tunnel } from '../../fixtures/tunnels.ts';

const NO_SITE = (): null => null;
const at = (name: string, customerEndpoint: string | null, description: string | null = null): Tunnel =>
  tunnel(name, { customerEndpoint, description });
const wordsOf = (
  tunnels: readonly Tunnel[],
  beside = NOTHING_KNOWN,
  site: (key: TunnelKey) => string | null = NO_SITE,
) => {
  const groups = groupsOf(tunnels, beside, site);
  return Object.fromEntries(tunnels.map(({ key, name }) => [name, groups.get(key)?.words]));
};

describe('grouping', () => {
  it('takes the surest sign, and says which', () => {
    const tunnels = [
      at('a', '44.1.1.1', 'in #site-ams'),
      at('b', '44.1.1.2', '#site-ams'),
      at('c', '44.1.1.3'),
      at('d', '44.1.1.3'),
      at('rtm-1', '44.1.1.4'),
      at('rtm-2', null),
      at('lonely', '44.1.1.5'),
      at('e', '44.1.1.3', '#site-ams'),
    ];
    const beside = {
      ...NOTHING_KNOWN,
      redundancyGroups: [{ id: 'g', name: 'pair', members: [{ kind: 'ipsec' as const, id: 'id-e' as TunnelId }] }],
    };
    expect(wordsOf(tunnels, beside)).toEqual({
      a: 'site tag #site-ams',
      b: 'site tag #site-ams',
      c: 'customer endpoint 44.1.1.3',
      d: 'customer endpoint 44.1.1.3',
      'rtm-1': 'name stem rtm',
      'rtm-2': 'name stem rtm',
      lonely: 'nothing in common with others',
      e: 'redundancy group "pair"',
    });
  });

  it('prefers the site that Cloudflare reports to what names suggest, and a tag to both', () => {
    const tunnels = [at('x-a', '44.1.1.1'), at('x-b', '44.1.1.1', '#site-two')];
    expect(wordsOf(tunnels, NOTHING_KNOWN, () => 'ONE')).toEqual({ 'x-a': 'site ONE', 'x-b': 'site tag #site-two' });
  });

  it('puts a tunnel without health results where its namesakes are', () => {
    const tunnels = [at('arn1-tun-a', '44.1.1.1'), at('arn1-tun-b', '44.1.1.1')];
    const groups = groupsOf(tunnels, NOTHING_KNOWN, (key) => (key === tunnels[0]?.key ? 'Stockholm' : null));
    expect([...groups.values()].map(({ words }) => words)).toEqual(['site Stockholm', 'site Stockholm']);
  });

  it('counts GRE tunnels and interconnects of the same customer endpoint, stem or group', () => {
    const gre = [
      {
        kind: 'gre' as const,
        id: 'g1',
        name: 'gre-1',
        interfaceAddress: null,
        cloudflareEndpoint: null,
        customerEndpoint: '44.1.1.1',
        bgp: false,
      },
    ];
    const alone = at('x', '44.1.1.1');
    const group = groupsOf([alone], { ...NOTHING_KNOWN, gre }, NO_SITE).get(alone.key);
    expect(group).toMatchObject({ sign: 'customer-endpoint', neighbours: ['gre-1'], members: [alone.key] });
  });

  it('takes a stem that half the account bears for a habit, not for a group', () => {
    const many = Array.from({ length: 9 }, (_, i) => at(`branch-${i + 1}`, `44.1.2.${i}`));
    expect(new Set(Object.values(wordsOf(many)))).toEqual(new Set(['nothing in common with others']));
    expect(wordsOf(many.slice(0, 8))['branch-1']).toBe('name stem branch');
  });
});
