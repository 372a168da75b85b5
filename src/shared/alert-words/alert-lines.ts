/** One alert in a line, and the facts behind it in plain words. */
import type { Alert, Subject } from '../alerts.ts';
import type { EventDetail } from '../model.ts';
import { fieldChanges } from './changes.ts';
import { faultWords } from './fault-words.ts';
import { isHappening, ruleShort } from './rules.ts';
import { capital, type Phrases, type Say, sentence, sinceWords } from './say.ts';

/** What an alert is about, by name: `paris-1 (Paris)`. */
function subjectWords(subject: Subject, { titles }: Phrases): string {
  switch (subject.kind) {
    case 'tunnel':
      return subject.site === null || subject.site === subject.name
        ? subject.name
        : `${subject.name} (${subject.site})`;
    case 'site':
      return subject.site;
    case 'account':
      return subject.account;
    case 'app':
      return titles.app;
  }
}

function state({ phase, unseen }: Alert, { lines }: Phrases): string {
  const seen = unseen ? lines.unseen : '';
  if (phase === 'pending') return `${lines.pending}${seen}`;
  return phase === 'recovering' ? `${lines.recovering}${seen}` : seen;
}

/** `since 10:02 (4 min)`, `from 10:02 to 10:06`, `at 10:02 (4 min ago)`. */
function when({ rule, since, exact, phase, resolvedAt }: Alert, say: Say): string {
  const { lines } = say.words;
  if (isHappening(rule)) return lines.at(say.time(since), say.duration(Math.max(0, say.now - since)));
  if (phase !== 'resolved' || resolvedAt === null) return sinceWords(since, exact, say);
  return lines.fromTo(exact, say.time(since), say.time(resolvedAt));
}

/** `paris-1 (Paris): BGP down since 10:02 (4 min)`. */
export function alertLine(alert: Alert, say: Say): string {
  const { words } = say;
  const later = alert.phase === 'resolved' ? '' : state(alert, words);
  return `${subjectWords(alert.subject, words)}: ${ruleShort(alert.rule, words)} ${when(alert, say)}${later}`;
}

const number = (facts: EventDetail, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
};
const text = (facts: EventDetail, name: string): string | null => {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

function session(facts: EventDetail, { lines }: Phrases): readonly string[] {
  const step = text(facts, 'bgpState');
  const { tcpEstablished: up } = facts;
  const tcp = up === true ? lines.tcpUp : up === false ? lines.tcpDown : lines.tcpUnsaid;
  const health = facts.health === 'healthy' ? lines.pass : facts.health === 'down' ? lines.fail : lines.alone;
  return [...(step === null ? [] : [lines.step(step)]), tcp, health];
}

function colos(facts: EventDetail, { lines }: Phrases): readonly string[] {
  const healthy = number(facts, 'healthyColos');
  const all = number(facts, 'colos');
  const worst = text(facts, 'worst');
  if (healthy === null || all === null || all === 0) return [lines.noColo];
  const share = lines.healthyIn(healthy, all);
  return worst === null || healthy === all ? [share] : [share, sentence(lines.worst(worst))];
}

function changes(facts: EventDetail, say: Say): readonly string[] {
  const count = number(facts, 'changes');
  const window = number(facts, 'windowMs');
  return count === null ? [] : [say.words.lines.changes(count, window === null ? null : say.duration(window))];
}

function site(facts: EventDetail, { lines }: Phrases): readonly string[] {
  const all = number(facts, 'tunnels');
  const dead = number(facts, 'dead');
  const unknown = number(facts, 'unknown') ?? 0;
  const last = text(facts, 'lastLive');
  return [
    ...(all === null || dead === null ? [] : [lines.siteDown(dead, all)]),
    ...(last === null ? [] : [sentence(lines.lastLive(last))]),
    ...(unknown > 0 ? [lines.unknown(unknown)] : []),
  ];
}

function key(facts: EventDetail, say: Say): readonly string[] {
  const { lines } = say.words;
  const age = number(facts, 'ageDays');
  const made = number(facts, 'generatedAt');
  const limit = number(facts, 'limitDays');
  if (age === null) return [lines.noKey];
  const aged = lines.keyAge(age, made === null ? null : say.time(made));
  return limit === null ? [aged] : [aged, lines.keyLimit(limit)];
}

function finding(facts: EventDetail, say: Say): readonly string[] {
  const { lines: words } = say.words;
  const rule = text(facts, 'rule');
  const own = rule === null ? null : (say.finding?.(rule) ?? null);
  const found = [text(facts, 'evidence'), own?.why ?? text(facts, 'why'), own?.fix ?? text(facts, 'fix')];
  const lines = found.flatMap((one) => one ?? []).map(sentence);
  const more = (number(facts, 'findings') ?? 1) - 1;
  return more > 0 ? [...lines, words.moreFindings(more)] : lines;
}

function loss(facts: EventDetail, say: Say): readonly string[] {
  const { lines } = say.words;
  const said = faultWords(facts, say.words);
  const permission = text(facts, 'permission');
  const retry = number(facts, 'retryAfterMs');
  const tunnels = number(facts, 'tunnels');
  return [
    facts.what === 'health' ? lines.healthUnread : lines.listUnread,
    ...(said === null ? [] : [sentence(said)]),
    ...(permission === null ? [] : [sentence(lines.permission(permission))]),
    ...(retry === null ? [] : [lines.waitFor(say.duration(retry))]),
    ...(tunnels === null ? [] : [lines.about(tunnels)]),
  ];
}

/** The facts behind an alert, one sentence each, the most telling first. Never empty. */
export function evidence(alert: Alert, say: Say): readonly string[] {
  const found = byRule(alert, say);
  const short = capital(ruleShort(alert.rule, say.words));
  return found.length > 0 ? found : [sentence(`${short} ${sinceWords(alert.since, alert.exact, say)}`)];
}

function byRule({ rule, facts }: Alert, say: Say): readonly string[] {
  const { words } = say;
  const { lines } = words;
  switch (rule) {
    case 'bgp-down':
    case 'bgp-stuck-establishing':
      return session(facts, words);
    case 'bgp-inconsistent': {
      const what = text(facts, 'contradiction');
      return what === null ? [] : [sentence(lines.contradiction(text(facts, 'state'), what))];
    }
    case 'health-down':
    case 'health-degraded':
      return colos(facts, words);
    case 'bgp-flapping':
    case 'tunnel-flapping':
      return changes(facts, say);
    case 'site-isolated':
    case 'redundancy-lost':
      return site(facts, words);
    case 'standby-down':
      return lines.standby;
    case 'psk-missing':
    case 'psk-stale':
    case 'psk-due':
      return key(facts, say);
    case 'misconfiguration':
      return finding(facts, say);
    case 'tunnel-disappeared':
      return [lines.disappeared];
    case 'tunnel-recreated': {
      const before = text(facts, 'oldId');
      const after = text(facts, 'newId');
      return [...(before === null || after === null ? [] : [lines.ids(before, after)]), lines.recreated];
    }
    case 'configuration-changed':
      return fieldChanges(facts, words).map((change) => sentence(capital(change)));
    case 'token-refused':
    case 'permission-missing':
    case 'blind':
    case 'rate-limited':
      return loss(facts, say);
    case 'store-failing': {
      const problem = text(facts, 'problem');
      return [...(problem === null ? [] : [sentence(problem)]), lines.lostWithRestart];
    }
  }
}
