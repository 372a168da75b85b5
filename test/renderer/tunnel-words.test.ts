import { describe, expect, it } from 'vitest';
import { configItems } from '../../src/renderer/views/tunnel/config-list.ts';
import * as log from '../../src/renderer/words/en/events.ts';
import * as words from '../../src/renderer/words/en/tunnel.ts';
import { EVENT_KINDS, type HistoryEvent, LANES } from '../../src/shared/model.ts';
import { ACCOUNT, AVAILABILITY, DAY, events, HOUR, MINUTE, NOW, tunnel } from './tunnel-fixture.ts';

const { key } = tunnel();
const event = (kind: HistoryEvent['kind'], detail: HistoryEvent['detail'] = {}): HistoryEvent => ({
  seq: 1,
  at: NOW,
  kind,
  accountId: ACCOUNT,
  key,
  detail,
});

describe('events in words', () => {
  it('every kind has a sentence, even when its details are missing', () => {
    for (const kind of EVENT_KINDS) {
      const sentence = log.event(event(kind));
      expect(sentence.length).toBeGreaterThan(8);
      if (kind.includes('-')) expect(sentence).not.toContain(kind);
      expect(sentence).not.toMatch(/undefined|null|NaN|->/);
    }
  });

  it('a change of configuration names fields and values as a person would', () => {
    expect(events().map(log.event)).toEqual([
      'TCP to the BGP peer was lost (Active)',
      'Configuration changed: health-check type from reply to request',
      'The answer about this tunnel can be read again',
      'Configuration changed: replay protection from on to off; BGP MD5 key from not set to set',
      expect.stringMatching(/^A new PSK was generated; the one before was from \d+ Mar 2026$/),
      'Renamed from lyon-old to lyon-1',
      'Recreated under a new id (a1, before c9d1e2f3); the router’s IKE identity must follow',
    ]);
    expect(log.event(event('config-changed', { fields: 'a, b, description', description: 'x -> not set' }))).toBe(
      'Configuration changed: description from x to not set; 2 other fields',
    );
    expect(log.event(event('psk-changed', { from: null, to: NOW }))).toBe('A PSK was generated, the first on record');
    expect(log.event(event('psk-changed', { from: NOW, to: null }))).toBe('The PSK is no longer reported');
  });

  it('a change of a lane says from what to what', () => {
    const of = (from: 'up' | 'unobserved' | null, to: 'down' | 'up') =>
      log.change({ at: NOW, key, lane: 'bgp', from, to });
    expect(of('up', 'down')).toBe('BGP from up to down');
    expect(of('unobserved', 'up')).toBe('BGP seen: up');
    expect(of(null, 'up')).toBe('BGP seen: up');
    for (const lane of LANES)
      expect(log.change({ at: NOW, key, lane, from: null, to: 'unobserved' })).toMatch(/seen: /);
  });
});

describe('bars in words', () => {
  const bar = { from: 0, to: 1, value: 'down' as const, count: 1, began: NOW - HOUR, ended: NOW - 30 * MINUTE };

  it('tell the length, also of what still lasts, and of many at once', () => {
    expect(words.barWords('health', bar, NOW)).toMatchObject({
      title: 'Health: down',
      length: 'for 30 min',
      note: null,
    });
    expect(words.barWords('health', { ...bar, ended: null }, NOW).length).toBe('for 1 h so far');
    expect(words.barWords('health', { ...bar, count: 7 }, NOW)).toMatchObject({
      title: 'Health: 7 changes, worst down',
      length: 'within 30 min',
    });
    expect(words.barWords('bgp', { ...bar, value: 'unobserved' }, NOW).note).toMatch(/did not look/);
    expect(words.barLabel('health', { ...bar, count: 7 })).toBe('down · 7×');
  });
});

describe('availability in words', () => {
  it('prints time that nobody looked, and says so when nothing could be counted', () => {
    const [day, week] = AVAILABILITY;
    if (!day || !week) throw new Error('fixture');
    expect(words.availableShare(day)).toBe('93.12%');
    expect(words.unseen(day)).toBe('2 h');
    expect(words.unseen(week)).toBe('2 h, no result 12 h');
    expect(words.availableShare({ ...day, share: null })).toBe('nothing to count');
    expect(words.availableShare({ ...day, share: 0.999999 })).toBe('99.99%');
  });
});

describe('the configuration list', () => {
  const items = (values: Parameters<typeof tunnel>[0]) =>
    new Map(configItems(tunnel(values)).map((item) => [item.label, item]));

  it('never shows a key, says what is derived, and what was not reported', () => {
    const list = items({});
    expect(list.get('MD5 key')?.value).toBe('set');
    expect(list.get('Customer side')).toMatchObject({ value: '10.252.2.27', derived: true });
    expect(list.get('Null cipher')).toMatchObject({ value: 'not reported', absent: true });
    expect(list.get('Check direction')?.absent).toBe(true);
    expect(list.get('Check target')?.value).toBe('198.51.100.7 (chosen by Cloudflare)');
    expect(list.get('Replay protection')).toMatchObject({ value: 'off', absent: false });
  });

  it('holds for a tunnel of which hardly anything is known', () => {
    const list = items({
      bgp: null,
      healthCheck: null,
      customerEndpoint: null,
      interfaceAddress: 'odd',
      description: null,
      createdAt: null,
      modifiedAt: NOW - DAY,
    });
    expect(list.get('BGP')?.value).toBe('not configured');
    expect(list.get('Health checks')?.value).toBe('not reported');
    expect(list.has('Customer side')).toBe(false);
    expect(list.get('Created')?.value).toBe('not reported');
    for (const { value } of list.values()) expect(value).not.toMatch(/null|undefined|NaN/);
  });

  it('tells a target that is saved from one that is computed and one that is not reported', () => {
    const target = (one: { saved: string | null; effective: string | null } | null) =>
      items({ healthCheck: { enabled: true, rate: 'mid', type: 'request', direction: null, target: one } }).get(
        'Check target',
      )?.value;
    expect(target({ saved: '192.0.2.1', effective: '192.0.2.1' })).toBe('192.0.2.1');
    expect(target({ saved: '', effective: null })).toBe('chosen by Cloudflare');
    expect(target(null)).toBe('not reported');
  });
});
