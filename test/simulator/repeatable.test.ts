import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCENARIO_NAMES, SCENARIOS } from '../../src/simulator/index.ts';
import { DAY, HEALTH, HOUR, type Lab, lab, MINUTE, text, time } from './helpers.ts';

/** List and health of all accounts at the lab's present. */
function look(world: Lab): string {
  const now = world.clock.now();
  return world.sim.accounts
    .map(({ id }) => {
      const list = world.ask('GET', `/accounts/${id}/magic/ipsec_tunnels`);
      const iso = (at: number) => new Date(at).toISOString();
      const variables = { a: id, f: iso(now - 4 * MINUTE), t: iso(now) };
      return `${text(list)}\n${text(world.ask('POST', '/graphql', { query: HEALTH, variables }))}`;
    })
    .join('\n');
}

describe('the world', () => {
  it.each(SCENARIO_NAMES.filter((name) => name !== 'large'))(
    '%s: same seed, same bytes, whoever looked before',
    async (scenario) => {
      const moments = [-6 * DAY, -3 * DAY + 7 * HOUR, -17 * MINUTE, 45_000, 150_000, 11 * MINUTE, 3 * HOUR];
      const step = scenario === 'practice' ? 30_000 : 2 * MINUTE;
      const often = lab({ scenario, start: -7 * DAY });
      for (const moment of moments) {
        for (let before = moment - 5 * MINUTE; before < moment; before += step) {
          await often.to(Math.max(before, often.clock.now() - often.sim.origin));
          look(often);
        }
        await often.to(moment);
        const rarely = lab({ scenario, start: moment });
        expect(look(rarely)).toBe(look(often));
      }
    },
  );

  it('is the same when one looks backwards', () => {
    const seen = (offsets: readonly number[]): string[] => {
      const world = lab({ scenario: 'practice', start: 5 * MINUTE });
      return offsets.map((offset) => JSON.stringify(world.health(offset, offset + 2 * MINUTE)));
    };
    const offsets = [-6 * DAY, -4 * DAY - 6 * HOUR, -2 * DAY, -3 * HOUR, 0];
    expect(seen(offsets.toReversed())).toEqual(seen(offsets).toReversed());
  });

  it('differs with the seed', () => {
    expect(look(lab({ scenario: 'practice', seed: 1 }))).not.toBe(look(lab({ scenario: 'practice', seed: 2 })));
  });

  it('keeps ids and names when the origin moves', async () => {
    const names = (origin: number) =>
      lab({ scenario: 'calm', origin })
        .tunnels()
        .map(({ id, name }) => `${id} ${name}`);
    expect(names(Date.parse(time(0)))).toEqual(names(Date.parse(time(-40 * DAY))));
  });

  it('answers from the same bytes object while nothing changes', async () => {
    const world = lab({ scenario: 'calm', start: MINUTE });
    const path = `/accounts/${world.sim.accounts[0]?.id}/magic/ipsec_tunnels`;
    const { body } = world.ask('GET', path);
    await world.to(20 * MINUTE);
    expect(world.ask('GET', path).body).toBe(body);
  });

  it('is sane at any moment: known words, states within bounds, BGP that fits its TCP', async () => {
    const scenario = { ...SCENARIOS.practice, faults: [] };
    const world = lab({ scenario, start: 60 * DAY });
    const words = new Set(['BGP_UP', 'BGP_ESTABLISHING', 'BGP_DOWN', 'BGP_GRACEFUL_RESTART']);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -7 * DAY, max: 20 * DAY }), async (offset) => {
        const then = lab({ scenario, start: offset });
        const tunnels = then.sim.accounts.flatMap((_, i) => then.tunnels(i));
        expect(new Set(tunnels.map(({ id }) => id)).size).toBe(tunnels.length);
        for (const { bgp_status: status, created_on, modified_on } of tunnels) {
          expect(Date.parse(created_on)).toBeLessThanOrEqual(then.clock.now());
          expect(Date.parse(modified_on)).toBeLessThanOrEqual(then.clock.now());
          if (status === undefined) continue;
          expect(words).toContain(status.state);
          if (status.state === 'BGP_UP') expect(status.tcp_established && status.bgp_state).toBe('Established');
          expect(Date.parse(status.updated_at)).toBeLessThanOrEqual(then.clock.now() + 1);
        }
        for (const row of world.health(offset, offset + 2 * MINUTE)) {
          expect(row.avg.tunnelState).toBeGreaterThanOrEqual(0);
          expect(row.avg.tunnelState).toBeLessThanOrEqual(1);
          expect(row.count).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with itself: no whole hour of health rows says up while the session has been down for long', async () => {
    const world = lab({ scenario: 'endpoint-outage', start: 10 * MINUTE });
    const down = new Set(
      world
        .tunnels()
        .filter((t) => t.bgp_status?.state === 'BGP_DOWN')
        .map(({ name }) => name),
    );
    const healthy = world.health(5 * MINUTE, 6 * MINUTE).filter((row) => row.avg.tunnelState > 0);
    expect(down.size).toBeGreaterThan(80);
    expect(healthy.some((row) => down.has(row.dimensions.tunnelName))).toBe(false);
  });
});
