/** Rules about the configuration: what lint finds in it, and that somebody changed it. */
import type { AlertSeverity } from '../../../shared/alerts.ts';
import type { Finding } from '../../../shared/model.ts';
import { misconfigurations } from '../../lint/config-lane.ts';
import { ABSENT, type EventRule, MINUTE, type TunnelRule, UNKNOWN } from './rule.ts';

/** What will not work is a warning, what works badly an info; what is merely worth knowing stays on the page of findings. */
const SEVERITY: Readonly<Record<Finding['severity'], AlertSeverity | null>> = {
  error: 'warning',
  warning: 'info',
  info: null,
};

/**
 * Facts: `findings`, how many there are that matter; and of the worst one `rule`, `severity` (lint's word), `evidence`, `why`, `fix`.
 */
export const MISCONFIGURATION: TunnelRule = {
  id: 'misconfiguration',
  scope: 'tunnel',
  what: 'Lint finds something in the configuration that will not work, or works badly.',
  why: 'Most outages of tunnels begin as a setting.',
  source: 'The lint rule that found it names its own source; its severity decides',
  defaults: { enabled: true, severity: null, pendingMs: MINUTE, recoverMs: 0 },
  measure: 'list',
  longer: false,
  confirmed: false,
  fatal: false,
  judge: ({ view, seen }) => {
    const { row } = view;
    const findings = misconfigurations(view.findings);
    const { value, since, exact } = row.lanes.config;
    if (!seen.list || row.unreadable !== null || value === 'unobserved') return UNKNOWN;
    const worst = findings[0];
    const severity = worst === undefined ? null : SEVERITY[worst.severity];
    if (worst === undefined || severity === null) return ABSENT;
    const facts = {
      findings: findings.filter((finding) => SEVERITY[finding.severity] !== null).length,
      rule: worst.rule,
      severity: worst.severity,
      evidence: worst.evidence,
      why: worst.why,
      fix: worst.fix,
    };
    return { is: 'present', since, exact, severity, facts };
  },
};

/**
 * Facts: the detail of the event, `fields` that changed and each as `old -> new`. A new `modified_on` without any of them (a key
 * that was set, for instance) stands in the log and calls for nobody.
 */
export const CONFIGURATION_CHANGED: EventRule = {
  id: 'configuration-changed',
  scope: 'event',
  event: 'config-changed',
  what: 'Somebody changed the configuration of the tunnel.',
  why: 'A change is the first suspect for whatever follows it.',
  source: 'Comparison of two answers of the API; held for 15 min, the time in which a change shows its effect',
  defaults: { enabled: true, severity: 'info', pendingMs: 0, recoverMs: 0 },
  measure: 'time',
  holdMs: 15 * MINUTE,
  endsOnReturn: false,
  judge: (detail, at) => (detail.fields === '' ? ABSENT : { is: 'present', since: at, exact: true, facts: detail }),
};
