/** What to check next, in order, at most three. */
import type { Alert, AlertRule, Cause, Incident } from '../alerts.ts';
import type { Phrases } from './say.ts';

function byCause(cause: Cause, { next }: Phrases): readonly string[] | null {
  switch (cause.kind) {
    case 'site':
    case 'cloudflare-endpoint':
    case 'customer-endpoint':
    case 'account':
      return next.byCause[cause.kind];
    default:
      return null;
  }
}

/** What to do about a rule. */
export function ruleSteps(rule: AlertRule, words: Phrases): readonly string[] {
  return words.next.byRule[rule];
}

/** Rules that say no more than that a site has no tunnel left: another alert of the incident tells what to do. */
const ABOUT_SITE: readonly AlertRule[] = ['site-isolated', 'redundancy-lost'];

/** What to check next, in order, at most three. A change that came shortly before is the first suspect. */
export function nextSteps(incident: Incident, alerts: readonly Alert[], words: Phrases): readonly string[] {
  const { cause, rules, lead, priorChange, phase } = incident;
  if (phase === 'resolved') return [];
  if (phase === 'recovering' && rules.some((rule) => rule.startsWith('health'))) return [words.next.wait];
  const telling = alerts.find(({ phase: its, rule }) => its === 'firing' && rule !== 'site-isolated')?.rule;
  const rule = ABOUT_SITE.includes(lead.rule) ? (telling ?? lead.rule) : lead.rule;
  const steps = byCause(cause, words) ?? words.next.byRule[rule];
  return [...(priorChange === null ? [] : [words.next.wasMeant]), ...steps].slice(0, 3);
}
