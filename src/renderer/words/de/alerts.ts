/** Worte der Ansicht der Alarme. Was ein Vorfall von sich sagt, steht in `src/shared/alert-words`, wie in den Nachrichten. */
import * as phrases from '../../../shared/alert-words/de/index.ts';
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
import { ruleReasons } from './lint-rules.ts';

/** Wie Zeiten und Namen hier gesagt werden: in der Zone der Leser. */
export function say(now: Instant, account: (id: AccountId) => string): Say {
  return { words: phrases, now, account, duration, time: (at) => shortTime(at, now), finding: ruleReasons };
}

export const title = 'Alarme';
export const tabs = {
  label: 'Alarme',
  inbox: 'Eingang',
  silences: 'Stummschaltungen',
  delivery: 'Zustellung',
  rules: 'Regeln',
};
export const list = 'Vorfälle';
export const detail = 'Der Vorfall';

export const severity: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Kritisch',
  warning: 'Warnung',
  info: 'Hinweis',
};
export const phase: Readonly<Record<AlertPhase, string>> = {
  pending: 'Anstehend',
  firing: 'Aktuell',
  recovering: 'Erholt sich',
  resolved: 'Behoben',
};

export const section: Readonly<Record<Section, string>> = {
  firing: 'Aktuell',
  acknowledged: 'Quittiert',
  silenced: 'Stummgeschaltet',
  resolved: 'Behoben, letzte 24 h',
};
export const older = 'Früher behoben';
export const showOlder = 'Ältere zeigen';
export const noOlder = 'Älteres ist nicht verzeichnet.';
export const loading = 'Lädt …';
export const failed = 'Das war nicht lesbar:';
export const fresh = 'Neu';
export const freshTitle = 'Noch hat niemand hingesehen';
export const sounded = (at: string): string => `Ton um ${at}`;

export const calm = {
  title: 'Nichts braucht jemanden.',
  now: 'Kein Alarm ist aktuell, quittiert oder stummgeschaltet.',
  day: 'In den letzten 24 h wurde auch keiner behoben.',
};

/** Was ein Bildschirmleser von der Zahl im Kopf hört; auch ihr Titel. */
export function callingTitle({ count: of, worst }: Calling): string {
  if (worst === null) return 'Kein Alarm wartet auf jemanden';
  const wait = of === 1 ? 'wartet' : 'warten';
  return `${plural(of, 'Alarm', 'Alarme')} ${wait} auf jemanden, Schwere bis: ${severity[worst]}`;
}
/** Was vorgelesen wird, wenn es tönt. */
export const announced = (worst: AlertSeverity, sentence: string): string => `${severity[worst]}: ${sentence}`;
export const announcedEnd = (sentence: string): string => `Behoben: ${sentence}`;

/** `Erholt sich`, `Behoben 10:30 nach 28 min`; leer, solange es schlicht aktuell ist. */
export function stands({ phase: of, since, resolvedAt }: Incident, now: Instant): string {
  if (of === 'resolved' && resolvedAt !== null) {
    return `Behoben ${shortTime(resolvedAt, now)} nach ${duration(resolvedAt - since)}`;
  }
  return of === 'recovering' ? phase.recovering : '';
}
/** `14 min` bei Offenem; das Ende bei dem, was vorbei ist. */
export function age({ since, resolvedAt }: Incident, now: Instant): string {
  return resolvedAt === null ? duration(now - since) : shortTime(resolvedAt, now);
}

/** `Quittiert von Ana vor 4 min, bis 08:00`. */
export function acknowledged({ by, at, until }: Acknowledgement, now: Instant): string {
  const end = until === null ? '' : `, bis ${shortTime(until, now)}`;
  return `Quittiert von ${by} ${ago(at, now)}${end}`;
}
/** `Stummgeschaltet: Ana, Leitungsarbeit`. */
export const silencedBy = (names: readonly string[]): string => `Stummgeschaltet: ${listed(names)}`;
export const silenceName = (by: string, comment: string): string => (comment === '' ? by : `${by}, ${comment}`);
export const maintenanceName = (name: string): string => `Wartung ${name}`;

export const delivery: Readonly<Record<DeliveryState, string>> = {
  none: '',
  waiting: 'Wird zugestellt',
  delivered: 'Zugestellt',
  failed: 'Noch nicht zugestellt',
};

