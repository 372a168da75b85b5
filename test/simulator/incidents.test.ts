import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/simulator/index.ts';
import { DAY, HOUR, type Lab, lab, MINUTE, SECOND, scenarioWith, type WireTunnel } from './helpers.ts';

const NAME = 'aaa1-tun-a';

function labWith(...incidents: Incident[]): Lab {
  return lab({ scenario: scenarioWith(incidents), start: -10 * MINUTE });
}

/** What a tunnel says at each step between two offsets. */
async function sampled<T>(world: Lab, from: number, to: number, step: number, look: () => T): Promise<T[]> {
  const seen: T[] = [];
  for (let at = from; at <= to; at += step) {
    await world.to(at);
    seen.push(look());
  }
  return seen;
}

const bgp = (world: Lab, name = NAME): string => {
  const status = world.tunnel(name).bgp_status;
  return status === undefined ? 'none' : `${status.state} ${status.bgp_state} ${status.tcp_established}`;
};

/** Average state of one tunnel per data centre in the minute that begins at `offset`. */
function healthAt(world: Lab, offset: number, name = NAME): number[] {
  return world
    .health(offset, offset + MINUTE)
    .filter((row) => row.dimensions.tunnelName === name)
    .map((row) => row.avg.tunnelState);
}

describe('an outage', () => {
  for (const what of ['carrier-outage', 'endpoint-outage', 'tunnel-down'] as const) {
    it(`${what}: health falls at once, BGP after the hold time, and both come back in their own time`, async () => {
      const world = labWith({ what, who: { tunnel: NAME }, from: '0s', for: '10m' });
      const quarter = 5 * SECOND;
      const states = await sampled(world, -30 * SECOND, 11 * MINUTE, quarter, () => bgp(world));
      const at = (offset: number) => states[(offset + 30 * SECOND) / quarter];
      expect(at(-30 * SECOND)).toBe('BGP_UP Established true');
      expect(at(55 * SECOND)).toBe('BGP_UP Established true');
      expect(states.slice(0, 25)).toContain('BGP_ESTABLISHING Connect false');
      expect(at(2 * MINUTE)).toBe('BGP_DOWN Active false');
      expect(at(9 * MINUTE)).toBe('BGP_DOWN Active false');
      expect(at(11 * MINUTE)).toBe('BGP_UP Established true');

      await world.to(60 * MINUTE);
      expect(healthAt(world, -2 * MINUTE)).toEqual([1, 1, 1, 1]);
      expect(healthAt(world, 2 * MINUTE)).toEqual([0, 0, 0, 0]);
      expect(healthAt(world, 12 * MINUTE)).toEqual([0.5, 0.5, 0.5, 0.5]);
      expect(healthAt(world, 42 * MINUTE)).toEqual([1, 1, 1, 1]);
      expect(healthAt(world, 2 * MINUTE, 'aaa1-tun-b')).toEqual([1, 1, 1, 1]);
    });
  }

  it('shorter than the hold time leaves BGP alone', async () => {
    const world = labWith({ what: 'tunnel-down', who: { tunnel: NAME }, from: '0s', for: '40s' });
    const states = await sampled(world, 0, 3 * MINUTE, 5 * SECOND, () => bgp(world));
    expect(new Set(states)).toEqual(new Set(['BGP_UP Established true']));
    expect(Math.max(...healthAt(world, 0))).toBeLessThan(1);
  });

  it('hits whom it names: a carrier, an endpoint, a site', async () => {
    const down = async (who: Incident['who']): Promise<string[]> => {
      const world = labWith({ what: 'tunnel-down', who, from: '0s', for: '10m' });
      await world.to(8 * MINUTE);
      const rows = world.health(3 * MINUTE, 4 * MINUTE).filter((row) => row.avg.tunnelState === 0);
      return [...new Set(rows.map((row) => row.dimensions.tunnelName))];
    };
    expect(await down({ carrier: 'One' })).toEqual(['aaa1-tun-a', 'bbb1-tun-a', 'bbb1-tun-b']);
    expect(await down({ endpoint: 1 })).toEqual(['aaa1-tun-b', 'bbb1-tun-b', 'ccc1-tun-b', 'ddd1-tun-b']);
    expect(await down({ site: 'ccc1' })).toEqual(['ccc1-tun-a', 'ccc1-tun-b']);
  });
});

