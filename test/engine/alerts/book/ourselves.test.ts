import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../../src/shared/model.ts';
import { alertWorld, testAccount, testFault } from '../world.ts';
import { type Round, round } from './round.ts';

const MINUTE = 60_000;

function ticks(r: Round, ms: number): void {
  for (let t = 0; t < ms; t += 5_000) r.tick(5_000);
}

const openRules = (r: Round): readonly string[] => [...r.book.open()].map(({ rule, phase }) => `${rule} ${phase}`);

describe('an account that cannot be read', () => {
  it.each([
    ['offline', 'blind', 5, 'critical'],
    ['dns', 'blind', 5, 'critical'],
    ['server-error', 'blind', 5, 'critical'],
    ['not-onboarded', 'blind', 5, 'critical'],
    ['bad-token', 'token-refused', 1, 'critical'],
    ['no-credential', 'token-refused', 1, 'critical'],
    ['missing-permission', 'permission-missing', 1, 'critical'],
    ['rate-limited', 'rate-limited', 5, 'warning'],
  ] as const)('for %s is told by %s after %d min as %s, and by nobody else', (kind, rule, minutes, severity) => {
    const r = round();
    r.w.add({});
    r.answer(0);
    r.w.blind(testFault(kind, { permission: kind === 'missing-permission' ? 'Magic WAN Read' : null }));
    ticks(r, minutes * MINUTE);
    expect(openRules(r)).toEqual([`${rule} pending`]);
    ticks(r, 5_000);
    expect(openRules(r)).toEqual([`${rule} firing`]);
    expect(r.open(rule)).toMatchObject({
      severity,
      subject: { kind: 'account', accountId: testAccount(0), account: 'Account 0' },
      facts: { what: 'list', kind, tunnels: 1, permission: kind === 'missing-permission' ? 'Magic WAN Read' : null },
    });
    // A network that is back for a moment is not back; a token that is taken is taken.
    for (let i = 0; i < 4; i++) r.answer(20_000);
    expect(openRules(r)).toEqual([]);
    const back = minutes === 5 ? [`${rule} recovering`] : [];
    expect(r.story()).toEqual([`${rule} pending`, `${rule} firing`, ...back, `${rule} resolved`]);
  });

  it('for a hiccup is nobody’s business', () => {
    const r = round();
    r.w.add({});
    for (let i = 0; i < 50; i++) {
      r.w.blind(testFault('timeout'));
      ticks(r, 4 * MINUTE);
      r.answer(5_000);
    }
    expect(r.story().filter((line) => line.endsWith('firing'))).toEqual([]);
  });

  it('by a network that comes and goes for a day is one alert after a few', () => {
    const r = round();
    r.w.add({});
    for (let i = 0; i < 140; i++) {
      r.w.blind(testFault('offline'));
      ticks(r, 7 * MINUTE);
      r.w.blind(null);
      for (let n = 0; n < 6; n++) r.answer(30_000);
    }
    const fired = r.changes.filter(({ alert, was }) => alert.phase === 'firing' && was === 'pending');
    expect(fired.length).toBeLessThanOrEqual(4);
  });

  it('lacks health results alone: a warning, and sessions are still watched', () => {
    const r = round();
    const key = r.w.add({ bgp: 'down', health: 'down' });
    r.look();
    r.w.healthBlind(testFault('missing-permission', { permission: 'Account Analytics Read' }));
    for (let i = 0; i < 12; i++) r.list(30_000);
    expect(r.open('permission-missing')).toMatchObject({
      phase: 'firing',
      severity: 'warning',
      facts: { what: 'health', permission: 'Account Analytics Read' },
    });
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', subject: { key } });
    expect(r.open('health-down')).toMatchObject({ phase: 'pending', unseen: true });
  });

  it('that is merely not asked for long is blind too', () => {
    const r = round();
    r.w.add({});
    r.answer(0);
    ticks(r, 10 * MINUTE);
    expect(r.open('blind')).toMatchObject({ phase: 'firing', facts: { kind: 'stale' } });
  });

  it('is one of two: the other is watched as ever', () => {
    const w = alertWorld({ accounts: 2 });
    const r = round({ w });
    const mine = w.add({ account: testAccount(0), bgp: 'down' });
    const theirs = w.add({ account: testAccount(1), bgp: 'down' });
    r.look();
    w.blind(testFault('bad-token'), testAccount(1));
    w.pass(30_000);
    w.answers(testAccount(0));
    r.look();
    const phases = new Map(
      [...r.book.open()].map(({ subject, phase }) => [subject.kind === 'tunnel' ? subject.key : '', phase]),
    );
    expect(phases.get(mine)).toBe('firing');
    expect(phases.get(theirs)).toBe('pending');
  });

  it('goes from one kind of fault to another of the same rule without a new alert', () => {
    const r = round();
    r.w.add({});
    r.answer(0);
    const kinds: FaultKind[] = ['offline', 'dns', 'timeout', 'server-error', 'tls'];
    for (let i = 0; i < 30; i++) {
      r.w.blind(testFault(kinds[i % kinds.length] ?? 'offline'));
      ticks(r, MINUTE);
    }
    expect(r.story()).toEqual(['blind pending', 'blind firing']);
  });
});

describe('the store', () => {
  it('that fails is told after a minute, and its mending once it lasts', () => {
    const r = round();
    r.look();
    r.w.store({ mode: 'memory', problem: 'The disk is full.' });
    ticks(r, MINUTE + 5_000);
    expect(r.open('store-failing')).toMatchObject({
      phase: 'firing',
      severity: 'warning',
      subject: { kind: 'app' },
      facts: { problem: 'The disk is full.', mode: 'memory', path: '/data/history.db' },
    });
    r.w.store({ mode: 'disk', problem: null });
    ticks(r, 5_000);
    expect(r.open('store-failing')?.phase).toBe('recovering');
    ticks(r, MINUTE);
    expect(r.open('store-failing')).toBeUndefined();
  });

  it('that somebody keeps in memory on purpose is none', () => {
    const r = round();
    r.w.store({ mode: 'memory', path: null });
    ticks(r, 5 * MINUTE);
    expect(r.story('store-failing')).toEqual([]);
  });
});

describe('due', () => {
  it('asks for a tick every few seconds once the world is known', () => {
    const r = round();
    expect(r.book.due()).toBeNull();
    r.look();
    expect(r.book.due()).toBe(r.w.moment().mono + 5_000);
  });
});