/** Wessen Angaben das sind, wo es mehrere Alarme gibt. */
export const evidenceOf = (line: string): string => `Vom schlimmsten, ${line}:`;

export const parts = {
  evidence: 'Belege',
  next: 'Was als Nächstes zu prüfen ist',
  before: 'Kurz zuvor geändert',
  theChange: 'die Änderung ansehen',
  alerts: (of: number): string => plural(of, 'Alarm', 'Alarme'),
  steps: 'Verlauf',
  deliveries: 'Benachrichtigungen',
  noDeliveries: 'Niemand wurde benachrichtigt.',
  noAlerts: 'Kein Alarm dazu ist aufbewahrt.',
  care: 'In Bearbeitung',
} as const;
export const showAll = (of: number): string => `Alle ${count(of)} zeigen`;
export const most = (of: number): string => `Nur die ${count(of)} schlimmsten sind gezeigt.`;
/** `BGP-Sitzung ausgefallen · 12`. */
export const group = (rule: string, of: number): string => `${rule} · ${count(of)}`;
export const missing = {
  title: 'Dieser Vorfall ist nicht bekannt',
  sentence: 'Er ist vielleicht älter als das Aufbewahrte. Die Liste enthält alles, was da ist.',
};
export const opening = 'Der Vorfall wird geladen …';
export const someone = 'jemand';

/** Der Balken seines Verlaufs, für Bildschirmleser. */
export function life(firingMs: number, recoveringMs: number): string {
  const parts = [`${duration(firingMs)} aktuell`];
  if (recoveringMs > 0) parts.push(`${duration(recoveringMs)} in Erholung`);
  return `Insgesamt ${parts.join(', ')}`;
}
export const now = 'jetzt';

/** Wo ein Vorfall mit derselben Ursache weitergeht. */
export const goesOn = (id: string): string => `Er geht weiter in ${id}`;

export const act = {
  acknowledge: 'Quittieren',
  unacknowledge: 'Zurücknehmen',
  unacknowledgeTitle: 'Die Quittierung zurücknehmen: der Vorfall ruft wieder jemanden',
  silence: 'Stummschalten',
  open: 'Öffnen',
  openTunnel: 'Den Tunnel öffnen',
  openTunnels: 'Die Tunnel auf der Übersicht zeigen',
} as const;

/** `und 2 weitere`, unter den Ursachen auf der Übersicht. */
export const andMore = (of: number): string => `und ${count(of)} weitere`;
export const causes = 'Aktuelle Ursachen';
export const ofTunnel = 'Offene Alarme dieses Tunnels';

/** Hinweis auf das, was niemand erfuhr. */
export function undelivered({ undelivered: of, sinks }: AlertingStatus): string {
  const failing = sinks.filter(({ state }) => state === 'failing');
  const told = failing.map(
    ({ name, type, lastAnswer }) => `${name} (${sinkType(type)}): ${lastAnswer ?? 'keine Antwort'}`,
  );
  const alerts = `${plural(of, 'Benachrichtigung war', 'Benachrichtigungen waren')} nicht zuzustellen`;
  return told.length === 0 ? `${alerts}.` : `${alerts}. ${told.join(' ')}`;
}
export const seeDelivery = 'Zur Zustellung';
export const storeProblem = (problem: string): string =>
  `Alarme liegen nur im Speicher: Quittierungen und Stummschaltungen von jetzt sind verloren, wenn Tunnelwatch endet. ${problem}`;

const TYPES: Readonly<Record<string, string>> = {
  native: 'Desktop',
  webhook: 'Webhook',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  pagerduty: 'PagerDuty',
  alertmanager: 'Alertmanager',
  ntfy: 'ntfy',
  email: 'E-Mail',
  command: 'Befehl',
  heartbeat: 'Lebenszeichen',
};
export const sinkType = (type: SinkStatus['type']): string => TYPES[type] ?? type;

export const help = [
  ['j k ↓ ↑', 'Nächster und voriger Vorfall'],
  ['a', 'Quittieren'],
  ['u', 'Die Quittierung zurücknehmen'],
  ['s', 'Stummschalten'],
  ['o Enter', 'Seinen Tunnel öffnen oder seine Tunnel auf der Übersicht'],
] as const;
