/** Words of the history views and of their reports. */
import type { Instant, Millis } from '../../../shared/model.ts';
import type { DegradedAs, ErrorBudget, ReportScope } from '../../../shared/reports.ts';
import { duration } from '../../format/duration.ts';
import { count, share as percent, plural } from '../../format/number.ts';
import { calendarDate, clockTime, monthAndYear, shortTime } from '../../format/time.ts';
import { zoneName } from '../../format/zone.ts';

export const title = 'History';
export const tabs = {
  label: 'History',
  availability: 'Availability',
  heat: 'Heat map',
  restless: 'Flaps and dips',
  incidents: 'Incidents',
  shift: 'Shift report',
} as const;
export const ranges = {
  label: 'Time range',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  '90d': '90 d',
  month: 'Month',
} as const;
export const monthLabel = 'Which month';
export const shifts = { label: 'Length of the shift', '8h': '8 h', '12h': '12 h', own: 'Own range' } as const;
export const ownFrom = 'From';
export const ownTo = 'To';
export const scopes: Readonly<Record<ReportScope, string>> & { readonly label: string } = {
  label: 'Availability of',
  tunnel: 'Tunnels',
  site: 'Sites',
  account: 'Accounts',
};
export const degraded: Readonly<Record<DegradedAs, string>> & { readonly label: string } = {
  label: 'Degraded counts',
  down: 'Degraded counts as down',
  up: 'Degraded counts as up',
  'left-out': 'Degraded is left out',
};
export const cells = { label: 'Cells', hour: 'By hour', day: 'By day' } as const;
export const accountLabel = 'Account';
export const allAccounts = 'All accounts';
export const search = 'Search';
export const searchLabel = 'Search the table';
export const asTable = 'As table';
export const asTableTitle = 'Show the figures of the chart as a table';
export const exporting = {
  csv: 'CSV',
  json: 'JSON',
  csvTitle: 'Save what is listed as CSV',
  jsonTitle: 'Save what is listed as JSON',
  report: 'Report',
  reportTitle: 'Show this as it is printed',
} as const;
export const paper = {
  print: 'Print / save as PDF',
  back: 'Back',
  made: (at: Instant): string => `Made by Tunnelwatch on ${calendarDate(at)} ${clockTime(at)} ${zoneName(at)}`,
  practice: 'Practice mode: these tunnels are made up.',
} as const;

export const loading = 'Reading the history …';
export const reading = 'Reading …';
export const failed = 'The history could not be read.';
export const oldStay = 'What you see is what was last read.';
export const retry = 'Try again';
export const empty = {
  title: 'No history yet.',
  sentence: 'Tunnelwatch has not seen a tunnel yet. What it sees from now on is kept and adds up here.',
} as const;
export const noMatch = 'Nothing matches the search.';
export const clear = 'Clear the search';

/** `14 Nov 09:00 to 21 Nov 09:00 CET`. */
export function stretch(from: Instant, to: Instant): string {
  return `${calendarDate(from)} ${clockTime(from)} to ${calendarDate(to)} ${clockTime(to)} ${zoneName(to)}`;
}
/** The name of a month: `November 2026`. */
export const month = (first: Instant): string => monthAndYear(first);
/** Where the record is shorter than what was asked for. */
export const begins = (at: Instant, now: Instant): string =>
  `The record begins ${shortTime(at, now)}; what was before counts as not observed.`;
/** While accounts cannot be seen. */
export const blind = (accounts: readonly string[]): string =>
  `${accounts.join(', ')} cannot be seen at the moment; that time counts as not observed.`;
/** How much of the time stands behind the figures; `share` from 0 to 1. */
export function covered(share: number, unobserved: Millis): string {
  return unobserved <= 0
    ? 'All of the time was observed.'
    : `${percent(share)} of the time was observed; ${duration(unobserved)} of tunnel time was not and is left out.`;
}
export const noCover = 'Nothing was observed in this time.';
/** `12 of 1,000 tunnels`. */
export const shown = (some: number, all: number): string =>
  some === all ? plural(all, 'row', 'rows') : `${count(some)} of ${plural(all, 'row', 'rows')}`;
/** A length of time in a table, a dash for none. */
export const span = (ms: Millis): string => (ms <= 0 ? '–' : duration(ms));
export const none = '–';

export const availability = {
  caption: (scope: ReportScope): string => `Availability of ${scopes[scope].toLowerCase()}, worst first`,
  columns: {
    name: { tunnel: 'Tunnel', site: 'Site', account: 'Account' },
    account: 'Account',
    tunnels: 'Tunnels',
    share: 'Available',
    down: 'Down',
    degraded: 'Degraded',
    uncounted: 'Not counted',
    unseen: 'Not observed',
    objective: 'Objective',
    budget: 'Budget',
    spent: 'Spent',
    left: 'Left',
    burn5m: 'Burn 5 min',
    burn1h: 'Burn 1 h',
  },
  titles: {
    share: 'Up over up and down, by health checks',
    uncounted: 'Health checks were off, or gave no result',
    unseen: 'Tunnelwatch did not look, or could not',
    budget: 'The time that may fail before the objective is missed, of the time that counts',
    spent: 'The time that failed; whether degraded counts as failed is a setting',
    left: 'What may still fail in this time',
    burn: 'Failed time over what the objective allows: over 1× spends too fast',
  },
  nothing: 'nothing to count',
  over: (ms: Millis): string => `over by ${duration(ms)}`,
  chart: 'Where the most time was lost',
  chartNone: 'No time was lost.',
  /** Words of a bar; lengths of tunnel time. */
  bar: (down: Millis, half: Millis): string =>
    [down > 0 ? `${duration(down)} down` : null, half > 0 ? `${duration(half)} degraded` : null]
      .filter((part) => part !== null)
      .join(', '),
  /** `27 meet their objective, 2 miss it, 1 cannot be told`. */
  verdict: (met: number, missed: number, untold: number): string =>
    [
      plural(met, 'meets its objective', 'meet their objective'),
      plural(missed, 'misses it', 'miss it'),
      untold === 0 ? null : plural(untold, 'cannot be told', 'cannot be told'),
    ]
      .filter((part) => part !== null)
      .join(', '),
  burning: (some: number): string =>
    some === 0
      ? 'None spends its budget too fast at the moment.'
      : `${plural(some, 'spends its budget', 'spend their budgets')} too fast at the moment: over 1× in both windows, where Cloudflare’s own health alert would fire.`,
  method:
    'Health alone, as Cloudflare’s health checks tell it. A budget is the share of the counted time that may fail. Burn is failed time over allowed time: 0× is none, 1× just lasts, over 1× in 5 min and in 1 h is where Cloudflare’s own health alert fires.',
} as const;

