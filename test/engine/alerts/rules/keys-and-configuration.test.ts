import { describe, expect, it } from 'vitest';
import type { Finding, LaneValues, TunnelKey } from '../../../../src/shared/model.ts';
import { type Round, round } from '../book/round.ts';
import { START, testFault } from '../world.ts';

const DAY = 24 * 3_600_000;

function answers(r: Round, n: number): void {
  for (let i = 0; i < n; i++) r.answer(30_000);
}

const told = (r: Round): readonly string[] =>
  r.changes
    .filter(({ alert, was }) => alert.phase === 'firing' && was === 'pending')
    .map(({ alert }) => `${alert.rule} ${alert.severity}`);

describe('keys', () => {
  it.each<[LaneValues['psk'], readonly string[]]>([
    ['fresh', []],
    ['aging', []],
    ['due', ['psk-due info']],
    ['stale', ['psk-stale warning']],
    ['missing', ['psk-missing warning']],
    ['unobserved', []],
  ])('that are %s', (psk, expected) => {
    const r = round();
    r.w.add({ psk });
    answers(r, 5);
    expect(told(r)).toEqual(expected);
  });

  it('carry their age and the limit of the policy', () => {
    const r = round();
    const generatedAt = START - 180 * DAY;
    r.w.add({ psk: 'due', pskGeneratedAt: generatedAt });
    answers(r, 4);
    expect(r.open('psk-due')?.facts).toEqual({ ageDays: 180, generatedAt, limitDays: 180 });
  });

  it('that pass from due to stale are one story without an end between', () => {
    const r = round();
    const key = r.w.add({ psk: 'due' });
    answers(r, 4);
    r.w.set(key, { psk: 'stale' });
    answers(r, 10);
    const lines = r.story();
    expect(lines.indexOf('psk-stale firing')).toBeLessThan(lines.indexOf('psk-due resolved'));
    r.w.set(key, { psk: 'fresh' });
    r.answer(30_000);
    expect([...r.book.open()]).toEqual([]);
  });

  it('come of age by time alone, while the account is seen', () => {
    const r = round();
    const key = r.w.add({});
    r.answer(0);
    r.w.set(key, { psk: 'due' });
    r.look();
    for (let i = 0; i < 12; i++) r.tick(5_000);
    expect(r.open('psk-due')?.phase).toBe('firing');
  });

  it('come of age for nobody while we are blind', () => {
    const r = round();
    const key = r.w.add({});
    r.answer(0);
    r.w.blind(testFault('offline'));
    r.w.set(key, { psk: 'due' });
    r.look();
    for (let i = 0; i < 30; i++) r.tick(5_000);
    expect(r.open('psk-due')).toBeUndefined();
  });

  it('that one odd answer lacks are not missing', () => {
    const r = round();
    const key = r.w.add({});
    answers(r, 2);
    r.w.set(key, { psk: 'missing' });
    r.answer(30_000);
    r.w.set(key, { psk: 'fresh' });
    answers(r, 5);
    expect(told(r)).toEqual([]);
  });
});

describe('the configuration', () => {
  const finding = (severity: Finding['severity'], rule = `r-${severity}`): Finding => ({
    rule,
    severity,
    key: 'k' as TunnelKey,
    evidence: `field of ${severity}`,
    field: null,
    value: null,
    grouping: null,
    source: '',
    remedy: null,
    why: 'why',
    fix: 'fix',
  });

  it.each([
    ['an error', ['error', 'warning', 'info'], ['misconfiguration warning'], 2],
    ['a warning', ['warning', 'info'], ['misconfiguration info'], 1],
    ['something worth knowing', ['info'], [], 0],
    ['nothing', [], [], 0],
  ] as const)('with %s', (_name, severities, expected, count) => {
    const r = round();
    const findings = severities.map((severity) => finding(severity));
    const key = r.w.add({ config: severities[0] ?? 'ok', findings });
    answers(r, 5);
    expect(told(r)).toEqual(expected);
    if (count === 0) return;
    expect(r.open('misconfiguration')?.facts).toEqual({
      findings: count,
      rule: `r-${severities[0]}`,
      severity: severities[0],
      evidence: `field of ${severities[0]}`,
      why: 'why',
      fix: 'fix',
    });
    r.w.set(key, { config: 'ok', findings: [] });
    r.answer(30_000);
    expect([...r.book.open()]).toEqual([]);
  });

  it('with another worst finding changes its severity in place', () => {
    const r = round();
    const key = r.w.add({ config: 'warning', findings: [finding('warning')] });
    answers(r, 4);
    r.w.set(key, { config: 'error', findings: [finding('error')] });
    r.answer(30_000);
    expect(r.open('misconfiguration')).toMatchObject({ phase: 'firing', severity: 'warning' });
    expect(r.story()).toEqual(['misconfiguration pending', 'misconfiguration firing']);
  });
});

describe('settings', () => {
  it('switch a rule off for some, and choose severity and times', () => {
    const r = round({
      config: {
        rules: [
          { matchers: [{ name: 'tag', op: '=', value: 'lab' }], settings: { 'bgp-down': { enabled: false } } },
          {
            matchers: [{ name: 'site', op: '=', value: 's' }],
            settings: { 'bgp-down': { severity: 'info', pendingMs: 120_000 } },
          },
        ],
      },
    });
    r.w.add({ name: 'lab', tags: ['lab'], bgp: 'down' });
    r.w.add({ name: 'slow', site: 's', bgp: 'down' });
    r.w.add({ name: 'other', bgp: 'down' });
    r.answer(0);
    answers(r, 3);
    const firing = (): readonly string[] =>
      [...r.book.open()]
        .filter(({ phase }) => phase === 'firing')
        .map(({ subject, severity }) => `${subject.kind === 'tunnel' ? subject.name : ''} ${severity}`);
    expect(firing()).toEqual(['other critical']);
    answers(r, 1);
    expect(firing()).toEqual(['slow info', 'other critical']);
  });

  it('that come to fit by a tag end the alert', () => {
    const r = round({
      config: {
        rules: [
          { matchers: [{ name: 'tag', op: '=', value: 'lab' }], settings: { 'psk-missing': { enabled: false } } },
        ],
      },
    });
    const key = r.w.add({ psk: 'missing' });
    answers(r, 5);
    expect(r.open('psk-missing')?.phase).toBe('firing');
    r.w.set(key, { tags: ['lab'] });
    r.answer(30_000);
    expect(r.open('psk-missing')).toBeUndefined();
  });
});
