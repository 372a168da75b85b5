import type { AccountStatus, Instant, Millis, UnreadableTunnel } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { Bucket, Sort } from '../../state/query.ts';
import type { Standing } from '../../state/standing.ts';

export const title = 'Tunnels';

/** How a tunnel or a site stands: `Down`, `Last known: Up`. */
export function standing({ kind, stale }: Standing): string {
  return stale ? `Last known: ${bucket[kind]}` : bucket[kind];
}
/** `2 of 14`. */
export const ratio = (part: number, whole: number): string => `${count(part)} of ${count(whole)}`;

/** The names of the states, as chips and beside marks. */
export const bucket: Readonly<Record<Bucket, string>> = {
  down: 'Down',
  degraded: 'Degraded',
  unknown: 'Unknown',
  stale: 'Stale',
  attention: 'Attention',
  up: 'Up',
};
export const bucketTitle: Readonly<Record<Bucket, string>> = {
  down: 'BGP or health checks are down',
  degraded: 'BGP is establishing, or health is degraded',
  unknown: 'Neither BGP nor health checks say anything',
  stale: 'Last known state: the facts are too old to be shown as true now',
  attention: 'Up, but the PSK or the configuration needs somebody',
  up: 'Up, on facts younger than three poll intervals',
};

export const columns: Readonly<Record<Sort, string>> = {
  state: 'State',
  name: 'Tunnel',
  site: 'Site',
  psk: 'PSK',
  endpoint: 'Endpoint',
};
export const stripColumn = 'Last 24 h';
export const ageColumn = 'Data';
export const sortBy = (column: Sort): string => `Sort by ${columns[column].toLowerCase()}`;

/** Cloudflare calls a tunnel idle after so long without traffic, and its own alerts leave it out. */
export const standby = 'standby: no traffic for 6 h';
export const search = 'Search name, site, address';
export const searchLabel = 'Search tunnels';
export const filters = 'Filters';
export const states = 'Tunnels by state';
export const accounts = 'Accounts';
export const sites = 'Sites';
export const findSite = 'Find a site';
export const noSite = 'No site';
export const pskMark: Readonly<Record<'down' | 'degraded' | 'unknown', string>> = {
  down: 'PSK needs action',
  degraded: 'PSK due',
  unknown: 'PSK not observed',
};

export const onlyEndpoint = (endpoint: string): string => `Show only tunnels to ${endpoint}`;
export const clear = 'Clear filters';
export const removeFilter = (label: string): string => `Remove the filter ${label}`;
export const held = 'Order held while you work; it follows when you pause.';
export const live = 'live';
export const notRead = 'not read';
export const stripNow = 'now';
/** In the place of what is told of the present, while the past is shown. */
export const stripColumnThen = '24 h before';
export const stripThen = 'then';
export const recorded = 'record';
export const observed = 'Observed';
export const lookBack = 'Look back';
export const lookBackTitle = 'Show the board as it was at any moment of the record (t)';
export const readOnly =
  'This is the record: nothing can be acknowledged, silenced or changed in it. Go back to now to act.';
export const pastHelp = {
  title: 'Looking back',
  keys: [
    ['t', 'Look back from the board'],
    ['n', 'Back to now'],
    ['Space', 'Play and pause'],
    [', .', 'Previous and next event'],
    ['i', 'Step through incidents only'],
    ['- +', 'Slower and faster'],
  ],
} as const;
export const none = 'none yet';
export const findingTitle = 'Open the tunnel to read what is wrong and what to do about it';
export const noEndpoint = 'not reported';

/** `Showing 12 of 1,000 tunnels`. */
export function shown(some: number, all: number): string {
  return some === all ? plural(all, 'tunnel', 'tunnels') : `${count(some)} of ${plural(all, 'tunnel', 'tunnels')}`;
}

/** What an account is doing, in a few words. */
export function phase(account: AccountStatus, fresh: boolean, now: Instant): string {
  switch (account.phase) {
    case 'starting':
      return account.failing === null ? 'Asking for the first time' : 'First attempt failed';
    case 'blind':
      return account.blind === null ? 'Blind' : `Blind since ${shortTime(account.blind.since, now)}`;
    case 'seeing':
      return fresh ? 'Seeing' : 'Stale';
  }
}

