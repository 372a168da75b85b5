/** Incidents of a range with what people did about them. */
import type { Incident } from '../../shared/alerts.ts';
import type { Instant } from '../../shared/model.ts';
import type { ReportIncident } from '../../shared/reports.ts';
import type { AlertDesk } from '../alerts/contract.ts';
import { eachOf } from './subjects.ts';

/** In one report, the newest. */
const MOST_INCIDENTS = 2_000;

/** Where incidents are found. */
export type IncidentSource = Pick<AlertDesk, 'incidentsDuring' | 'stepsOf'>;

/** How long it lasted and who said first that he takes care: also when that ended with a turn for the worse. */
function withDeeds(incident: Incident, alerts: IncidentSource, now: Instant): ReportIncident {
  const first = alerts.stepsOf(incident.id).find(({ what }) => what === 'acknowledged');
  return {
    incident,
    lastedMs: Math.max(0, (incident.resolvedAt ?? now) - incident.since),
    acknowledgedBy: first?.by ?? null,
    acknowledgedAfterMs: first === undefined ? null : Math.max(0, first.at - incident.openedAt),
  };
}

/** Newest first. Incidents that turned out to be part of others are left out: their alerts are there. */
export async function incidentsOf(
  alerts: IncidentSource | null,
  from: Instant,
  to: Instant,
  now: Instant,
): Promise<ReportIncident[]> {
  if (alerts === null) return [];
  const own = alerts.incidentsDuring(from, to, MOST_INCIDENTS).filter(({ mergedInto }) => mergedInto === undefined);
  return eachOf(own, (incident) => withDeeds(incident, alerts, now));
}
