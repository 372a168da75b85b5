import { describe, expect, it } from 'vitest';
import { tunnelOf } from '../../../../src/shared/model.ts';
import { testFault } from '../world.ts';
import { type Round, round } from './round.ts';

const HOUR = 3_600_000;

function quiet(r: Round, ms: number): void {
  for (let t = 0; t < ms; t += 300_000) r.answer(Math.min(300_000, ms - t));
}

describe('a tunnel that disappears', () => {
  it('is told a minute after the event, with all that was known of it, and ends its other alerts', () => {
    const r = round();
    const key = r.w.add({ name: 'ams1-a', site: 'ams1', tags: ['gold'], bgp: 'down' });
    r.answer(0);
    r.answer(30_000);
    expect(r.open('bgp-down')?.phase).toBe('firing');
    r.w.remove(key);
    r.w.event('tunnel-disappeared', key, { name: 'ams1-a' });
    r.answer(30_000);
    expect(r.open('tunnel-disappeared')?.phase).toBe('pending');
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', unseen: true });
    r.answer(30_000);
    r.answer(30_000);
    expect(r.open('tunnel-disappeared')).toMatchObject({
      phase: 'firing',
      subject: { key, name: 'ams1-a', site: 'ams1', tags: ['gold'] },
      facts: { name: 'ams1-a' },
    });
    expect(r.open('bgp-down')).toBeUndefined();
  });

  it('ends when a tunnel of that name is back, under whatever id', () => {
    const r = round();
    const key = r.w.add({ name: 'ams1-a' });
    r.answer(0);
    r.w.remove(key);
    r.w.event('tunnel-disappeared', key, { name: 'ams1-a' });
    for (let i = 0; i < 5; i++) r.answer(30_000);
    expect(r.open('tunnel-disappeared')?.phase).toBe('firing');
    r.w.add({ name: 'ams1-b' });
    r.answer(30_000);
    expect(r.open('tunnel-disappeared')?.phase).toBe('firing');
    r.w.add({ name: 'ams1-a' });
    r.answer(30_000);
    expect(r.open('tunnel-disappeared')).toBeUndefined();
  });

  it('is over after a day', () => {
    const r = round();
    const key = r.w.add({ name: 'gone' });
    r.answer(0);
    r.w.remove(key);
    r.w.event('tunnel-disappeared', key, { name: 'gone' });
    quiet(r, 23 * HOUR);
    expect(r.open('tunnel-disappeared')?.phase).toBe('firing');
    quiet(r, HOUR + 300_000);
    expect(r.open('tunnel-disappeared')).toBeUndefined();
  });

  it('and comes back at once says nothing, and its outage goes on as if nothing had been', () => {
    const r = round();
    const keys = [r.w.add({ bgp: 'down' }), r.w.add({ bgp: 'down' })];
    r.answer(0);
    r.answer(30_000);
    const rows = keys.map((key) => r.w.world.tunnel(key));
    const before = r.changes.length;
    for (const key of keys) {
      r.w.remove(key);
      r.w.event('tunnel-disappeared', key, {});
    }
    r.answer(30_000);
    const tunnel = r.w.world.tunnel;
    Object.assign(r.w.world, { tunnel: (key: (typeof keys)[number]) => rows[keys.indexOf(key)] ?? null });
    r.list(30_000);
    Object.assign(r.w.world, { tunnel });
    const after = r.changes.slice(before).filter(({ alert, was }) => alert.phase !== was && alert.rule === 'bgp-down');
    expect(after).toEqual([]);
    expect(r.story('tunnel-disappeared').filter((phase) => phase === 'firing')).toEqual([]);
  });

  it('without an event, found missing, is told as well', () => {
    const r = round();
    const key = r.w.add({ name: 'ams1-a' });
    r.answer(0);
    r.w.remove(key);
    for (let i = 0; i < 4; i++) r.answer(30_000);
    expect(r.open('tunnel-disappeared')).toMatchObject({ phase: 'firing', facts: { name: 'ams1-a' } });
  });

  it('unknown to this process is told by its name', () => {
    const r = round();
    const key = r.w.add({});
    r.w.remove(key);
    r.w.observed();
    r.w.event('tunnel-disappeared', key, { name: 'ams1-a' });
    for (let i = 0; i < 4; i++) r.answer(30_000);
    expect(r.open('tunnel-disappeared')?.subject).toMatchObject({ name: 'ams1-a', account: 'Account 0', site: null });
  });
});

