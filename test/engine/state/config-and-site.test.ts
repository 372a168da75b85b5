import { describe, expect, it } from 'vitest';
import { configChange, configSnapshot, flatConfig } from '../../../src/engine/state/config-snapshot.ts';
import { nameStem, siteOf, sitesByStem } from '../../../src/engine/state/site.ts';
import { bgpStatus, T0, tunnel } from '../../fixtures/tunnels.ts';

describe('a configuration snapshot', () => {
  it('ignores live fields', () => {
    const a = tunnel('a');
    const live = { ...a, bgpStatus: bgpStatus('down'), pskGeneratedAt: T0, modifiedAt: T0 };
    expect(configSnapshot(live, T0).hash).toBe(configSnapshot(a, T0).hash);
  });

  it('names each field that a person changed, old and new', () => {
    const a = tunnel('a');
    const b = tunnel('a', { replayProtection: true, healthCheck: null });
    expect(configChange(flatConfig(a), flatConfig(b), T0)).toEqual({
      fields: 'replayProtection, healthCheck.enabled, healthCheck.rate, healthCheck.type, healthCheck.direction',
      modifiedAt: T0,
      replayProtection: 'false -> true',
      'healthCheck.enabled': 'true -> not set',
      'healthCheck.rate': 'mid -> not set',
      'healthCheck.type': 'request -> not set',
      'healthCheck.direction': 'bidirectional -> not set',
    });
  });
});

describe('the site of a tunnel', () => {
  it.each([
    ['ams1-tun-a', 'ams1'],
    ['ams1-tun-b', 'ams1'],
    ['FRA_DC_01', 'FRA_DC'],
    ['london-primary', 'london'],
    ['london-backup', 'london'],
    ['nyc2', 'nyc'],
    ['osaka', null],
    ['domain', null],
    ['hq', null],
    ['a', null],
  ])('%s belongs to %s', (name, stem) => {
    expect(nameStem(name)).toBe(stem);
  });

  it('believes Cloudflare before the name, and says which it was', () => {
    expect(siteOf('ams1-tun-a', 'Amsterdam')).toEqual({ name: 'Amsterdam', source: 'cloudflare' });
    expect(siteOf('ams1-tun-a', '')).toEqual({ name: 'ams1', source: 'name' });
    expect(siteOf('hq', null)).toBeNull();
  });

  it('takes a silent tunnel to be where its namesakes are, unless they are scattered', () => {
    const sites = sitesByStem([
      { name: 'ams1-tun-a', reported: 'Amsterdam' },
      { name: 'ams1-tun-b', reported: null },
      { name: 'fra-a', reported: 'Frankfurt' },
      { name: 'fra-b', reported: 'Offenbach' },
    ]);
    expect([...sites]).toEqual([['ams1', 'Amsterdam']]);
    expect(siteOf('ams1-tun-b', null, 'Amsterdam')).toEqual({ name: 'Amsterdam', source: 'name' });
  });
});
