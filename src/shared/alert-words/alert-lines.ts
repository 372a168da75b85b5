/** One alert in a line, and the facts behind it in plain words. */
import type { Alert, Subject } from '../alerts.ts';
import type { EventDetail } from '../model.ts';
import { fieldChanges } from './changes.ts';
import { isHappening, ruleShort } from './rules.ts';
import { capital, plural, type Say, sentence, sinceWords } from './say.ts';

/** What an alert is about, by name: `paris-1 (Paris)`. */
function subjectWords(subject: Subject): string {
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
      return 'Tunnelwatch';
  }
}

function state({ phase, unseen }: Alert): string {
  const seen = unseen ? ', not seen at the moment' : '';
  if (phase === 'pending') return `, not confirmed yet${seen}`;
  return phase === 'recovering' ? `, recovering${seen}` : seen;
}

/** `since 10:02 (4 min)`, `from 10:02 to 10:06`, `at 10:02 (4 min ago)`. */
function when({ rule, since, exact, phase, resolvedAt }: Alert, say: Say): string {
  if (isHappening(rule)) return `at ${say.time(since)} (${say.duration(Math.max(0, say.now - since))} ago)`;
  if (phase !== 'resolved' || resolvedAt === null) return sinceWords(since, exact, say);
  return `from ${exact ? '' : 'before '}${say.time(since)} to ${say.time(resolvedAt)}`;
}

/** `paris-1 (Paris): BGP down since 10:02 (4 min)`. */
export function alertLine(alert: Alert, say: Say): string {
  const later = alert.phase === 'resolved' ? '' : state(alert);
  return `${subjectWords(alert.subject)}: ${ruleShort(alert.rule)} ${when(alert, say)}${later}`;
}

