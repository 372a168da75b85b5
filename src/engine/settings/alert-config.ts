/** From the settings to what alerting works with. */
import { DateTime } from 'luxon';
import type { AlertRule } from '../../shared/alerts.ts';
import type { AlertConfig, MaintenanceWindow, Route, RuleSettings, WeekTime } from '../alerts/contract.ts';
import type { AlertSettings, Settings } from './schema.ts';
import { takesNotices } from './sinks-schema.ts';

type Rules = AlertSettings['rules'];
type RulePart = Partial<RuleSettings>;

/** Only what was written: a field that is absent leaves the rule's own value, or that of an earlier override. */
function ruleParts(written: Rules): Partial<Record<AlertRule, RulePart>> {
  const parts: Partial<Record<AlertRule, RulePart>> = {};
  for (const [rule, one] of Object.entries(written) as [AlertRule, Rules[AlertRule]][]) {
    if (one === undefined) continue;
    parts[rule] = {
      ...(one.enabled !== undefined && { enabled: one.enabled }),
      ...(one.severity !== undefined && { severity: one.severity }),
      ...(one.pending !== undefined && { pendingMs: one.pending }),
      ...(one.recover !== undefined && { recoverMs: one.recover }),
    };
  }
  return parts;
}

/** Where there are sinks and no word about routes: everybody hears of what is not just information. */
function defaultRoutes({ sinks }: AlertSettings): readonly Route[] {
  const to = sinks.filter(takesNotices).map(({ name }) => name);
  if (to.length === 0) return [];
  return [
    {
      matchers: [{ name: 'severity', op: '=~', value: 'warning|critical' }],
      to,
      escalate: [],
      remindMs: null,
      onward: false,
    },
  ];
}

function routesOf(alerts: AlertSettings): readonly Route[] {
  if (alerts.routes === undefined) return defaultRoutes(alerts);
  return alerts.routes.map((one) => ({
    matchers: one.match ?? [],
    to: one.to,
    escalate: one.escalate.map(({ after, to }) => ({ afterMs: after, to })),
    remindMs: one.remind ?? null,
    onward: one.continue,
  }));
}

interface Recurring {
  readonly days: readonly number[];
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly zone?: string | undefined;
}

function weekTimes(one: Recurring, zone: string): readonly WeekTime[] {
  if (one.from === undefined || one.to === undefined) return [];
  return [{ days: one.days, from: one.from, to: one.to, zone: one.zone ?? zone }];
}

function windowOf(one: AlertSettings['maintenance'][number], zone: string): MaintenanceWindow {
  const at = (written: string): number => DateTime.fromISO(written, { zone: one.zone ?? zone }).toMillis();
  const once = one.starts === undefined || one.ends === undefined ? null : { from: at(one.starts), to: at(one.ends) };
  return { name: one.name, matchers: one.match ?? [], times: weekTimes(one, zone), once };
}

/** The zone of this machine, where the settings name none. */
function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/**
 * Everything but the sinks, which `openNotifiers` opens. Times of windows and quiet hours are in their own zone, else in
 * that of `alerts.zone`, else in that of the machine.
 */
export function alertConfig({
  alerts,
  language,
}: Pick<Settings, 'alerts'> & Partial<Pick<Settings, 'language'>>): AlertConfig {
  const zone = alerts.zone ?? localZone();
  return {
    rules: [
      { matchers: [], settings: ruleParts(alerts.rules) },
      ...alerts.overrides.map(({ match, rules }) => ({ matchers: match, settings: ruleParts(rules) })),
    ],
    tags: alerts.tags.map(({ tag, match }) => ({ tag, matchers: match })),
    routes: routesOf(alerts),
    maintenance: alerts.maintenance.map((one) => windowOf(one, zone)),
    quietHours: alerts.quietHours.flatMap((one) => weekTimes(one, zone)),
    ...(language !== undefined && { language }),
    zone,
    link: alerts.link ?? null,
  };
}
