/** Findings in the running engine: they arrive, are waived, come back, and know what they do not know. */
import { afterEach, describe, expect, it } from 'vitest';
import { Refused } from '../../../src/engine/bridge/desk-calls.ts';
import type { FindingsView } from '../../../src/shared/lint.ts';
import { SCENARIOS, type Scenario } from '../../../src/simulator/index.ts';
import { type Bed, MINUTE, openBed, START } from './bed.ts';

const DAY = 86_400_000;
const AROUND = ['gre_tunnels', 'cf_interconnects', 'routes', 'bgp/settings', 'redundancy_groups'];

/** The same without the tunnel that is none by the schema. */
const { incidents } = SCENARIOS.misconfigured;
const READABLE: Scenario = {
  ...SCENARIOS.misconfigured,
  incidents: incidents.filter(({ who }) => who.tunnel !== 'lis1-tun-b'),
};

let bed: Bed;
afterEach(() => bed.stop());
const around = (): string[] => bed.asked.filter((path) => AROUND.includes(path));
const view = (): FindingsView => {
  const answer = bed.desk().findings({ accountId: null });
  if (answer instanceof Promise) throw new Error('the desk answers at once');
  return answer;
};
const beside = (): FindingsView['surroundings'][number] => {
  const [one] = view().surroundings;
  if (one === undefined) throw new Error('no account');
  return one;
};

describe('findings', () => {
  it('arrive with the first list, those that cross GRE tunnels and routes soon after', async () => {
    bed = await openBed('misconfigured');
    await bed.pass(1_000);
    expect(bed.found('hc-disabled', 'ams1-tun-a')).toMatchObject([{ severity: 'error', since: START, waiver: null }]);
    expect(bed.row('ams1-tun-a').lanes.config.value).toBe('error');
    expect(bed.found('ifaddr-duplicate', 'lhr1-tun-a')).toEqual([]);
    await bed.pass(20_000);
    const [overlap] = bed.found('ifaddr-duplicate', 'lhr1-tun-a');
    expect(overlap?.evidence).toContain('gre-old-lhr1');
    // A tunnel that cannot be read may be where the route leads.
    expect(bed.found('x:route-dangling-nexthop')).toEqual([]);
    expect(view().surroundings).toEqual([{ accountId: bed.account.id, readAt: expect.any(Number), problem: null }]);
    // The board follows, and says nothing twice.
    expect(bed.row('lhr1-tun-a').lanes.config.value).toBe('error');
  });

  it('keep the time at which they were first seen, over a restart', async () => {
    bed = await openBed(READABLE);
    await bed.pass(MINUTE);
    const [first] = bed.found('x:route-dangling-nexthop');
    expect(first).toMatchObject({ name: bed.account.name, evidence: expect.stringContaining('10.99.99.99') });
    await bed.restart(DAY);
    await bed.pass(MINUTE);
    expect(bed.found('hc-disabled', 'ams1-tun-a')[0]?.since).toBe(START);
    expect(first?.since).toBeLessThan(START + MINUTE);
    expect(bed.found('x:route-dangling-nexthop')[0]?.since).toBe(first?.since);
  });

  it('are waived for a while: gone from the lane at once, back by time alone, and readable all along', async () => {
    bed = await openBed('misconfigured');
    await bed.pass(MINUTE);
    const { key } = bed.row('ams1-tun-c');
    const bad = (): string[] => bed.found('null-cipher-allowed', 'ams1-tun-c').map(({ rule }) => rule);
    expect(bed.row('ams1-tun-c').lanes.config.value).toBe('error');
    bed.sent.length = 0;
    const until = START + 2 * DAY;
    const ask = { rule: 'null-cipher-allowed', key, by: 'anna', reason: 'until the new router is here', until };
    const waiver = bed.desk().waive(ask);
    expect(waiver).toEqual({ ...ask, at: bed.clock.now() });
    expect(bed.row('ams1-tun-c').lanes.config.value).not.toBe('error');
    expect(bed.sent.some((text) => text.includes(key) && text.startsWith('{"type":"delta"'))).toBe(true);
    expect(
      bed
        .engine()
        .tunnel(key)
        ?.findings.map(({ rule }) => rule),
    ).not.toContain('null-cipher-allowed');
    expect(bad()).toEqual(['null-cipher-allowed']);
    expect(bed.found('null-cipher-allowed', 'ams1-tun-c')[0]?.waiver).toEqual(waiver);
    // Over a restart, too.
    await bed.restart();
    await bed.pass(DAY);
    expect(bed.row('ams1-tun-c').lanes.config.value).not.toBe('error');
    await bed.pass(until - bed.clock.now() + 2 * MINUTE);
    expect(bed.row('ams1-tun-c').lanes.config.value).toBe('error');
    expect(bed.found('null-cipher-allowed', 'ams1-tun-c')[0]).toMatchObject({ waiver, since: START });
    // And somebody may change his mind.
    bed.desk().waive({ ...ask, until: bed.clock.now() + DAY });
    expect(bed.row('ams1-tun-c').lanes.config.value).not.toBe('error');
    expect(bed.desk().unwaive({ rule: ask.rule, key, by: 'ben' })).toBe(true);
    expect(bed.row('ams1-tun-c').lanes.config.value).toBe('error');
    expect(bed.desk().unwaive({ rule: ask.rule, key, by: 'ben' })).toBe(false);
  });

  it('stay waived when the clock ran ahead and was set right, and come back when it is time', async () => {
    bed = await openBed('misconfigured');
    await bed.pass(MINUTE);
    const { key } = bed.row('ams1-tun-c');
    const lane = (): string => bed.row('ams1-tun-c').lanes.config.value;
    const until = bed.clock.now() + DAY;
    bed.desk().waive({ rule: 'null-cipher-allowed', key, by: 'anna', reason: 'because', until });
    expect(lane()).not.toBe('error');
    bed.clock.jumpWall(2 * DAY);
    await bed.pass(2 * MINUTE);
    expect(lane()).toBe('error');
    bed.clock.jumpWall(-2 * DAY);
    await bed.pass(2 * MINUTE);
    expect(lane()).not.toBe('error');
    await bed.pass(until - bed.clock.now() + 2 * MINUTE);
    expect(lane()).toBe('error');
  });

  it('are waived only where they stand, and not for ever', async () => {
    bed = await openBed('misconfigured');
    await bed.pass(MINUTE);
    const { key } = bed.row('ams1-tun-c');
    const ask = { rule: 'null-cipher-allowed', key, by: 'anna', reason: 'because', until: START + DAY };
    expect(() => bed.desk().waive({ ...ask, rule: 'psk-missing' })).toThrow(Refused);
    expect(() => bed.desk().waive({ ...ask, until: bed.clock.now() })).toThrow(/future/);
    expect(() => bed.desk().waive({ ...ask, until: START + 3 * 366 * DAY })).toThrow(/two years/);
    expect(bed.found('null-cipher-allowed', 'ams1-tun-c')[0]?.waiver).toBeNull();
  });

  it('change with the list, and only by what changed', async () => {
    bed = await openBed('misconfigured');
    await bed.pass(MINUTE);
    const { id } = bed.row('ams1-tun-a');
    await bed.write('PUT', `ipsec_tunnels/${id}`, { health_check: { enabled: true } });
    await bed.pass(MINUTE);
    expect(bed.found('hc-disabled', 'ams1-tun-a')).toEqual([]);
    expect(bed.events.find(({ kind }) => kind === 'config-changed')?.detail).toMatchObject({
      'healthCheck.enabled': 'false -> true',
    });
  });
});

