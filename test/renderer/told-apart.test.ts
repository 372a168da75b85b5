import { describe, expect, it } from 'vitest';
import { recordBegins } from '../../src/renderer/charts/tracks.ts';
import { stripShape } from '../../src/renderer/components/strip-shape.ts';
import type { AccountView } from '../../src/renderer/state/board.svelte.ts';
import { entriesOf } from '../../src/renderer/state/entries.ts';
import { countDown, tabIcon } from '../../src/renderer/state/tab-title.ts';
import { troubles } from '../../src/renderer/views/shell/trouble.ts';
import * as words from '../../src/renderer/words/index.ts';
import type { AccountId, AccountStatus, Fault, LaneState } from '../../src/shared/model.ts';
import { account, boardOf } from './harness/board.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function fault(sentence: string): Fault {
  return { kind: 'offline', sentence, status: null, code: null, retryAfterMs: null, permission: null, cfRay: null };
}
function view(name: string, part: Partial<AccountStatus> = {}, list = true): AccountView {
  const status = account(name as AccountId, name, 3, part);
  return { status, listAgeMs: status.listAgeMs, healthAgeMs: status.healthAgeMs, fresh: { list, health: true } };
}

describe('what limits our sight', () => {
  it('is told once for a cause that accounts share, from its first moment on', () => {
    const blind = (since: number) => ({ phase: 'blind', blind: { since, fault: fault('No network.') } }) as const;
    const told = troubles(
      [view('A', blind(NOW - 5 * MINUTE)), view('B'), view('C', blind(NOW - 9 * MINUTE)), view('D', blind(NOW))],
      NOW,
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.accounts).toEqual(['A', 'C', 'D']);
    expect(told[0]?.text).toMatch(/^A, C and D: blind since .*\(9 min\): No network\.$/);
  });

  it('keeps causes apart, and takes the worst of an account', () => {
    const health = { since: NOW, fault: fault('No permission.') };
    const blind = { since: NOW, fault: fault('No token.') };
    const told = troubles(
      [view('A', { healthBlind: health }), view('B', { phase: 'blind', blind, healthBlind: health })],
      NOW,
    );
    expect(told.map(({ text }) => text.replace(/since .*?\(0 s\)/, 'since …'))).toEqual([
      'A: no health results since …: No permission.',
      'B: blind since …: No token.',
    ]);
  });

  it('says why answers are old where somebody knows', () => {
    const failing = { since: NOW, fault: fault('No answer within 20 s.') };
    expect(troubles([view('A', { listAgeMs: 40_000, failing }, false)], NOW)[0]?.text).toBe(
      'A: the last answer is 40 s old. No answer within 20 s. What you see is the last known state.',
    );
    expect(troubles([view('A', { listAgeMs: 40_000 }, false)], NOW)[0]?.text).toBe(
      'A: the last answer is 40 s old. What you see is the last known state.',
    );
    expect(troubles([view('A')], NOW)).toEqual([]);
  });
});

describe('the tab', () => {
  it('counts what is down now, not what was', () => {
    const rows = new Map(boardOf(60, NOW).rows.map((row) => [row.key, row]));
    const all = (list: boolean) =>
      new Map([...rows.values()].map((row) => [row.accountId, { list, health: list }] as const));
    const down = (fresh: ReturnType<typeof all>): number =>
      countDown(entriesOf(rows, [...rows.keys()], fresh, new Map()));
    expect(down(all(true))).toBeGreaterThan(0);
    expect(down(all(false))).toBe(0);
    expect(down(new Map())).toBe(0);
  });

  it('says it in words and in shape', () => {
    expect(words.shell.tabTitle('seeing', 0, null)).toBe('Tunnelwatch');
    expect(words.shell.tabTitle('seeing', 2, 'lhr1-tun-b')).toBe('2 down · lhr1-tun-b · Tunnelwatch');
    expect(words.shell.tabTitle('blind', 1, null)).toBe('Blind, 1 down · Tunnelwatch');
    expect(words.shell.tabTitle('lost', 0, null)).toBe('No host · Tunnelwatch');
    expect(new Set((['up', 'down', 'unknown'] as const).map((mark) => tabIcon(mark))).size).toBe(3);
  });
});

describe('the beginning of a record', () => {
  it('is where the first interval begins, if in sight', () => {
    const intervals = [{ from: 500, to: null, value: 'up' }] as const;
    expect(recordBegins(intervals, { from: 0, to: 1_000 })).toBe(500);
    expect(recordBegins(intervals, { from: 600, to: 1_000 })).toBeNull();
    expect(recordBegins([], { from: 0, to: 1_000 })).toBeNull();
  });

  it('leaves a strip empty before it, and hatches what was missed after it', () => {
    const up = { value: 'up' } as const;
    const young = stripShape([{ from: NOW - 2 * HOUR, to: null, ...up }], 240, NOW, NOW);
    expect(young.paths.map(({ tone }) => tone)).toEqual(['good']);
    expect(young.lasted.gap).toBe(0);
    const missed = [
      { from: NOW - 5 * HOUR, to: NOW - 4 * HOUR, ...up },
      { from: NOW - HOUR, to: null, ...up },
    ];
    const gap = stripShape(missed, 240, NOW, NOW);
    expect(gap.paths.map(({ tone }) => tone)).toEqual(['gap', 'good']);
    expect(gap.lasted.gap).toBe(3 * HOUR);
  });
});

describe('a beginning that nobody saw', () => {
  const bgp = (value: LaneState<'bgp'>['value'], ago: number, exact = false): LaneState<'bgp'> => ({
    value,
    since: NOW - ago,
    exact,
  });

  it('reads as a bound, and an exact one as a fact', () => {
    expect(words.lane.bgp(bgp('down', 14 * MINUTE, true), NOW)).toMatch(/^BGP down since \S+ \(14 min\)$/);
    expect(words.lane.bgp(bgp('down', 14 * MINUTE), NOW)).toBe('BGP down for at least 14 min');
    expect(words.lane.bgp(bgp('down', 5_000), NOW)).toMatch(/^BGP down since \S+ or earlier$/);
    expect(words.lane.bgp(bgp('up', 7 * DAY), NOW)).toBe('BGP up for at least 7 d');
    expect(words.lane.bgp(bgp('up', 5_000), NOW)).toBe('BGP up');
    expect(words.lane.bgp(bgp('unobserved', 5_000), NOW)).toBe('BGP not observed yet');
    expect(words.lane.since(bgp('down', 7 * DAY), NOW)).toMatch(/^since 14 Nov \S+ or earlier \(at least 7 d\)$/);
  });

  it('stays one when the fact is old', () => {
    expect(words.lane.was('bgp', bgp('down', HOUR), 30_000, NOW)).toBe('BGP was down 30 s ago');
    expect(words.lane.was('bgp', bgp('unconfigured', HOUR), 30_000, NOW)).toBe('No BGP configured');
  });
});

describe('health in a row', () => {
  it('leaves out a share that would contradict the word', () => {
    const degraded = { value: 'degraded', since: NOW - 2 * MINUTE, exact: true } as const;
    const share = (healthy: number) => ({ healthy, colos: 6, worst: null });
    expect(words.lane.health(degraded, share(4), false, NOW)).toBe('Degraded for 2 min, 4 of 6 healthy');
    expect(words.lane.health(degraded, share(6), false, NOW)).toBe('Degraded for 2 min');
  });
});
