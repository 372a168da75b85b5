import { describe, expect, it } from 'vitest';
import { testFault } from '../world.ts';
import { round } from './round.ts';

describe('a BGP session that goes down', () => {
  it('fires with the second read, recovers, resolves', () => {
    const r = round();
    const key = r.w.add({ name: 'ams1-a' });
    r.look();
    r.answer(30_000);
    r.w.set(key, { bgp: 'down' });
    const since = r.w.moment().now;
    r.answer(0);
    expect(r.story()).toEqual(['bgp-down pending']);
    r.answer(10_000);
    expect(r.open('bgp-down')?.phase).toBe('pending');
    r.answer(20_000);
    expect(r.open('bgp-down')).toMatchObject({
      phase: 'firing',
      severity: 'critical',
      since,
      exact: true,
      returns: 0,
      unseen: false,
      subject: { kind: 'tunnel', name: 'ams1-a', key },
      facts: { tcpEstablished: false, bgpState: 'Idle', health: 'healthy', since },
    });
    r.w.set(key, { bgp: 'up' });
    for (let i = 0; i < 10; i++) {
      r.answer(30_000);
      expect(r.open('bgp-down')?.phase).toBe('recovering');
    }
    r.answer(30_000);
    expect(r.open('bgp-down')).toBeUndefined();
    expect(r.story('bgp-down')).toEqual(['pending', 'firing', 'recovering', 'resolved']);
  });

  it('is nothing when the next read says up', () => {
    const r = round();
    const key = r.w.add({ bgp: 'down' });
    r.look();
    r.w.set(key, { bgp: 'up' });
    r.answer(30_000);
    expect(r.story('bgp-down')).toEqual(['pending', 'resolved']);
    expect(r.changes.at(-1)?.alert.firedAt).toBeNull();
  });

  it('does not fire by time alone', () => {
    const r = round();
    r.w.add({ bgp: 'down' });
    r.look();
    for (let i = 0; i < 10; i++) r.tick(5_000);
    expect(r.open('bgp-down')?.phase).toBe('pending');
  });
});

describe('health that goes down', () => {
  it('fires when it lasts longer than a rekey', () => {
    const r = round();
    const key = r.w.add({ bgp: 'unconfigured' });
    r.look();
    r.w.set(key, { health: 'down' });
    for (let i = 0; i < 4; i++) r.answer(60_000);
    expect(r.open('health-down')?.phase).toBe('pending');
    r.answer(60_000);
    expect(r.open('health-down')).toMatchObject({
      phase: 'firing',
      facts: { healthyColos: 0, colos: 10, worst: 'Frankfurt' },
    });
  });
});

describe('blindness', () => {
  it('freezes tunnel alerts and raises its own', () => {
    const r = round();
    const key = r.w.add({ bgp: 'down' });
    r.answer(0);
    r.answer(30_000);
    expect(r.open('bgp-down')?.phase).toBe('firing');
    r.w.blind(testFault('offline'));
    r.tick(5_000);
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', unseen: true });
    expect(r.open('blind')?.phase).toBe('pending');
    for (let i = 0; i < 60; i++) r.tick(5_000);
    expect(r.open('blind')).toMatchObject({
      phase: 'firing',
      severity: 'critical',
      facts: { kind: 'offline', tunnels: 1 },
    });
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', unseen: true });
    for (let i = 0; i < 4; i++) r.answer(20_000);
    expect(r.open('blind')).toBeUndefined();
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', unseen: false, subject: { key } });
    expect(r.story('bgp-down')).toEqual(['pending', 'firing']);
  });

  it('loses nothing: what changed while the list was lost is judged once it is back, though nothing touches it then', () => {
    const r = round();
    const ill = r.w.add({ name: 'ill', site: 's', bgp: 'unconfigured' });
    r.w.add({ name: 'well', site: 's', bgp: 'unconfigured' });
    r.answer(0);
    r.w.blind(testFault('server-error'));
    r.tick(5_000);
    r.w.set(ill, { health: 'down' });
    r.health(60_000);
    expect(r.open('health-down')).toBeUndefined();
    for (let i = 0; i < 6; i++) r.answer(60_000);
    expect(r.open('health-down')).toMatchObject({ phase: 'firing', severity: 'warning' });
    expect(r.open('redundancy-lost')?.phase).toBe('firing');
  });
});