/** What a burn rate means, on hover. */
export function burnMeaning(rate: number | null): string {
  if (rate === null) return 'Not observed in this time.';
  if (rate === 0) return 'Nothing failed in this time.';
  if (rate <= 1) return 'Something failed, no faster than the objective allows.';
  return `Failing ${count(Math.round(rate))} times as fast as the objective allows.`;
}
/** Time of a budget that is left, or how far it is over: `−4 h 7 min`. */
export const left = ({ budgetMs, spentMs }: ErrorBudget): string =>
  spentMs > budgetMs ? `−${duration(spentMs - budgetMs)}` : duration(budgetMs - spentMs);

export const heat = {
  caption: 'Health of tunnels over time, worst first',
  label: (rows: number, size: 'hour' | 'day'): string =>
    `Heat map of ${plural(rows, 'tunnel', 'tunnels')} by ${size}. Arrow keys move from cell to cell.`,
  columns: { tunnel: 'Tunnel', level: 'Mean' },
  cell: (level: number | null): string => (level === null ? 'not observed' : `${percent(level)} healthy`),
  figure: (level: number | null): string => (level === null ? '–' : percent(level)),
  legend: {
    label: 'What the cells mean',
    good: '100% healthy',
    watch: 'over 80%',
    late: '40% to 80%',
    bad: 'under 40%',
    gap: 'not observed',
  },
  note: 'Hours and days are those of UTC. Degraded counts half.',
  days: 'So many hours are shown as days.',
  none: 'No tunnel was known in this time.',
  lowCaption: 'Hours and days that were not whole, oldest first',
  low: { tunnel: 'Tunnel', at: 'From', level: 'Healthy' },
  allGood: 'Every observed cell was 100% healthy.',
  more: (some: number): string => `${count(some)} more are in the CSV.`,
} as const;

export const restless = {
  caption: 'Tunnels by how often they went down',
  columns: {
    tunnel: 'Tunnel',
    outages: 'Outages',
    down: 'Down',
    longest: 'Longest',
    dips: 'Rekey dips',
    period: 'Rhythm of dips',
  },
  titles: {
    outages: 'Times that health or BGP went down',
    dips: 'Short dips of health that come with the renewal of keys',
  },
  every: (ms: Millis): string => `every ${duration(ms)}`,
  chart: 'The most restless tunnels',
  bar: (outages: number, dips: number): string =>
    [
      outages > 0 ? plural(outages, 'outage', 'outages') : null,
      dips > 0 ? plural(dips, 'rekey dip', 'rekey dips') : null,
    ]
      .filter((part) => part !== null)
      .join(', '),
  calm: {
    title: 'All quiet.',
    sentence: 'No tunnel went down and none dipped in this time, as far as it was observed.',
  },
} as const;

export const incidents = {
  caption: 'Incidents, newest first',
  columns: {
    what: 'Cause',
    severity: 'Severity',
    since: 'Since',
    lasted: 'Lasted',
    state: 'State',
    by: 'Acknowledged by',
    after: 'After',
  },
  state: { open: 'Open', resolved: 'Resolved', recovering: 'Recovering' },
  nobody: 'nobody',
  calm: { title: 'No incident.', sentence: 'Nothing called for anybody in this time, as far as it was observed.' },
  sum: (all: number, open: number, acknowledged: number): string =>
    `${plural(all, 'incident', 'incidents')}, ${count(open)} open, ${count(acknowledged)} acknowledged`,
} as const;

export const shift = {
  title: 'Shift report',
  open: 'Open at the end',
  opened: 'Opened',
  resolved: 'Resolved',
  keys: 'Keys due within a week, or overdue',
  findings: 'New findings',
  changes: 'What changed',
  unseen: 'Not observed',
  noneOpen: 'Nothing is open.',
  noneOpened: 'No incident opened.',
  noneResolved: 'No incident was resolved.',
  noKeys: 'No key is due.',
  noFindings: 'No new finding.',
  noChanges: 'Nothing changed.',
  allSeen: 'Every account was watched all the time.',
  columns: {
    tunnel: 'Tunnel',
    due: 'Due',
    severity: 'Severity',
    finding: 'Finding',
    at: 'When',
    change: 'Change',
    account: 'Account',
    unseen: 'Not observed',
  },
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  account: 'the account',
} as const;
