import { describe, expect, it } from 'vitest';
import { alertWorld, testAccount } from '../world.ts';
import { nth, pairs, Rig } from './rig.ts';

const MIN = 60_000;
const steps = (rig: Rig, id: string): readonly string[] =>
  rig.told.filter(({ incident }) => incident.id === id).flatMap((change) => change.steps.map(({ what }) => what));

/** An incident about one tunnel that fires. */
function single(): { rig: Rig; a: readonly import('../../../../src/shared/model.ts').TunnelKey[] } {
  const rig = new Rig();
  const { a } = pairs(rig.w, 6);
  rig.say('bgp-down', nth(a, 0), 'pending', { severity: 'warning' });
  rig.confirm();
  return { rig, a };
}

describe('the life of an incident', () => {
  it('does not begin while everything is pending, and what ends without firing leaves no trace', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 6);
    rig.all('health-down', a, 'pending');
    expect(rig.apply()).toEqual([]);
    rig.all('health-down', a, 'resolved');
    expect(rig.apply()).toEqual([]);
    expect(rig.book.open()).toEqual([]);
  });

  it('recovers, returns as the same incident, and ends', () => {
    const { rig, a } = single();
    const key = nth(a, 0);
    for (const phase of ['recovering', 'firing', 'recovering', 'resolved'] as const) {
      rig.w.pass(MIN);
      rig.say('bgp-down', key, phase);
      rig.apply();
    }
    expect(steps(rig, 'i-1')).toEqual(['opened', 'recovering', 'returned', 'recovering', 'resolved']);
    const last = rig.told.at(-1)?.incident;
    expect(last).toMatchObject({ phase: 'resolved', returns: 1, resolvedAt: rig.w.moment().now });
    expect(rig.book.open()).toEqual([]);
    expect(rig.book.alertsOf('i-1')).toHaveLength(1);
  });

  it('ends with the last of its alerts, and says how bad it ever was', () => {
    const { rig, a } = single();
    rig.say('health-down', nth(a, 0), 'firing', { severity: 'critical' });
    rig.apply();
    rig.say('health-down', nth(a, 0), 'resolved');
    const [milder] = rig.apply();
    expect(milder).toMatchObject({ incident: { phase: 'firing', severity: 'warning', rules: ['bgp-down'] } });
    rig.say('bgp-down', nth(a, 0), 'resolved');
    const [end] = rig.apply();
    expect(end?.incident).toMatchObject({
      phase: 'resolved',
      severity: 'critical',
      rules: ['bgp-down', 'health-down'],
    });
    expect(steps(rig, 'i-1')).toEqual(['opened', 'worse', 'milder', 'resolved']);
  });

  it('is new when it begins again after its end, under another number', () => {
    const { rig, a } = single();
    rig.say('bgp-down', nth(a, 0), 'resolved');
    rig.apply();
    rig.w.pass(MIN);
    rig.say('bgp-down', nth(a, 0), 'pending');
    rig.confirm();
    expect(rig.only().id).toBe('i-2');
  });

  it('stays one while one tunnel of it comes and goes', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', a, 'pending');
    rig.confirm();
    for (let n = 0; n < 20; n++) {
      rig.say('bgp-down', nth(a, 0), 'resolved');
      rig.apply();
      rig.w.pass(20 * MIN);
      rig.say('bgp-down', nth(a, 0), 'pending');
      rig.confirm();
    }
    expect(rig.only()).toMatchObject({ id: 'i-1', returns: 20, tunnels: 12 });
    expect(rig.book.alertsOf('i-1')).toHaveLength(12);
  });

  it('ends an acknowledgement when it gets worse, and when its time is over', () => {
    const { rig, a } = single();
    const by = { by: 'Ada', at: rig.w.moment().now, comment: 'on it', until: null };
    expect(rig.book.acknowledge('i-1', by, rig.w.moment())).toMatchObject({
      incident: { acknowledgement: by, fresh: false },
      steps: [{ what: 'acknowledged', by: 'Ada', note: 'on it' }],
    });
    rig.say('bgp-down', nth(a, 0), 'firing', { severity: 'critical' });
    const [worse] = rig.apply();
    expect(worse?.incident).toMatchObject({ acknowledgement: null, fresh: true });
    expect(worse?.steps.map(({ what }) => what)).toEqual(['worse', 'unacknowledged']);
    const until = rig.w.moment().now + MIN;
    rig.book.acknowledge('i-1', { ...by, until }, rig.w.moment());
    rig.w.pass(MIN - 1);
    expect(rig.book.refresh(rig.w.moment(), () => [])).toEqual([]);
    rig.w.pass(1);
    expect(rig.book.refresh(rig.w.moment(), () => [])).toMatchObject([
      { incident: { acknowledgement: null }, steps: [{ what: 'unacknowledged', by: null }] },
    ]);
    expect(rig.book.acknowledge('i-1', null, rig.w.moment(), 'Ada')).toBeNull();
    expect(rig.book.acknowledge('i-9', by, rig.w.moment())).toBeNull();
  });

  it('is silenced when all that fires is, and shows when one alert does', () => {
    const { rig, a } = single();
    rig.say('health-down', nth(a, 0), 'firing');
    rig.apply();
    const hide = (rules: readonly string[]) =>
      rig.book.refresh(rig.w.moment(), ({ rule }) => (rules.includes(rule) ? ['s-1'] : []));
    expect(hide(['bgp-down'])).toEqual([]);
    expect(hide(['bgp-down', 'health-down'])).toMatchObject([
      { incident: { silencedBy: ['s-1'] }, steps: [{ what: 'silenced', note: 's-1' }] },
    ]);
    expect(hide([])).toMatchObject([{ incident: { silencedBy: [] }, steps: [{ what: 'unsilenced' }] }]);
  });

  it('is fresh until somebody has seen it', () => {
    const { rig } = single();
    expect(rig.only().fresh).toBe(true);
    expect(rig.book.seen(['i-1', 'i-7'], rig.w.moment())).toHaveLength(1);
    expect(rig.only().fresh).toBe(false);
    expect(rig.book.seen(['i-1'], rig.w.moment())).toEqual([]);
    expect(rig.book.delivered('i-1', 'failed', rig.w.moment())?.incident.delivery).toBe('failed');
    expect(rig.book.delivered('i-1', 'failed', rig.w.moment())).toBeNull();
  });

  it('tells nothing twice, and nothing when nothing changed', () => {
    const { rig } = single();
    expect(rig.apply()).toEqual([]);
    expect(rig.book.refresh(rig.w.moment(), () => [])).toEqual([]);
  });

  it('follows a tunnel that is renamed meanwhile', () => {
    const { rig, a } = single();
    rig.w.set(nth(a, 0), { name: 'paris-new' });
    rig.say('bgp-down', nth(a, 0), 'firing');
    expect(rig.apply()[0]).toMatchObject({ incident: { cause: { name: 'paris-new' } }, steps: [] });
  });

  it('takes jumps of the wall clock for what they are', () => {
    for (const jump of [-180 * MIN, 180 * MIN]) {
      const rig = new Rig();
      pairs(rig.w, 12);
      const line = ['east', 'west'].map((site) => rig.w.add({ site, customerEndpoint: '192.0.2.99' }));
      rig.say('bgp-down', nth(line, 0), 'pending');
      rig.apply();
      rig.w.jump(jump);
      rig.w.pass(30_000);
      rig.say('bgp-down', nth(line, 1), 'pending');
      rig.confirm();
      expect(rig.causes()).toEqual(['customer 192.0.2.99 2/2 others 0/24']);
    }
  });

  it('names what was changed before, and not what was changed after or long ago', () => {
    for (const [ahead, named] of [
      [20 * MIN, false],
      [4 * MIN, true],
      [-5 * MIN, false],
    ] as const) {
      const rig = new Rig();
      const { a } = pairs(rig.w, 4);
      const change = () => rig.w.event('psk-changed', nth(a, 0), { from: null, to: 5 });
      if (ahead > 0) change();
      rig.apply();
      rig.w.pass(Math.max(0, ahead));
      rig.say('bgp-down', nth(a, 0), 'pending');
      rig.apply();
      if (ahead < 0) {
        rig.w.pass(-ahead);
        change();
      }
      rig.confirm();
      expect(rig.only().priorChange !== null, `${ahead} ms before`).toBe(named);
    }
  });

  it('puts redundancy into the incident of the tunnels, and makes one of its own where no tunnel has trouble', () => {
    const { rig } = single();
    rig.say('redundancy-lost', rig.site('site-0'), 'firing', { severity: 'warning' });
    rig.say('redundancy-lost', rig.site('site-5'), 'firing', { severity: 'warning' });
    rig.apply();
    expect(rig.causes()).toEqual(['tunnel site-0-a', 'site site-5 0/2']);
  });
});

