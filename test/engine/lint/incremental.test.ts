/** After any news the linter says what one would say that sees everything for the first time, with far less work. */
import { describe, expect, it } from 'vitest';
import { TunnelSchema } from '../../../src/engine/cloudflare/schema.ts';
import { toTunnel } from '../../../src/engine/cloudflare/tunnel.ts';
import { EXAMPLE_SURROUNDINGS } from '../../../src/engine/lint/catalogue/sound.ts';
import { type Linter, NO_FACTS, type Surroundings, type TunnelFacts } from '../../../src/engine/lint/contract.ts';
import { createLinter } from '../../../src/engine/lint/linter.ts';
import type { Tunnel, TunnelId, TunnelKey } from '../../../src/shared/model.ts';
import { tunnelKey } from '../../../src/shared/model.ts';
import { apiTunnel } from '../../fixtures/list-body.ts';
import { ACCOUNT, DAY, POLICY, T0 } from '../../fixtures/tunnels.ts';

const make = (): Linter => createLinter({ accountId: ACCOUNT, policyOf: () => POLICY, bgpBeatMs: 30_000 });
const sound = (i: number): Tunnel => toTunnel(ACCOUNT, TunnelSchema.parse(apiTunnel(i)));

/** Mulberry32: the same seed makes the same edits. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One field of a tunnel takes a value out of few, so that tunnels clash often. */
function edited(tunnel: Tunnel, below: (n: number) => number): Tunnel {
  const pick = <T>(...values: readonly T[]): T => values[below(values.length)] as T;
  const edits: readonly (() => Partial<Tunnel>)[] = [
    () => ({ name: pick('site0-tun-a', 'SITE0-tun-a', 'lonely', `site${below(5)}-tun-${pick('a', 'b', 'c')}`) }),
    () => ({ interfaceAddress: `10.0.0.${below(24)}/${pick(29, 30, 31)}` }),
    () => ({ customerEndpoint: pick(null, '44.1.1.1', `44.1.1.${below(4)}`, '10.1.1.1') }),
    () => ({ cloudflareEndpoint: pick('162.159.64.10', '162.159.65.10', '162.159.66.10') }),
    () => ({ description: pick(null, '#site-x', '#site-y') }),
    () => ({ replayProtection: pick(true, false, null), automaticReturnRouting: pick(true, false, null) }),
    () => ({ fqdnId: pick(null, `x.${pick(1, 2)}.custom.ipsec.cloudflare.com`) }),
    () => ({ interfaceAddress6: pick(null, `2606:54c1:${below(2)}::${below(6)}/127`) }),
    () => ({
      pskGeneratedAt: pick(null, T0 - 30 * DAY, T0 - 2 * DAY, T0 - 400 * DAY),
      createdAt: pick(null, T0 - 50 * DAY),
    }),
    () => ({
      healthCheck: tunnel.healthCheck && {
        ...tunnel.healthCheck,
        rate: pick('low', 'mid', null),
        direction: pick('unidirectional', 'bidirectional'),
      },
    }),
    () => ({
      healthCheck: tunnel.healthCheck && {
        ...tunnel.healthCheck,
        target: { saved: pick('', '44.9.9.9'), effective: '44.9.9.9' },
      },
    }),
    () => ({
      bgp: pick(
        null,
        tunnel.bgp && { ...tunnel.bgp, customerAsn: pick(64_512, 13_335, 64_513), md5KeySet: pick(true, false) },
      ),
    }),
    () => ({ modifiedAt: pick(null, T0 - DAY, T0) }),
  ];
  return { ...tunnel, ...pick(...edits)() };
}

function everything(linter: Linter, keys: Iterable<TunnelKey>): unknown {
  const findings = [...keys].sort().map((key) => [key, linter.findings(key)]);
  return { findings, account: linter.accountFindings(), notEvaluated: linter.notEvaluated() };
}