describe('a tunnel that is recreated', () => {
  it('is told with both ids for an hour, and its forerunner ends without a word of its own', () => {
    const r = round();
    const old = r.w.add({ name: 'ams1-a', bgp: 'down' });
    r.answer(0);
    r.answer(30_000);
    r.w.remove(old);
    const key = r.w.add({ name: 'ams1-a' });
    const detail = { name: 'ams1-a', oldId: tunnelOf(old), newId: tunnelOf(key) };
    r.w.event('tunnel-recreated', key, detail);
    r.answer(30_000);
    expect(r.open('tunnel-recreated')).toMatchObject({
      phase: 'firing',
      severity: 'warning',
      facts: detail,
      subject: { key },
    });
    expect(r.open('bgp-down')).toBeUndefined();
    quiet(r, 50 * 60_000);
    expect(r.open('tunnel-recreated')?.phase).toBe('firing');
    expect(r.story('tunnel-disappeared')).toEqual([]);
    quiet(r, 10 * 60_000);
    expect(r.open('tunnel-recreated')).toBeUndefined();
  });
});

describe('a configuration that changes', () => {
  it('is told for 15 minutes, and a second change goes on from there', () => {
    const r = round();
    const key = r.w.add();
    r.answer(0);
    r.w.event('config-changed', key, { fields: 'replayProtection', replayProtection: 'false -> true' });
    r.look();
    expect(r.open('configuration-changed')).toMatchObject({
      phase: 'firing',
      severity: 'info',
      facts: { fields: 'replayProtection', replayProtection: 'false -> true' },
    });
    quiet(r, 10 * 60_000);
    r.w.event('config-changed', key, { fields: 'description' });
    r.look();
    expect(r.open('configuration-changed')?.facts).toEqual({ fields: 'description' });
    quiet(r, 10 * 60_000);
    expect(r.open('configuration-changed')?.phase).toBe('firing');
    quiet(r, 5 * 60_000);
    expect(r.story('configuration-changed')).toEqual(['pending', 'firing', 'resolved']);
  });
});

describe('a tunnel renamed during an outage', () => {
  it('keeps its alert under its new name', () => {
    const r = round();
    const key = r.w.add({ name: 'ams1-a', bgp: 'down' });
    r.answer(0);
    r.answer(30_000);
    const id = r.open('bgp-down')?.id;
    r.w.set(key, { name: 'amsterdam-1' });
    r.w.event('tunnel-renamed', key, { from: 'ams1-a', to: 'amsterdam-1' });
    const changes = r.answer(30_000);
    expect(r.open('bgp-down')).toMatchObject({ id, phase: 'firing', subject: { name: 'amsterdam-1' } });
    expect(changes).toHaveLength(1);
    expect(changes[0]?.was).toBe('firing');
    expect(r.story()).toEqual(['bgp-down pending', 'bgp-down firing']);
  });
});

describe('events while we are blind', () => {
  it('stand still and end once we see again', () => {
    const r = round();
    const key = r.w.add();
    r.answer(0);
    r.w.event('config-changed', key, { fields: 'name' });
    r.look();
    r.w.blind(testFault('dns'));
    for (let i = 0; i < 400; i++) r.tick(5_000);
    expect(r.open('configuration-changed')).toMatchObject({ phase: 'firing', unseen: true });
    r.answer(5_000);
    expect(r.open('configuration-changed')).toBeUndefined();
  });
});
