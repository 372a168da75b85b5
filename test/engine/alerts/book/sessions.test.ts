import { describe, expect, it } from 'vitest';
import type { LaneValues, Millis } from '../../../../src/shared/model.ts';
import { type Round, round } from './round.ts';

type Bgp = LaneValues['bgp'];

/** Each value holds for one answer, `everyMs` apart. */
function run(r: Round, key: Parameters<Round['w']['set']>[0], values: readonly Bgp[], everyMs: Millis = 30_000): void {
  for (const bgp of values) {
    r.w.set(key, { bgp });
    r.list(everyMs);
    r.w.health();
  }
}

function watched(): { r: Round; key: Parameters<Round['w']['set']>[0] } {
  const r = round();
  const key = r.w.add({ name: 'ams1-a' });
  r.answer(0);
  r.answer(30_000);
  return { r, key };
}

const times = <T>(n: number, ...values: readonly T[]): T[] => Array.from({ length: n }, () => values).flat();

describe('a session that establishes', () => {
  it('is nothing when it is up within two hold times', () => {
    const { r, key } = watched();
    run(r, key, [...times<Bgp>(7, 'establishing'), 'up']);
    expect(r.story()).toEqual(['bgp-stuck-establishing pending', 'bgp-stuck-establishing resolved']);
  });

  it('is stuck after more than two hold times', () => {
    const { r, key } = watched();
    run(r, key, times<Bgp>(7, 'establishing'));
    expect(r.open('bgp-stuck-establishing')?.phase).toBe('pending');
    run(r, key, ['establishing']);
    expect(r.open('bgp-stuck-establishing')).toMatchObject({ phase: 'firing', facts: { bgpState: 'OpenSent' } });
  });

  it('of a restarting router tells at most that it is down, once', () => {
    const { r, key } = watched();
    run(r, key, ['down', 'establishing', 'up', 'up', 'up']);
    expect(r.story('bgp-down')).toEqual(['pending', 'resolved']);
    expect(r.story().some((line) => line.includes('firing'))).toBe(false);
  });
});

describe('a router that tries again and again', () => {
  it.each([
    ['down first', ['down', 'establishing'] as const],
    ['establishing first', ['establishing', 'down'] as const],
    ['long tries', ['down', 'establishing', 'establishing', 'establishing'] as const],
    ['mostly establishing', ['establishing', 'establishing', 'establishing', 'establishing', 'down'] as const],
  ])('fires one of the two rules once and stays: %s', (_name, cycle) => {
    const { r, key } = watched();
    run(r, key, times<Bgp>(60, ...cycle));
    const fired = r.story().filter((line) => line.endsWith(' firing'));
    expect(fired).toHaveLength(1);
    expect(['bgp-down firing', 'bgp-stuck-establishing firing']).toContain(fired[0]);
    const open = [...r.book.open()].filter(({ phase }) => phase === 'firing');
    expect(open).toHaveLength(1);
    run(r, key, times<Bgp>(200, 'up'));
    expect([...r.book.open()]).toEqual([]);
  });

  it('that goes down at last hands a stuck session over to no second alert', () => {
    const { r, key } = watched();
    run(r, key, times<Bgp>(10, 'establishing'));
    run(r, key, times<Bgp>(20, 'down'));
    expect(r.story()).toEqual(['bgp-stuck-establishing pending', 'bgp-stuck-establishing firing']);
  });

  it('that falls back while it recovers returns, not fires anew', () => {
    const { r, key } = watched();
    run(r, key, ['down', 'down', 'up', 'establishing', 'establishing', 'establishing']);
    expect(r.open('bgp-down')).toMatchObject({ phase: 'firing', returns: 1 });
    expect(r.story('bgp-down')).toEqual(['pending', 'firing', 'recovering', 'firing']);
    expect(r.story('bgp-stuck-establishing')).toEqual([]);
  });
});

