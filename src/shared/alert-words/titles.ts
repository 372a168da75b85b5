/** Causes and incidents by name: titles, and the sentences below them. */
import type { AlertRule, Cause, Extent, Incident } from '../alerts.ts';
import type { AccountId, Millis } from '../model.ts';
import { changeWords } from './changes.ts';
import { faultWords } from './fault-words.ts';
import { isBgpAlone, isHappening, isOutage, isTunnelOutage, predicate, ruleTitle } from './rules.ts';
import { capital, type Phrases, type Say, sentence, sinceWords } from './say.ts';

type Names = (id: AccountId) => string;

const share = ({ failing, of }: Extent, { titles }: Phrases): string => titles.share(failing, of);

/** Which tunnels are meant: `to 203.0.113.1`, `of Paris`. */
function whose(cause: Cause, names: Names, { titles }: Phrases): string {
  switch (cause.kind) {
    case 'cloudflare-endpoint':
    case 'customer-endpoint':
      return titles.whose(cause.kind, cause.address);
    case 'site':
      return titles.whose(cause.kind, cause.site);
    case 'account':
    case 'rule':
      return titles.whose(cause.kind, names(cause.accountId));
    default:
      return '';
  }
}

/** What an incident is about, with its extent: `12 of 12 tunnels to 203.0.113.1`, `paris-1`, `3 accounts`. */
export function causeWords(cause: Cause, names: Names, words: Phrases): string {
  switch (cause.kind) {
    case 'tunnel':
      return cause.name;
    case 'blind':
      return accounts(cause.accountIds, names, words);
    case 'app':
      return words.titles.app;
    default: {
      const which = whose(cause, names, words);
      return cause.extent.failing === 0 ? words.titles.tunnels(which) : `${share(cause.extent, words)} ${which}`;
    }
  }
}

function accounts(ids: readonly AccountId[], names: Names, { titles, grammar }: Phrases): string {
  return ids.length > 2 ? titles.accounts(ids.length) : grammar.listed(ids.map(names));
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
  const { words } = say;
  const one = alone(incident);
  if (one !== null) return `${one} ${predicate(rules, 1, over, words)}`;
  switch (cause.kind) {
    case 'blind':
      if (incident.lead.facts.what === 'health' && rules[0] === 'blind') {
        const whom = accounts(cause.accountIds, say.account, words);
        return over ? words.titles.healthWasBlind(whom) : words.titles.healthBlind(whom);
      }
      return `${accounts(cause.accountIds, say.account, words)} ${predicate(rules, cause.accountIds.length, over, words)}`;
    case 'app':
      return `${words.titles.app} ${predicate(rules, 1, over, words)}`;
    case 'site':
      if (!rules.some(isTunnelOutage)) {
        return `${cause.site} ${predicate(rules, 1, over, words)}`;
      }
      break;
    default:
  }
  const failing = 'extent' in cause ? cause.extent.failing : incident.tunnels;
  const who = causeWords(
    over && 'extent' in cause ? { ...cause, extent: { ...cause.extent, failing: 0 } } : cause,
    say.account,
    words,
  );
  const does = predicate(rules, over || failing === 0 ? 2 : failing, over, words);
  if (!over && failing > 0 && cause.kind === 'site' && rules.includes('site-isolated')) {
    return words.titles.isolated(cause.site, share(cause.extent, words), does);
  }
  return `${who} ${does}`;
}

/** Why it ended though nobody saw it end, in a sentence; `null` when somebody did. Of several tunnels it says nothing of the others. */
function unfollowed(incident: Incident, { titles }: Phrases): string | null {
  const { ended } = incident.lead.facts;
  const { cause } = incident;
  if (typeof ended !== 'string' || incident.phase !== 'resolved') return null;
  const whole = ended === 'account' && (cause.kind !== 'blind' || cause.accountIds.length === 1);
  if (!whole && alone(incident) === null) return null;
  return ended === 'account' || ended === 'tunnel' || ended === 'rule' ? titles.ended[ended] : null;
}

/** One line that names the cause and its extent. */
export function incidentTitle(incident: Incident, say: Say): string {
  const { titles } = say.words;
  if (incident.mergedInto !== undefined) return titles.merged(statement(incident, say, true));
  if (unfollowed(incident, say.words) !== null) return titles.unwatched(statement(incident, say, true));
  if (incident.phase === 'resolved') return titles.resolved(statement(incident, say, true));
  if (incident.phase === 'recovering') return titles.recovering(statement(incident, say, true));
  return statement(incident, say, false);
}

/** What else is fine, or is not: the first thing to know about a cause. */
function elsewhere(cause: Cause, { titles }: Phrases): readonly string[] {
  if (cause.kind !== 'cloudflare-endpoint' && cause.kind !== 'customer-endpoint') return [];
  const { failing, of } = cause.others;
  if (of === 0) return [titles.noOthers(cause.kind)];
  return [failing === 0 ? titles.othersFine(cause.kind) : titles.elsewhere(failing, of)];
}

/** The site went on for a while on what was left of it: customers are out since then, not since the first tunnel failed. */
function isolatedLater({ cause, lead, since }: Incident): boolean {
  return cause.kind === 'site' && lead.rule === 'site-isolated' && lead.since - since >= 60_000;
}

