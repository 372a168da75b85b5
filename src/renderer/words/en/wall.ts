/** Words of the wall. They are read from across the room: few, and the same as on the desk. */
import * as phrases from '../../../shared/alert-words/en/index.ts';
import type { Say } from '../../../shared/alert-words/say.ts';
import type { Acknowledgement, AlertSeverity, Incident } from '../../../shared/alerts.ts';
import type { AccountId, Instant, Millis } from '../../../shared/model.ts';
import type { Redundancy } from '../../../shared/redundancy.ts';
import { duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { Bucket } from '../../state/query.ts';
import type { Darkness, Trouble } from '../../views/wall/outlook.ts';

export const title = 'Wall';
export const tabTitle = (name: string | null): string =>
  name === null ? 'Wall · Tunnelwatch' : `${name} · Tunnelwatch`;
export const practice = 'Practice mode';
export const tiles = { tunnel: 'Tunnels, worst first', site: 'Sites, worst first' };
export const troubled = { tunnel: 'Tunnels in trouble', site: 'Sites in trouble' };
export const others = { tunnel: 'All other tunnels', site: 'All other sites' };
export const countsLabel = { tunnel: 'Tunnels by state', site: 'Sites by state' };
export const utc = 'UTC';
export const broken = (reason: string): string =>
  `The wall stopped because of a fault in Tunnelwatch: ${reason}. It loads itself again within two minutes.`;

/** How times and names are said here. */
export function say(now: Instant, account: (id: AccountId) => string): Say {
  return { words: phrases, now, account, duration, time: (at) => shortTime(at, now) };
}

export const state: Readonly<Record<Bucket, string>> = {
  down: 'Down',
  degraded: 'Degraded',
  unknown: 'Unknown',
  stale: 'Stale',
  attention: 'Attention',
  up: 'Up',
};
export const redundancy: Readonly<Record<Redundancy, string>> = {
  isolated: 'Isolated',
  'at-risk': 'At risk',
  reduced: 'Reduced',
  unknown: 'Unknown',
  redundant: 'Redundant',
  single: 'Single',
};
/** `Last known: Up`. */
export const lastKnown = (word: string): string => `Last known: ${word}`;
/** How old the fact on a tile is: `as of 4 min ago`. */
export const asOf = (age: Millis): string => `as of ${duration(age)} ago`;
export const agoShort = (age: Millis): string => `${duration(age)} ago`;
export const notYet = 'no answer yet';
/** `1 of 2 up`. */
export const ofUp = (live: number, all: number): string => `${count(live)} of ${count(all)} up`;
export const oneLeft = (all: number): string => `1 of ${count(all)} left`;
export const why = {
  bgpDown: 'BGP down',
  establishing: 'BGP establishing',
  healthDown: 'Health down',
  degraded: 'Health degraded',
  recovering: 'Recovering',
  pskStale: 'PSK too old',
  pskMissing: 'PSK not reported',
  pskDue: 'PSK due',
  config: 'Configuration',
  unreadable: 'Not readable',
  nothing: 'Nothing reported',
};
/** `9 of 14 data centres`. */
export const colos = (healthy: number, all: number): string => `${count(healthy)} of ${count(all)} data centres`;

/** Age of the data of the page. */
export const dataAge = (age: Millis | null): string => (age === null ? 'No data yet' : `Data ${duration(age)} old`);

const SHOUTS: Readonly<Record<Darkness, string>> = {
  lost: 'No host since',
  blind: 'Blind since',
  stale: 'No fresh data since',
  paused: 'Paused since',
  health: 'No health results since',
  asking: 'Asking since',
};
/** `Blind since 10:02`; the wall writes it in capitals. */
export const shout = ({ what, since }: Trouble, now: Instant): string => `${SHOUTS[what]} ${shortTime(since, now)}`;
/** `Acme, Globex: blind since 10:02`. */
export function notice(trouble: Trouble, now: Instant): string {
  const names = trouble.accounts.join(', ');
  return names === '' ? shout(trouble, now) : `${names}: ${shout(trouble, now).toLowerCase()}`;
}
export const shoutFor = (since: Instant, now: Instant): string => `for ${duration(now - since)}`;
export const lastKnownStates = 'What stands here is the last known state.';

export const empty = {
  waiting: 'Waiting for the first answer of the host …',
  asking: 'Asking Cloudflare for the tunnels …',
  noAccounts: 'No account is watched yet.',
  noAccountsNext: 'Add one in the settings of Tunnelwatch.',
  noTunnels: 'No IPsec tunnels in this account.',
  noTunnelsNext: 'They appear here as soon as Cloudflare lists one.',
  noMatch: 'No tunnel fits this view.',
  noMatchNext: (view: string): string => `The address asks for: ${view}`,
};

export const causes = 'What is wrong now, by cause';
export const noCauses = 'No open alert';
export const noCausesKnown = 'No open alert is known';
export const more = (of: number): string => `and ${count(of)} more`;
export const severity: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Information',
};
export const takenBy = ({ by }: Acknowledgement): string => `taken by ${by}`;
export const causeAge = ({ since }: Incident, now: Instant): string => duration(now - since);

/** `Page 2 of 3`. */
export const page = (at: number, of: number): string => `Page ${count(at)} of ${count(of)}`;
export const held = 'held';

export const sound = {
  on: 'Sound on',
  muted: 'Muted',
  blocked: 'Click for sound',
  blockedTitle: 'This browser plays sounds only after a click or a key on this page.',
};
export const fullScreen = 'Full screen';
export const menu = 'Views';

/** Everything a screen reader needs, said when its meaning changes. No ages: they change each second. */
export function sentence(
  by: 'tunnel' | 'site',
  counts: readonly { readonly word: string; readonly count: number }[],
  troubles: readonly string[],
  openCauses: number,
): string {
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  const noun = by === 'site' ? plural(total, 'site', 'sites') : plural(total, 'tunnel', 'tunnels');
  const states = counts.map(({ word, count: of }) => `${count(of)} ${word.toLowerCase()}`).join(', ');
  const alerts = openCauses === 0 ? 'No open alert.' : `${plural(openCauses, 'open alert', 'open alerts')}.`;
  return [...troubles.map((one) => `${one}.`), states === '' ? `${noun}.` : `${noun}: ${states}.`, alerts].join(' ');
}
