import { describe, expect, it } from 'vitest';
import { Present } from '../../../src/engine/cloudflare/present.ts';
import { cloudProblems } from '../../../src/engine/operations/cloud-problems.ts';
import type { KnownTunnel } from '../../../src/engine/operations/contract.ts';
import { targetsOf } from '../../../src/engine/operations/targets.ts';
import { warningsOf } from '../../../src/engine/operations/warnings.ts';
import { planWarning } from '../../../src/renderer/words/de/host-sentences.ts';
import type { Fault } from '../../../src/shared/fault.ts';
import type { BoardRow, Tunnel } from '../../../src/shared/model.ts';
import type { Operation, TunnelChange } from '../../../src/shared/operations.ts';
import { ACCOUNT, T0, tunnel } from '../../fixtures/tunnels.ts';

function known(of: Tunnel, health: 'healthy' | 'degraded' | 'down', site = 'ams', idle = true): KnownTunnel {
  const lane = <T>(value: T) => ({ value, since: T0, exact: true });
  const lanes = { bgp: lane('up'), health: lane(health), psk: lane('fresh'), config: lane('ok') };
  return {
    tunnel: of,
    row: { key: of.key, name: of.name, site: { name: site, source: 'name' }, lanes, idle } as BoardRow,
  };
}
const a = tunnel('ams-a', { customerEndpoint: '198.18.1.1' });
const b = tunnel('ams-b', { customerEndpoint: '198.18.1.2' });

function warned(operation: Operation, all: readonly KnownTunnel[]): readonly string[] {
  const presents = new Map(all.map(({ tunnel: of }) => [of.id, new Present(of, { id: of.id, name: of.name })]));
  const { warnings, warningsSaid } = warningsOf(operation.kind, targetsOf(operation, presents, T0), all);
  const german = warnings.map((one, index) => planWarning(one, warningsSaid?.[index]));
  for (const one of german)
    expect(one).not.toMatch(/undefined|\b(the|of|is|are|tunnel of|without|restarts|router has)\b/);
  return warnings;
}
const update = (change: TunnelChange, all: readonly KnownTunnel[]) =>
  warned({ kind: 'update', key: a.key, change }, all);

describe('before a change people are told', () => {
  it('that a site would be cut off, before anything else', () => {
    const last = warned({ kind: 'delete', key: a.key }, [known(a, 'healthy', 'ams', false), known(b, 'down')]);
    expect(last[0]).toBe('ams-a is the last tunnel of ams that works: without it the site is cut off.');
    expect(last).toContain('ams-a carried traffic within the last hours.');
    expect(warned({ kind: 'delete', key: a.key }, [known(a, 'healthy'), known(b, 'healthy', 'fra')])[0]).toBe(
      'ams-a is the only tunnel of ams: without it the site is cut off.',
    );
    const keys = [a, b].map(({ key }) => ({ key, psk: 'x' }));
    expect(warned({ kind: 'psk-set', accountId: ACCOUNT, keys }, [known(a, 'healthy'), known(b, 'healthy')])[0]).toBe(
      'All tunnels of ams would be changed at once: while it starts anew the site may be cut off.',
    );
  });

  it('that the partner is not well', () => {
    expect(warned({ kind: 'psk-generate', key: a.key }, [known(a, 'healthy'), known(b, 'degraded')])).toContain(
      'ams-b of the same site is not healthy.',
    );
    expect(
      warned({ kind: 'psk-generate', key: a.key }, [known(a, 'healthy'), known(b, 'healthy')]).join(' '),
    ).not.toMatch(/cut off|not healthy/);
  });

  it.each<[TunnelChange, RegExp]>([
    [{ bgp: { customerAsn: 64_999 } }, /BGP session of ams-a restarts\.$/],
    [{ bgp: { md5Key: 'k' } }, /restarts. The router has to be changed at the same time/],
    [{ bgp: null }, /BGP session of ams-a ends/],
    [{ customerEndpoint: '198.18.9.9' }, /IKE identities of ams-a change/],
    [{ customerEndpoint: '198.18.1.2' }, /ams-b has the same pair of endpoints/],
    [{ replayProtection: true }, /Replay protection ties/],
    [{ healthCheck: { enabled: false } }, /Without health checks/],
    [{ name: 'ams-z' }, /Health results are kept by name/],
    [{ psk: 'x' }, /goes on with the old key/],
  ])('what %j brings with it', (change, sentence) => {
    expect(update(change, [known(a, 'healthy'), known(b, 'healthy')]).filter((one) => sentence.test(one))).toHaveLength(
      1,
    );
  });

  it('nothing where there is nothing to say', () => {
    expect(update({ description: 'x' }, [known(a, 'healthy'), known(b, 'down')])).toEqual([]);
  });
});

describe('complaints of Cloudflare', () => {
  const fault = (more: Partial<Fault>): Fault => ({
    kind: 'rejected',
    sentence: '',
    status: 400,
    code: 1001,
    retryAfterMs: null,
    permission: null,
    cfRay: null,
    ...more,
  });
  it.each([
    ['/health_check/target/saved', 'healthCheck.target'],
    ['/bgp/extra_prefixes/0', 'bgp.extraPrefixes'],
    ['/bgp/md5_key', 'bgp.md5Key'],
    ['/custom_remote_identities/fqdn_id', 'fqdnId'],
    ['/interface_address6', 'interfaceAddress6'],
    ['', null],
  ])('at %s belong to %s', (pointer, field) => {
    const problems = cloudProblems(fault({ parts: [{ pointer, message: 'no' }] }), [a.key]);
    const said = { code: 'cloudflare-says', facts: { message: 'no.' } };
    expect(problems).toEqual([{ key: a.key, field, sentence: 'Cloudflare says: no.', said }]);
  });

  it('in a bulk request belong to their tunnel', () => {
    const parts = [
      { pointer: '/1/name', message: 'taken' },
      { pointer: '/ipsec_tunnels/0/psk', message: 'weak' },
    ];
    expect(cloudProblems(fault({ parts }), [a.key, b.key])).toMatchObject([
      { key: b.key, field: 'name' },
      { key: a.key, field: 'psk' },
    ]);
  });

  it.each([
    ['interface_address must be a /31', 'interfaceAddress'],
    ['The customer endpoint is not routable', 'customerEndpoint'],
    ['tunnel name already exists', 'name'],
    ['automatic_return_routing is not enabled for this account', 'automaticReturnRouting'],
    ['something else went wrong', null],
  ])('without a pointer are placed by their words: %s', (sentence, field) => {
    expect(cloudProblems(fault({ sentence }), [a.key])).toMatchObject([{ key: a.key, field }]);
  });
});
