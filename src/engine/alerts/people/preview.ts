/** What a silence would hide, before somebody makes it. Pure. */
import type { Matcher, SilencePreview } from '../../../shared/alerts.ts';
import type { IncidentBook, World } from '../contract.ts';
import { hiddenTogether } from '../hidden.ts';
import { compile, labelsOf, labelsOfSubject } from '../match.ts';
import { tunnelSubject } from '../tags.ts';

/** So many names tell a person whether it is what they meant. */
const MOST_NAMES = 20;

/**
 * Open alerts that fit, the incidents that would be hidden with all of their alerts, and the tunnels that fit whether or
 * not they have an alert now (rule and severity are no property of a tunnel, so those matchers do not choose among them).
 */
export function previewSilence(
  matchers: readonly Matcher[],
  world: World,
  incidents: Pick<IncidentBook, 'open' | 'alertsOf'>,
): SilencePreview {
  const fits = compile(matchers);
  const hidden: string[] = [];
  let alerts = 0;
  for (const { id } of incidents.open()) {
    const open = incidents.alertsOf(id).filter(({ phase }) => phase !== 'resolved');
    const hiders = hiddenTogether(open, (alert) => (fits(labelsOf(alert)) ? ['this'] : []));
    const fitting = open.filter((alert) => hiders(alert).length > 0).length;
    alerts += fitting;
    if (fitting > 0 && fitting === open.length) hidden.push(id);
  }
  const names = tunnelNames(matchers, world);
  return { incidents: hidden, alerts, tunnels: names.length, names: names.slice(0, MOST_NAMES) };
}

/** In the order of the alphabet. */
function tunnelNames(matchers: readonly Matcher[], world: World): readonly string[] {
  const fits = compile(matchers.filter(({ name }) => name !== 'rule' && name !== 'severity'));
  const names: string[] = [];
  for (const account of world.accounts()) {
    for (const { row, tags } of world.tunnels(account.id)) {
      if (fits(labelsOfSubject(tunnelSubject(row, account.name, tags)))) names.push(row.name);
    }
  }
  return names.sort((a, b) => (a < b ? -1 : 1));
}
