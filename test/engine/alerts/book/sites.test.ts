import { describe, expect, it } from 'vitest';
import type { TunnelKey } from '../../../../src/shared/model.ts';
import { testFault } from '../world.ts';
import { type Round, round } from './round.ts';

function pair(): { r: Round; a: TunnelKey; b: TunnelKey } {
  const r = round();
  const a = r.w.add({ name: 'ams1-a', site: 'ams1' });
  const b = r.w.add({ name: 'ams1-b', site: 'ams1' });
  r.answer(0);
  r.answer(30_000);
  return { r, a, b };
}

/** The tunnels are down for `answers` answers. */
function down(r: Round, keys: readonly TunnelKey[], answers = 2): void {
  for (const key of keys) r.w.set(key, { bgp: 'down' });
  for (let i = 0; i < answers; i++) r.answer(30_000);
}

function up(r: Round, keys: readonly TunnelKey[], answers: number): void {
  for (const key of keys) r.w.set(key, { bgp: 'up' });
  for (let i = 0; i < answers; i++) r.answer(30_000);
}

const severities = (r: Round, rule: string): readonly string[] =>
  r.changes.filter(({ alert }) => alert.rule === rule && alert.phase === 'firing').map(({ alert }) => alert.severity);

describe('half of a pair', () => {
  it('is a warning, and redundancy is lost in the same moment', () => {
    const { r, a } = pair();
    down(r, [a]);
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', severity: 'warning' });
    expect(r.open('redundancy-lost')).toMatchObject({
      phase: 'firing',
      severity: 'warning',
      subject: { kind: 'site', site: 'ams1' },
      facts: { tunnels: 2, live: 1, dead: 1, unknown: 0, lastLive: 'ams1-b' },
    });
    expect(r.open('site-isolated')).toBeUndefined();
    up(r, [a], 20);
    expect([...r.book.open()]).toEqual([]);
  });

  it('and then the other half: the site is isolated, both deaths are critical', () => {
    const { r, a, b } = pair();
    down(r, [a]);
    down(r, [b]);
    expect(r.open('site-isolated')).toMatchObject({
      phase: 'firing',
      severity: 'critical',
      facts: { dead: 2, live: 0 },
    });
    expect([...r.book.open()].filter(({ rule }) => rule === 'bgp-down').map(({ severity }) => severity)).toEqual([
      'critical',
      'critical',
    ]);
    expect(r.open('redundancy-lost')?.phase).toBe('firing');
  });

  it('and a hiccup of the other changes no severity and no site', () => {
    const { r, a, b } = pair();
    down(r, [a]);
    for (let i = 0; i < 3; i++) {
      down(r, [b], 1);
      up(r, [b], 3);
    }
    expect(severities(r, 'bgp-down')).toEqual(['warning']);
    expect(r.story('redundancy-lost')).toEqual(['pending', 'firing']);
    expect(r.story('site-isolated')).toEqual([]);
  });
});

describe('a whole site', () => {
  it('that dies at once is critical from the first word', () => {
    const { r, a, b } = pair();
    down(r, [a, b]);
    expect(new Set(severities(r, 'bgp-down'))).toEqual(new Set(['critical']));
    expect(r.story('site-isolated')).toEqual(['pending', 'firing']);
    expect(r.story('redundancy-lost')).toEqual([]);
  });

  it('gets milder when one half is surely back', () => {
    const { r, a, b } = pair();
    down(r, [a, b]);
    up(r, [a], 20);
    const rest = [...r.book.open()].filter(({ rule }) => rule === 'bgp-down');
    expect(rest).toHaveLength(1);
    expect(rest[0]).toMatchObject({ severity: 'warning', subject: { key: b } });
    expect(r.open('site-isolated')).toBeUndefined();
    expect(r.open('redundancy-lost')?.phase).toBe('firing');
  });

  it('with a tunnel of unknown state is neither isolated nor without redundancy', () => {
    const r = round();
    const a = r.w.add({ site: 's' });
    r.w.add({ site: 's', bgp: 'unconfigured', health: 'nodata' });
    r.answer(0);
    down(r, [a], 10);
    expect(r.open('bgp-down')?.severity).toBe('critical');
    expect(r.story('site-isolated')).toEqual([]);
    expect(r.story('redundancy-lost')).toEqual([]);
  });

  it('of a single tunnel has no rules of its own', () => {
    const r = round();
    const a = r.w.add({ site: 's' });
    r.answer(0);
    down(r, [a], 10);
    expect(r.story()).toEqual(['bgp-down pending', 'bgp-down firing']);
  });

  it('stands still while we are blind', () => {
    const { r, a, b } = pair();
    down(r, [a, b]);
    r.w.blind(testFault('offline'));
    for (let i = 0; i < 100; i++) r.tick(5_000);
    expect(r.open('site-isolated')).toMatchObject({ phase: 'firing', unseen: true });
    r.w.blind(null);
    up(r, [a, b], 1);
    expect(r.open('site-isolated')).toMatchObject({ phase: 'recovering', unseen: false });
    up(r, [], 20);
    expect([...r.book.open()]).toEqual([]);
  });

  it('whose tunnels move to another site ends its alerts', () => {
    const { r, a, b } = pair();
    down(r, [a, b]);
    r.w.set(a, { site: 'rtm1' });
    r.w.set(b, { site: 'rtm1' });
    r.answer(30_000);
    const sites = [...r.book.open()].filter(({ rule }) => rule === 'site-isolated');
    expect(sites).toHaveLength(1);
    expect(sites[0]?.subject).toMatchObject({ site: 'rtm1' });
  });

  it('counts a death whose own rule is switched off', () => {
    const r = round({ config: { rules: [{ matchers: [], settings: { 'bgp-down': { enabled: false } } }] } });
    const a = r.w.add({ site: 's' });
    r.w.add({ site: 's', name: 'other' });
    r.answer(0);
    down(r, [a], 3);
    expect(r.story()).toEqual(['redundancy-lost pending', 'redundancy-lost firing']);
    expect([...r.book.open()]).toHaveLength(1);
  });
});

describe('a standby', () => {
  it('that dies is told, and never worse than a warning', () => {
    const r = round();
    const a = r.w.add({ idle: true });
    r.answer(0);
    down(r, [a]);
    expect(r.open('standby-down')).toMatchObject({ phase: 'firing', severity: 'warning', facts: { by: 'bgp-down' } });
    expect(r.open('bgp-down')?.severity).toBe('warning');
    up(r, [a], 20);
    expect([...r.book.open()]).toEqual([]);
  });

  it.each([false, null])('is not what carries traffic or may do so (idle: %s)', (idle) => {
    const r = round();
    const a = r.w.add({ idle });
    r.answer(0);
    down(r, [a]);
    expect(r.story('standby-down')).toEqual([]);
    expect(r.open('bgp-down')?.severity).toBe('critical');
  });
});
