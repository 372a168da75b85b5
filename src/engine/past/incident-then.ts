/**
 * An incident as it stood at a moment, from what it became, its alerts and its steps. Pure. `returns` counts those of the
 * incident as a whole: how often single alerts had returned by then is not kept.
 *
 * Of the cause only the newest is kept as more than words. So an incident whose cause changed later shows the tunnel of its
 * worst alert while that is all there was, and the later cause once there were several.
 */
import type {
  Acknowledgement,
  Alert,
  AlertPhase,
  AlertSeverity,
  Cause,
  Incident,
  IncidentStep,
} from '../../shared/alerts.ts';
import { ALERT_RULES, ALERT_SEVERITIES } from '../../shared/alerts.ts';
import { accountOf, type Instant } from '../../shared/model.ts';
import { worstFirst } from '../alerts/incidents/case.ts';

const isSeverity = (word: string | undefined): word is AlertSeverity =>
  ALERT_SEVERITIES.some((severity) => severity === word);

/** The alert as it stood; `null` when it had not fired yet. */
function alertThen(alert: Alert, at: Instant): Alert | null {
  if (alert.firedAt === null || alert.firedAt > at) return null;
  if (alert.resolvedAt !== null && alert.resolvedAt <= at) return alert;
  return { ...alert, phase: 'firing', resolvedAt: null, unseen: false };
}

/** `warning to critical`: what it became, or before the first such step what it was. */
function severityThen(
  incident: Incident,
  alerts: readonly Alert[],
  steps: readonly IncidentStep[],
  at: Instant,
): AlertSeverity {
  const moves = steps.filter(({ what }) => what === 'worse' || what === 'milder');
  const last = moves.findLast((step) => step.at <= at)?.note.split(' to ')[1];
  if (isSeverity(last)) return last;
  const first = moves.find((step) => step.at > at)?.note.split(' to ')[0];
  if (isSeverity(first)) return first;
  const open = alerts.filter(({ phase }) => phase === 'firing');
  const worst = ALERT_SEVERITIES.findLast((severity) => open.some((alert) => alert.severity === severity));
  return worst ?? incident.severity;
}

function acknowledgementThen(incident: Incident, past: readonly IncidentStep[]): Acknowledgement | null {
  const last = past.findLast(({ what }) => what === 'acknowledged' || what === 'unacknowledged');
  if (last === undefined || last.what === 'unacknowledged') return null;
  const kept = incident.acknowledgement;
  if (kept !== null && kept.at === last.at) return kept;
  return { by: last.by ?? '', at: last.at, comment: last.note, until: null };
}

function causeThen(incident: Incident, open: readonly Alert[], changedLater: boolean): Cause {
  const tunnels = new Map(
    open.flatMap(({ subject }) => (subject.kind === 'tunnel' ? [[subject.key, subject.name] as const] : [])),
  );
  const [only] = tunnels;
  const { cause } = incident;
  if (changedLater && tunnels.size === 1 && only !== undefined) {
    return { kind: 'tunnel', accountId: accountOf(only[0]), key: only[0], name: only[1] };
  }
  return 'extent' in cause && tunnels.size > 0
    ? { ...cause, extent: { ...cause.extent, failing: Math.min(tunnels.size, cause.extent.of) } }
    : cause;
}

function countsOf(alerts: readonly Alert[]): Incident['counts'] {
  const count = (phase: AlertPhase): number => alerts.filter((alert) => alert.phase === phase).length;
  return { pending: 0, firing: count('firing'), recovering: count('recovering'), resolved: count('resolved') };
}

/**
 * The incident at `at`; `null` when it was not open then. Where the steps tell that it was recovering, its open alerts count as
 * recovering.
 * @param steps oldest first
 */
export function incidentThen(
  incident: Incident,
  record: { readonly alerts: readonly Alert[]; readonly steps: readonly IncidentStep[] },
  at: Instant,
): Incident | null {
  if (incident.openedAt > at || (incident.resolvedAt !== null && incident.resolvedAt <= at)) return null;
  const past = record.steps.filter((step) => step.at <= at);
  const course = past.findLast(({ what }) => what === 'recovering' || what === 'returned');
  const phase = course?.what === 'recovering' ? 'recovering' : 'firing';
  const alerts = record.alerts
    .flatMap((alert) => alertThen(alert, at) ?? [])
    .map((alert): Alert => (alert.phase === 'firing' ? { ...alert, phase } : alert))
    .sort(worstFirst);
  const open = alerts.filter((alert) => alert.phase !== 'resolved');
  const silenced = past.findLast(({ what }) => what === 'silenced' || what === 'unsilenced');
  const { mergedInto: _, ...kept } = incident;
  const keys = open.flatMap(({ subject }) => (subject.kind === 'tunnel' ? [subject.key] : []));
  return {
    ...kept,
    cause: causeThen(
      incident,
      open,
      record.steps.some((step) => step.what === 'cause' && step.at > at),
    ),
    severity: severityThen(incident, alerts, record.steps, at),
    phase,
    since: alerts.length === 0 ? incident.since : Math.min(...alerts.map(({ since }) => since)),
    changedAt: past.at(-1)?.at ?? incident.openedAt,
    resolvedAt: null,
    rules:
      alerts.length === 0 ? incident.rules : ALERT_RULES.filter((rule) => alerts.some((alert) => alert.rule === rule)),
    counts: alerts.length === 0 ? incident.counts : countsOf(alerts),
    tunnels: new Set(keys).size,
    lead: alerts[0] ?? incident.lead,
    returns: past.filter(({ what }) => what === 'returned').length,
    acknowledgement: acknowledgementThen(incident, past),
    silencedBy: silenced?.what === 'silenced' ? silenced.note.split(', ') : [],
    fresh: false,
  };
}
