import { describe, expect, it } from 'vitest';
import { explainHealth } from '../../src/renderer/explain/health.ts';
import { explainPsk, policyWords, pskAge } from '../../src/renderer/explain/psk.ts';
import { scopeOf } from '../../src/renderer/explain/scope.ts';
import { type Sight, summary } from '../../src/renderer/explain/summary.ts';
import type { BoardRow, Fault, TunnelDetail } from '../../src/shared/model.ts';
import { bgpStatus, colos, DAY, detail, HOUR, lane, lanes, MINUTE, NOW, neighbour, POLICY } from './tunnel-fixture.ts';

const SEEING: Sight = { kind: 'seeing' };
const sum = (one: TunnelDetail, more: { sight?: Sight; neighbours?: readonly BoardRow[] } = {}) =>
  summary(
    {
      detail: one,
      sight: SEEING,
      policy: POLICY,
      neighbours: [],
      healthBlind: null,
      cloudflareSide: '10.252.2.26',
      ...more,
    },
    NOW,
  );
const DOWN = { bgp: lane('down'), health: lane('down') } as const;
const downRow = { lanes: lanes(DOWN), severity: 'critical' } as const;
const outage = (): TunnelDetail =>
  detail({
    row: downRow,
    tunnel: { bgpStatus: bgpStatus({ state: 'down', tcpEstablished: false }) },
    colos: colos({ '*': 0 }),
  });

