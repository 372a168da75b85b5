import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BgpFacts, ESTABLISHING_LIMIT_MS, explainBgp } from '../../src/renderer/explain/bgp.ts';
import type { LaneValues } from '../../src/shared/model.ts';
import { bgpStatus, lane, MINUTE, NOW, tunnel } from './tunnel-fixture.ts';

const config = tunnel().bgp;
const explain = (facts: Partial<BgpFacts>) =>
  explainBgp({ lane: lane('up'), status: bgpStatus(), health: 'healthy', config, ...facts }, NOW);

describe('BGP explained', () => {
  it('up and established needs nothing', () => {
    const told = explain({});
    expect(told.tone).toBe('ok');
    expect(told.sentence).toContain('10.252.2.27 is established');
    expect(told.next).toEqual([]);
  });

  it('up but not established is an inconsistent record, and so is up without TCP', () => {
    const step = explain({ status: bgpStatus({ bgpState: 'OpenSent' }) });
    expect(step.tone).toBe('info');
    expect(step.sentence).toMatch(/reported up .* yet its step is OpenSent: the record is old or contradicts itself/);
    expect(explain({ status: bgpStatus({ tcpEstablished: false }) }).sentence).toMatch(/without a TCP connection/);
  });

  it('reads a step however it is spelt, and does not doubt one that is not told', () => {
    for (const bgpState of ['Established', 'ESTABLISHED', 'established', null]) {
      expect(explain({ status: bgpStatus({ bgpState }) }).tone).toBe('ok');
    }
  });

  it('quotes a step that it does not know', () => {
    expect(explain({ status: bgpStatus({ bgpState: 'Dreaming' }) }).sentence).toContain('“Dreaming”');
  });

  it('down with TCP is a refusal: AS numbers and MD5 are next', () => {
    const told = explain({ lane: lane('down'), status: bgpStatus({ state: 'down', bgpState: 'Idle' }) });
    expect(told.tone).toBe('critical');
    expect(told.sentence).toMatch(
      /BGP has been down since .*\(14 min\): TCP to the peer is up but the session is refused/,
    );
    expect(told.next[0]).toMatch(/own AS 65010, remote AS 13335/);
    expect(told.next[1]).toMatch(/MD5 key: one is set at Cloudflare/);
    expect(told.notes[0]).toMatch(/does not prove that traffic is down/);
  });

  it('names the MD5 key by what is set', () => {
    const refused = { lane: lane('down'), status: bgpStatus({ state: 'down' }) } as const;
    expect(explain({ ...refused, config: config && { ...config, md5KeySet: false } }).next[1]).toMatch(
      /must not use one/,
    );
    expect(explain({ ...refused, config: null }).next[1]).toMatch(/on both sides/);
  });

  it('down without TCP: the peer is unreachable; with healthy checks port 179 does not answer', () => {
    const status = bgpStatus({ state: 'down', tcpEstablished: false, bgpState: 'Active' });
    const degraded = explain({ lane: lane('down'), status, health: 'degraded' });
    expect(degraded.sentence).toContain('the peer is unreachable through the tunnel');
    expect(degraded.next[0]).toContain('ping Cloudflare’s tunnel address 10.252.2.26');
    expect(degraded.next.at(-1)).toMatch(/MD5 key.*looks the same/);
    const healthy = explain({ lane: lane('down'), status, health: 'healthy' });
    expect(healthy.sentence).toContain('port 179 does not answer');
    expect(healthy.notes).toContain('Health checks pass, so the tunnel itself carries packets.');
  });

  it('down together with health blames the tunnel, not the session', () => {
    const status = bgpStatus({ state: 'down', tcpEstablished: false });
    const told = explain({ lane: lane('down'), status, health: 'down' });
    expect(told.sentence).toMatch(/health checks fail as well/);
    expect(told.next).toEqual(['Bring the tunnel back first; BGP follows by itself.']);
  });

  it('establishing is patient for two hold times and not longer', () => {
    expect(ESTABLISHING_LIMIT_MS).toBe(2 * 90_000);
    const status = bgpStatus({ state: 'establishing', bgpState: 'OpenSent' });
    const short = explain({ lane: lane('establishing', NOW - ESTABLISHING_LIMIT_MS), status });
    expect(short.tone).toBe('info');
    expect(short.sentence).toMatch(/Up to 3 min is usual/);
    const long = explain({ lane: lane('establishing', NOW - ESTABLISHING_LIMIT_MS - 1), status });
    expect(long.tone).toBe('warning');
    expect(long.sentence).toMatch(/longer than two hold times \(3 min\), although TCP works: Cloudflare said hello/);
    expect(long.next[0]).toMatch(/AS numbers/);
  });

  it('establishing for long without TCP looks at the way, and OpenConfirm at the last step', () => {
    const since = lane('establishing', NOW - 20 * MINUTE);
    const noTcp = bgpStatus({ state: 'establishing', tcpEstablished: false, bgpState: 'Connect' });
    expect(explain({ lane: since, status: noTcp }).next[0]).toMatch(/ping/);
    const confirm = bgpStatus({ state: 'establishing', bgpState: 'OpenConfirm' });
    expect(explain({ lane: since, status: confirm }).sentence).toMatch(/last confirmation does not arrive/);
  });

  it('absent facts have sentences of their own', () => {
    expect(explain({ lane: lane('unconfigured'), status: null, config: null }).sentence).toMatch(
      /No BGP session is configured/,
    );
    const unreported = explain({ lane: lane('unreported'), status: null });
    expect(unreported.sentence).toBe('BGP is configured (customer AS 65010), but Cloudflare reports no session state.');
    expect(unreported.tone).toBe('unknown');
    expect(explain({ lane: lane('unobserved'), status: null }).sentence).toMatch(/not being observed/);
  });

  it('an unknown state is quoted and never read as down', () => {
    const told = explain({ lane: lane('unknown'), status: bgpStatus({ state: 'unknown', raw: 'BGP_PAUSED' }) });
    expect(told.tone).toBe('unknown');
    expect(told.sentence).toContain('“BGP_PAUSED”');
    expect(told.sentence).not.toMatch(/down/);
  });

  it('always has one whole sentence without raw words, and a next step whenever something is wrong', () => {
    const values = fc.constantFrom<LaneValues['bgp']>(
      'up',
      'establishing',
      'down',
      'unconfigured',
      'unreported',
      'unobserved',
    );
    const healths = fc.constantFrom<LaneValues['health']>(
      'healthy',
      'degraded',
      'down',
      'disabled',
      'nodata',
      'unobserved',
    );
    const steps = fc.constantFrom(null, 'Idle', 'Active', 'Connect', 'OpenSent', 'OpenConfirm', 'Established');
    fc.assert(
      fc.property(
        values,
        healths,
        steps,
        fc.boolean(),
        fc.boolean(),
        fc.nat(10 * MINUTE),
        (value, health, bgpState, tcp, bare, age) => {
          const told = explainBgp(
            {
              lane: lane(value, NOW - age),
              status: bare ? null : bgpStatus({ bgpState, tcpEstablished: tcp }),
              health,
              config: bare ? null : config,
            },
            NOW,
          );
          expect(told.sentence).toMatch(/^[A-Z].*\.$/);
          for (const text of [told.sentence, ...told.next, ...told.notes]) {
            expect(text).not.toMatch(/BGP_|undefined|null|nodata|unreported|NaN| {2}/);
          }
          if (told.tone === 'critical' || told.tone === 'warning') expect(told.next.length).toBeGreaterThan(0);
          if (value === 'down' || value === 'establishing') expect(told.tone).not.toBe('ok');
        },
      ),
    );
  });
});