describe('the linter and news', () => {
  it.each([1, 2, 3, 4])('agrees with a full run after any edits (seed %i)', (seed) => {
    const below = randomOf(seed);
    const linter = make();
    const tunnels = new Map<TunnelKey, Tunnel>();
    const facts = new Map<TunnelKey, TunnelFacts>();
    let surroundings: Surroundings = EXAMPLE_SURROUNDINGS;
    let now = T0;
    let next = 0;
    for (let round = 0; round < 120; round++) {
      now += below(3) === 0 ? below(DAY) : 0;
      const changed: Tunnel[] = [];
      const removed: TunnelKey[] = [];
      const told = new Map<TunnelKey, TunnelFacts>();
      const keys = [...tunnels.keys()];
      const any = keys[below(Math.max(1, keys.length))];
      const what = below(10);
      if (what < 3 || any === undefined) changed.push(sound(next++));
      else if (what === 3) removed.push(any);
      else if (what === 4) told.set(any, { idle: below(2) === 0, health: 'down', site: below(2) === 0 ? null : 'AMS' });
      else if (what === 5) surroundings = { ...surroundings, gre: below(3) === 0 ? null : [gre(below(24))] };
      else
        for (const key of [any, ...keys.slice(0, below(2))]) changed.push(edited(tunnels.get(key) ?? sound(0), below));
      for (const tunnel of changed) tunnels.set(tunnel.key, tunnel);
      for (const key of removed) {
        tunnels.delete(key);
        facts.delete(key);
      }
      for (const [key, one] of told) facts.set(key, one);
      linter.apply({ now, changed, removed, facts: told, surroundings });
      const full = make();
      full.apply({ now, changed: tunnels.values(), facts, surroundings });
      expect(everything(linter, tunnels.keys()), `round ${round}`).toEqual(everything(full, tunnels.keys()));
    }
  });

  it('judges few rules of few tunnels again when one of a thousand changes', () => {
    const linter = make();
    const tunnels = Array.from({ length: 1000 }, (_, i) => sound(i));
    linter.apply({ now: T0, changed: tunnels, surroundings: EXAMPLE_SURROUNDINGS });
    const all = linter.judged;
    expect(all).toBeGreaterThan(70_000);
    linter.apply({ now: T0, changed: [{ ...sound(7), replayProtection: true }] });
    expect(linter.judged - all).toBeLessThan(10);
    const once = linter.judged;
    linter.apply({ now: T0, changed: [{ ...sound(7), replayProtection: true, interfaceAddress: '10.0.0.16/31' }] });
    expect(linter.judged - once).toBeLessThan(60);
    const again = linter.judged;
    linter.apply({ now: T0 });
    expect(linter.judged).toBe(again);
  });

  it('judges by time alone when the moment comes', () => {
    const linter = make();
    const tunnel = {
      ...sound(0),
      pskGeneratedAt: T0 - 179 * DAY,
      createdAt: T0 - 500 * DAY,
      modifiedAt: T0 - 179 * DAY,
    };
    linter.apply({ now: T0, changed: [tunnel], facts: new Map([[tunnel.key, NO_FACTS]]) });
    expect(linter.again).toBeLessThanOrEqual(T0 + DAY);
    expect(linter.apply({ now: T0 + DAY })).toEqual(new Set([tunnel.key]));
    expect(linter.findings(tunnel.key).map(({ rule }) => rule)).toContain('psk-age-warning');
  });

  it('tells what a change would cause and solve, and forgets it', () => {
    const linter = make();
    const [a, b] = [sound(0), sound(1)];
    linter.apply({ now: T0, changed: [a, { ...b, replayProtection: true }], surroundings: EXAMPLE_SURROUNDINGS });
    const before = everything(linter, [a.key, b.key]);
    const copy = { ...b, id: 'copy' as TunnelId, key: tunnelKey(ACCOUNT, 'copy' as TunnelId) };
    const { causes, solves } = linter.whatIf({ now: T0, changed: [copy, b] });
    expect(causes.map(({ rule }) => rule)).toContain('name-duplicate');
    expect(solves.map(({ rule }) => rule)).toContain('replay-protection-on');
    expect(everything(linter, [a.key, b.key])).toEqual(before);
  });
});

function gre(n: number): NonNullable<Surroundings['gre']>[number] {
  return {
    kind: 'gre',
    id: 'gre',
    name: 'site0-tun-a',
    interfaceAddress: `10.0.0.${n}/30`,
    cloudflareEndpoint: null,
    customerEndpoint: '44.1.1.1',
    bgp: false,
  };
}
