/** Worte der Seiten über Empfänger, Zustellprotokoll und Regeln. */
import type { Delivery, NoticeKind, SinkStatus } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';

export const sinks = {
  title: 'Empfänger',
  none: 'Kein Empfänger ist eingerichtet: Alarme erscheinen hier und nirgends sonst.',
  noneNext:
    'Empfänger stehen in der Einstellungsdatei unter alerts.sinks: Webhook, Slack, PagerDuty, E-Mail und andere.',
  test: 'Probe senden',
  testTitle: (name: string): string => `Jetzt eine Probenachricht an ${name} senden`,
  testing: 'Sendet …',
  name: 'Empfänger',
  state: 'Stand',
  target: 'Geht an',
  delivered: 'Zuletzt zugestellt',
  answer: 'Letzte Antwort',
  waiting: 'Wartend',
  never: 'nie',
} as const;
export const state: Readonly<Record<SinkStatus['state'], string>> = {
  idle: 'Noch nicht gebraucht',
  ok: 'Stellt zu',
  failing: 'Scheitert',
};

export const log = {
  title: 'Zustellprotokoll',
  all: 'Alle Empfänger',
  sink: 'Empfänger',
  none: 'Noch wurde nichts gesendet.',
  when: 'Wann',
  what: 'Was',
  kind: 'Art',
  state: 'Stand',
  answer: 'Letzte Antwort',
  older: 'Ältere zeigen',
  failed: 'Das Protokoll war nicht lesbar:',
} as const;
export const kind: Readonly<Record<NoticeKind, string>> = {
  firing: 'Alarm',
  worse: 'Schlimmer',
  reminder: 'Erinnerung',
  escalation: 'Eskalation',
  update: 'Neuer Stand',
  resolved: 'Behoben',
  test: 'Probe',
};

/** Was aus einer Nachricht wurde. */
export function became({ state: of, attempts, nextAttemptInMs }: Delivery): string {
  const tries = plural(attempts, 'Versuch', 'Versuchen');
  switch (of) {
    case 'delivered':
      return attempts > 1 ? `Zugestellt nach ${tries}` : 'Zugestellt';
    case 'failed':
      return `Aufgegeben nach ${tries}`;
    case 'held':
      return 'Zurückgehalten von der Ruhezeit';
    case 'superseded':
      return 'Von einer neueren überholt';
    case 'waiting': {
      const next = nextAttemptInMs === null ? '' : `, nächster Versuch in ${duration(nextAttemptInMs)}`;
      return attempts === 0 ? `Wartet${next}` : `Nicht zugestellt nach ${tries}${next}`;
    }
  }
}
export const at = (moment: Instant | null, now: Instant): string =>
  moment === null ? sinks.never : shortTime(moment, now);

export const rules = {
  rule: 'Regel',
  looks: 'Worauf sie achtet',
  severity: 'Schwere',
  pending: 'Alarm nach',
  recover: 'Vorbei nach',
  on: 'An',
  off: 'Aus',
  state: 'Stand',
  atOnce: 'sofort',
  why: 'Warum',
  source: 'Quelle',
  next: 'Was als Nächstes zu prüfen ist',
  failed: 'Die Regeln waren nicht lesbar:',
  overrides: (of: number): string => `${plural(of, 'Ausnahme', 'Ausnahmen')} in den Einstellungen`,
} as const;
export const length = (ms: number): string => (ms === 0 ? rules.atOnce : duration(ms));
