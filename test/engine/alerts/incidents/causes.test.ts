import { describe, expect, it } from 'vitest';
import type { TunnelKey } from '../../../../src/shared/model.ts';
import { alertWorld } from '../world.ts';
import { nth, pairs, Rig } from './rig.ts';

const MIN = 60_000;

/** The tunnels that fail, in answers 30 s apart, and the causes that must come of it. */
interface Row {
  readonly what: string;
  readonly world: (rig: Rig) => readonly (readonly TunnelKey[])[];
  readonly causes: readonly string[];
}

const two = (rig: Rig, n: number) => pairs(rig.w, n);

const TABLE: readonly Row[] = [
  { what: 'one tunnel', world: (rig) => [[nth(two(rig, 12).a, 3)]], causes: ['tunnel site-3-a'] },
  {
    what: 'all tunnels of an endpoint',
    world: (rig) => [two(rig, 12).a],
    causes: ['cloudflare 203.0.113.1 12/12 others 0/12'],
  },
  {
    what: 'all tunnels of an endpoint over three answers',
    world: (rig) => {
      const { a } = two(rig, 12);
      return [a.slice(0, 5), a.slice(5, 9), a.slice(9)];
    },
    causes: ['cloudflare 203.0.113.1 12/12 others 0/12'],
  },
  {
    what: 'nearly all of an endpoint: one idle tunnel does not hide it',
    world: (rig) => [two(rig, 12).a.slice(1)],
    causes: ['cloudflare 203.0.113.1 11/12 others 0/12'],
  },
  {
    what: 'half of an endpoint, all at once',
    world: (rig) => [two(rig, 12).a.slice(6)],
    causes: ['cloudflare 203.0.113.1 6/12 others 0/12'],
  },
  {
    what: 'both tunnels of a site',
    world: (rig) => {
      const { a, b } = two(rig, 12);
      return [[nth(a, 4), nth(b, 4)]];
    },
    causes: ['site site-4 2/2'],
  },
  {
    what: 'a carrier: one address that two sites share, each with another line that works',
    world: (rig) => {
      const { w } = rig;
      two(rig, 6);
      const shared = ['east', 'west'].map((site) => {
        w.add({
          site,
          name: `${site}-other`,
          cloudflareEndpoint: '203.0.113.2',
          customerEndpoint: `192.0.2.${site.length}`,
        });
        return w.add({
          site,
          name: `${site}-carrier`,
          cloudflareEndpoint: '203.0.113.1',
          customerEndpoint: '192.0.2.99',
        });
      });
      return [shared];
    },
    causes: ['customer 192.0.2.99 2/2 others 0/14'],
  },
  {
    what: 'a site with four tunnels over two lines, one line',
    world: (rig) => {
      two(rig, 6);
      const one = (n: number, line: string) =>
        rig.w.add({ site: 'big', name: `big-${n}`, cloudflareEndpoint: `203.0.113.${n % 2}`, customerEndpoint: line });
      const line = [one(1, '192.0.2.1'), one(2, '192.0.2.1')];
      one(3, '192.0.2.2');
      one(4, '192.0.2.2');
      return [line];
    },
    causes: ['customer 192.0.2.1 2/2 others 0/14'],
  },
  {
    what: 'the whole account',
    world: (rig) => {
      const { a, b } = two(rig, 10);
      return [[...a, ...b]];
    },
    causes: ['account 20/20'],
  },
  {
    what: 'most of the account, over several answers',
    world: (rig) => {
      const { a, b } = two(rig, 10);
      return [a.slice(0, 9), b.slice(1)];
    },
    causes: ['account 18/20'],
  },
  {
    what: 'an endpoint, and one tunnel elsewhere',
    world: (rig) => {
      const { a, b } = two(rig, 12);
      return [[...a, nth(b, 0)]];
    },
    causes: ['cloudflare 203.0.113.1 12/12 others 1/12', 'tunnel site-0-b'],
  },
  {
    what: 'two unrelated tunnels at the same moment',
    world: (rig) => {
      const { a, b } = two(rig, 12);
      return [[nth(a, 1), nth(b, 7)]];
    },
    causes: ['tunnel site-1-a', 'tunnel site-7-b'],
  },
  {
    what: 'two sites at the same moment',
    world: (rig) => {
      const { a, b } = two(rig, 12);
      return [[nth(a, 1), nth(b, 1), nth(a, 7), nth(b, 7)]];
    },
    causes: ['site site-1 2/2', 'site site-7 2/2'],
  },
  {
    what: 'twenty of fifty sites at once: no accident, one message',
    world: (rig) => {
      const { a, b } = two(rig, 50);
      return [[...a.slice(0, 20), ...b.slice(0, 20)]];
    },
    causes: ['account 40/100'],
  },
  {
    what: 'an account with one tunnel',
    world: (rig) => [[rig.w.add({ name: 'lonely', site: null })]],
    causes: ['tunnel lonely'],
  },
  {
    what: 'tunnels that nothing watches do not dilute an outage',
    world: (rig) => {
      const { a } = two(rig, 6);
      for (let n = 0; n < 6; n++)
        rig.w.add({ bgp: 'unconfigured', health: 'disabled', cloudflareEndpoint: '203.0.113.1' });
      return [a];
    },
    causes: ['cloudflare 203.0.113.1 6/12 others 0/6'],
  },
];

