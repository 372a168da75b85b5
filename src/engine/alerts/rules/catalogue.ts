/** Every rule, in the order of `ALERT_RULES`: the most urgent kinds first. */

import * as en from '../../../shared/alert-words/en/index.ts';
import { ruleSteps, ruleTitle } from '../../../shared/alert-words/index.ts';
import { ALERT_RULES, type AlertRule, type RuleView } from '../../../shared/alerts.ts';
import type { AlertConfig } from '../contract.ts';
import { BGP_RULES } from './bgp.ts';
import { CONFIGURATION_CHANGED, MISCONFIGURATION } from './configuration.ts';
import { HEALTH_RULES } from './health.ts';
import { KEY_RULES } from './keys.ts';
import { ACCOUNT_RULES, STORE_FAILING } from './ourselves.ts';
import { SITE_RULES, STANDBY_DOWN } from './redundancy.ts';
import type { AlertRuleSpec, JudgingRule } from './rule.ts';
import { generalSettings } from './settings.ts';
import { TUNNEL_LIFE_RULES } from './tunnel-life.ts';

const ORDER = new Map(ALERT_RULES.map((rule, index) => [rule, index]));
const place = ({ id }: JudgingRule): number => ORDER.get(id) ?? ORDER.size;

const JUDGING: readonly JudgingRule[] = [
  ...SITE_RULES,
  ...BGP_RULES,
  ...HEALTH_RULES,
  STANDBY_DOWN,
  ...KEY_RULES,
  MISCONFIGURATION,
  CONFIGURATION_CHANGED,
  ...TUNNEL_LIFE_RULES,
  ...ACCOUNT_RULES,
  STORE_FAILING,
];

export const RULES: readonly AlertRuleSpec[] = JUDGING.toSorted((a, b) => place(a) - place(b)).map((rule) => ({
  ...rule,
  title: ruleTitle(rule.id, en),
  next: ruleSteps(rule.id, en),
}));

const BY_ID: ReadonlyMap<AlertRule, AlertRuleSpec> = new Map(RULES.map((spec) => [spec.id, spec]));

/** Rules that are critical where nothing else serves the site. */
export const OUTAGES: ReadonlySet<AlertRule> = new Set([
  'bgp-down',
  'health-down',
  'bgp-stuck-establishing',
  'bgp-flapping',
  'tunnel-flapping',
]);

/** The rule of that name. */
export function ruleSpec(rule: AlertRule): AlertRuleSpec {
  const spec = BY_ID.get(rule);
  if (spec === undefined) throw new Error(`no alert rule ${rule}`);
  return spec;
}

/** Every rule as people read it, with the settings that hold where no matcher says otherwise. */
export function ruleViews(config: AlertConfig): readonly RuleView[] {
  return RULES.map((spec) => {
    const { id: rule, title, what, why, source, next, scope } = spec;
    const { enabled, severity, pendingMs, recoverMs } = generalSettings(config, spec);
    // The worst that a rule says by itself.
    const own = OUTAGES.has(rule) || scope === 'account' ? 'critical' : 'warning';
    const overrides = config.rules.filter((entry) => entry.matchers.length > 0 && entry.settings[rule] !== undefined);
    const shown = severity ?? own;
    return {
      rule,
      title,
      what,
      why,
      source,
      next,
      enabled,
      severity: shown,
      pendingMs,
      recoverMs,
      overrides: overrides.length,
    };
  });
}
