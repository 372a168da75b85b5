/** Causes and incidents by name: titles, and the sentences below them. */
import type { AlertRule, Cause, Extent, Incident } from '../alerts.ts';
import type { AccountId, Millis } from '../model.ts';
import { changeWords } from './changes.ts';
import { isBgpAlone, isHappening, isOutage, isTunnelOutage, predicate, ruleTitle } from './rules.ts';
import { listed, plural, type Say, sentence, sinceWords } from './say.ts';

type Names = (id: AccountId) => string;

/** `12 of 12 tunnels`. */
function share({ failing, of }: Extent): string {
  return `${failing} of ${plural(of, 'tunnel', 'tunnels')}`;
}

/** Which tunnels are meant: `to 203.0.113.1`, `of Paris`. */
function whose(cause: Cause, names: Names): string {
  switch (cause.kind) {
    case 'cloudflare-endpoint':
      return `to ${cause.address}`;
    case 'customer-endpoint':
      return `from ${cause.address}`;
    case 'site':
      return `of ${cause.site}`;
    case 'account':
    case 'rule':
      return `of ${names(cause.accountId)}`;
    default:
      return '';
  }
}

/** What an incident is about, with its extent: `12 of 12 tunnels to 203.0.113.1`, `paris-1`, `3 accounts`. */
export function causeWords(cause: Cause, names: Names): string {
  switch (cause.kind) {
    case 'tunnel':
      return cause.name;
    case 'blind':
      return accounts(cause.accountIds, names);
    case 'app':
      return 'Tunnelwatch';
    default:
      return cause.extent.failing === 0
        ? `tunnels ${whose(cause, names)}`
        : `${share(cause.extent)} ${whose(cause, names)}`;
  }
}

function accounts(ids: readonly AccountId[], names: Names): string {
  return ids.length > 2 ? plural(ids.length, 'account', 'accounts') : listed(ids.map(names));
}

/** The tunnel or site of an incident that is about one alone; `null` when there are several. */
function alone({ cause, lead, counts }: Incident): string | null {
  if (cause.kind === 'tunnel') return cause.name;
  // Those that are over count as well: an end is about all that was told.
  const alerts = counts.pending + counts.firing + counts.recovering + counts.resolved;
  return cause.kind === 'rule' && alerts <= 1 && lead.subject.kind === 'tunnel' ? lead.subject.name : null;
}

/** `12 of 12 tunnels to 203.0.113.1 lost BGP`: who, and what happens to them, as it is or, when it is over, was. */
function statement(incident: Incident, say: Say, over: boolean): string {
  const { cause, rules } = incident;
  const one = alone(incident);
  if (one !== null) return `${one} ${predicate(rules, 1, over)}`;
  switch (cause.kind) {
    case 'blind':
      if (incident.lead.facts.what === 'health' && rules[0] === 'blind') {
        const results = `ealth results of ${accounts(cause.accountIds, say.account)}`;
        return over ? `h${results} could not be read` : `H${results} cannot be read`;
      }
      return `${accounts(cause.accountIds, say.account)} ${predicate(rules, cause.accountIds.length, over)}`;
    case 'app':
      return `Tunnelwatch ${predicate(rules, 1, over)}`;
    case 'site':
      if (!rules.some(isTunnelOutage)) {
        return `${cause.site} ${predicate(rules, 1, over)}`;
      }
      break;
    default:
  }
  const failing = 'extent' in cause ? cause.extent.failing : incident.tunnels;
  const who = causeWords(
    over && 'extent' in cause ? { ...cause, extent: { ...cause.extent, failing: 0 } } : cause,
    say.account,
  );
  const does = predicate(rules, over || failing === 0 ? 2 : failing, over);
  if (!over && failing > 0 && cause.kind === 'site' && rules.includes('site-isolated')) {
    return `${cause.site} is isolated: ${share(cause.extent)} ${does}`;
  }
  return `${who} ${does}`;
}

const UNFOLLOWED: Readonly<Record<string, string>> = {
  account: 'Its account is no longer in the settings: whether it still fails is not known.',
  tunnel: 'The tunnel is no longer in the account.',
  rule: 'The settings no longer ask for this rule there: whether it still fails is not told.',
};