describe('a session', () => {
  it('stuck in establishing never stands, while traffic flows', async () => {
    const world = labWith({ what: 'bgp-stuck-establishing', who: { tunnel: NAME }, from: '0s', for: '30m' });
    const states = await sampled(world, 0, 29 * MINUTE, 20 * SECOND, () => bgp(world));
    expect(new Set(states)).toEqual(new Set(['BGP_ESTABLISHING Connect false', 'BGP_ESTABLISHING OpenSent true']));
    expect(healthAt(world, 10 * MINUTE)).toEqual([1, 1, 1, 1]);
    await world.to(32 * MINUTE);
    expect(bgp(world)).toBe('BGP_UP Established true');
  });

  it('that is refused has TCP and nothing else', async () => {
    const world = labWith({ what: 'bgp-auth-mismatch', who: { tunnel: NAME }, from: '0s', for: '30m' });
    await world.to(5 * MINUTE);
    expect(bgp(world)).toBe('BGP_DOWN OpenSent true');
    expect(healthAt(world, 2 * MINUTE)).toEqual([1, 1, 1, 1]);
  });

  it('that is down alone leaves health alone', async () => {
    const world = labWith({ what: 'bgp-down', who: { tunnel: NAME }, from: '0s', for: '30m' });
    await world.to(5 * MINUTE);
    expect(bgp(world)).toBe('BGP_DOWN Active false');
    expect(healthAt(world, 2 * MINUTE)).toEqual([1, 1, 1, 1]);
  });

  it('is absent where none is configured and where Cloudflare says nothing', () => {
    const world = labWith();
    expect(world.tunnel('ccc1-tun-a').bgp).toBeUndefined();
    expect(world.tunnel('ccc1-tun-a').bgp_status).toBeUndefined();
    expect(world.tunnel('ddd1-tun-a').bgp).toBeDefined();
    expect(world.tunnel('ddd1-tun-a').bgp_status).toBeUndefined();
  });

  it('moves updated_at when it changes, or with every heartbeat', async () => {
    const updated = (world: Lab) => Date.parse(world.tunnel(NAME).bgp_status?.updated_at ?? '');
    const still = labWith();
    const before = updated(still);
    await still.to(-MINUTE);
    expect(updated(still)).toBe(before);
    const beating = lab({ scenario: scenarioWith([], { bgpHeartbeat: '30s' }), start: -10 * MINUTE });
    const first = updated(beating);
    await beating.to(-10 * MINUTE + 31 * SECOND);
    expect(updated(beating) - first).toBe(30 * SECOND);
  });
});

describe('health', () => {
  it('flaps with BGP behind it', async () => {
    const world = labWith({ what: 'flapping', who: { tunnel: NAME }, from: '0s', for: '40m' });
    const states = await sampled(world, 0, 39 * MINUTE, 5 * SECOND, () => bgp(world).split(' ')[0]);
    const turns = states.filter((state, i) => i > 0 && state === 'BGP_UP' && states[i - 1] !== 'BGP_UP').length;
    expect(turns).toBeGreaterThanOrEqual(5);
    const minutes = Array.from({ length: 38 }, (_, i) => Math.max(...healthAt(world, i * MINUTE)));
    expect(minutes.filter((state) => state === 0).length).toBeGreaterThan(8);
    expect(minutes.slice(3).every((state) => state <= 0.5)).toBe(true);
  });

  it('dips for one to three minutes at a rekey, and BGP stands nearly always', async () => {
    const world = labWith({ what: 'rekey-dips', who: {}, from: '0s', every: '1h' });
    const states = await sampled(world, 0, 10 * HOUR, 20 * SECOND, () => bgp(world));
    expect(states.filter((state) => state === 'BGP_UP Established true').length / states.length).toBeGreaterThan(0.99);
    for (let hour = 0; hour < 10; hour++) {
      const dip = Array.from({ length: 8 }, (_, i) => Math.min(...healthAt(world, hour * HOUR + i * MINUTE)));
      const length = dip.reduce((sum, state) => sum + (state < 1 ? 1 : 0), 0);
      expect(length).toBeGreaterThanOrEqual(1);
      expect(length).toBeLessThanOrEqual(4);
    }
  });

  it('is worse in one data centre alone', async () => {
    const world = labWith({ what: 'colo-degraded', who: {}, colos: ['FRA'], from: '0s', for: '20m' });
    await world.to(10 * MINUTE);
    const rows = world.health(5 * MINUTE, 6 * MINUTE);
    const worse = rows.filter((row) => row.avg.tunnelState < 1);
    expect(new Set(worse.map((row) => row.dimensions.edgeColoCode))).toEqual(new Set(['FRA']));
    expect(worse).toHaveLength(8);
    expect(bgp(world)).toBe('BGP_UP Established true');
  });

  it('has no rows when checks are off or Cloudflare is silent', async () => {
    const world = labWith(
      { what: 'checks-disabled', who: { tunnel: NAME }, from: '0s', for: '20m' },
      { what: 'health-silent', who: { tunnel: 'bbb1-tun-a' } },
    );
    const modified = world.tunnel(NAME).modified_on;
    await world.to(10 * MINUTE);
    expect(world.tunnel(NAME).health_check?.enabled).toBe(false);
    expect(world.tunnel(NAME).modified_on > modified).toBe(true);
    expect(healthAt(world, 5 * MINUTE)).toEqual([]);
    expect(healthAt(world, 5 * MINUTE, 'bbb1-tun-a')).toEqual([]);
    expect(world.tunnel('bbb1-tun-a').health_check?.enabled).toBe(true);
    await world.to(30 * MINUTE);
    expect(healthAt(world, 25 * MINUTE)).toEqual([1, 1, 1, 1]);
  });
});

