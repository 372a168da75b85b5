/** What a rehearsal comes to, and how another one differs from it. Pure. */
import { ALERT_RULES } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import type { Rehearsal, RehearsedPage } from './rehearse.ts';

/** Pages under one head, for each rehearsal in turn. */
export interface Count {
  readonly name: string;
  readonly pages: readonly number[];
}

function counts(
  rehearsals: readonly Rehearsal[],
  names: readonly string[],
  nameOf: (page: RehearsedPage) => string,
): readonly Count[] {
  return names
    .map((name) => ({
      name,
      pages: rehearsals.map(({ pages }) => pages.filter((page) => nameOf(page) === name).length),
    }))
    .filter(({ pages }) => pages.some((count) => count > 0));
}

/** Pages by the most urgent rule of their incident, in the order of `ALERT_RULES`. */
export function pagesByRule(rehearsals: readonly Rehearsal[]): readonly Count[] {
  return counts(rehearsals, ALERT_RULES, ({ rule }) => rule);
}

/** Pages by day, oldest first; `dayOf` names the day of a moment. */
export function pagesByDay(rehearsals: readonly Rehearsal[], dayOf: (at: Instant) => string): readonly Count[] {
  const moments = rehearsals.flatMap(({ pages }) => pages.map(({ at }) => at)).sort((a, b) => a - b);
  return counts(rehearsals, [...new Set(moments.map(dayOf))], ({ at }) => dayOf(at));
}

/** What no history can tell, in sentences. */
export const NOT_REPLAYED: readonly string[] = [
  'Looks between two changes are not recorded: the rounds of the settings stand for them, and each change counts as seen in the next one.',
  'What came first within a minute is not recorded: tunnels that fail one after the other may be told together or singly.',
  'Session details (TCP, RFC 4271 state), data centres and traffic are not recorded: bgp-inconsistent and standby-down stay silent.',
  'Sites are taken from the names of tunnels, since the names that Cloudflare reports are not recorded: matchers by site may fit others.',
  'Acknowledgements and silences of those days are left out; maintenance windows, quiet hours and routes are those of the settings.',
];