describe('what fails together has one cause', () => {
  for (const { what, world, causes } of TABLE) {
    for (const order of ['as it comes', 'backwards'] as const) {
      it(`${what}, ${order}`, () => {
        const rig = new Rig();
        for (const answer of world(rig)) {
          const keys = order === 'backwards' ? [...answer].reverse() : answer;
          rig.all('bgp-down', keys, 'pending');
          rig.confirm();
        }
        rig.confirm();
        expect([...rig.causes()].sort()).toEqual([...causes].sort());
      });
    }
  }

  it('200 tunnels of an endpoint, in any order over several answers, are one incident that is told once', () => {
    for (const seed of [1, 2, 3]) {
      const rig = new Rig();
      const { a } = pairs(rig.w, 200);
      const shuffled = [...a].sort((x, y) => ((x.charCodeAt(60) * seed) % 7) - ((y.charCodeAt(60) * seed) % 7));
      for (let from = 0; from < 200; from += 50) {
        rig.all('bgp-down', shuffled.slice(from, from + 50), 'pending');
        rig.confirm();
      }
      rig.confirm();
      expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 200/200 others 0/200']);
      expect(rig.told.filter(({ was }) => was === null)).toHaveLength(1);
      expect(rig.only().tunnels).toBe(200);
    }
  });

  it('counts what is pending from the first word on', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', a.slice(0, 4), 'pending');
    rig.apply();
    rig.w.pass(30_000);
    rig.all('bgp-down', a.slice(0, 4), 'firing');
    rig.all('bgp-down', a.slice(4), 'pending');
    const [first] = rig.apply();
    expect(first?.incident.counts).toEqual({ pending: 8, firing: 4, recovering: 0, resolved: 0 });
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 12/12 others 0/12']);
  });

  it('takes health that follows BGP on the same tunnels into the same incident, whenever it comes', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', a, 'pending');
    rig.confirm();
    rig.w.pass(10 * MIN);
    rig.all('health-down', a, 'pending');
    rig.confirm();
    expect(rig.only().counts.firing).toBe(24);
    expect(rig.only().rules).toEqual(['bgp-down', 'health-down']);
  });

  it('keeps an hour apart what fails an hour apart at another site', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.say('bgp-down', nth(a, 0), 'pending');
    rig.confirm();
    rig.w.pass(60 * MIN);
    rig.say('bgp-down', nth(a, 1), 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['tunnel site-0-a', 'tunnel site-1-a']);
  });

  it('makes one of both halves of a pair, though hours lie between: one page, then one that says worse', () => {
    const rig = new Rig();
    const { a, b } = pairs(rig.w, 12);
    rig.say('bgp-down', nth(a, 0), 'pending', { severity: 'warning' });
    rig.confirm();
    rig.say('redundancy-lost', rig.site('site-0'), 'firing', { severity: 'warning' });
    rig.apply();
    expect(rig.only().rules).toEqual(['bgp-down', 'redundancy-lost']);
    rig.w.pass(180 * MIN);
    rig.say('bgp-down', nth(b, 0), 'pending');
    rig.apply();
    rig.w.pass(30_000);
    rig.say('bgp-down', nth(b, 0), 'firing');
    rig.say('bgp-down', nth(a, 0), 'firing', { severity: 'critical' });
    rig.say('redundancy-lost', rig.site('site-0'), 'resolved');
    rig.say('site-isolated', rig.site('site-0'), 'firing');
    const told = rig.apply();
    expect(rig.causes()).toEqual(['site site-0 2/2']);
    expect(told).toHaveLength(1);
    expect(told[0]?.steps.map(({ what }) => what)).toEqual(['cause', 'worse']);
    expect(rig.only()).toMatchObject({ id: 'i-1', severity: 'critical' });
  });

  it('merges two incidents that turn out to be one: the younger ends and says where it went', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', [nth(a, 0), nth(a, 1)], 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['tunnel site-0-a', 'tunnel site-1-a']);
    rig.all('bgp-down', a.slice(2), 'pending');
    const told = rig.apply();
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 12/12 others 0/12']);
    const younger = told.find(({ incident }) => incident.id === 'i-2');
    expect(younger?.incident).toMatchObject({ phase: 'resolved', mergedInto: 'i-1' });
    expect(younger?.steps).toMatchObject([{ what: 'resolved', note: 'part of i-1' }]);
    const older = told.find(({ incident }) => incident.id === 'i-1');
    expect(older?.steps.map(({ what }) => what)).toEqual(['cause']);
    expect(rig.book.alertsOf('i-1')).toHaveLength(12);
  });

  it('lets a dead endpoint take its last tunnel an hour later, and its growth makes no new incident', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', a.slice(0, 11), 'pending');
    rig.confirm();
    rig.w.pass(60 * MIN);
    rig.say('bgp-down', nth(a, 11), 'pending');
    const [grown] = rig.apply();
    expect(grown?.steps).toMatchObject([{ what: 'grew', note: '12 of 12' }]);
    expect(rig.only().cause).toMatchObject({ extent: { failing: 12, of: 12 } });
  });

  it('does not count what failed long before against an endpoint, and leaves it where it was', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    for (const key of a.slice(0, 4)) {
      rig.say('bgp-down', key, 'pending');
      rig.confirm();
      rig.w.pass(24 * 60 * MIN);
    }
    rig.all('bgp-down', a.slice(4), 'pending');
    rig.confirm();
    expect(rig.causes().slice(4)).toEqual(['cloudflare 203.0.113.1 12/12 others 0/12']);
    expect(rig.causes()).toHaveLength(5);
  });

  it('finds that a line has failed when what still worked of it fails', () => {
    const rig = new Rig();
    pairs(rig.w, 12);
    const line = ['east', 'west', 'north'].map((site) =>
      rig.w.add({ site, name: site, customerEndpoint: '192.0.2.99' }),
    );
    rig.say('bgp-down', nth(line, 2), 'pending');
    rig.confirm();
    rig.w.pass(24 * 60 * MIN);
    rig.all('bgp-down', line.slice(0, 2), 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['tunnel north', 'customer 192.0.2.99 3/3 others 0/24']);
  });

  it('does not let trouble all over the account swallow what comes a day later', () => {
    const rig = new Rig();
    const { a, b } = pairs(rig.w, 50);
    rig.all('bgp-down', [...a.slice(0, 20), ...b.slice(0, 20)], 'pending');
    rig.confirm();
    rig.w.pass(24 * 60 * MIN);
    rig.all('bgp-down', [...a.slice(30, 36), ...b.slice(30, 36)], 'pending');
    rig.confirm();
    expect(rig.book.open().map(({ id, cause, tunnels }) => [id, cause.kind, tunnels])).toEqual([
      ['i-1', 'account', 40],
      ['i-2', 'account', 12],
    ]);
  });

  it('tells anew that the rest of an endpoint fails a day after a part of it', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.all('bgp-down', a.slice(0, 3), 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 3/12 others 0/12']);
    rig.w.pass(24 * 60 * MIN);
    rig.all('bgp-down', a.slice(3), 'pending');
    rig.confirm();
    expect(rig.book.open().map(({ id, tunnels }) => [id, tunnels])).toEqual([
      ['i-1', 3],
      ['i-2', 9],
    ]);
  });

  it('keeps an endpoint that fails tunnel by tunnel to a few messages, and to one incident in the end', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    for (const key of a) {
      rig.say('bgp-down', key, 'pending');
      rig.confirm();
      rig.w.pass(30_000);
    }
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 12/12 others 0/12']);
    expect(rig.told.filter(({ was }) => was === null).length).toBeLessThanOrEqual(3);
  });

  it('blames no change of one tunnel for the outage of an endpoint', () => {
    const rig = new Rig();
    const { a } = pairs(rig.w, 12);
    rig.w.event('psk-changed', nth(a, 3), { from: null, to: 5 });
    rig.apply();
    rig.w.pass(4 * MIN);
    rig.all('bgp-down', a, 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 12/12 others 0/12']);
    expect(rig.only().priorChange).toBeNull();
  });

  it('gathers tunnels that fail together after their configuration was changed', () => {
    const rig = new Rig();
    const { a, b } = pairs(rig.w, 40);
    for (const key of [nth(a, 1), nth(b, 9)])
      rig.w.event('config-changed', key, { fields: 'replayProtection', replayProtection: 'false -> true' });
    rig.apply();
    rig.w.pass(4 * MIN);
    rig.all('bgp-down', [nth(a, 1), nth(b, 9)], 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['account 2/80']);
    expect(rig.only().priorChange).toMatchObject({ name: 'site-1-a', change: { fields: 'replayProtection' } });
  });

  it('keeps accounts apart', () => {
    const rig = new Rig(alertWorld({ accounts: 2 }));
    const first = pairs(rig.w, 4);
    const key = rig.w.row(nth(first.a, 0)).accountId;
    const second = pairs(rig.w, 4, rig.w.world.accounts().find(({ id }) => id !== key)?.id);
    rig.all('bgp-down', [...first.a, ...second.a], 'pending');
    rig.confirm();
    expect(rig.causes()).toEqual(['cloudflare 203.0.113.1 4/4 others 0/4', 'cloudflare 203.0.113.1 4/4 others 0/4']);
  });
});
