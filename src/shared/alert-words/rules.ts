/** Which rules mean what, and what they say of one subject and of several. */
import type { AlertRule } from '../alerts.ts';
import type { Phrases } from './say.ts';

/** `BGP session down`. */
export function ruleTitle(rule: AlertRule, words: Phrases): string {
  return words.rules.rules[rule].title;
}

/** `BGP down`: what a line about one alert says. */
export function ruleShort(rule: AlertRule, words: Phrases): string {
  return words.rules.rules[rule].short;
}

const isBgp = (rule: AlertRule): boolean => rule === 'bgp-down' || rule === 'bgp-stuck-establishing';

/** The session does not stand, and nothing says that packets are lost. */
export function isBgpAlone(rules: readonly AlertRule[]): boolean {
  return rules.some((rule) => isBgp(rule) || rule === 'bgp-flapping') && !rules.includes('health-down');
}

/** Is it about whether tunnels work? */
export function isOutage(rule: AlertRule): boolean {
  return isBgp(rule) || /^(health-|tunnel-flapping|bgp-flapping|standby-down|site-isolated|redundancy-lost)/.test(rule);
}

/** An outage of a tunnel itself, not what follows for its site. */
export function isTunnelOutage(rule: AlertRule): boolean {
  return isOutage(rule) && rule !== 'site-isolated' && rule !== 'redundancy-lost';
}

/** Something that was done: it has a moment, and no length. */
export function isHappening(rule: AlertRule): boolean {
  return rule === 'tunnel-recreated' || rule === 'configuration-changed';
}

/**
 * What `count` tunnels do: `lost BGP`, `fail health checks`. Of several rules the one that matters most; health checks and BGP
 * together are said as both, because neither proves the other.
 */
export function predicate(
  rules: readonly AlertRule[],
  count: number,
  over: boolean,
  { rules: words }: Phrases,
): string {
  const about = rules.filter(
    (rule) => rule !== 'site-isolated' && rule !== 'redundancy-lost' && rule !== 'standby-down',
  );
  const [first] = about.length > 0 ? about : rules;
  if (first === undefined) return over ? words.anAlert.over : count === 1 ? words.anAlert.one : words.anAlert.many;
  const both = about.some(isBgp) && about.includes('health-down');
  const { one, many, was, were } = both ? words.both : words.rules[first];
  if (over) return count === 1 ? was : were;
  return count === 1 ? one : many;
}
