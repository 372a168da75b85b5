/** Words of the alerts view. What an incident says of itself is in `src/shared/alert-words`, as it is in notices. */
import * as phrases from '../../../shared/alert-words/en/index.ts';
import type { Say } from '../../../shared/alert-words/say.ts';
import type {
  Acknowledgement,
  AlertingStatus,
  AlertPhase,
  AlertSeverity,
  DeliveryState,
  Incident,
  SinkStatus,
} from '../../../shared/alerts.ts';
import type { AccountId, Instant } from '../../../shared/model.ts';
import { ago, duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { Calling, Section } from '../../state/incidents.ts';
import { listed } from './explanation.ts';

/** How times and names are said here: in the reader's zone. @param account Names an account. */
export function say(now: Instant, account: (id: AccountId) => string): Say {
  return { words: phrases, now, account, duration, time: (at) => shortTime(at, now) };
}

export const title = 'Alerts';
export const tabs = { label: 'Alerts', inbox: 'Inbox', silences: 'Silences', delivery: 'Delivery', rules: 'Rules' };
export const list = 'Incidents';
export const detail = 'The incident';

export const severity: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Information',
};
export const phase: Readonly<Record<AlertPhase, string>> = {
  pending: 'Pending',
  firing: 'Firing',
  recovering: 'Recovering',
  resolved: 'Resolved',
};

export const section: Readonly<Record<Section, string>> = {
  firing: 'Firing',
  acknowledged: 'Acknowledged',
  silenced: 'Silenced',
  resolved: 'Resolved, last 24 h',
};
export const older = 'Resolved before';
export const showOlder = 'Show older ones';
export const noOlder = 'Nothing older is on record.';
export const loading = 'Loading …';
export const failed = 'This could not be read:';
export const fresh = 'New';
export const freshTitle = 'Nobody has looked at it yet';
export const sounded = (at: string): string => `Sounded ${at}`;

export const calm = {
  title: 'Nothing needs you.',
  now: 'No alert is firing, acknowledged or silenced.',
  day: 'None was resolved within the last 24 h either.',
};

/** What a screen reader hears of the count in the header; also its title. */
export function callingTitle({ count: of, worst }: Calling): string {
  if (worst === null) return 'No alert is waiting for anybody';
  const are = of === 1 ? 'is' : 'are';
  return `${plural(of, 'alert', 'alerts')} ${are} waiting for somebody, the worst is ${severity[worst].toLowerCase()}`;
}
/** What is read out when it sounds. */
export const announced = (worst: AlertSeverity, sentence: string): string => `${severity[worst]}: ${sentence}`;
export const announcedEnd = (sentence: string): string => `Resolved: ${sentence}`;

/** `Recovering`, `Resolved 10:30 after 28 min`; empty while it simply fires, which its place says. */
export function stands({ phase: of, since, resolvedAt }: Incident, now: Instant): string {
  if (of === 'resolved' && resolvedAt !== null) {
    return `Resolved ${shortTime(resolvedAt, now)} after ${duration(resolvedAt - since)}`;
  }
  return of === 'recovering' ? phase.recovering : '';
}
/** `14 min`, of what is open; the end of what is over. */
export function age({ since, resolvedAt }: Incident, now: Instant): string {
  return resolvedAt === null ? duration(now - since) : shortTime(resolvedAt, now);
}

/** `Acknowledged by Ana 4 min ago, until 08:00`. */
export function acknowledged({ by, at, until }: Acknowledgement, now: Instant): string {
  const end = until === null ? '' : `, until ${shortTime(until, now)}`;
  return `Acknowledged by ${by} ${ago(at, now)}${end}`;
}
/** `Silenced by Ana: line work`. */
export const silencedBy = (names: readonly string[]): string => `Silenced: ${listed(names)}`;
export const silenceName = (by: string, comment: string): string => (comment === '' ? by : `${by}, ${comment}`);
export const maintenanceName = (name: string): string => `maintenance ${name}`;

export const delivery: Readonly<Record<DeliveryState, string>> = {
  none: '',
  waiting: 'Being delivered',
  delivered: 'Delivered',
  failed: 'Not delivered yet',
};

/** Whose facts these are, where there are several alerts. */
export const evidenceOf = (line: string): string => `Of the worst, ${line}:`;

export const parts = {
  evidence: 'Evidence',
  next: 'What to check next',
  before: 'Changed shortly before',
  theChange: 'see the change',
  alerts: (of: number): string => plural(of, 'alert', 'alerts'),
  steps: 'Timeline',
  deliveries: 'Notifications',
  noDeliveries: 'Nobody was notified of it.',
  noAlerts: 'No alert of it is kept.',
  care: 'Taken care of',
} as const;
export const showAll = (of: number): string => `Show all ${count(of)}`;
export const most = (of: number): string => `Only the worst ${count(of)} are shown.`;
/** `BGP session down: 12`. */
export const group = (rule: string, of: number): string => `${rule} · ${count(of)}`;
export const missing = {
  title: 'This incident is not known',
  sentence: 'It may be older than what is kept. The list holds all that are.',
};
export const opening = 'Loading the incident …';
export const someone = 'somebody';

/** The bar of its life, for screen readers. */
export function life(firingMs: number, recoveringMs: number): string {
  const parts = [`firing for ${duration(firingMs)}`];
  if (recoveringMs > 0) parts.push(`recovering for ${duration(recoveringMs)}`);
  return `In all ${parts.join(', ')}`;
}
export const now = 'now';

/** Where an incident with the same cause goes on. */
export const goesOn = (id: string): string => `It goes on in ${id}`;

export const act = {
  acknowledge: 'Acknowledge',
  unacknowledge: 'Take it back',
  unacknowledgeTitle: 'Take the acknowledgement back: the incident calls for somebody again',
  silence: 'Silence',
  open: 'Open',
  openTunnel: 'Open the tunnel',
  openTunnels: 'Show the tunnels on the board',
} as const;

/** `and 2 more`, below the causes on the board. */
export const andMore = (of: number): string => `and ${count(of)} more`;
export const causes = 'Current causes';
export const ofTunnel = 'Open alerts of this tunnel';

/** Banner about what nobody was told. */
export function undelivered({ undelivered: of, sinks }: AlertingStatus): string {
  const failing = sinks.filter(({ state }) => state === 'failing');
  const told = failing.map(({ name, type, lastAnswer }) => `${name} (${sinkType(type)}): ${lastAnswer ?? 'no answer'}`);
  const alerts = `${plural(of, 'notification', 'notifications')} could not be delivered`;
  return told.length === 0 ? `${alerts}.` : `${alerts}. ${told.join(' ')}`;
}
export const seeDelivery = 'See delivery';
export const storeProblem = (problem: string): string =>
  `Alerts are kept in memory only: acknowledgements and silences made now are lost when Tunnelwatch stops. ${problem}`;

const TYPES: Readonly<Record<string, string>> = {
  native: 'desktop',
  webhook: 'webhook',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  pagerduty: 'PagerDuty',
  alertmanager: 'Alertmanager',
  ntfy: 'ntfy',
  email: 'email',
  command: 'command',
  heartbeat: 'heartbeat',
};
export const sinkType = (type: SinkStatus['type']): string => TYPES[type] ?? type;

export const help = [
  ['j k ↓ ↑', 'Next and previous incident'],
  ['a', 'Acknowledge it'],
  ['u', 'Take the acknowledgement back'],
  ['s', 'Silence it'],
  ['o Enter', 'Open its tunnel, or its tunnels on the board'],
] as const;
