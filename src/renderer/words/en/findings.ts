/** Words of the findings view and of findings on the page of a tunnel. */
import type { Waiver } from '../../../shared/lint.ts';
import type { Finding, Instant } from '../../../shared/model.ts';
import { ago, DAY } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { calendarDate, shortTime } from '../../format/time.ts';

export const title = 'Findings';
export const loading = 'Reading the findings …';
export const failed = 'The findings could not be read.';
export const oldStay = 'What you see is what was last read.';
export const retry = 'Try again';

export const tabs = { label: 'Configuration', findings: 'Findings', changes: 'What changed' } as const;
export const piles = { label: 'Which findings', open: 'Open', waived: 'Waived', unknown: 'Not evaluated' } as const;
export const grouping = { label: 'Group by', rule: 'By rule', tunnel: 'By tunnel' } as const;
export const severities = 'Findings by severity';
/** In chips; one stands alone as `severity`. */
export const severityChip: Readonly<Record<Finding['severity'], string>> = {
  error: 'Errors',
  warning: 'Warnings',
  info: 'Notes',
};
export const severity: Readonly<Record<Finding['severity'], string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
};
export const since = {
  label: 'New since',
  any: 'Of any age',
  day: 'New in 24 h',
  week: 'New in 7 days',
  month: 'New in 30 days',
  own: 'New since a time …',
  ownLabel: 'New since this time',
} as const;
/** The choice "since my last visit". */
export const sinceVisit = (lastVisit: Instant | null, now: Instant): string =>
  lastVisit === null ? 'New since my last visit (first one)' : `New since my last visit, ${shortTime(lastVisit, now)}`;

export const accountLabel = 'Account';
export const allAccounts = 'All accounts';
export const search = 'Search rule, tunnel, value';
export const searchLabel = 'Search findings';
export const clear = 'Clear filters';
export const exporting = {
  csv: 'CSV',
  json: 'JSON',
  csvTitle: 'Save what is listed as CSV',
  jsonTitle: 'Save what is listed as JSON',
} as const;
export const listLabel = 'Findings';
export const detailLabel = 'The chosen finding';
export const isNew = 'new';
export const isNewTitle = 'It came after your last visit.';

export const noMatch = 'No finding matches the filters.';
export const calm = {
  title: 'Nothing to mend.',
  sentence: 'No rule found anything in the configuration of the tunnels.',
} as const;
/** `3 rules could not judge some tunnels.` */
export const notAll = (rules: number): string =>
  `${plural(rules, 'rule', 'rules')} could not judge some tunnels: see “Not evaluated”.`;
export const noWaived = 'Nothing is waived.';
export const noWaivedMore =
  'A finding that somebody decided to live with stands here, with who decided it, why and until when.';
export const noUnknown = 'Every rule could judge every tunnel.';
export const noTunnels = 'There are no tunnels to judge yet.';

/** Beside the head of a group by rule: `14 tunnels`. */
export const tunnels = (some: number): string => plural(some, 'tunnel', 'tunnels');
/** Beside the head of a group by tunnel: `3 findings`. */
export const findings = (some: number): string => plural(some, 'finding', 'findings');
export const rest = (more: number): string => `Show ${count(more)} more`;
/** `12 of 1,000 findings`. */
export const shown = (some: number, all: number): string =>
  some === all ? plural(all, 'finding', 'findings') : `${count(some)} of ${plural(all, 'finding', 'findings')}`;
export const account = 'the account';

export const part = {
  evidence: 'Found',
  why: 'Why it matters',
  fix: 'What to do',
  grouping: 'Grouped by',
  since: 'Seen since',
  rule: 'Rule',
  basis: 'Rests on',
  source: 'Documentation',
  waiver: 'Waived',
  expired: 'Waiver expired',
} as const;
export const basis = {
  documented: 'what Cloudflare or a standard documents',
  schema: 'the published schema of the API',
  heuristic: 'experience',
} as const;
/** On the link to the page behind a rule; `host` is where it leads. */
export const sourceLink = (host: string): string => `Read at ${host}`;
export const sourceTitle = 'Opens in the browser';
export const chooseOne = 'Choose a finding to see why it matters and what to do.';

export const fixIt = 'Fix …';
export const fixTitle = 'Opens the change in a form. Nothing changes before you confirm it.';
export const waiveIt = 'Waive …';
export const renewIt = 'Change …';
export const unwaiveIt = 'Take back';
export const unwaiving = 'Taking it back …';

/** `waived until 3 Aug 2027, 214 days left`. */
export function waivedFor({ until }: Waiver, now: Instant): string {
  const days = Math.ceil((until - now) / DAY);
  return `until ${calendarDate(until)}, ${days <= 1 ? 'its last day' : `${count(days)} days left`}`;
}
/** `Ana, 3 Aug 2026`. */
export const waivedBy = ({ by, at }: Waiver): string => `${by}, ${calendarDate(at)}`;
/** At a finding whose waiver is over. */
export const expired = ({ by, until }: Waiver): string => `The waiver of ${by} expired on ${calendarDate(until)}.`;
export const expiredShort = 'waiver expired';

export const waive = {
  title: 'Waive a finding',
  what: 'It leaves the board and the alerts until the day you choose, then it comes back by itself. It stays listed under “Waived”.',
  reason: 'Reason',
  reasonHint: 'Why this is all right, a ticket, a date',
  by: 'Owner',
  byHint: 'Who answers for it',
  untilLabel: 'Until',
  lengths: { week: '7 days', month: '30 days', quarter: '90 days', year: 'A year', own: 'Another day' },
  submit: 'Waive',
  cancel: 'Cancel',
  needsReason: 'Say why it is all right.',
  needsName: 'Say who answers for it.',
  needsTime: 'Choose a day that is still to come, two years ahead at most.',
  sameRule: (tunnel: string): string => `For ${tunnel} only; other tunnels keep the finding.`,
} as const;

export const unknown = {
  caption: 'Rules that could not judge some tunnels, and why',
  columns: { rule: 'Rule', account: 'Account', tunnels: 'Tunnels', because: 'Because' },
  what: 'What Cloudflare did not tell is not judged, and never counts as in order.',
} as const;

/** How old what stands beside the list is: `GRE, interconnects and routes read 4 min ago`. */
export function surroundings(
  name: string | null,
  readAt: Instant | null,
  now: Instant,
  problem: string | null,
): string {
  const what = name === null ? '' : `${name}: `;
  const read = readAt === null ? 'not read yet' : `read ${ago(readAt, now)}`;
  return `${what}GRE, interconnects and routes ${read}${problem === null ? '.' : `; ${problem}`}`;
}