describe('what is not an outage', () => {
  it('keeps keys and configuration in lists: one for each account and rule, for a day', () => {
    const rig = new Rig();
    const { a, b } = pairs(rig.w, 6);
    rig.all('psk-due', a, 'pending', { severity: 'info', ago: 1000 * MIN });
    rig.say('bgp-down', nth(a, 0), 'pending');
    rig.confirm();
    expect([...rig.causes()].sort()).toEqual(['rule psk-due 6/12', 'tunnel site-0-a']);
    rig.w.pass(60 * MIN);
    rig.say('psk-due', nth(b, 0), 'pending');
    rig.confirm();
    expect(rig.causes()).toContain('rule psk-due 7/12');
    rig.w.pass(25 * 60 * MIN);
    rig.say('psk-due', nth(b, 1), 'pending');
    rig.confirm();
    expect(rig.book.open().filter(({ cause }) => cause.kind === 'rule')).toHaveLength(2);
    rig.all('psk-due', [...a, nth(b, 0), nth(b, 1)], 'resolved');
    rig.apply();
    expect(rig.only().cause.kind).toBe('tunnel');
  });

  it('makes one of tunnels that disappear together', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 6);
    for (const key of a) {
      rig.say('tunnel-disappeared', key, 'pending');
      rig.w.remove(key);
    }
    rig.w.pass(30_000);
    for (const alert of rig.open) rig.say(alert.rule, alert.subject, 'firing');
    rig.apply();
    expect(rig.causes()).toEqual(['rule tunnel-disappeared 6/12']);
  });

  it('is blind once for all accounts with one token, and apart for another reason', () => {
    const rig = new Rig(alertWorld({ accounts: 4 }));
    const fault = { kind: 'bad-token', permission: null };
    for (const n of [0, 1]) rig.say('token-refused', rig.account(n), 'pending', { facts: fault });
    rig.w.pass(40_000);
    rig.say('token-refused', rig.account(2), 'pending', { facts: fault });
    rig.say('rate-limited', rig.account(3), 'pending', { facts: { kind: 'rate-limited', permission: null } });
    rig.confirm();
    expect([...rig.causes()].sort()).toEqual(['blind 1', 'blind 3']);
    rig.say('token-refused', rig.account(0), 'resolved');
    rig.apply();
    expect([...rig.causes()].sort()).toEqual(['blind 1', 'blind 2']);
  });

  it('takes all faults of the network for one, and another one an hour later for another', () => {
    const rig = new Rig(alertWorld({ accounts: 3 }));
    rig.say('blind', rig.account(0), 'pending', { facts: { kind: 'dns' } });
    rig.say('blind', rig.account(1), 'pending', { facts: { kind: 'timeout' } });
    rig.confirm();
    expect(rig.causes()).toEqual(['blind 2']);
    rig.w.pass(60 * MIN);
    rig.say('blind', rig.account(2), 'pending', { facts: { kind: 'dns' } });
    rig.confirm();
    expect(rig.causes()).toEqual(['blind 2', 'blind 1']);
  });

  it('knows one store', () => {
    const rig = new Rig();
    rig.say('store-failing', { kind: 'app' }, 'pending', { severity: 'warning' });
    rig.confirm();
    expect(rig.causes()).toEqual(['app']);
    rig.say('store-failing', { kind: 'app' }, 'resolved');
    expect(rig.apply()).toMatchObject([{ incident: { phase: 'resolved' } }]);
  });
});

