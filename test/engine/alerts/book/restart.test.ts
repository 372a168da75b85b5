import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../../src/shared/alerts.ts';
import type { TunnelKey } from '../../../../src/shared/model.ts';
import { alertWorld, testAccount, testFault } from '../world.ts';
import { type Round, round } from './round.ts';

/** A process with a firing alert, and what it leaves behind. */
function earlier(): { r: Round; key: TunnelKey; saved: readonly Alert[] } {
  const r = round();
  const key = r.w.add({ name: 'ams1-a', bgp: 'down' });
  r.answer(0);
  r.answer(30_000);
  const saved = JSON.parse(JSON.stringify([...r.book.open()])) as Alert[];
  expect(saved.map(({ phase }) => phase)).toEqual(['firing']);
  return { r, key, saved };
}

/** The next process over the same world: it has heard nothing yet. */
function later(r: Round, key: TunnelKey, restored: readonly Alert[]): Round {
  const next = round({ w: r.w, restored });
  r.w.set(key, {});
  return next;
}

describe('a restart while an alert fires', () => {
  it('goes on: unseen until the first look, then firing as before, without a second firing', () => {
    const { r, key, saved } = earlier();
    const next = later(r, key, saved);
    next.answer(60_000);
    next.answer(30_000);
    expect(next.open('bgp-down')).toMatchObject({ id: saved[0]?.id, phase: 'firing', firedAt: saved[0]?.firedAt });
    expect(next.story()).toEqual([]);
  });

  it('stands still while nothing was heard', () => {
    const { r, saved } = earlier();
    const quiet = alertWorld();
    quiet.blind(testFault('offline'));
    const next = round({ w: quiet, restored: saved });
    for (let i = 0; i < 20; i++) next.tick(5_000);
    expect(next.open('bgp-down')).toMatchObject({ phase: 'firing', unseen: true });
    expect(r.open('bgp-down')?.phase).toBe('firing');
  });

  it('whose cause is gone recovers and resolves', () => {
    const { r, key, saved } = earlier();
    const next = later(r, key, saved);
    r.w.set(key, { bgp: 'up' });
    for (let i = 0; i < 12; i++) next.answer(30_000);
    expect(next.story()).toEqual(['bgp-down recovering', 'bgp-down resolved']);
  });

  it('ends alerts about tunnels that are gone', () => {
    const { r, key, saved } = earlier();
    r.w.remove(key);
    r.w.observed();
    const next = round({ w: r.w, restored: saved });
    for (let i = 0; i < 5; i++) next.answer(30_000);
    expect(next.story('bgp-down')).toEqual(['resolved']);
  });

  it('ends alerts about accounts that are watched no more', () => {
    const { saved } = earlier();
    const foreign = saved.map(
      (alert): Alert => ({
        ...alert,
        subject: { kind: 'account', accountId: testAccount(7), account: 'Gone' },
        rule: 'blind',
      }),
    );
    const next = round({ restored: foreign });
    next.tick(0);
    expect(next.story()).toEqual(['blind resolved']);
  });

  it('fires nothing new at its first look, and does at its second', () => {
    const r = round();
    const keys = Array.from({ length: 10 }, () => r.w.add({ bgp: 'down', psk: 'missing' }));
    r.answer(0);
    expect(r.story().filter((line) => line.endsWith('firing'))).toEqual([]);
    r.answer(30_000);
    expect(r.story('bgp-down').filter((phase) => phase === 'firing')).toHaveLength(keys.length);
  });

  it('keeps what it knows of flapping', () => {
    const { r, key, saved } = earlier();
    const flapping: Alert[] = saved.map((alert) => ({
      ...alert,
      id: 'bgp-flapping@x',
      rule: 'bgp-flapping',
      facts: { changes: 9, windowMs: 3_600_000 },
    }));
    const next = later(r, key, flapping);
    r.w.set(key, { bgp: 'up' });
    for (let i = 0; i < 40; i++) next.answer(30_000);
    expect(next.open('bgp-flapping')?.phase).toBe('firing');
    for (let i = 0; i < 120; i++) next.answer(30_000);
    expect(next.open('bgp-flapping')).toBeUndefined();
  });

  it('does not take a restored alert about ourselves for ended before it has heard anything', () => {
    const r = round();
    r.w.blind(testFault('offline'));
    for (let i = 0; i < 70; i++) r.tick(5_000);
    const saved = [...r.book.open()];
    expect(saved.map(({ rule, phase }) => `${rule} ${phase}`)).toEqual(['blind firing']);
    const w = alertWorld();
    const accounts = w.world.accounts;
    let starting = true;
    Object.assign(w.world, {
      accounts: () =>
        accounts().map((status) =>
          starting ? { ...status, phase: 'starting' as const, listAgeMs: null, healthAgeMs: null } : status,
        ),
    });
    const next = round({ w, restored: saved });
    next.tick(0);
    expect(next.open('blind')?.phase).toBe('firing');
    starting = false;
    for (let i = 0; i < 4; i++) next.answer(20_000);
    expect(next.open('blind')).toBeUndefined();
  });
});
