/** Rules with other settings, as one writes them to try them: `health-down.pending=60s`. */
import { ALERT_RULES, ALERT_SEVERITIES, type AlertRule } from '../../../shared/alerts.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { parseDuration } from '../../settings/duration.ts';
import type { AlertConfig, RuleSettings } from '../contract.ts';

export interface RuleOverride {
  readonly rule: AlertRule;
  readonly settings: Partial<RuleSettings>;
}

const EXPECTED =
  'expected RULE.SETTING=VALUE, such as health-down.pending=60s, bgp-down.recover=2m, psk-due.enabled=false or health-degraded.severity=info';

function settingsOf(setting: string, value: string): Partial<RuleSettings> | null {
  const ms = parseDuration(value);
  const severity = ALERT_SEVERITIES.find((one) => one === value);
  if (setting === 'pending' && ms !== null) return { pendingMs: ms };
  if (setting === 'recover' && ms !== null) return { recoverMs: ms };
  if (setting === 'enabled' && (value === 'true' || value === 'false')) return { enabled: value === 'true' };
  return setting === 'severity' && severity !== undefined ? { severity } : null;
}

/** Reads one override. The error says what was expected. */
export function readOverride(text: string): Result<RuleOverride, string> {
  const match = /^([a-z-]+)\.([a-z]+)=(.+)$/u.exec(text);
  const rule = ALERT_RULES.find((one) => one === match?.[1]);
  const settings = settingsOf(match?.[2] ?? '', match?.[3] ?? '');
  if (rule === undefined || settings === null) return err(`${JSON.stringify(text)}: ${EXPECTED}.`);
  return ok({ rule, settings });
}

/** The rules with these settings in general; what the settings say of some tunnels alone still goes first. */
export function withOverrides(config: AlertConfig, overrides: readonly RuleOverride[]): AlertConfig {
  const general = overrides.map(({ rule, settings }) => ({ matchers: [], settings: { [rule]: settings } }));
  const last = config.rules.findLastIndex(({ matchers }) => matchers.length === 0);
  return { ...config, rules: [...config.rules.slice(0, last + 1), ...general, ...config.rules.slice(last + 1)] };
}