/** Why it ended though nobody saw it end, in a sentence; `null` when somebody did. Of several tunnels it says nothing of the others. */
function unfollowed(incident: Incident): string | null {
  const { ended } = incident.lead.facts;
  const { cause } = incident;
  if (typeof ended !== 'string' || incident.phase !== 'resolved') return null;
  const whole = ended === 'account' && (cause.kind !== 'blind' || cause.accountIds.length === 1);
  return whole || alone(incident) !== null ? (UNFOLLOWED[ended] ?? null) : null;
}

/** One line that names the cause and its extent. */
export function incidentTitle(incident: Incident, say: Say): string {
  if (incident.mergedInto !== undefined) return `Part of a wider incident: ${statement(incident, say, true)}`;
  if (unfollowed(incident) !== null) return `No longer watched: ${statement(incident, say, true)}`;
  if (incident.phase === 'resolved') return `Resolved: ${statement(incident, say, true)}`;
  if (incident.phase === 'recovering') return `Recovering: ${statement(incident, say, true)}`;
  return statement(incident, say, false);
}

/** What else is fine, or is not: the first thing to know about a cause. */
function elsewhere(cause: Cause): readonly string[] {
  if (cause.kind !== 'cloudflare-endpoint' && cause.kind !== 'customer-endpoint') return [];
  const { failing, of } = cause.others;
  const kind = cause.kind === 'cloudflare-endpoint' ? 'endpoints' : 'customer endpoints';
  if (of === 0)
    return [`The account has no tunnels ${cause.kind === 'cloudflare-endpoint' ? 'to' : 'from'} other ${kind}.`];
  if (failing === 0) return [`All other ${kind} are fine.`];
  return [`Elsewhere ${failing} of ${plural(of, 'tunnel', 'tunnels')} ${failing === 1 ? 'fails' : 'fail'} as well.`];
}

/** The site went on for a while on what was left of it: customers are out since then, not since the first tunnel failed. */
function isolatedLater({ cause, lead, since }: Incident): boolean {
  return cause.kind === 'site' && lead.rule === 'site-isolated' && lead.since - since >= 60_000;
}

function siteWords(incident: Incident, say: Say): readonly string[] {
  const { cause, rules, lead } = incident;
  // The title has said it.
  if (cause.kind === 'rule' || (cause.kind === 'site' && !rules.some(isTunnelOutage))) return [];
  if (isolatedLater(incident)) {
    return [`No tunnel of the site is left ${sinceWords(lead.since, lead.exact, say)}; trouble there began earlier.`];
  }
  if (cause.kind === 'site' && rules.includes('site-isolated')) return ['No tunnel of the site is left.'];
  if (rules.includes('site-isolated')) {
    return [`${lead.subject.kind === 'site' ? lead.subject.site : 'A site'} has no tunnel left.`];
  }
  if (!rules.includes('redundancy-lost')) return [];
  return [
    cause.kind === 'site' || cause.kind === 'tunnel'
      ? 'The site runs on its last tunnel.'
      : 'Sites run on their last tunnel.',
  ];
}

/** Cloudflare's own alerts skip tunnels without traffic, and no user misses one: it has to be said what it is. */
function standby({ cause, rules }: Incident): readonly string[] {
  const one = cause.kind === 'tunnel' && rules.includes('standby-down');
  return one ? ['It is a standby: nobody feels its loss until it is needed.'] : [];
}

/** Said wherever BGP is all that we know to be down. */
const BGP_ALONE = 'BGP down alone does not prove that traffic is down.';
const RECOVERY = 'It is recovering: after an outage Cloudflare holds a tunnel at degraded for 5 to 30 min.';
const RECOVERY_UNCHECKED =
  'It is recovering: the end is told when it stays so. Cloudflare may hold health at degraded for 5 to 30 min.';

function recoveryWords(rules: readonly AlertRule[]): string {
  if (rules.some((rule) => rule.startsWith('health-'))) return RECOVERY;
  return rules.some(isOutage) ? RECOVERY_UNCHECKED : 'It is over for the moment; the end is told when it stays so.';
}

