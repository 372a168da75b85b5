import { describe, expect, it } from 'vitest';
import {
  eventCode,
  eventWord,
  laneCode,
  laneWord,
  sourceOf,
  valueCode,
  valueWord,
} from '../../../src/engine/history/codes.ts';
import { EVENT_KINDS, LANES } from '../../../src/shared/model.ts';

describe('codes', () => {
  it('stand for every lane and every kind of event, and back', () => {
    for (const lane of LANES) expect(laneWord(laneCode(lane))).toBe(lane);
    for (const kind of EVENT_KINDS) expect(eventWord(eventCode(kind))).toBe(kind);
    expect(new Set(EVENT_KINDS.map(eventCode)).size).toBe(EVENT_KINDS.length);
  });

  it('never change: files of older versions hold them', () => {
    expect(LANES.map(laneCode)).toEqual([0, 1, 2, 3]);
    expect(valueCode('bgp', null)).toBe(0);
    for (const lane of LANES) expect(valueCode(lane, 'unobserved')).toBe(1);
    const words = (lane: (typeof LANES)[number]): unknown[] => [2, 3, 4, 5, 6, 7].map((code) => valueWord(lane, code));
    expect(words('bgp')).toEqual(['up', 'establishing', 'down', 'unconfigured', 'unreported', 'unknown']);
    expect(words('health')).toEqual(['healthy', 'degraded', 'down', 'disabled', 'nodata', 'unobserved']);
    expect(words('psk')).toEqual(['fresh', 'aging', 'due', 'stale', 'missing', 'unobserved']);
    expect(words('config')).toEqual(['ok', 'info', 'warning', 'error', 'unobserved', 'unobserved']);
    expect([eventCode('tunnel-appeared'), eventCode('gap'), eventCode('store-recovered')]).toEqual([0, 13, 18]);
  });

  it('name the word that was forgotten', () => {
    expect(() => valueCode('bgp', 'healthy')).toThrow('bgp healthy');
  });

  it('know the source of each lane', () => {
    expect(LANES.map(sourceOf)).toEqual(['list', 'health', 'list', 'list']);
  });
});
