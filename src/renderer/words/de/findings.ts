/** Worte der Ansicht der Befunde und der Befunde auf der Seite eines Tunnels. */
import type { Waiver } from '../../../shared/lint.ts';
import type { Finding, Instant } from '../../../shared/model.ts';
import { ago, DAY } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { calendarDate, shortTime } from '../../format/time.ts';

export const title = 'Befunde';
export const loading = 'Die Befunde werden gelesen …';
export const failed = 'Die Befunde waren nicht lesbar.';
export const oldStay = 'Zu sehen ist, was zuletzt gelesen wurde.';
export const retry = 'Erneut versuchen';

export const tabs = { label: 'Konfiguration', findings: 'Befunde', changes: 'Was sich geändert hat' } as const;
export const piles = {
  label: 'Welche Befunde',
  open: 'Offen',
  waived: 'Hingenommen',
  unknown: 'Nicht beurteilt',
} as const;
export const grouping = { label: 'Gruppieren', rule: 'Nach Regel', tunnel: 'Nach Tunnel' } as const;
export const severities = 'Befunde nach Schwere';
/** Auf Schaltern; einzeln steht `severity`. */
export const severityChip: Readonly<Record<Finding['severity'], string>> = {
  error: 'Fehler',
  warning: 'Warnungen',
  info: 'Hinweise',
};
export const severity: Readonly<Record<Finding['severity'], string>> = {
  error: 'Fehler',
  warning: 'Warnung',
  info: 'Hinweis',
};
export const since = {
  label: 'Neu seit',
  any: 'Jeden Alters',
  day: 'Neu in 24 h',
  week: 'Neu in 7 Tagen',
  month: 'Neu in 30 Tagen',
  own: 'Neu seit einer Zeit …',
  ownLabel: 'Neu seit dieser Zeit',
} as const;
/** Die Wahl „seit meinem letzten Besuch“. */
export const sinceVisit = (lastVisit: Instant | null, now: Instant): string =>
  lastVisit === null
    ? 'Neu seit meinem letzten Besuch (erster)'
    : `Neu seit meinem letzten Besuch, ${shortTime(lastVisit, now)}`;

export const accountLabel = 'Konto';
export const allAccounts = 'Alle Konten';
export const search = 'Regel, Tunnel, Wert suchen';
export const searchLabel = 'Befunde suchen';
export const clear = 'Filter leeren';
export const exporting = {
  csv: 'CSV',
  json: 'JSON',
  csvTitle: 'Die Liste als CSV sichern',
  jsonTitle: 'Die Liste als JSON sichern',
} as const;
export const listLabel = 'Befunde';
export const detailLabel = 'Der gewählte Befund';
export const isNew = 'neu';
export const isNewTitle = 'Kam nach dem letzten Besuch dazu.';

export const noMatch = 'Kein Befund passt zu den Filtern.';
export const calm = {
  title: 'Nichts in Ordnung zu bringen.',
  sentence: 'Keine Regel hat an der Konfiguration der Tunnel etwas gefunden.',
} as const;
/** `3 Regeln konnten einige Tunnel nicht beurteilen.` */
export const notAll = (rules: number): string =>
  `${plural(rules, 'Regel konnte', 'Regeln konnten')} einige Tunnel nicht beurteilen: siehe „Nicht beurteilt“.`;
export const noWaived = 'Nichts ist hingenommen.';
export const noWaivedMore =
  'Hier steht ein Befund, mit dem jemand bewusst lebt: wer das entschied, warum und bis wann.';
export const noUnknown = 'Jede Regel konnte jeden Tunnel beurteilen.';
export const noTunnels = 'Noch gibt es keine Tunnel zu beurteilen.';

/** Neben dem Kopf einer Gruppe nach Regel: `14 Tunnel`. */
export const tunnels = (some: number): string => plural(some, 'Tunnel', 'Tunnel');
/** Neben dem Kopf einer Gruppe nach Tunnel: `3 Befunde`. */
export const findings = (some: number): string => plural(some, 'Befund', 'Befunde');
export const rest = (more: number): string => `${count(more)} weitere zeigen`;
/** `12 von 1.000 Befunden`. */
export const shown = (some: number, all: number): string =>
  some === all ? plural(all, 'Befund', 'Befunde') : `${count(some)} von ${plural(all, 'Befund', 'Befunden')}`;