describe('a session that flaps', () => {
  it('with every poll is one alert with a count', () => {
    const { r, key } = watched();
    run(r, key, times<Bgp>(240, 'down', 'up'));
    const fired = r.story().filter((line) => line.endsWith(' firing'));
    expect(fired).toEqual(['bgp-flapping firing']);
    expect(Number(r.open('bgp-flapping')?.facts.changes)).toBeGreaterThan(100);
  });

  it.each([
    ['2 min down, 2 min up', 4, 4],
    ['5 min down, 5 min up', 10, 10],
    ['3 min down, 12 min up', 6, 24],
    ['1 min down, 9 min up', 2, 18],
  ])('for a day is a handful of alerts, and one of each kind at the end: %s', (_name, down, up) => {
    const { r, key } = watched();
    const cycle = [...times<Bgp>(down, 'down'), ...times<Bgp>(up, 'up')];
    run(r, key, times<Bgp>(Math.ceil(2880 / cycle.length), ...cycle));
    const fired = r.changes.filter(({ alert, was }) => alert.phase === 'firing' && was === 'pending');
    // Until it is known to flap (5 changes) each outage is told; from then on nothing new.
    expect(fired.length).toBeLessThanOrEqual(4);
    expect(fired.filter(({ alert }) => alert.rule === 'bgp-flapping')).toHaveLength(1);
    run(r, key, times<Bgp>(300, 'up'));
    expect([...r.book.open()]).toEqual([]);
  });

  it('is down for good in the end: that is told though it flaps', () => {
    const { r, key } = watched();
    run(r, key, times<Bgp>(10, 'down', 'up'));
    expect(r.open('bgp-flapping')?.phase).toBe('firing');
    expect(r.open('bgp-down')).toBeUndefined();
    run(r, key, times<Bgp>(12, 'down'));
    expect(r.open('bgp-down')?.phase).toBe('firing');
  });

  it('twice, as when a router restarts, does not flap', () => {
    const { r, key } = watched();
    run(r, key, ['down', 'up', 'up', 'down', 'up', 'up']);
    expect(r.story('bgp-flapping')).toEqual([]);
  });

  it('grows the time of recovery with each return', () => {
    const { r, key } = watched();
    const hold = (): number => {
      run(r, key, ['down', 'down', 'up']);
      let answers = 0;
      while (r.open('bgp-down') !== undefined && answers < 100) {
        run(r, key, ['up']);
        answers += 1;
      }
      return answers;
    };
    // Five minutes in answers, then ten.
    const holds = [hold(), hold()];
    expect(holds[0]).toBe(10);
    expect(holds[1]).toBe(20);
  });
});

describe('a record that contradicts itself', () => {
  it.each([
    ['up, yet OpenSent', { bgpState: 'OpenSent' }],
    ['up without a TCP connection', { tcpEstablished: false }],
    ['unknown word BGP_PARKED', { state: 'unknown' as const, raw: 'BGP_PARKED' }],
  ])('is told after it held: %s', (contradiction, bgpStatus) => {
    const { r, key } = watched();
    r.w.set(key, { bgpStatus: { ...r.w.row(key).bgpStatus, ...bgpStatus } });
    for (let i = 0; i < 7; i++) r.list(30_000);
    expect(r.open('bgp-inconsistent')?.phase).toBe('pending');
    r.list(30_000);
    expect(r.open('bgp-inconsistent')).toMatchObject({
      phase: 'firing',
      severity: 'warning',
      facts: { contradiction },
    });
  });

  it.each([
    ['no state name', { bgpState: null }],
    ['another case', { bgpState: 'established' }],
  ])('is none: %s', (_name, bgpStatus) => {
    const { r, key } = watched();
    r.w.set(key, { bgpStatus: { ...r.w.row(key).bgpStatus, ...bgpStatus } });
    r.list(30_000);
    expect(r.open('bgp-inconsistent')).toBeUndefined();
  });
});