describe('the sentence that sums a tunnel up', () => {
  it('says that all is well, with the facts it rests on', () => {
    const told = sum(detail());
    expect(told.sentence).toMatch(/^Healthy in all 14 data centres, BGP up since .*\. The PSK is 34 days old\.$/);
    expect(told).toMatchObject({ tone: 'ok', next: null, suspect: null, caution: null });
  });

  it('down everywhere together with BGP looks like the tunnel or the customer side', () => {
    const told = sum(outage());
    expect(told.sentence).toMatch(
      /^Down in all 14 data centres since .*\(14 min\), and BGP is down with it\. No data centre gets through/,
    );
    expect(told.suspect).toBe('customer');
    expect(told.next).toMatch(/router at 198\.51\.100\.7/);
  });

  it('a working neighbour over another line points at the carrier', () => {
    const told = sum(outage(), { neighbours: [neighbour('lyon-2')] });
    expect(told.suspect).toBe('carrier');
    expect(told.sentence).toContain('lyon-2 of the same site works over another line');
  });

  it('a whole site down points at the site, most tunnels of an endpoint at Cloudflare', () => {
    expect(sum(outage(), { neighbours: [neighbour('lyon-2', downRow)] }).sentence).toContain(
      'Both tunnels of Lyon are down',
    );
    const far = (name: string): BoardRow =>
      neighbour(name, { ...downRow, cloudflareEndpoint: '203.0.113.1', site: { name, source: 'cloudflare' } });
    const told = sum(outage(), { neighbours: [far('oslo-1'), far('rome-1'), far('bern-1'), neighbour('lyon-2')] });
    expect(told.suspect).toBe('cloudflare');
    expect(told.sentence).toContain('All 4 tunnels to 203.0.113.1 are down, over 4 sites, while others work');
  });

  it('healthy checks below a BGP outage say that packets still get through', () => {
    const told = sum(
      detail({
        row: { lanes: lanes({ bgp: lane('down') }), severity: 'critical' },
        tunnel: { bgpStatus: bgpStatus({ state: 'down', tcpEstablished: true }) },
      }),
    );
    expect(told.sentence).toMatch(
      /session is refused.*The tunnel itself carries packets: healthy in all 14 data centres\./,
    );
    expect(told.suspect).toBe('customer');
  });

  it('health down with BGP up suspects the probes', () => {
    const told = sum(
      detail({ row: { lanes: lanes({ health: lane('down') }), severity: 'critical' }, colos: colos({ '*': 0 }) }),
    );
    expect(told.sentence).toMatch(/yet BGP is up: packets get through/);
  });

  it('loss in one data centre only is likely not yours', () => {
    const told = sum(
      detail({ row: { lanes: lanes({ health: lane('degraded') }), severity: 'warning' }, colos: colos({ FRA: 0 }) }),
    );
    expect(told.suspect).toBe('cloudflare');
    expect(told.sentence).toContain('Only Frankfurt (FRA) sees loss: likely not yours.');
  });

  it('a recovering tunnel is not restarted', () => {
    const told = sum(
      detail({
        row: { lanes: lanes({ health: lane('degraded', NOW - 2 * MINUTE) }), severity: 'warning', recovering: true },
        colos: colos({ '*': 0.5 }),
      }),
    );
    expect(told.sentence).toMatch(/^Recovering: checks pass again/);
    expect(told.next).toMatch(/^Wait/);
  });

  it('what limits our sight comes first, and a tunnel seen blindly is neither up nor down', () => {
    const blind: Sight = { kind: 'blind', since: NOW - 10 * MINUTE, sentence: 'The token was refused.' };
    for (const one of [detail(), outage()]) {
      const told = sum(one, { sight: blind });
      expect(told.tone).toBe('unknown');
      expect(told.caution).toMatch(/^Blind since .*\(10 min\): The token was refused\.$/);
      expect(told.sentence).toMatch(/^Last known: /);
      expect(told.suspect).toBe('tunnelwatch');
    }
    expect(sum(detail(), { sight: { kind: 'stale', ageMs: 4 * MINUTE } }).caution).toBe(
      'The last answer is 4 min old.',
    );
    expect(sum(detail(), { sight: { kind: 'stale', ageMs: null } }).caution).toBe('There is no answer yet.');
    expect(sum(detail(), { sight: { kind: 'lost', since: NOW - MINUTE, reason: '' } }).caution).toMatch(
      /host has said nothing since/,
    );
  });

  it('an unreadable answer is told without hiding what is known', () => {
    const told = sum(detail({ row: { unreadable: 'interface_address is missing.' } }));
    expect(told.caution).toContain('interface_address is missing.');
    expect(told.sentence).toMatch(/^Healthy in all/);
  });

  it('puts a due PSK behind what is alive, and a missing one in front', () => {
    const due = sum(
      detail({
        row: { lanes: lanes({ psk: lane('due') }), severity: 'warning' },
        tunnel: { pskGeneratedAt: NOW - 200 * DAY },
      }),
    );
    expect(due.sentence).toMatch(/^Healthy in all 14 .* The PSK is 200 days old .*due for 20 days/);
    const none = sum(
      detail({
        row: {
          lanes: lanes({ psk: lane('missing'), bgp: lane('unreported'), health: lane('nodata') }),
          severity: 'critical',
        },
        tunnel: { pskGeneratedAt: null },
        colos: [],
      }),
    );
    expect(none.sentence).toMatch(/^No PSK is reported: .*cannot come up\.$/);
  });

  it('checks that are off are said to be off', () => {
    const told = sum(detail({ row: { lanes: lanes({ health: lane('disabled') }), severity: 'warning' }, colos: [] }));
    expect(told.sentence).toMatch(/switched off.*cannot warn or fail over/);
  });

  it('a dead tunnel that was never keyed needs no other explanation', () => {
    const told = sum(
      detail({
        row: { lanes: lanes({ psk: lane('missing'), bgp: lane('unconfigured'), health: lane('down') }) },
        tunnel: { pskGeneratedAt: null },
      }),
    );
    expect(told.sentence).toMatch(/^No PSK was ever generated, so the tunnel cannot come up\. /);
    expect(told).toMatchObject({ tone: 'critical', suspect: 'tunnel' });
    expect(told.next).toMatch(/PSK/);
  });

  it('unknown stays unknown, and asks for what is missing', () => {
    const told = sum(
      detail({
        row: { lanes: lanes({ bgp: lane('unreported'), health: lane('nodata') }), severity: 'unknown' },
        tunnel: { bgpStatus: null },
        colos: [],
      }),
    );
    expect(told.sentence).toMatch(/^No health results, BGP state not reported\./);
    expect(told.next).not.toBeNull();
  });
});

