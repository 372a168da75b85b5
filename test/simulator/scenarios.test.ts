import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator, isScenarioName, SCENARIO_NAMES, SCENARIOS } from '../../src/simulator/index.ts';
import { parseMoment, parseSpan } from '../../src/simulator/span.ts';
import { DAY, HOUR, lab, MINUTE, ORIGIN, SECOND, scenarioWith } from './helpers.ts';

describe('scenarios', () => {
  it('are listed by the name they carry', () => {
    expect([...SCENARIO_NAMES].sort()).toEqual(Object.keys(SCENARIOS).sort());
    for (const name of SCENARIO_NAMES) expect(SCENARIOS[name].name).toBe(name);
    expect(isScenarioName('toString')).toBe(false);
    expect(() => createSimulator({ scenario: 'none', seed: 1, clock: virtualClock(0) })).toThrow('practice');
  });

  it.each(SCENARIO_NAMES)('%s: every incident concerns somebody, names and addresses are unique', (name) => {
    const world = lab({ scenario: { ...SCENARIOS[name], faults: [] }, start: -MINUTE });
    for (const [index] of world.sim.accounts.entries()) {
      const tunnels = world.tunnels(index);
      expect(tunnels.length).toBeGreaterThan(0);
      expect(new Set(tunnels.map((tunnel) => tunnel.name)).size).toBe(tunnels.length);
      for (const tunnel of tunnels) expect(tunnel.name).toMatch(/^[a-z]{3}\d+-tun-[a-z](-lte)?$/);
    }
  });

  it('complain about an incident that concerns nobody', () => {
    const scenario = scenarioWith([{ what: 'tunnel-down', who: { tunnel: 'zzz9-tun-a' }, from: '0s' }]);
    expect(() => lab({ scenario })).toThrow('zzz9-tun-a');
  });

  it.each([1, 3, 30, 31, 500])('grow and shrink to %i tunnels', (tunnels) => {
    const world = lab({ scenario: 'practice', tunnels, start: -MINUTE });
    const all = world.sim.accounts.flatMap((_, i) => world.tunnels(i));
    expect(all).toHaveLength(tunnels);
    expect(new Set(all.map(({ id }) => id)).size).toBe(tunnels);
    expect(new Set(all.map(({ interface_address: address }) => address)).size).toBe(tunnels);
  });

  it('grow to more accounts', () => {
    const world = lab({ scenario: 'calm', accounts: 3 });
    expect(world.sim.accounts.map(({ name }) => name)).toEqual([
      'Brightwater Retail',
      'Brightwater Retail 2',
      'Brightwater Retail 3',
    ]);
    expect(new Set(world.sim.accounts.map(({ id }) => id)).size).toBe(3);
    expect(world.tunnels(2)).toHaveLength(12);
  });
});

describe('practice', () => {
  it('shows every state within about three minutes', async () => {
    const world = lab({ scenario: 'practice', start: 0 });
    const bgp = new Set<string>();
    const health = new Set<string>();
    for (let at = 0; at <= 195 * SECOND; at += 15 * SECOND) {
      await world.to(at);
      for (const [index] of world.sim.accounts.entries()) {
        const rows = Map.groupBy(world.health(at - 4 * MINUTE, at, index), (row) => row.dimensions.tunnelName);
        for (const tunnel of world.tunnels(index)) {
          const status = tunnel.bgp_status;
          const refused = status?.state === 'BGP_DOWN' && status.tcp_established ? ' with TCP' : '';
          bgp.add(tunnel.bgp === undefined ? 'unconfigured' : `${status?.state ?? 'unreported'}${refused}`);
          const seen = rows.get(tunnel.name)?.map((row) => row.avg.tunnelState) ?? [];
          if (tunnel.health_check?.enabled === false) health.add('disabled');
          else if (seen.length === 0) health.add('nodata');
          else if (seen.every((state) => state === 1)) health.add('healthy');
          else health.add(Math.max(...seen.slice(-4)) === 0 ? 'down' : 'degraded');
        }
      }
    }
    const words = [
      'BGP_DOWN',
      'BGP_DOWN with TCP',
      'BGP_ESTABLISHING',
      'BGP_GRACEFUL_RESTART',
      'BGP_UP',
      'unconfigured',
      'unreported',
    ];
    expect([...bgp].sort()).toEqual(words);
    expect([...health].sort()).toEqual(['degraded', 'disabled', 'down', 'healthy', 'nodata']);
  });

  it('has keys of every age', () => {
    const world = lab({ scenario: 'practice', start: 0 });
    const ages = world.sim.accounts.flatMap((_, i) =>
      world.tunnels(i).map((tunnel) => {
        const at = tunnel.psk_metadata?.last_generated_on;
        if (at === undefined) return 'missing';
        const days = (ORIGIN - Date.parse(at)) / DAY;
        return days < 90 ? 'fresh' : days < 180 ? 'aging' : days < 365 ? 'due' : 'stale';
      }),
    );
    expect([...new Set(ages)].sort()).toEqual(['aging', 'due', 'fresh', 'missing', 'stale']);
    expect(ages.filter((age) => age === 'fresh').length).toBeGreaterThan(20);
  });

  it('goes on with something new for hours', async () => {
    const world = lab({ scenario: { ...SCENARIOS.practice, faults: [] }, start: HOUR });
    let boards = new Set<string>();
    for (let at = HOUR; at < 6 * HOUR; at += 10 * MINUTE) {
      await world.to(at);
      boards = boards.add(JSON.stringify(world.sim.accounts.map((_, i) => world.tunnels(i))));
    }
    expect(boards.size).toBeGreaterThan(25);
  });
});

describe('times of a scenario', () => {
  it('are read', () => {
    expect(parseSpan('90s')).toBe(90_000);
    expect(parseSpan('1h30m')).toBe(90 * MINUTE);
    expect(parseSpan('-2d3h')).toBe(-(2 * DAY + 3 * HOUR));
    expect(parseSpan('1.5h')).toBe(90 * MINUTE);
    for (const wrong of ['', '5', 'm', '5 m', '-', '5x', '--5m']) expect(() => parseSpan(wrong)).toThrow('time span');
  });

  it('may name a weekday: the last one that is over', () => {
    expect(new Date(parseMoment('Tue 22:10', ORIGIN)).toISOString()).toBe('2026-11-17T22:10:00.000Z');
    expect(new Date(parseMoment('Fri 08:00', ORIGIN)).toISOString()).toBe('2026-11-20T08:00:00.000Z');
    expect(new Date(parseMoment('Fri 11:00', ORIGIN)).toISOString()).toBe('2026-11-13T11:00:00.000Z');
    expect(parseMoment('-1h', ORIGIN)).toBe(ORIGIN - HOUR);
  });
});
