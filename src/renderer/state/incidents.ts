/** Which incidents want somebody, and in which order. Pure. */
import type { AlertSeverity, Incident } from '../../shared/alerts.ts';
import { type Section, sectionOf, severityRank, worstFirst } from '../../shared/incident-order.ts';

export {
  currentCauses,
  SECTIONS,
  type Section,
  sectionOf,
  severityRank,
  worstFirst,
} from '../../shared/incident-order.ts';

/** The newest end first. */
function latestEnd(a: Incident, b: Incident): number {
  return (b.resolvedAt ?? b.changedAt) - (a.resolvedAt ?? a.changedAt) || (a.id < b.id ? 1 : -1);
}

/**
 * The inbox, section by section: those of `fresh` first, then worst first; what is over by its end.
 * @param fresh Ids of the new ones.
 */
export function inbox(
  incidents: Iterable<Incident>,
  fresh: ReadonlySet<string>,
): Readonly<Record<Section, readonly Incident[]>> {
  const sections: Record<Section, Incident[]> = { firing: [], acknowledged: [], silenced: [], resolved: [] };
  for (const incident of incidents) sections[sectionOf(incident)].push(incident);
  const newFirst = (a: Incident, b: Incident): number =>
    Number(fresh.has(b.id)) - Number(fresh.has(a.id)) || worstFirst(a, b);
  sections.firing.sort(newFirst);
  sections.acknowledged.sort(worstFirst);
  sections.silenced.sort(worstFirst);
  sections.resolved.sort(latestEnd);
  return sections;
}

/** Keeps the order of `before` for what is still there; what is new comes last. For a list with somebody's hand on it. */
export function standStill(before: readonly string[], now: readonly Incident[]): readonly Incident[] {
  const place = new Map(before.map((id, at) => [id, at]));
  const rank = ({ id }: Incident): number => place.get(id) ?? before.length;
  return [...now].sort((a, b) => rank(a) - rank(b));
}

/** What the header, the tab and its icon tell: how many incidents call for somebody, and the worst severity among them. */
export interface Calling {
  readonly count: number;
  readonly worst: AlertSeverity | null;
}

/** Counts those that are open and neither acknowledged nor silenced. */
export function calling(incidents: Iterable<Incident>): Calling {
  let count = 0;
  let worst: AlertSeverity | null = null;
  for (const incident of incidents) {
    if (sectionOf(incident) !== 'firing') continue;
    count += 1;
    if (worst === null || severityRank(incident.severity) > severityRank(worst)) worst = incident.severity;
  }
  return { count, worst };
}
