/** What hides the alerts of one incident, each in the company of the others. Pure. */
import type { Alert } from '../../shared/alerts.ts';
import type { SilencedBy } from './contract.ts';

const isOver = ({ phase }: Alert): boolean => phase === 'resolved';

/**
 * What is told of a site follows from its tunnels: when the open alerts about tunnels of that site are all hidden, so is what
 * they mean for the site. Else a silence of a Cloudflare endpoint would leave "redundancy lost" standing without its cause.
 */
export function hiddenTogether(alerts: Iterable<Alert>, silenced: SilencedBy): SilencedBy {
  const bySite = new Map<string, { shows: boolean; hiders: Set<string> }>();
  for (const alert of alerts) {
    const { subject } = alert;
    if (subject.kind !== 'tunnel' || subject.site === null || isOver(alert)) continue;
    const site = `${subject.accountId} ${subject.site}`;
    const known = bySite.get(site) ?? { shows: false, hiders: new Set<string>() };
    const hiders = silenced(alert);
    if (hiders.length === 0) known.shows = true;
    for (const id of hiders) known.hiders.add(id);
    bySite.set(site, known);
  }
  return (alert) => {
    const own = silenced(alert);
    const { subject } = alert;
    if (own.length > 0 || subject.kind !== 'site') return own;
    const tunnels = bySite.get(`${subject.accountId} ${subject.site}`);
    return tunnels === undefined || tunnels.shows ? own : [...tunnels.hiders];
  };
}
