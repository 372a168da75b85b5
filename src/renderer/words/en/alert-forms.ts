/** Words of what people do about alerts: acknowledging, silencing, and the list of silences. */
import { MATCHER_NAMES, type Matcher, type MatcherName, type SilencePreview } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import { ago, duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import { listed } from './explanation.ts';

export const who = 'Who';
export const whoHint = 'Your name, as colleagues know it';
export const comment = 'Comment';
export const cancel = 'Cancel';
export const needsName = 'Say who you are.';
export const needsTime = 'Choose a time that is still to come.';
export const chosen = 'Until';

export const acknowledge = {
  title: 'Acknowledge',
  /** What acknowledging does, in one sentence. */
  what: 'You take care of it. Reminders and escalation stop; if it gets worse, it calls again.',
  commentHint: 'What you know, what you do',
  untilLabel: 'Until',
  submit: 'Acknowledge',
  gone: 'It was resolved in the meantime.',
} as const;
export const until = {
  resolved: 'It is resolved',
  hour: '1 h',
  hours: '4 h',
  morning: 'The next 08:00',
  own: 'A time of my own',
} as const;

export const silence = {
  title: 'Silence',
  what: 'Hides what fits all of these from the board and the sinks until it ends. It goes on being watched.',
  matchers: 'Hide where',
  name: 'What',
  op: 'How',
  value: 'Value',
  add: 'Add a condition',
  remove: 'Remove this condition',
  badPattern: 'This is not a regular expression.',
  noMatcher: 'At least one condition is needed.',
  lengthLabel: 'For',
  commentHint: 'Why: planned work, a known fault',
  submit: 'Silence',
  previewing: 'Looking up what it hides …',
  previewFailed: 'What it hides is not known:',
  preview: 'It would hide',
  stillShows: 'The incident itself would still show: some of its alerts do not fit.',
} as const;
export const lengths = { hour: '1 h', hours: '4 h', day: '24 h', own: 'Until a time' } as const;

const NAMES: Readonly<Record<MatcherName, string>> = {
  rule: 'rule',
  severity: 'severity',
  account: 'account',
  site: 'site',
  tunnel: 'tunnel',
  tag: 'tag',
  cloudflareEndpoint: 'Cloudflare endpoint',
  customerEndpoint: 'customer endpoint',
};
export const names: readonly (readonly [MatcherName, string])[] = MATCHER_NAMES.map((name) => [name, NAMES[name]]);
const OPS: Readonly<Record<Matcher['op'], string>> = {
  '=': 'is',
  '!=': 'is not',
  '=~': 'matches',
  '!~': 'does not match',
};
export const ops = Object.entries(OPS) as readonly (readonly [Matcher['op'], string])[];

/** `account is Acme`. */
export const matcher = ({ name, op, value }: Matcher): string => `${NAMES[name]} ${OPS[op]} ${value || '(nothing)'}`;

/** `1 incident with 12 alerts now, on 14 tunnels: …`. */
export function preview({ incidents, alerts, tunnels, names: some }: SilencePreview): string {
  if (tunnels === 0 && alerts === 0) return 'nothing: no tunnel fits, and no alert.';
  const open =
    alerts === 0
      ? 'no alert that is open now'
      : `${plural(alerts, 'alert', 'alerts')} that ${alerts === 1 ? 'is' : 'are'} open now (${plural(incidents.length, 'incident', 'incidents')} as a whole)`;
  const fit = tunnels === 0 ? '' : `, and what comes of ${plural(tunnels, 'tunnel', 'tunnels')}`;
  const more = tunnels - some.length;
  const said =
    some.length === 0 ? '' : `: ${more > 0 ? `${some.join(', ')} and ${count(more)} more` : listed(some, 20)}`;
  return `${open}${fit}${said}.`;
}

export const silences = {
  active: 'In force',
  pending: 'To come',
  expired: 'Ended within the last 24 h',
  maintenance: 'Maintenance windows',
  none: 'Nothing is silenced.',
  noneNext: 'Choose an incident in the inbox and press s to silence it.',
  noWindows: 'The settings name no maintenance window.',
  expire: 'End it now',
  expireTitle: 'End this silence: what it hides calls again',
  again: 'Silence again',
  gone: 'It had already ended.',
} as const;

/** `Ana, 2 h ago: line work`. */
export const author = (by: string, createdAt: Instant, now: Instant): string => `${by}, ${ago(createdAt, now)}`;
/** `ends 14:00, in 1 h 20 min`. */
export const ends = (at: Instant, now: Instant): string => `ends ${shortTime(at, now)}, in ${duration(at - now)}`;
export function starts(at: Instant, to: Instant, now: Instant): string {
  return `${shortTime(at, now)} to ${shortTime(to, at)}, begins in ${duration(at - now)}`;
}
/** `ended 14:00, 2 h ago`; with the name of who ended it before its time. */
export function ended(at: Instant, by: string | null, now: Instant): string {
  return `ended ${shortTime(at, now)}, ${ago(at, now)}${by === null ? '' : ` by ${by}`}`;
}
export const zone = (name: string): string => `times of ${name}`;