describe('health explained', () => {
  const health = (one: TunnelDetail, blind: Fault | null = null) =>
    explainHealth({ row: one.row, colos: one.colos, config: one.tunnel.healthCheck, blind }, NOW);

  it('tells the share, and that a few data centres with loss are normal', () => {
    const told = health(detail({ colos: colos({ FRA: 0, SYD: 0.5 }) }));
    expect(told.sentence).toBe('Healthy in 12 of 14 data centres; not in Frankfurt (FRA) and Sydney (SYD).');
    expect(told.notes[0]).toMatch(/normal/);
  });

  it('does not write of 1 data centres', () => {
    const one = health(detail({ colos: colos().slice(0, 1) }));
    expect(one.sentence).toBe('Healthy in the only data centre that reports.');
    expect(
      health(detail({ row: { lanes: lanes({ health: lane('down') }) }, colos: colos({ '*': 0 }).slice(0, 1) }))
        .sentence,
    ).toMatch(/^Down in the only data centre that reports since/);
  });

  it('gives a recovery its earliest and latest end', () => {
    const at = (ago: number) =>
      health(
        detail({
          row: { lanes: lanes({ health: lane('degraded', NOW - ago) }), recovering: true },
          colos: colos({ '*': 0.5 }),
        }),
      ).sentence;
    expect(at(2 * MINUTE)).toMatch(/healthy between \d\d:03 and \d\d:28/);
    expect(at(20 * MINUTE)).toMatch(/healthy by \d\d:10/);
  });

  it('says why there are no results', () => {
    const fault: Fault = {
      kind: 'missing-permission',
      sentence: 'The token lacks Account Analytics Read.',
      status: 403,
      code: null,
      retryAfterMs: null,
      permission: 'Account Analytics Read',
      cfRay: null,
    };
    const told = health(detail({ row: { lanes: lanes({ health: lane('nodata') }) }, colos: [] }), fault);
    expect(told.next).toEqual(['The token lacks Account Analytics Read.']);
    expect(told.sentence).toMatch(/not the same as down/);
  });

  it('warns of a firewall where probes are unrequested replies', () => {
    const one = detail({ row: { lanes: lanes({ health: lane('down') }) }, colos: colos({ '*': 0 }) });
    const config = one.tunnel.healthCheck && { ...one.tunnel.healthCheck, type: 'reply' };
    expect(explainHealth({ row: one.row, colos: one.colos, config }, NOW).next[0]).toMatch(/firewall/);
  });
});

describe('the PSK explained', () => {
  const psk = (age: number | null, works = false) =>
    explainPsk({ lane: lane('fresh'), generatedAt: age === null ? null : NOW - age, works }, POLICY, NOW);

  it.each([
    [34 * DAY, 'ok', /is 34 days old .*due in 146 days, on/],
    [1 * DAY, 'ok', /is 1 day old/],
    [179.5 * DAY, 'info', /due within a day/],
    [90 * DAY, 'info', /due in 90 days/],
    [180 * DAY, 'warning', /due since today/],
    [200 * DAY, 'warning', /due for 20 days/],
    [181 * DAY, 'warning', /due for 1 day,/],
    [365 * DAY, 'critical', /due for 185 days/],
  ] as const)('at an age of %d ms', (age, tone, words) => {
    expect(psk(age).tone).toBe(tone);
    expect(psk(age).sentence).toMatch(words);
  });

  it('knows a key from the future, a key of today and no key', () => {
    expect(psk(-3 * MINUTE).sentence).toMatch(/dated 3 min ahead.*differ/);
    expect(psk(3 * HOUR).sentence).toMatch(/3 h old/);
    expect(psk(3 * HOUR).notes[0]).toMatch(/mismatch stays hidden/);
    expect(psk(null).tone).toBe('critical');
    expect(psk(null, true).sentence).toMatch(/yet the tunnel works/);
    expect(pskAge(NOW - 2 * DAY, NOW)).toBe('2 days old');
  });

  it('puts the policy in words', () => {
    expect(policyWords(POLICY)).toBe('aging after 90 days, due after 180 days, stale after 365 days');
  });
});

describe('whose fault it looks like', () => {
  const mine = outage().row;

  it('is nobody’s while the tunnel is not down, and unknown without neighbours', () => {
    expect(scopeOf(detail().row, [neighbour('lyon-2', downRow)])).toBeNull();
    expect(scopeOf(mine, [])).toBeNull();
    expect(scopeOf(mine, [mine])).toBeNull();
  });

  it('is the tunnel’s own where its sister works over the same line', () => {
    const sister = neighbour('lyon-1b', { customerEndpoint: '198.51.100.7' });
    expect(scopeOf(mine, [sister])?.suspect).toBe('tunnel');
    expect(scopeOf({ ...mine, site: null }, [{ ...sister, site: null }])?.suspect).toBe('tunnel');
  });

  it('is the line’s where all tunnels of one customer address are down', () => {
    const sister = neighbour('x', { ...downRow, customerEndpoint: '198.51.100.7', site: null });
    expect(scopeOf({ ...mine, site: null }, [sister])?.sentence).toMatch(/^Both tunnels to 198\.51\.100\.7 are down/);
  });

  it('does not accuse Cloudflare of one site or of two tunnels', () => {
    const same = neighbour('lyon-2', { ...downRow, cloudflareEndpoint: '203.0.113.1' });
    expect(scopeOf(mine, [same])?.suspect).toBe('customer');
    expect(scopeOf(mine, [same, neighbour('lyon-3', { ...downRow, cloudflareEndpoint: '203.0.113.1' })])?.suspect).toBe(
      'customer',
    );
  });
});
