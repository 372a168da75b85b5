import { describe, expect, it } from 'vitest';
import type { AlertConfig } from '../../../../src/engine/alerts/contract.ts';
import { RULES, ruleSpec, ruleViews } from '../../../../src/engine/alerts/rules/catalogue.ts';
import { SettingsBook } from '../../../../src/engine/alerts/rules/settings.ts';
import { ALERT_RULES, type Matcher, type Subject } from '../../../../src/shared/alerts.ts';
import type { TunnelKey } from '../../../../src/shared/model.ts';
import { CONFIG } from '../book/round.ts';
import { testAccount } from '../world.ts';

describe('the catalogue', () => {
  it('has every rule once, in the order of urgency', () => {
    expect(RULES.map(({ id }) => id)).toEqual([...ALERT_RULES]);
  });

  it.each(RULES.map((spec) => [spec.id, spec] as const))('says of %s what, why, whence and what next', (_id, spec) => {
    for (const words of [spec.title, spec.what, spec.why, spec.source, ...spec.next]) {
      expect(words.length).toBeGreaterThan(5);
      expect(words).toBe(words.trim());
    }
    expect(spec.title.length).toBeLessThanOrEqual(40);
    expect(spec.what.endsWith('.') && spec.why.endsWith('.')).toBe(true);
    expect(spec.next.length).toBeGreaterThanOrEqual(2);
    expect(spec.defaults.enabled).toBe(true);
  });

  it('waits for health longer than a rekey, and is never critical about keys and configuration', () => {
    expect(ruleSpec('health-down').defaults.pendingMs).toBeGreaterThanOrEqual(180_000);
    expect(ruleSpec('health-degraded').defaults.pendingMs).toBeGreaterThanOrEqual(180_000);
    expect(ruleSpec('bgp-stuck-establishing').defaults.pendingMs).toBe(180_000);
    for (const rule of ['psk-missing', 'psk-stale', 'psk-due', 'configuration-changed'] as const) {
      expect(ruleSpec(rule).defaults.severity).not.toBe('critical');
    }
    expect(ruleViews(CONFIG).find(({ rule }) => rule === 'misconfiguration')?.severity).toBe('warning');
  });

  it('shows the settings that hold for all, and counts the exceptions', () => {
    const config: AlertConfig = {
      ...CONFIG,
      rules: [
        { matchers: [], settings: { 'health-down': { pendingMs: 240_000 }, 'psk-due': { enabled: false } } },
        { matchers: [{ name: 'site', op: '=', value: 'lab' }], settings: { 'health-down': { severity: 'info' } } },
        { matchers: [{ name: 'tag', op: '=', value: 'x' }], settings: { 'bgp-down': { enabled: false } } },
      ],
    };
    const views = new Map(ruleViews(config).map((view) => [view.rule, view]));
    expect(views.get('health-down')).toMatchObject({
      pendingMs: 240_000,
      severity: 'critical',
      overrides: 1,
      enabled: true,
    });
    expect(views.get('psk-due')).toMatchObject({ enabled: false, overrides: 0 });
    expect(views.get('bgp-down')).toMatchObject({ enabled: true, overrides: 1 });
  });
});

describe('the settings of a rule', () => {
  const tunnel: Subject = {
    kind: 'tunnel',
    accountId: testAccount(0),
    account: 'Halden',
    key: 'k' as TunnelKey,
    name: 'ams1-a',
    site: 'ams1',
    cloudflareEndpoint: '203.0.113.1',
    customerEndpoint: null,
    tags: ['gold', 'eu'],
  };
  const of = (rules: AlertConfig['rules'], subject: Subject = tunnel) =>
    new SettingsBook({ ...CONFIG, rules }).of(ruleSpec('bgp-down'), subject);
  const where = (name: Matcher['name'], value: string): Matcher[] => [{ name, op: '=', value }];

  it('are its own where nobody says otherwise', () => {
    expect(of([])).toEqual(ruleSpec('bgp-down').defaults);
  });

  it.each([
    ['account', 'Halden'],
    ['account', testAccount(0)],
    ['site', 'ams1'],
    ['tunnel', 'ams1-a'],
    ['tag', 'eu'],
    ['rule', 'bgp-down'],
  ] as const)('follow a matcher of %s', (name, value) => {
    expect(of([{ matchers: where(name, value), settings: { 'bgp-down': { pendingMs: 1 } } }]).pendingMs).toBe(1);
    const other = of([{ matchers: where(name, 'other'), settings: { 'bgp-down': { pendingMs: 1 } } }]);
    expect(other).toEqual(ruleSpec('bgp-down').defaults);
  });

  it('follow the later entry, field by field', () => {
    const settings = of([
      { matchers: [], settings: { 'bgp-down': { pendingMs: 1, recoverMs: 1, severity: 'info' } } },
      { matchers: where('site', 'ams1'), settings: { 'bgp-down': { recoverMs: 2 }, 'health-down': { recoverMs: 9 } } },
      { matchers: where('tunnel', 'ams1-a'), settings: { 'bgp-down': { severity: null } } },
    ]);
    expect(settings).toEqual({ enabled: true, severity: null, pendingMs: 1, recoverMs: 2 });
  });

  it('are resolved anew for a subject that changed', () => {
    const book = new SettingsBook({
      ...CONFIG,
      rules: [{ matchers: where('tag', 'quiet'), settings: { 'bgp-down': { enabled: false } } }],
    });
    expect(book.of(ruleSpec('bgp-down'), tunnel).enabled).toBe(true);
    expect(book.of(ruleSpec('bgp-down'), { ...tunnel, tags: ['quiet'] }).enabled).toBe(false);
  });
});