describe('a restart', () => {
  it('goes on with the same incidents: members join, return and end as before', () => {
    const rig = new Rig(alertWorld({ accounts: 2 }));
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', a.slice(0, 11), 'pending');
    rig.say('psk-due', nth(a, 3), 'pending', { severity: 'info' });
    rig.say('blind', rig.account(1), 'pending', { facts: { kind: 'dns' } });
    rig.confirm();
    rig.book.acknowledge('i-1', { by: 'Ada', at: 1, comment: '', until: null }, rig.w.moment());
    const before = rig.book.open();
    rig.restart();
    expect(rig.book.open()).toEqual(before);
    expect(rig.book.incident('i-1')?.acknowledgement?.by).toBe('Ada');
    expect(rig.book.alertsOf('i-1')).toHaveLength(11);
    expect(rig.apply()).toEqual([]);
    rig.w.pass(MIN);
    rig.say('bgp-down', nth(a, 11), 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 12/12 others 0/12', 'rule psk-due 1/24', 'blind 1']);
    rig.all('bgp-down', a, 'resolved');
    rig.say('psk-due', nth(a, 3), 'resolved');
    rig.say('blind', rig.account(1), 'resolved');
    rig.apply();
    expect(rig.book.open()).toEqual([]);
    rig.say('bgp-down', nth(a, 0), 'pending');
    rig.confirm();
    expect(rig.only().id).toBe('i-4');
    expect(testAccount(0)).toBe(rig.only().accountIds[0]);
  });

  it('ends what nothing holds open any more', () => {
    const { rig } = single();
    rig.restart();
    const [incident] = rig.book.open();
    if (incident === undefined) throw new Error('no incident');
    rig.book.refresh(rig.w.moment(), () => []);
    rig.say('bgp-down', incident.cause.kind === 'tunnel' ? incident.cause.key : rig.account(0), 'resolved');
    expect(rig.apply()).toMatchObject([{ incident: { id: 'i-1', phase: 'resolved' } }]);
  });
});
