/** Words of the pages about sinks, the delivery log and the rules. */
import type { Delivery, NoticeKind, SinkStatus } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';

export const sinks = {
  title: 'Sinks',
  none: 'No sink is configured: alerts show here and nowhere else.',
  noneNext: 'Name sinks in the settings file under alerts.sinks: a webhook, Slack, PagerDuty, email, and others.',
  test: 'Send a test',
  testTitle: (name: string): string => `Send a test message to ${name} now`,
  testing: 'Sending …',
  name: 'Sink',
  state: 'State',
  target: 'Goes to',
  delivered: 'Last delivered',
  answer: 'Last answer',
  waiting: 'Waiting',
  never: 'never',
} as const;
export const state: Readonly<Record<SinkStatus['state'], string>> = {
  idle: 'Not used yet',
  ok: 'Delivers',
  failing: 'Fails',
};

export const log = {
  title: 'Delivery log',
  all: 'All sinks',
  sink: 'Sink',
  none: 'Nothing was sent yet.',
  when: 'When',
  what: 'What',
  kind: 'Kind',
  state: 'State',
  answer: 'Last answer',
  older: 'Show older ones',
  failed: 'The log could not be read:',
} as const;
export const kind: Readonly<Record<NoticeKind, string>> = {
  firing: 'Firing',
  worse: 'Worse',
  reminder: 'Reminder',
  escalation: 'Escalation',
  update: 'Update',
  resolved: 'Resolved',
  test: 'Test',
};

/** What became of a message: `Delivered at the third attempt`. */
export function became({ state: of, attempts, nextAttemptInMs }: Delivery): string {
  const tries = plural(attempts, 'attempt', 'attempts');
  switch (of) {
    case 'delivered':
      return attempts > 1 ? `Delivered after ${tries}` : 'Delivered';
    case 'failed':
      return `Given up after ${tries}`;
    case 'held':
      return 'Held by quiet hours';
    case 'superseded':
      return 'Overtaken by a newer one';
    case 'waiting': {
      const next = nextAttemptInMs === null ? '' : `, next try in ${duration(nextAttemptInMs)}`;
      return attempts === 0 ? `Waiting${next}` : `Not delivered after ${tries}${next}`;
    }
  }
}
export const at = (moment: Instant | null, now: Instant): string =>
  moment === null ? sinks.never : shortTime(moment, now);

export const rules = {
  rule: 'Rule',
  looks: 'What it looks at',
  severity: 'Severity',
  pending: 'Fires after',
  recover: 'Over after',
  on: 'On',
  off: 'Off',
  state: 'State',
  atOnce: 'at once',
  why: 'Why',
  source: 'Source',
  next: 'What to check next',
  failed: 'The rules could not be read:',
  overrides: (of: number): string => `${plural(of, 'override', 'overrides')} in the settings`,
} as const;
export const length = (ms: number): string => (ms === 0 ? rules.atOnce : duration(ms));
