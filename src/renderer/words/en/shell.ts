import type { AccountStatus, Instant, Millis, StoreStatus } from '../../../shared/model.ts';
import type { Paused } from '../../../shared/settings.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';

export const appName = 'Tunnelwatch';
export const practice = 'Practice mode';
export const practiceTitle = 'All tunnels are made up: the answers come from the built-in simulator.';
export const nav = {
  label: 'Views',
  board: 'Board',
  psk: 'PSK',
  alerts: 'Alerts',
  findings: 'Findings',
  history: 'History',
  skip: 'Skip to the tunnels',
};
/** Beside the count at `Findings`. */
export const faulty = (tunnels: number): string =>
  `${plural(tunnels, 'tunnel has an error', 'tunnels have errors')} in the configuration`;
export const theme = { toDark: 'Switch to dark', toLight: 'Switch to light', dark: 'Dark', light: 'Light' };
export const help = {
  open: 'Keyboard help',
  title: 'Keyboard',
  tunnelTitle: 'On the page of a tunnel',
  alertsTitle: 'Among the alerts',
  findingsTitle: 'Among the findings',
  findingKeys: [
    ['j k', 'Next and previous finding'],
    ['w', 'Waive the chosen finding'],
  ],
  close: 'Close',
  keys: [
    ['j k ↓ ↑', 'Next and previous tunnel'],
    ['Home End', 'First and last tunnel'],
    ['PgUp PgDn', 'One page up and down'],
    ['Enter', 'Open the selected tunnel'],
    ['/', 'Search'],
    ['Esc', 'Leave the search, then clear the filters'],
    ['g b', 'Go to the board'],
    ['g p', 'Go to the PSK board'],
    ['g a', 'Go to the alerts'],
    ['g f', 'Go to the findings'],
    ['g c', 'Go to what changed'],
    ['g h', 'Go to the history'],
    ['g s', 'Go to the settings'],
    ['?', 'This help'],
  ],
} as const;

/**
 * The title of the tab: `2 down · lhr1-tun-b · Tunnelwatch`, `(1) Blind, 2 down · Tunnelwatch`.
 * @param calling How many incidents wait for somebody.
 */
export function tabTitle(
  sight: 'seeing' | 'blind' | 'lost' | 'paused',
  down: number,
  page: string | null,
  calling = 0,
): string {
  const badge = calling === 0 ? '' : `(${calling}) `;
  const news = [
    { seeing: null, blind: 'Blind', lost: 'No host', paused: 'Paused' }[sight],
    down > 0 ? `${down} down` : null,
  ];
  return badge + [news.filter((part) => part !== null).join(', '), page, appName].filter(Boolean).join(' · ');
}

export const loading = 'Waiting for the first answer of the host …';
export const loadingView = 'Loading …';
export const noBridge =
  'This page cannot reach Tunnelwatch: it needs the desktop app, or a browser that supports server-sent events.';
export const broken = (reason: string): string =>
  `This page stopped because of a fault in Tunnelwatch: ${reason}. Reload it.`;
export const reload = 'Reload';

/** Banner while the host is out of reach. */
export function lost(sinceWall: Instant, now: Instant, reason: string): string {
  return `No word from the Tunnelwatch host since ${shortTime(sinceWall, now)} (${duration(now - sinceWall)}). ${reason} What you see is the last known state.`;
}

/** Banner while an account cannot be read. */
export function blind(account: string, since: Instant, now: Instant, sentence: string): string {
  return `${account}: blind since ${shortTime(since, now)} (${duration(now - since)}): ${sentence}`;
}

/** Banner while only the health results of an account cannot be read. */
export function healthBlind(account: string, since: Instant, now: Instant, sentence: string): string {
  return `${account}: no health results since ${shortTime(since, now)} (${duration(now - since)}): ${sentence}`;
}

/** Banner when the data are old; `why` is a sentence, or empty when nobody said why. */
export function staleAccount(account: string, ageMs: Millis, why: string): string {
  const known = 'What you see is the last known state.';
  return [`${account}: the last answer is ${duration(ageMs)} old.`, why, known].filter(Boolean).join(' ');
}

export const settings = 'Settings';
/** Names of the views, in the title of the tab. */
export const pages = {
  psk: 'Pre-shared keys',
  alerts: 'Alerts',
  settings,
  findings: 'Findings',
  changes: 'What changed',
  operations: 'Operations',
  rotation: 'Rotation of a key',
  history: 'History',
};
/** `Times in CET`. */
export const zoneTitle = (name: string): string => `Times on this page are in ${name}. Change it in the settings.`;

export const pause = {
  button: 'Pause',
  active: 'Paused',
  title: 'Pause polling',
  what: 'Nothing is asked meanwhile: states grow stale, and nothing new is told to anybody.',
  lengths: [
    [15 * 60_000, '15 min'],
    [60 * 60_000, '1 h'],
    [null, 'Until resumed'],
  ],
  longest: 'It ends by itself after a day.',
  resume: 'Resume',
} as const;

/** Banner while polling is paused; `stale`: what is shown has grown old by now. */
export function paused({ since, until }: Paused, now: Instant, stale: boolean): string {
  const end =
    until === null ? `since ${shortTime(since, now)}, until somebody resumes` : `until ${shortTime(until, now)}`;
  const known = stale ? ' What you see is the last known state.' : '';
  return `Paused by somebody ${end}: nothing is asked.${known}`;
}

export const askAgain = 'Ask again';
export const askAgainTitle = 'Ask Cloudflare now instead of at the next round';

export function store(status: StoreStatus): string {
  const detail = status.problem ?? '';
  return `History is kept in memory only and is lost when Tunnelwatch stops. Monitoring goes on. ${detail}`.trim();
}

export function storeProblem(problem: string): string {
  return `The history has a problem: ${problem}`;
}

/** Age of the oldest list among the accounts, for the header. */
export function dataAge(ageMs: Millis | null): string {
  return ageMs === null ? 'No data yet' : `Data ${duration(ageMs)} old`;
}

/** `Budget 12%`. */
export function budget(used: number, limit: number): string {
  return limit === 0 ? 'No budget' : `Budget ${Math.round((used / limit) * 100)}%`;
}

/** What one account's token has used of its budget, for the tooltip. */
export function budgetTitle(account: Pick<AccountStatus, 'name' | 'budget'>): string {
  const { used, limit, remainingSaid, blockedForMs } = account.budget;
  const parts = [
    `${account.name}: ${plural(used, 'request', 'requests')} in the last 5 min of the ${limit} we allow ourselves`,
  ];
  if (remainingSaid !== null) parts.push(`Cloudflare says that ${remainingSaid} remain`);
  if (blockedForMs !== null && blockedForMs > 0) parts.push(`holding back for ${duration(blockedForMs)}`);
  return `${parts.join('; ')}.`;
}
export const lostReasons = {
  silent: 'Check that it still runs.',
  closed: 'The connection was closed and is being tried again.',
  slept: 'This page was asleep; asking again.',
  unauthorised: 'It wants an access token: open the address that it printed when it started.',
};
export const unreachable = 'The Tunnelwatch host cannot be reached.';
export const oddReply = 'The Tunnelwatch host answered with something that this page cannot read.';