/** `List 12 s old, each 30 s`. */
export const listPace = (ageMs: Millis | null, intervalMs: Millis): string => pace('List', ageMs, intervalMs);
/** `Health 40 s old, each 60 s`. */
export const healthPace = (ageMs: Millis | null, intervalMs: Millis): string => pace('Health', ageMs, intervalMs);

function pace(what: string, ageMs: Millis | null, intervalMs: Millis): string {
  const each =
    intervalMs % 60_000 === 0 && intervalMs > 60_000 ? duration(intervalMs) : `${Math.round(intervalMs / 1000)} s`;
  return ageMs === null ? `${what}: no answer yet` : `${what} ${duration(ageMs)} old, each ${each}`;
}

/** Tunnels of a site: `2 of 14 need a look`, `14 tunnels`. */
export function siteCount(troubled: number, total: number): string {
  return troubled === 0 ? plural(total, 'tunnel', 'tunnels') : `${troubled} of ${total} in trouble`;
}

export const unreadableRow = (reason: string): string => `The newest answer could not be read: ${reason}`;
export const unreadableTitle = (of: number): string =>
  `${plural(of, 'tunnel', 'tunnels')} could not be read. ${of === 1 ? 'It is' : 'They are'} not watched until Cloudflare’s answer can be read.`;
export function unreadable(tunnel: UnreadableTunnel): string {
  return `${tunnel.name ?? tunnel.id ?? 'A tunnel without a name'}: ${tunnel.reason}`;
}

/** What a screen reader hears when tunnels go down. */
export function wentDown(names: readonly string[]): string {
  const some = names.slice(0, 3).join(', ');
  if (names.length === 1) return `${some} is down.`;
  const rest = names.length - 3;
  return rest > 0
    ? `${count(names.length)} tunnels went down: ${some} and ${rest} more.`
    : `${count(names.length)} tunnels went down: ${some}.`;
}

/** What a screen reader hears of a strip. */
export function strip(lane: string, badMs: Millis, lateMs: Millis, unseenMs: Millis): string {
  const parts = [
    badMs > 0 ? `down for ${duration(badMs)}` : null,
    lateMs > 0 ? `impaired for ${duration(lateMs)}` : null,
    unseenMs >= 60_000 ? `not observed for ${duration(unseenMs)}` : null,
  ].filter((part) => part !== null);
  return `${lane}: ${parts.length === 0 ? 'no trouble' : parts.join(', ')}`;
}
export const stripLoading = 'History is loading';

/** What the first attempt met, before we call ourselves blind. */
export const failedFirst = (sentence: string): string => `The first attempt failed: ${sentence}`;
export const starting = (account: string): string => `Asking Cloudflare for the tunnels of ${account} …`;
export const startingMany = 'Asking Cloudflare for the tunnels …';
export const blindEmpty = 'No tunnels to show: Tunnelwatch has not been able to read them yet.';
export const empty = (account: string): string => `${account} has no IPsec tunnels.`;
export const emptyMany = 'These accounts have no IPsec tunnels.';
export const emptyNext = 'Tunnels appear here within one poll after they are created at Cloudflare.';
export const noMatch = 'No tunnel matches the filters.';

export const firstRun = {
  title: 'Watch your Cloudflare IPsec tunnels',
  what: [
    'Tunnelwatch follows the BGP session, health checks and pre-shared-key age of every Magic WAN and Magic Transit IPsec tunnel, and keeps the history.',
    'It only reads: nothing in your account changes.',
  ],
  tokenTitle: '1. Make a read-only API token',
  token: 'At Cloudflare, under My Profile, API Tokens, with these permissions and no others:',
  permissions: [
    ['Magic WAN Read or Magic Transit Read', 'the tunnels, their BGP state and PSK age'],
    ['Account Analytics Read', 'the results of the health checks'],
  ],
  configTitle: '2. Name the account and the token in a file',
  config: 'The token itself stays outside the file, for instance in an environment variable:',
  example: `accounts:
  - name: Acme
    id: 023e105f4ecef8ad9ca31a8372d0c353
    token: { env: CF_TOKEN }
    interval: 30s`,
  run: 'CF_TOKEN=… npx tunnelwatch serve --config tunnelwatch.yaml',
  practiceTitle: 'Or look around first',
  practice:
    'Practice mode shows made-up tunnels with a week of history, from a simulator on this machine. It needs no account and no token.',
  start: 'Start practice mode',
  startingPractice: 'Starting; a week of history is being replayed …',
  refused: 'Practice mode was refused.',
} as const;
