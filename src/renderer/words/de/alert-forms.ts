/** Worte für das, was Leute mit Alarmen tun: quittieren, stummschalten, die Liste der Stummschaltungen. */
import { MATCHER_NAMES, type Matcher, type MatcherName, type SilencePreview } from '../../../shared/alerts.ts';
import type { Instant } from '../../../shared/model.ts';
import { ago, duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import { listed } from './explanation.ts';

export const who = 'Wer';
export const whoHint = 'Der Name, unter dem Kollegen ihn kennen';
export const comment = 'Bemerkung';
export const cancel = 'Abbrechen';
export const needsName = 'Ein Name ist nötig.';
export const needsTime = 'Eine Zeit, die noch kommt, ist nötig.';
export const chosen = 'Bis';

export const acknowledge = {
  title: 'Quittieren',
  what: 'Jemand kümmert sich. Erinnerungen und Eskalation ruhen; wird es schlimmer, ruft es erneut.',
  commentHint: 'Was bekannt ist, was getan wird',
  untilLabel: 'Bis',
  submit: 'Quittieren',
  gone: 'Inzwischen ist es behoben.',
} as const;
export const until = {
  resolved: 'Zur Behebung',
  hour: '1 h',
  hours: '4 h',
  morning: 'Nächstes Mal 08:00',
  own: 'Eine eigene Zeit',
} as const;

export const silence = {
  title: 'Stummschalten',
  what: 'Verbirgt vor Übersicht und Empfängern, was zu allem hier passt, bis es endet. Beobachtet wird es weiter.',
  matchers: 'Verbergen, wo',
  name: 'Was',
  op: 'Wie',
  value: 'Wert',
  add: 'Bedingung hinzufügen',
  remove: 'Diese Bedingung entfernen',
  badPattern: 'Das ist kein regulärer Ausdruck.',
  noMatcher: 'Mindestens eine Bedingung ist nötig.',
  lengthLabel: 'Für',
  commentHint: 'Warum: geplante Arbeit, ein bekannter Fehler',
  submit: 'Stummschalten',
  previewing: 'Sieht nach, was es verbirgt …',
  previewFailed: 'Was es verbirgt, ist nicht bekannt:',
  preview: 'Das verbirgt',
  stillShows: 'Der Vorfall selbst bliebe zu sehen: einige seiner Alarme passen nicht.',
} as const;
export const lengths = { hour: '1 h', hours: '4 h', day: '24 h', own: 'Bis zu einer Zeit' } as const;

const NAMES: Readonly<Record<MatcherName, string>> = {
  rule: 'Regel',
  severity: 'Schwere',
  account: 'Konto',
  site: 'Standort',
  tunnel: 'Tunnel',
  tag: 'Schlagwort',
  cloudflareEndpoint: 'Cloudflare-Endpunkt',
  customerEndpoint: 'Kunden-Endpunkt',
};
export const names: readonly (readonly [MatcherName, string])[] = MATCHER_NAMES.map((name) => [name, NAMES[name]]);
const OPS: Readonly<Record<Matcher['op'], string>> = {
  '=': 'ist',
  '!=': 'ist nicht',
  '=~': 'passt auf',
  '!~': 'passt nicht auf',
};
export const ops = Object.entries(OPS) as readonly (readonly [Matcher['op'], string])[];

/** `Konto ist Acme`. */
export const matcher = ({ name, op, value }: Matcher): string => `${NAMES[name]} ${OPS[op]} ${value || '(nichts)'}`;

/** `12 Alarme, die jetzt offen sind (1 Vorfall ganz): …`. */
export function preview({ incidents, alerts, tunnels, names: some }: SilencePreview): string {
  if (tunnels === 0 && alerts === 0) return 'nichts: kein Tunnel passt und kein Alarm.';
  const open =
    alerts === 0
      ? 'keinen Alarm, der jetzt offen ist'
      : `${plural(alerts, 'Alarm', 'Alarme')}, ${alerts === 1 ? 'der jetzt offen ist' : 'die jetzt offen sind'} (${plural(incidents.length, 'Vorfall', 'Vorfälle')} ganz)`;
  const fit = tunnels === 0 ? '' : `, und was von ${plural(tunnels, 'Tunnel', 'Tunneln')} kommt`;
  const more = tunnels - some.length;
  const said =
    some.length === 0 ? '' : `: ${more > 0 ? `${some.join(', ')} und ${count(more)} weitere` : listed(some, 20)}`;
  return `${open}${fit}${said}.`;
}

export const silences = {
  active: 'In Kraft',
  pending: 'Kommend',
  expired: 'In den letzten 24 h beendet',
  maintenance: 'Wartungsfenster',
  none: 'Nichts ist stummgeschaltet.',
  noneNext: 'Einen Vorfall im Eingang wählen und s drücken, um ihn stummzuschalten.',
  noWindows: 'Die Einstellungen nennen kein Wartungsfenster.',
  expire: 'Jetzt beenden',
  expireTitle: 'Diese Stummschaltung beenden: was sie verbirgt, ruft wieder',
  again: 'Erneut stummschalten',
  gone: 'Sie war schon beendet.',
} as const;

/** `Ana, vor 2 h: Leitungsarbeit`. */
export const author = (by: string, createdAt: Instant, now: Instant): string => `${by}, ${ago(createdAt, now)}`;
/** `endet 14:00, in 1 h 20 min`. */
export const ends = (at: Instant, now: Instant): string => `endet ${shortTime(at, now)}, in ${duration(at - now)}`;
export function starts(at: Instant, to: Instant, now: Instant): string {
  return `${shortTime(at, now)} bis ${shortTime(to, at)}, beginnt in ${duration(at - now)}`;
}
/** `endete 14:00, vor 2 h`; mit dem Namen dessen, der sie vorzeitig beendete. */
export function ended(at: Instant, by: string | null, now: Instant): string {
  return `endete ${shortTime(at, now)}, ${ago(at, now)}${by === null ? '' : ` durch ${by}`}`;
}
export const zone = (name: string): string => `Zeiten in ${name}`;
