import { describe, expect, it } from 'vitest';
import { freshness, standing, standingRank } from '../../src/renderer/state/standing.ts';
import type { BoardRow } from '../../src/shared/model.ts';
import { ACME, account, rowAt, SHAPES } from './harness/board.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 16);
const FRESH = { list: true, health: true };
const row = (bgp: string, health: string, part: Partial<BoardRow> = {}): BoardRow => {
  const shape = SHAPES.find((candidate) => candidate.bgp === bgp && candidate.health === health);
  const base = rowAt(0, NOW, {
    ...(shape ?? SHAPES[0]),
    bgp,
    health,
    psk: 'fresh',
    sinceMs: 60_000,
  } as (typeof SHAPES)[0]);
  return { ...base, severity: 'ok', ...part };
};

describe('freshness', () => {
  it('ends when the age at the host and the time since reach the limit', () => {
    const seeing = account(ACME, 'Acme', 1, { listAgeMs: 10_000, healthAgeMs: 100_000 });
    expect(freshness(seeing, 79_999, false)).toEqual({ list: true, health: true });
    expect(freshness(seeing, 80_000, false)).toEqual({ list: false, health: false });
  });
  it('never starts without an answer, and ends with the host', () => {
    expect(freshness(account(ACME, 'Acme', 1, { listAgeMs: null, healthAgeMs: null }), 0, false)).toEqual({
      list: false,
      health: false,
    });
    expect(freshness(account(ACME, 'Acme', 1), 0, true)).toEqual({ list: false, health: false });
  });
});

describe('standing', () => {
  it('is the worst of what BGP and health say', () => {
    expect(standing(row('up', 'healthy'), FRESH)).toEqual({ kind: 'up', stale: false });
    expect(standing(row('up', 'degraded'), FRESH)).toEqual({ kind: 'degraded', stale: false });
    expect(standing(row('down', 'healthy'), FRESH)).toEqual({ kind: 'down', stale: false });
    expect(standing(row('establishing', 'healthy'), FRESH)).toEqual({ kind: 'degraded', stale: false });
  });
  it('does not call a tunnel up on nothing, nor down for want of BGP', () => {
    expect(standing(row('unconfigured', 'nodata'), FRESH)).toEqual({ kind: 'unknown', stale: false });
    expect(standing(row('unreported', 'disabled'), FRESH).kind).toBe('unknown');
    expect(standing(row('unconfigured', 'healthy'), FRESH)).toEqual({ kind: 'up', stale: false });
  });
  it('asks for attention when only the PSK or the configuration is bad', () => {
    expect(standing(row('up', 'healthy', { severity: 'critical' }), FRESH)).toEqual({
      kind: 'attention',
      stale: false,
    });
    expect(standing(row('up', 'healthy', { severity: 'info' }), FRESH).kind).toBe('up');
  });
  it('calls nothing up on an old list, whatever it said', () => {
    for (const shape of SHAPES) {
      expect(standing(rowAt(3, NOW, shape), { list: false, health: true }).stale).toBe(true);
      expect(standing(rowAt(3, NOW, shape), { list: false, health: false }).stale).toBe(true);
    }
  });
  it('lives on BGP alone while health is old, and keeps old trouble in sight', () => {
    const healthOld = { list: true, health: false };
    expect(standing(row('up', 'healthy'), healthOld)).toEqual({ kind: 'up', stale: false });
    expect(standing(row('unconfigured', 'healthy'), healthOld)).toEqual({ kind: 'up', stale: true });
    expect(standing(row('up', 'down'), healthOld)).toEqual({ kind: 'down', stale: true });
    expect(standing(row('down', 'healthy'), healthOld)).toEqual({ kind: 'down', stale: false });
  });
  it('shows an unreadable tunnel as it was', () => {
    expect(standing(row('up', 'healthy', { unreadable: 'x' }), FRESH)).toEqual({ kind: 'up', stale: true });
  });
  it('ranks certain before old, and old "up" with what we do not know', () => {
    const order = [
      { kind: 'down', stale: false },
      { kind: 'down', stale: true },
      { kind: 'degraded', stale: false },
      { kind: 'unknown', stale: false },
      { kind: 'up', stale: true },
      { kind: 'attention', stale: false },
      { kind: 'up', stale: false },
    ] as const;
    const ranks = order.map(standingRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(order.length);
  });
});