describe('a pre-shared key', () => {
  const age = (tunnel: WireTunnel, now: number) => now - Date.parse(tunnel.psk_metadata?.last_generated_on ?? '');

  it('is as old as the scenario says', () => {
    const world = labWith({ what: 'stale-psk', who: { tunnel: NAME }, age: '400d' });
    expect(age(world.tunnel(NAME), world.clock.now()) / DAY).toBeCloseTo(400, 1);
    expect(age(world.tunnel('bbb1-tun-a'), world.clock.now()) / DAY).toBeLessThan(90);
  });

  it('is missing in both forms, and the tunnel is down for it until somebody sets one', async () => {
    const world = labWith(
      { what: 'missing-psk', who: { tunnel: NAME }, form: 'empty' },
      { what: 'missing-psk', who: { tunnel: 'aaa1-tun-b' }, form: 'absent' },
    );
    expect(world.tunnel(NAME).psk_metadata).toEqual({});
    expect('psk_metadata' in world.tunnel('aaa1-tun-b')).toBe(false);
    expect(bgp(world)).toBe('BGP_DOWN Active false');
    expect(healthAt(world, -15 * MINUTE)).toEqual([0, 0, 0, 0]);

    const { id } = world.tunnel(NAME);
    const account = world.sim.accounts[0]?.id;
    expect(world.ask('POST', `/accounts/${account}/magic/ipsec_tunnels/${id}/psk_generate`, {}).status).toBe(200);
    expect(age(world.tunnel(NAME), world.clock.now())).toBeLessThan(2);
    await world.to(0);
    expect(age(world.tunnel(NAME), world.clock.now())).toBeCloseTo(10 * MINUTE, -2);
    expect(bgp(world)).toBe('BGP_UP Established true');
    await world.to(HOUR);
    expect(healthAt(world, 50 * MINUTE)).toEqual([1, 1, 1, 1]);
  });

  it('gets younger by a rotation, and a router left behind costs an outage', async () => {
    const world = labWith({ what: 'psk-rotated', who: { tunnel: NAME }, from: '0s', mismatch: '6m' });
    const { modified_on } = world.tunnel(NAME);
    await world.to(5 * MINUTE);
    expect(age(world.tunnel(NAME), world.clock.now())).toBeCloseTo(5 * MINUTE, -2);
    expect(world.tunnel(NAME).modified_on).toBe(modified_on);
    expect(bgp(world)).toBe('BGP_DOWN Active false');
    await world.to(40 * MINUTE);
    expect(bgp(world)).toBe('BGP_UP Established true');
    expect(healthAt(world, 2 * MINUTE)).toEqual([0, 0, 0, 0]);
  });
});

