import { describe, expect, it } from 'vitest';
import { compile, labelsOf } from '../../../src/engine/alerts/match.ts';
import type { Matcher, Subject } from '../../../src/shared/alerts.ts';
import type { AccountId, TunnelKey } from '../../../src/shared/model.ts';

const accountId = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const tunnel: Subject = {
  kind: 'tunnel',
  accountId,
  account: 'Acme',
  key: `${accountId}/t1` as TunnelKey,
  name: 'ams1-tun-a',
  site: 'Amsterdam',
  cloudflareEndpoint: '162.159.66.17',
  customerEndpoint: null,
  tags: ['lab', 'gold'],
};
const labels = labelsOf({ subject: tunnel, rule: 'bgp-down', severity: 'critical' });
const matcher = (name: Matcher['name'], op: Matcher['op'], value: string): Matcher => ({ name, op, value });

describe('matchers', () => {
  it.each([
    ['tunnel', '=', 'ams1-tun-a', true],
    ['tunnel', '=', 'AMS1-tun-a', false],
    ['tunnel', '=~', 'ams1', false],
    ['tunnel', '=~', 'ams1-.*', true],
    ['tunnel', '=~', 'x|ams1-tun-a', true],
    ['tunnel', '!~', 'fra.*', true],
    ['account', '=', 'Acme', true],
    ['account', '=', accountId, true],
    ['account', '!=', 'Acme', false],
    ['tag', '=', 'gold', true],
    ['tag', '!=', 'gold', false],
    ['tag', '!=', 'silver', true],
    ['customerEndpoint', '=', '', true],
    ['customerEndpoint', '!=', '', false],
    ['rule', '=', 'bgp-down', true],
    ['severity', '=~', 'warning|critical', true],
    ['site', '=~', '.+', true],
  ] as const)('%s %s %s: %s', (name, op, value, fits) =>
    expect(compile([matcher(name, op, value)])(labels)).toBe(fits),
  );

  it('fit together or not at all; none fits everything', () => {
    expect(compile([matcher('tag', '=', 'lab'), matcher('rule', '=', 'bgp-down')])(labels)).toBe(true);
    expect(compile([matcher('tag', '=', 'lab'), matcher('rule', '=', 'psk-due')])(labels)).toBe(false);
    expect(compile([])(labels)).toBe(true);
  });

  it('see what a subject lacks as empty', () => {
    const app = labelsOf({ subject: { kind: 'app' }, rule: 'store-failing', severity: 'warning' });
    expect(compile([matcher('account', '=', '')])(app)).toBe(true);
    expect(compile([matcher('tunnel', '=~', '.+')])(app)).toBe(false);
  });
});