/** Health results are up to this old. What they say of the first minutes of an outage is the time before it. */
const HEALTH_LATE_MS: Millis = 4 * 60_000;

function health({ rules, lead, since }: Incident, { now }: Say): readonly string[] {
  if (!isBgpAlone(rules)) return [];
  const pass = lead.facts.health === 'healthy' && now - since >= HEALTH_LATE_MS;
  return pass ? ['Health checks still pass, so packets get through.'] : [BGP_ALONE];
}

/** What we know all the same. Without health results alone, the list still tells everything else. */
function unknown({ cause, lead }: Incident): readonly string[] {
  if (cause.kind !== 'blind') return [];
  return lead.facts.what === 'health'
    ? ['BGP and keys are still watched; whether health checks pass is not known meanwhile.']
    : [
        `Nothing is known of ${cause.accountIds.length === 1 ? 'its' : 'their'} tunnels meanwhile; the last known states stay.`,
      ];
}

/** `4 min before, the configuration of paris-1 changed: …`; `null` when nothing did. */
export function priorChangeWords({ priorChange, since }: Incident, say: Say): string | null {
  if (priorChange === null) return null;
  const early = since - priorChange.at;
  const when = early < 30_000 ? 'At about the same time' : `${say.duration(early)} before`;
  return `${when}, ${changeWords(priorChange.name, priorChange.change)}`;
}

/** How long it lasted, or has lasted. */
function lasting(incident: Incident, say: Say): string {
  const { since, resolvedAt, exact, phase, rules } = incident;
  if (rules.length > 0 && rules.every(isHappening)) {
    const ago = `${say.duration(Math.max(0, say.now - since))} ago`;
    return phase === 'resolved' ? `It was at ${say.time(since)}.` : `At ${say.time(since)} (${ago}).`;
  }
  if (resolvedAt === null || phase !== 'resolved') return sentence(`S${sinceWords(since, exact, say).slice(1)}`);
  const length: Millis = Math.max(0, resolvedAt - since);
  const why = unfollowed(incident);
  if (why !== null) return `${why} It was open from ${say.time(since)} to ${say.time(resolvedAt)}.`;
  const from = exact ? `from ${say.time(since)}` : `from before ${say.time(since)}`;
  return `It lasted ${exact ? '' : 'at least '}${say.duration(length)}, ${from} to ${say.time(resolvedAt)}.`;
}

/** When, how long, what else is fine: what belongs below the title. */
export function incidentSentence(incident: Incident, say: Say): string {
  const { phase, cause, rules, lead, returns, mergedInto } = incident;
  if (mergedInto !== undefined) return `It has the same cause as ${mergedInto} and goes on there.`;
  const came = returns > 0 ? [`It came back ${returns === 1 ? 'once' : `${returns} times`}.`] : [];
  const prior = priorChangeWords(incident, say);
  const change = prior === null ? [] : [prior];
  if (phase === 'resolved') return [lasting(incident, say), ...came, ...change].join(' ');
  const ours = lead.facts.sentence ?? lead.facts.problem;
  const fault = (cause.kind === 'blind' || cause.kind === 'app') && typeof ours === 'string' ? [sentence(ours)] : [];
  const recovering = phase === 'recovering' ? [recoveryWords(rules)] : [];
  const blind =
    lead.unseen && cause.kind !== 'blind' ? ['Not seen at the moment: this is the last that is known.'] : [];
  const parts =
    phase === 'recovering'
      ? []
      : [...elsewhere(cause), ...siteWords(incident, say), ...standby(incident), ...health(incident, say)];
  return [
    ...fault,
    ...blind,
    ...parts,
    ...recovering,
    lasting(incident, say),
    ...came,
    ...change,
    ...unknown(incident),
  ].join(' ');
}

/** The rules of an incident by title: `BGP session down, Health checks fail`. */
export function rulesWords({ rules }: Incident): string {
  return rules.map(ruleTitle).join(', ');
}
