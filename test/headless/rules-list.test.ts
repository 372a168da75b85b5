import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleViews } from '../../src/engine/alerts/rules/catalogue.ts';
import { alertConfig } from '../../src/engine/settings/alert-config.ts';
import { emptySettings } from '../../src/engine/settings/load.ts';
import { settingsSchema } from '../../src/engine/settings/schema.ts';
import { rulesPage } from '../../src/headless/commands/rules-list.ts';
import { ALERT_RULES } from '../../src/shared/alerts.ts';

describe('the page of rules', () => {
  it('in docs/ is what `tunnelwatch rules list` prints', () => {
    const page = rulesPage(ruleViews(alertConfig(emptySettings())));
    expect(readFileSync('docs/alert-rules.md', 'utf8').trimEnd()).toBe(page.trimEnd());
  });

  it('holds every rule with its source', () => {
    const page = rulesPage(ruleViews(alertConfig(emptySettings())));
    for (const rule of ALERT_RULES) expect(page).toContain(`\n\`${rule}\` · `);
    expect(page.match(/^Source: .{15,}/gm)).toHaveLength(ALERT_RULES.length);
    expect(page).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('tells the settings that hold', () => {
    const settings = settingsSchema.parse({
      alerts: { rules: { 'bgp-down': { pending: '5m' }, 'psk-due': { enabled: false } } },
    });
    const page = rulesPage(ruleViews(alertConfig(settings)));
    expect(page).toMatch(/`bgp-down` · critical · pending 5m/);
    expect(page).toMatch(/`psk-due` · off/);
  });
});