describe('what stands beside the list', () => {
  it('is read soon after the first list, then each quarter of an hour, and again when the list changed', async () => {
    bed = await openBed('calm');
    await bed.pass(1_000);
    expect(around()).toEqual([]);
    await bed.pass(10_000);
    expect(around()).toEqual(AROUND);
    await bed.pass(14 * MINUTE);
    expect(around()).toHaveLength(5);
    await bed.pass(2 * MINUTE);
    expect(around()).toHaveLength(10);
    await bed.pass(2 * MINUTE);
    await bed.write('PUT', `ipsec_tunnels/${bed.row('ams1-tun-a').id}`, { description: 'changed' });
    await bed.pass(45_000);
    expect(around()).toHaveLength(15);
    // From the same budget: all that was asked is counted, and the rounds of the list went on.
    const status = bed.engine().board().status.accounts[0];
    expect(status?.listAgeMs).toBeLessThan(31_000);
    expect(bed.asked.filter((path) => path === 'ipsec_tunnels').length).toBeGreaterThanOrEqual(38);
  });

  it('is not known where it may not be read: rules say so, and nobody is blind', async () => {
    bed = await openBed(READABLE);
    bed.simulator.faults.set({ kind: 'forbidden', match: 'routes' });
    await bed.pass(MINUTE);
    expect(bed.engine().board().status.accounts[0]).toMatchObject({ phase: 'seeing', blind: null, failing: null });
    expect(bed.found('x:route-dangling-nexthop')).toEqual([]);
    expect(view().notEvaluated).toContainEqual(
      expect.objectContaining({ rule: 'x:no-route-to-tunnel', accountId: bed.account.id }),
    );
    const { problem } = beside();
    expect(problem).toContain('Not read: static routes.');
    expect(problem).toContain('Magic WAN Read');
    // The other parts are.
    expect(bed.found('ifaddr-duplicate', 'lhr1-tun-a')).toHaveLength(1);
    bed.simulator.faults.clear();
    await bed.pass(16 * MINUTE);
    expect(bed.found('x:route-dangling-nexthop')).toHaveLength(1);
    expect(beside().problem).toBeNull();
    expect(view().notEvaluated.map(({ rule }) => rule)).not.toContain('x:no-route-to-tunnel');
  });

  it('stays known through a passing fault, and not for ever', async () => {
    bed = await openBed(READABLE);
    await bed.pass(MINUTE);
    bed.simulator.faults.set({ kind: 'status', status: 502, match: 'beside' });
    await bed.pass(40 * MINUTE);
    expect(bed.found('x:route-dangling-nexthop')).toHaveLength(1);
    expect(beside().problem).toContain('Not read: GRE tunnels.');
    await bed.pass(8 * MINUTE);
    expect(bed.found('x:route-dangling-nexthop')).toEqual([]);
    expect(beside().readAt).toBeNull();
    expect(bed.engine().board().status.accounts[0]?.phase).toBe('seeing');
  });
});
