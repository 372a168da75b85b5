/** Where incidents stand between those who must act, and in which order. The page and the tray share it. Pure. */
import { ALERT_SEVERITIES, type AlertSeverity, type Incident } from './alerts.ts';

/** Where an incident stands in the inbox. */
export const SECTIONS = ['firing', 'acknowledged', 'silenced', 'resolved'] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionOf({ phase, silencedBy, acknowledgement }: Incident): Section {
  if (phase === 'resolved') return 'resolved';
  if (silencedBy.length > 0) return 'silenced';
  return acknowledgement === null ? 'firing' : 'acknowledged';
}

/** Higher is worse. */
export function severityRank(severity: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(severity);
}

/** Worst first, then the newest. */
export function worstFirst(a: Incident, b: Incident): number {
  return severityRank(b.severity) - severityRank(a.severity) || b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1);
}

/** The causes of what is wrong now: those that nobody takes care of first, worst first. */
export function currentCauses(incidents: Iterable<Incident>): readonly Incident[] {
  const open = [...incidents].filter((incident) => {
    const section = sectionOf(incident);
    return section === 'firing' || section === 'acknowledged';
  });
  const taken = ({ acknowledgement }: Incident): number => Number(acknowledgement !== null);
  return open.sort((a, b) => taken(a) - taken(b) || worstFirst(a, b));
}