const number = (facts: EventDetail, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
};
const text = (facts: EventDetail, name: string): string | null => {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

function session(facts: EventDetail): readonly string[] {
  const step = text(facts, 'bgpState');
  const tcp =
    facts.tcpEstablished === true
      ? 'TCP to the peer is up, the session is not: AS numbers, MD5 key or capabilities do not match.'
      : facts.tcpEstablished === false
        ? 'There is no TCP connection to the peer.'
        : 'Cloudflare does not say whether there is a TCP connection to the peer.';
  const health =
    facts.health === 'healthy'
      ? ['Health checks pass, so the tunnel itself carries packets.']
      : facts.health === 'down'
        ? ['Health checks fail as well, so no packet gets through for the session to run on.']
        : ['BGP down alone does not prove that traffic is down: packets can go on by the last known or static routes.'];
  return [...(step === null ? [] : [`The session stands at ${step}.`]), tcp, ...health];
}

function colos(facts: EventDetail): readonly string[] {
  const healthy = number(facts, 'healthyColos');
  const all = number(facts, 'colos');
  const worst = text(facts, 'worst');
  if (healthy === null || all === null || all === 0) return ['No data centre is named.'];
  const share = `Healthy in ${healthy} of ${plural(all, 'data centre', 'data centres')}.`;
  return worst === null || healthy === all ? [share] : [share, sentence(`Worst: ${worst}`)];
}

function changes(facts: EventDetail, say: Say): readonly string[] {
  const count = number(facts, 'changes');
  const window = number(facts, 'windowMs');
  if (count === null) return [];
  return [`${plural(count, 'change', 'changes')}${window === null ? '' : ` within ${say.duration(window)}`}.`];
}

function site(facts: EventDetail): readonly string[] {
  const all = number(facts, 'tunnels');
  const dead = number(facts, 'dead');
  const unknown = number(facts, 'unknown') ?? 0;
  const last = text(facts, 'lastLive');
  const down =
    all === null || dead === null
      ? []
      : [`${dead} of ${plural(all, 'tunnel', 'tunnels')} of the site ${dead === 1 ? 'is' : 'are'} down.`];
  const left = last === null ? [] : [sentence(`The last that works: ${last}`)];
  return [...down, ...left, ...(unknown > 0 ? [`Of ${plural(unknown, 'tunnel', 'tunnels')} nothing is known.`] : [])];
}

function key(facts: EventDetail, say: Say): readonly string[] {
  const age = number(facts, 'ageDays');
  const made = number(facts, 'generatedAt');
  const limit = number(facts, 'limitDays');
  if (age === null) return ['Cloudflare reports no pre-shared key for this tunnel.'];
  const when = made === null ? '' : `, generated ${say.time(made)}`;
  return [
    `The PSK is ${plural(age, 'day', 'days')} old${when}.`,
    ...(limit === null ? [] : [`The policy allows ${plural(limit, 'day', 'days')}.`]),
  ];
}

function finding(facts: EventDetail): readonly string[] {
  const lines = ['evidence', 'why', 'fix'].flatMap((name) => text(facts, name) ?? []).map(sentence);
  const more = (number(facts, 'findings') ?? 1) - 1;
  return more > 0 ? [...lines, `${plural(more, 'other finding', 'other findings')} on this tunnel.`] : lines;
}

function loss(facts: EventDetail, say: Say): readonly string[] {
  const what =
    facts.what === 'health'
      ? 'Health results cannot be read; the list of tunnels can.'
      : 'The list of tunnels cannot be read.';
  const said = text(facts, 'sentence');
  const permission = text(facts, 'permission');
  const retry = number(facts, 'retryAfterMs');
  const tunnels = number(facts, 'tunnels');
  return [
    what,
    ...(said === null ? [] : [sentence(said)]),
    ...(permission === null ? [] : [sentence(`The permission that is missing: ${permission}`)]),
    ...(retry === null ? [] : [`Cloudflare asks to wait for ${say.duration(retry)}.`]),
    ...(tunnels === null ? [] : [`It is about ${plural(tunnels, 'tunnel', 'tunnels')}.`]),
  ];
}

/** The facts behind an alert, one sentence each, the most telling first. Never empty. */
export function evidence(alert: Alert, say: Say): readonly string[] {
  const found = byRule(alert, say);
  return found.length > 0
    ? found
    : [sentence(`${capital(ruleShort(alert.rule))} ${sinceWords(alert.since, alert.exact, say)}`)];
}

function byRule({ rule, facts }: Alert, say: Say): readonly string[] {
  switch (rule) {
    case 'bgp-down':
    case 'bgp-stuck-establishing':
      return session(facts);
    case 'bgp-inconsistent': {
      const what = text(facts, 'contradiction');
      const word = text(facts, 'state');
      return what === null ? [] : [sentence(`Cloudflare says ${word ?? 'something'}: ${what}`)];
    }
    case 'health-down':
    case 'health-degraded':
      return colos(facts);
    case 'bgp-flapping':
    case 'tunnel-flapping':
      return changes(facts, say);
    case 'site-isolated':
    case 'redundancy-lost':
      return site(facts);
    case 'standby-down':
      return [
        'Nothing but health checks went through it for 6 h at least: nobody feels it until it is needed.',
        'Cloudflare’s own alert skips such a tunnel.',
      ];
    case 'psk-missing':
    case 'psk-stale':
    case 'psk-due':
      return key(facts, say);
    case 'misconfiguration':
      return finding(facts);
    case 'tunnel-disappeared':
      return ['It is missing from the lists of the account; what it carried is gone either way.'];
    case 'tunnel-recreated': {
      const before = text(facts, 'oldId');
      const after = text(facts, 'newId');
      const ids = before === null || after === null ? [] : [`The id was ${before} and is ${after} now.`];
      return [...ids, 'Its IKE identity and its key are new; a router that knows the old ones cannot authenticate.'];
    }
    case 'configuration-changed':
      return fieldChanges(facts).map((change) => sentence(capital(change)));
    case 'token-refused':
    case 'permission-missing':
    case 'blind':
    case 'rate-limited':
      return loss(facts, say);
    case 'store-failing': {
      const problem = text(facts, 'problem');
      return [...(problem === null ? [] : [sentence(problem)]), 'What happens now is lost with the next restart.'];
    }
  }
}
