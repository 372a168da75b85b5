import { describe, expect, it } from 'vitest';
import { testFault } from '../world.ts';
import { round } from './round.ts';

const HOUR = 3_600_000;

describe('sleep', () => {
  it.each([
    ['a monotonic clock that stands', false],
    ['a monotonic clock that counts it', true],
  ])('fires nothing at the first look after it: %s', (_name, counts) => {
    const r = round();
    const key = r.w.add({ bgp: 'down' });
    r.answer(0);
    expect(r.open('bgp-down')?.phase).toBe('pending');
    if (counts) r.w.pass(8 * HOUR);
    else r.w.jump(8 * HOUR);
    r.w.set(key, {});
    r.answer(20_000);
    expect(r.open('bgp-down')?.phase).toBe('pending');
    r.answer(30_000);
    expect(r.open('bgp-down')?.phase).toBe('firing');
  });

  it('does not turn a moment of blindness into an alert', () => {
    const r = round();
    r.w.add({});
    r.answer(0);
    r.w.blind(testFault('offline'));
    r.tick(5_000);
    r.w.pass(8 * HOUR);
    r.tick(0);
    for (let i = 0; i < 6; i++) r.tick(5_000);
    r.answer(5_000);
    expect(r.story('blind')).toEqual(['pending', 'resolved']);
  });

  it('does not count as time in which a tunnel was well again', () => {
    const r = round();
    const key = r.w.add({ bgp: 'down' });
    r.answer(0);
    r.answer(30_000);
    r.w.set(key, { bgp: 'up' });
    r.answer(30_000);
    r.w.pass(8 * HOUR);
    r.answer(0);
    expect(r.open('bgp-down')?.phase).toBe('recovering');
    for (let i = 0; i < 10; i++) r.answer(30_000);
    expect(r.open('bgp-down')).toBeUndefined();
  });
});

describe('a wall clock that jumps', () => {
  it.each([-365 * 24 * HOUR, -HOUR, HOUR, 365 * 24 * HOUR])('by %d ms raises nothing and ends nothing', (by) => {
    const r = round();
    const ill = r.w.add({ bgp: 'down', psk: 'stale', site: 's' });
    r.w.add({ site: 's' });
    r.w.event('config-changed', ill, { fields: 'name' });
    r.answer(0);
    for (let i = 0; i < 5; i++) r.answer(30_000);
    const before = [...r.book.open()].map(({ rule, phase }) => `${rule} ${phase}`);
    expect(before).toContain('bgp-down firing');
    const told = r.changes.length;
    r.w.jump(by);
    for (let i = 0; i < 5; i++) r.answer(30_000);
    expect([...r.book.open()].map(({ rule, phase }) => `${rule} ${phase}`)).toEqual(before);
    expect(r.changes.slice(told).filter(({ alert, was }) => alert.phase !== was)).toEqual([]);
  });

  it('costs a pending alert a round and no more', () => {
    const r = round();
    r.w.add({ bgp: 'down' });
    r.answer(0);
    r.w.jump(HOUR);
    r.answer(30_000);
    expect(r.open('bgp-down')?.phase).toBe('pending');
    r.answer(30_000);
    expect(r.open('bgp-down')?.phase).toBe('firing');
  });
});