describe('a configuration', () => {
  it('that is wrong has always been, field by field', () => {
    const set = { 'health_check.rate': 'adaptive', replay_protection: true };
    const world = labWith({
      what: 'misconfigured',
      who: { tunnel: NAME },
      set,
      unset: ['interface_address', 'bgp_status'],
    });
    const tunnel = world.tunnel(NAME);
    expect(tunnel.health_check?.rate).toBe('adaptive');
    expect(tunnel.replay_protection).toBe(true);
    expect('interface_address' in tunnel).toBe(false);
    expect('bgp_status' in tunnel).toBe(false);
  });

  it('shows an own target as saved and effective', () => {
    const world = labWith({ what: 'misconfigured', who: { tunnel: NAME }, set: { 'health_check.target': '10.1.2.3' } });
    expect(world.tunnel(NAME).health_check?.target).toEqual({ effective: '10.1.2.3', saved: '10.1.2.3' });
  });

  it('that changes moves modified_on, and again when it is taken back', async () => {
    const world = labWith({
      what: 'config-changed',
      who: { tunnel: NAME },
      from: '0s',
      every: '10m',
      set: { 'health_check.rate': 'low' },
    });
    const before = world.tunnel(NAME);
    await world.to(MINUTE);
    const changed = world.tunnel(NAME);
    await world.to(11 * MINUTE);
    const back = world.tunnel(NAME);
    expect([before, changed, back].map((tunnel) => tunnel.health_check?.rate)).toEqual(['mid', 'low', 'mid']);
    expect(changed.modified_on > before.modified_on && back.modified_on > changed.modified_on).toBe(true);
    expect(bgp(world)).toBe('BGP_UP Established true');
  });
});

describe('an identity', () => {
  it('gets another name, in the list and in the health rows, each from its moment on', async () => {
    const world = labWith({ what: 'renamed', who: { tunnel: NAME }, from: '0s', for: '30m', to: 'aaa1-new' });
    const { id } = world.tunnel(NAME);
    await world.to(10 * MINUTE);
    expect(world.tunnel('aaa1-new').id).toBe(id);
    expect(healthAt(world, -5 * MINUTE, NAME)).toHaveLength(4);
    expect(healthAt(world, -5 * MINUTE, 'aaa1-new')).toHaveLength(0);
    expect(healthAt(world, 5 * MINUTE, 'aaa1-new')).toHaveLength(4);
    await world.to(40 * MINUTE);
    expect(world.tunnel(NAME).id).toBe(id);
  });

  it('is another one after a recreation: same name, new id, new key, new session', async () => {
    const world = labWith({ what: 'recreated', who: { tunnel: NAME }, from: '0s', gap: '2m' });
    const account = world.sim.accounts[0]?.id;
    const old = world.tunnel(NAME);
    await world.to(MINUTE);
    expect(world.tunnels().map(({ name }) => name)).not.toContain(NAME);
    expect(world.ask('GET', `/accounts/${account}/magic/ipsec_tunnels/${old.id}`).status).toBe(404);
    await world.to(2 * MINUTE + 10 * SECOND);
    const early = world.tunnel(NAME);
    expect(early.id).not.toBe(old.id);
    expect(early.psk_metadata).toEqual({});
    expect(early.bgp_status).toBeUndefined();
    expect(early.created_on > old.modified_on).toBe(true);
    expect(world.ask('GET', `/accounts/${account}/magic/ipsec_tunnels/${early.id}`).status).toBe(200);
    await world.to(20 * MINUTE);
    expect(world.tunnel(NAME).psk_metadata?.last_generated_on).toBeDefined();
    expect(bgp(world)).toBe('BGP_UP Established true');
    expect(healthAt(world, MINUTE)).toEqual([]);
    expect(healthAt(world, 3 * MINUTE)).toEqual([0, 0, 0, 0]);
    expect(healthAt(world, 15 * MINUTE)).toEqual([1, 1, 1, 1]);
  });

  it('disappears and comes back as the same one', async () => {
    const world = labWith({ what: 'removed', who: { tunnel: NAME }, from: '0s', for: '5m' });
    const { id } = world.tunnel(NAME);
    await world.to(MINUTE);
    expect(world.tunnels()).toHaveLength(7);
    await world.to(6 * MINUTE);
    expect(world.tunnel(NAME).id).toBe(id);
  });
});
