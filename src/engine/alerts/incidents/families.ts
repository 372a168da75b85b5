/** How each rule is correlated, and the figures of correlation. */
import type { Alert, AlertRule, Subject } from '../../../shared/alerts.ts';
import type { Millis } from '../../../shared/model.ts';

const MINUTE: Millis = 60_000;

/**
 * Alerts that begin within this time of each other may have one cause. BGP sessions of one outage end over 30 s (the hold
 * time of 90 s runs from each session's own last keepalive), a list comes each 30 s, and health results come a minute
 * or two after the fact.
 */
export const WINDOW_MS: Millis = 3 * MINUTE;
/**
 * An endpoint that fails tunnel by tunnel is one outage while at most this lies between. Later it is news again: people
 * who took care of a few tunnels have not heard that all the others failed.
 */
export const ROLLING_MS: Millis = 15 * MINUTE;
/** Things that somebody did in one go, such as a Terraform run over many tunnels. */
export const HAPPENING_WINDOW_MS: Millis = 15 * MINUTE;
/**
 * A list to work off (old keys, configuration) takes new entries for a day from its opening; what comes later is told
 * anew. So there is at most one message for each account, rule and day, and no entry joins a list that was read long ago.
 */
export const LISTING_WINDOW_MS: Millis = 24 * 60 * MINUTE;
/** A change of configuration this long before an outage may be its reason. */
export const PRIOR_CHANGE_MS: Millis = 15 * MINUTE;
/** Health begins at a whole minute: a change that Cloudflare dates up to this much after the beginning still came first. */
export const PRIOR_SLACK_MS: Millis = MINUTE;

/** A group has failed when at least this share of it has. Not all: a tunnel that nobody uses any more must not hide an outage. */
export const FULL_SHARE = 0.8;
/** Fewer tunnels than this accuse neither a Cloudflare endpoint nor a whole account. */
export const QUORUM = 3;
/** Both tunnels of a pair are enough for a site or a customer endpoint. */
export const PAIR = 2;
/** A quarter of an endpoint that fails at once is one cause, when hardly anything fails elsewhere. */
export const PARTIAL_SHARE = 0.25;
/** More separate causes than this at the same moment are not believed: they are told as one of the account. */
export const MAX_PARTS = 4;

/**
 * - `outage`: a tunnel does not work; correlated by what it shares with others.
 * - `site`: follows from outages and joins them.
 * - `listing`: a finding, not an event; one list for each account and rule.
 * - `happening`: something was done; one incident for each account, rule and occasion.
 * - `sight`: we cannot see; one incident for all accounts with the same reason.
 * - `app`: ourselves.
 */
export type Family = 'outage' | 'site' | 'listing' | 'happening' | 'sight' | 'app';

const FAMILIES: Readonly<Record<AlertRule, Family>> = {
  'site-isolated': 'site',
  'bgp-down': 'outage',
  'health-down': 'outage',
  'bgp-stuck-establishing': 'outage',
  'bgp-flapping': 'outage',
  'tunnel-flapping': 'outage',
  'redundancy-lost': 'site',
  'standby-down': 'outage',
  'health-degraded': 'outage',
  'bgp-inconsistent': 'listing',
  'psk-missing': 'listing',
  'psk-stale': 'listing',
  'psk-due': 'listing',
  misconfiguration: 'listing',
  'tunnel-disappeared': 'happening',
  'tunnel-recreated': 'happening',
  'configuration-changed': 'happening',
  'token-refused': 'sight',
  'permission-missing': 'sight',
  blind: 'sight',
  'rate-limited': 'sight',
  'store-failing': 'app',
};

/** How an alert is correlated. A rule of outages that is about something else than a tunnel follows its site. */
export function familyOf({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): Family {
  const family = FAMILIES[rule];
  if (family !== 'outage' && family !== 'site') return family;
  if (subject.kind === 'tunnel') return 'outage';
  return subject.kind === 'site' ? 'site' : 'listing';
}

/** Names a subject among all. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'tunnel':
      return subject.key;
    case 'site':
      return `${subject.accountId}/site/${subject.site}`;
    case 'account':
      return subject.accountId;
    case 'app':
      return 'app';
  }
}

/** Rule and subject: what stays the same when an alert comes back under a new id. */
export function slotOf({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): string {
  return `${rule}@${subjectKey(subject)}`;
}

/** Still holds, or may still hold. */
export function isOpen({ phase }: Pick<Alert, 'phase'>): boolean {
  return phase !== 'resolved';
}

/** Faults that are all the same network to us: which one an account meets depends on the moment of its request. */
const NETWORK: ReadonlySet<string> = new Set([
  'offline',
  'dns',
  'tls',
  'timeout',
  'truncated',
  'not-http',
  'not-json',
  'redirected',
  'aborted',
]);

/** What alerts that are not about outages are gathered by. */
export function gatherKey(alert: Alert): string {
  const { rule, subject, facts } = alert;
  const family = familyOf(alert);
  if (family === 'app' || subject.kind === 'app') return `app|${rule}`;
  if (family !== 'sight') return `${rule}|${subject.accountId}`;
  const kind = String(facts.kind ?? '');
  return `${rule}|${NETWORK.has(kind) ? 'network' : kind}|${String(facts.permission ?? '')}`;
}