export const account = 'das Konto';

export const part = {
  evidence: 'Gefunden',
  why: 'Warum es zählt',
  fix: 'Was zu tun ist',
  grouping: 'Gruppiert nach',
  since: 'Gesehen seit',
  rule: 'Regel',
  basis: 'Beruht auf',
  source: 'Dokumentation',
  waiver: 'Hingenommen',
  expired: 'Frist abgelaufen',
} as const;
export const basis = {
  documented: 'Dokumentation von Cloudflare oder einem Standard',
  schema: 'dem veröffentlichten Schema der API',
  heuristic: 'Erfahrung',
} as const;
/** Am Verweis auf die Seite hinter einer Regel; `host` ist das Ziel. */
export const sourceLink = (host: string): string => `Nachlesen bei ${host}`;
export const sourceTitle = 'Öffnet sich im Browser';
export const chooseOne = 'Ein gewählter Befund zeigt hier, warum er zählt und was zu tun ist.';

export const fixIt = 'Beheben …';
export const fixTitle = 'Öffnet die Änderung als Formular. Vor der Bestätigung ändert sich nichts.';
export const waiveIt = 'Hinnehmen …';
export const renewIt = 'Ändern …';
export const unwaiveIt = 'Zurücknehmen';
export const unwaiving = 'Wird zurückgenommen …';

/** `bis 3. Aug. 2027, noch 214 Tage`. */
export function waivedFor({ until }: Waiver, now: Instant): string {
  const days = Math.ceil((until - now) / DAY);
  return `bis ${calendarDate(until)}, ${days <= 1 ? 'der letzte Tag' : `noch ${count(days)} Tage`}`;
}
/** `Ana, 3. Aug. 2026`. */
export const waivedBy = ({ by, at }: Waiver): string => `${by}, ${calendarDate(at)}`;
/** An einem Befund, dessen Frist vorbei ist. */
export const expired = ({ by, until }: Waiver): string =>
  `Von ${by} hingenommen bis ${calendarDate(until)}: abgelaufen.`;
export const expiredShort = 'Frist abgelaufen';

export const waive = {
  title: 'Einen Befund hinnehmen',
  what: 'Er verschwindet bis zum gewählten Tag aus Übersicht und Alarmen und kommt dann von selbst wieder. Unter „Hingenommen“ bleibt er stehen.',
  reason: 'Grund',
  reasonHint: 'Warum das in Ordnung ist, ein Ticket, ein Termin',
  by: 'Verantwortlich',
  byHint: 'Wer dafür einsteht',
  untilLabel: 'Bis',
  lengths: { week: '7 Tage', month: '30 Tage', quarter: '90 Tage', year: 'Ein Jahr', own: 'Anderer Tag' },
  submit: 'Hinnehmen',
  cancel: 'Abbrechen',
  needsReason: 'Es fehlt, warum das in Ordnung ist.',
  needsName: 'Es fehlt, wer dafür einsteht.',
  needsTime: 'Der Tag muss noch kommen und höchstens zwei Jahre entfernt sein.',
  sameRule: (tunnel: string): string => `Nur für ${tunnel}; andere Tunnel behalten den Befund.`,
} as const;

export const unknown = {
  caption: 'Regeln, die einige Tunnel nicht beurteilen konnten, und warum',
  columns: { rule: 'Regel', account: 'Konto', tunnels: 'Tunnel', because: 'Grund' },
  what: 'Was Cloudflare nicht sagt, wird nicht beurteilt und gilt nie als in Ordnung.',
} as const;

/** Wie alt ist, was neben der Liste steht: `GRE, Interconnects und Routen vor 4 min gelesen`. */
export function surroundings(
  name: string | null,
  readAt: Instant | null,
  now: Instant,
  problem: string | null,
): string {
  const what = name === null ? '' : `${name}: `;
  const read = readAt === null ? 'noch nicht gelesen' : `${ago(readAt, now)} gelesen`;
  return `${what}GRE, Interconnects und Routen ${read}${problem === null ? '.' : `; ${problem}`}`;
}