function siteWords(incident: Incident, say: Say): readonly string[] {
  const { cause, rules, lead } = incident;
  // The title has said it.
  if (cause.kind === 'rule' || (cause.kind === 'site' && !rules.some(isTunnelOutage))) return [];
  const { titles } = say.words;
  if (isolatedLater(incident)) return [titles.noneLeftLater(sinceWords(lead.since, lead.exact, say))];
  if (cause.kind === 'site' && rules.includes('site-isolated')) return [titles.noneLeft];
  if (rules.includes('site-isolated')) {
    return [titles.siteHasNone(lead.subject.kind === 'site' ? lead.subject.site : null)];
  }
  if (!rules.includes('redundancy-lost')) return [];
  return [cause.kind === 'site' || cause.kind === 'tunnel' ? titles.lastTunnel : titles.lastTunnels];
}

/** Cloudflare's own alerts skip tunnels without traffic, and no user misses one: it has to be said what it is. */
function standby({ cause, rules }: Incident, { titles }: Phrases): readonly string[] {
  const one = cause.kind === 'tunnel' && rules.includes('standby-down');
  return one ? [titles.standby] : [];
}

function recoveryWords(rules: readonly AlertRule[], { titles }: Phrases): string {
  if (rules.some((rule) => rule.startsWith('health-'))) return titles.holds;
  return rules.some(isOutage) ? titles.mayHold : titles.overForNow;
}

/** Health results are up to this old. What they say of the first minutes of an outage is the time before it. */
const HEALTH_LATE_MS: Millis = 4 * 60_000;

function health({ rules, lead, since }: Incident, { now, words }: Say): readonly string[] {
  if (!isBgpAlone(rules)) return [];
  const pass = lead.facts.health === 'healthy' && now - since >= HEALTH_LATE_MS;
  return [pass ? words.titles.stillPass : words.titles.bgpAlone];
}

/** What we know all the same. Without health results alone, the list still tells everything else. */
function unknown({ cause, lead }: Incident, { titles }: Phrases): readonly string[] {
  if (cause.kind !== 'blind') return [];
  return [lead.facts.what === 'health' ? titles.bgpStillWatched : titles.nothingKnown(cause.accountIds.length)];
}

/** `4 min before, the configuration of paris-1 changed: …`; `null` when nothing did. */
export function priorChangeWords({ priorChange, since }: Incident, say: Say): string | null {
  if (priorChange === null) return null;
  const early = since - priorChange.at;
  const { titles } = say.words;
  const change = changeWords(priorChange.name, priorChange.change, say.words);
  return early < 30_000 ? titles.changedAtOnce(change) : titles.changedBefore(say.duration(early), change);
}

/** How long it lasted, or has lasted. */
function lasting(incident: Incident, say: Say): string {
  const { since, resolvedAt, exact, phase, rules } = incident;
  const { titles } = say.words;
  const began = say.time(since);
  if (rules.length > 0 && rules.every(isHappening)) {
    return phase === 'resolved'
      ? titles.happened(began)
      : titles.happens(began, say.duration(Math.max(0, say.now - since)));
  }
  if (resolvedAt === null || phase !== 'resolved') return sentence(capital(sinceWords(since, exact, say)));
  const ended = say.time(resolvedAt);
  const why = unfollowed(incident, say.words);
  if (why !== null) return `${why} ${titles.wasOpen(began, ended)}`;
  return titles.lasted(exact, say.duration(Math.max(0, resolvedAt - since)), began, ended);
}

/** When, how long, what else is fine: what belongs below the title. */
export function incidentSentence(incident: Incident, say: Say): string {
  const { phase, cause, rules, lead, returns, mergedInto } = incident;
  const { words } = say;
  const { titles } = words;
  if (mergedInto !== undefined) return titles.goesOnIn(mergedInto);
  const came = returns > 0 ? [titles.cameBack(returns)] : [];
  const prior = priorChangeWords(incident, say);
  const change = prior === null ? [] : [prior];
  if (phase === 'resolved') return [lasting(incident, say), ...came, ...change].join(' ');
  const ours = cause.kind === 'blind' || cause.kind === 'app' ? faultWords(lead.facts, words) : null;
  const fault = ours === null ? [] : [sentence(ours)];
  const recovering = phase === 'recovering' ? [recoveryWords(rules, words)] : [];
  const blind = lead.unseen && cause.kind !== 'blind' ? [titles.unseen] : [];
  const parts =
    phase === 'recovering'
      ? []
      : [
          ...elsewhere(cause, words),
          ...siteWords(incident, say),
          ...standby(incident, words),
          ...health(incident, say),
        ];
  return [
    ...fault,
    ...blind,
    ...parts,
    ...recovering,
    lasting(incident, say),
    ...came,
    ...change,
    ...unknown(incident, words),
  ].join(' ');
}

/** The rules of an incident by title: `BGP session down, Health checks fail`. */
export function rulesWords({ rules }: Incident, words: Phrases): string {
  return rules.map((rule) => ruleTitle(rule, words)).join(', ');
}
