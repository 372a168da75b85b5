/** Worte der Ansichten des Verlaufs und ihrer Berichte. */
import type { Instant, Millis } from '../../../shared/model.ts';
import type { DegradedAs, ErrorBudget, ReportScope } from '../../../shared/reports.ts';
import { duration } from '../../format/duration.ts';
import { count, share as percent, plural } from '../../format/number.ts';
import { calendarDate, clockTime, monthAndYear, shortTime } from '../../format/time.ts';
import { zoneName } from '../../format/zone.ts';

export const title = 'Verlauf';
export const tabs = {
  label: 'Verlauf',
  availability: 'Verfügbarkeit',
  heat: 'Heatmap',
  restless: 'Ausfälle und Einbrüche',
  incidents: 'Vorfälle',
  shift: 'Schichtbericht',
} as const;
export const ranges = {
  label: 'Zeitraum',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  '90d': '90 d',
  month: 'Monat',
} as const;
export const monthLabel = 'Welcher Monat';
export const shifts = { label: 'Länge der Schicht', '8h': '8 h', '12h': '12 h', own: 'Eigener Zeitraum' } as const;
export const ownFrom = 'Von';
export const ownTo = 'Bis';
export const scopes: Readonly<Record<ReportScope, string>> & { readonly label: string } = {
  label: 'Verfügbarkeit von',
  tunnel: 'Tunnel',
  site: 'Standorte',
  account: 'Konten',
};
export const degraded: Readonly<Record<DegradedAs, string>> & { readonly label: string } = {
  label: 'Beeinträchtigt zählt',
  down: 'Beeinträchtigt zählt als Ausfall',
  up: 'Beeinträchtigt zählt als verfügbar',
  'left-out': 'Beeinträchtigt zählt nicht',
};
export const cells = { label: 'Felder', hour: 'Stunden', day: 'Tage' } as const;
export const accountLabel = 'Konto';
export const allAccounts = 'Alle Konten';
export const search = 'Suchen';
export const searchLabel = 'In der Tabelle suchen';
export const asTable = 'Als Tabelle';
export const asTableTitle = 'Die Werte des Diagramms als Tabelle zeigen';
export const exporting = {
  csv: 'CSV',
  json: 'JSON',
  csvTitle: 'Die Liste als CSV sichern',
  jsonTitle: 'Die Liste als JSON sichern',
  report: 'Bericht',
  reportTitle: 'So zeigen, wie es gedruckt wird',
} as const;
export const paper = {
  print: 'Drucken / als PDF sichern',
  back: 'Zurück',
  made: (at: Instant): string => `Erstellt von Tunnelwatch am ${calendarDate(at)} ${clockTime(at)} ${zoneName(at)}`,
  practice: 'Übungsbetrieb: diese Tunnel sind erfunden.',
} as const;

export const loading = 'Der Verlauf wird gelesen …';
export const reading = 'Wird gelesen …';
export const failed = 'Der Verlauf war nicht lesbar.';
export const oldStay = 'Zu sehen ist, was zuletzt gelesen wurde.';
export const retry = 'Erneut versuchen';
export const empty = {
  title: 'Noch kein Verlauf.',
  sentence:
    'Tunnelwatch hat noch keinen Tunnel gesehen. Was von nun an zu sehen ist, wird festgehalten und steht dann hier.',
} as const;
export const noMatch = 'Nichts passt zur Suche.';
export const clear = 'Suche leeren';

/** `14. Nov. 2026 09:00 bis 21. Nov. 2026 09:00 MEZ`. */
export function stretch(from: Instant, to: Instant): string {
  return `${calendarDate(from)} ${clockTime(from)} bis ${calendarDate(to)} ${clockTime(to)} ${zoneName(to)}`;
}
/** Der Name eines Monats: `November 2026`. */
export const month = (first: Instant): string => monthAndYear(first);
/** Wo weniger festgehalten ist, als gefragt war. */
export const begins = (at: Instant, now: Instant): string =>
  `Die Aufzeichnung beginnt ${shortTime(at, now)}; die Zeit davor gilt als nicht beobachtet.`;
/** Solange Konten nicht zu sehen sind. */
export const blind = (accounts: readonly string[]): string =>
  `${accounts.join(', ')}: zurzeit nicht zu sehen; diese Zeit gilt als nicht beobachtet.`;
/** Wie viel der Zeit hinter den Werten steht; `share` von 0 bis 1. */
export function covered(share: number, unobserved: Millis): string {
  return unobserved <= 0
    ? 'Die ganze Zeit wurde beobachtet.'
    : `${percent(share)} der Zeit wurden beobachtet; ${duration(unobserved)} Tunnelzeit nicht, sie zählt nicht mit.`;
}
export const noCover = 'In dieser Zeit wurde nichts beobachtet.';
/** `12 von 1.000 Zeilen`. */
export const shown = (some: number, all: number): string =>
  some === all ? plural(all, 'Zeile', 'Zeilen') : `${count(some)} von ${plural(all, 'Zeile', 'Zeilen')}`;
/** Eine Dauer in einer Tabelle, ein Strich für nichts. */
export const span = (ms: Millis): string => (ms <= 0 ? '–' : duration(ms));
export const none = '–';

const CAPTIONS: Readonly<Record<ReportScope, string>> = {
  tunnel: 'Verfügbarkeit der Tunnel, schlechteste zuerst',
  site: 'Verfügbarkeit der Standorte, schlechteste zuerst',
  account: 'Verfügbarkeit der Konten, schlechteste zuerst',
};
export const availability = {
  caption: (scope: ReportScope): string => CAPTIONS[scope],
  columns: {
    name: { tunnel: 'Tunnel', site: 'Standort', account: 'Konto' },
    account: 'Konto',
    tunnels: 'Tunnel',
    share: 'Verfügb.',
    down: 'Ausfall',
    degraded: 'Beeintr.',
    uncounted: 'Ungezählt',
    unseen: 'Ungesehen',
    objective: 'Ziel',
    budget: 'Budget',
    spent: 'Verbr.',
    left: 'Übrig',
    burn5m: '× 5 min',
    burn1h: '× 1 h',
  },
  titles: {
    share: 'Verfügbar gegen verfügbar und ausgefallen, nach Zustandsprüfungen',
    uncounted: 'Zustandsprüfungen waren aus oder ohne Ergebnis',
    unseen: 'Tunnelwatch sah nicht hin oder konnte nicht',
    budget: 'Die Zeit, die ausfallen darf, ehe das Ziel verfehlt ist, von der Zeit, die zählt',
    spent: 'Die ausgefallene Zeit; ob Beeinträchtigtes als Ausfall zählt, steht in den Einstellungen',
    left: 'Was in dieser Zeit noch ausfallen darf',
    burn: 'Ausgefallene Zeit gegen die Zeit, die das Ziel erlaubt: über 1× verbraucht zu schnell',
  },
  nothing: 'nichts zu zählen',
  over: (ms: Millis): string => `−${duration(ms)}`,
  chart: 'Wo die meiste Zeit verloren ging',
  chartNone: 'Keine Zeit ging verloren.',
  bar: (down: Millis, half: Millis): string =>
    [down > 0 ? `${duration(down)} ausgefallen` : null, half > 0 ? `${duration(half)} beeinträchtigt` : null]
      .filter((part) => part !== null)
      .join(', '),
  verdict: (met: number, missed: number, untold: number): string =>
    [
      plural(met, 'erreicht das Ziel', 'erreichen ihr Ziel'),
      plural(missed, 'verfehlt es', 'verfehlen es'),
      untold === 0 ? null : `${count(untold)} ohne Aussage`,
    ]
      .filter((part) => part !== null)
      .join(', '),
  burning: (some: number): string =>
    some === 0
      ? 'Zurzeit verbraucht keiner sein Budget zu schnell.'
      : `${plural(some, 'verbraucht sein Budget', 'verbrauchen ihr Budget')} zurzeit zu schnell: über 1× in beiden Fenstern, wo auch Cloudflares eigener Alarm auslöst.`,
  method:
    'Allein nach Cloudflares Zustandsprüfungen. Ein Budget ist der Teil der gezählten Zeit, der ausfallen darf. Tempo ist ausgefallene gegen erlaubte Zeit: 0× ist nichts, 1× reicht gerade, über 1× in 5 min und in 1 h löst auch Cloudflares eigener Alarm aus.',
} as const;

/** Was ein Tempo bedeutet. */
export function burnMeaning(rate: number | null): string {
  if (rate === null) return 'In dieser Zeit nicht beobachtet.';
  if (rate === 0) return 'In dieser Zeit fiel nichts aus.';
  if (rate <= 1) return 'Etwas fiel aus, nicht schneller, als das Ziel erlaubt.';
  return `Fällt ${count(Math.round(rate))}-mal so schnell aus, wie das Ziel erlaubt.`;
}
/** Zeit eines Budgets, die übrig ist, oder wie weit es überzogen ist: `−4 h 7 min`. */
export const left = ({ budgetMs, spentMs }: ErrorBudget): string =>
  spentMs > budgetMs ? `−${duration(spentMs - budgetMs)}` : duration(budgetMs - spentMs);

export const heat = {
  caption: 'Zustand der Tunnel über die Zeit, schlechteste zuerst',
  label: (rows: number, size: 'hour' | 'day'): string =>
    `Heatmap von ${plural(rows, 'Tunnel', 'Tunneln')} nach ${size === 'hour' ? 'Stunden' : 'Tagen'}. Pfeiltasten gehen von Feld zu Feld.`,
  columns: { tunnel: 'Tunnel', level: 'Mittel' },
  cell: (level: number | null): string => (level === null ? 'nicht beobachtet' : `${percent(level)} gesund`),
  figure: (level: number | null): string => (level === null ? '–' : percent(level)),
  legend: {
    label: 'Was die Felder bedeuten',
    good: '100 % gesund',
    watch: 'über 80 %',
    late: '40 % bis 80 %',
    bad: 'unter 40 %',
    gap: 'nicht beobachtet',
  },
  note: 'Stunden und Tage sind die von UTC. Beeinträchtigtes zählt halb.',
  days: 'So viele Stunden stehen als Tage da.',
  none: 'In dieser Zeit war kein Tunnel bekannt.',
  lowCaption: 'Stunden und Tage, die nicht ganz gesund waren, älteste zuerst',
  low: { tunnel: 'Tunnel', at: 'Ab', level: 'Gesund' },
  allGood: 'Jedes beobachtete Feld war zu 100 % gesund.',
  more: (some: number): string => `${count(some)} weitere stehen im CSV.`,
} as const;

export const restless = {
  caption: 'Tunnel nach der Zahl ihrer Ausfälle',
  columns: {
    tunnel: 'Tunnel',
    outages: 'Ausfälle',
    down: 'Ausgefallen',
    longest: 'Längster',
    dips: 'Rekey-Einbrüche',
    period: 'Takt der Einbrüche',
  },
  titles: {
    outages: 'Wie oft Zustand oder BGP ausfiel',
    dips: 'Kurze Einbrüche des Zustands, die mit der Erneuerung der Schlüssel kommen',
  },
  every: (ms: Millis): string => `alle ${duration(ms)}`,
  chart: 'Die unruhigsten Tunnel',
  bar: (outages: number, dips: number): string =>
    [
      outages > 0 ? plural(outages, 'Ausfall', 'Ausfälle') : null,
      dips > 0 ? plural(dips, 'Rekey-Einbruch', 'Rekey-Einbrüche') : null,
    ]
      .filter((part) => part !== null)
      .join(', '),
  calm: {
    title: 'Alles ruhig.',
    sentence: 'Kein Tunnel fiel aus oder brach ein, soweit diese Zeit beobachtet wurde.',
  },
} as const;

export const incidents = {
  caption: 'Vorfälle, neueste zuerst',
  columns: {
    what: 'Ursache',
    severity: 'Schwere',
    since: 'Seit',
    lasted: 'Dauer',
    state: 'Stand',
    by: 'Quittiert von',
    after: 'Nach',
  },
  state: { open: 'Offen', resolved: 'Behoben', recovering: 'Erholt sich' },
  nobody: 'niemand',
  calm: { title: 'Kein Vorfall.', sentence: 'Nichts rief in dieser Zeit jemanden, soweit sie beobachtet wurde.' },
  sum: (all: number, open: number, acknowledged: number): string =>
    `${plural(all, 'Vorfall', 'Vorfälle')}, ${count(open)} offen, ${count(acknowledged)} quittiert`,
} as const;

export const shift = {
  title: 'Schichtbericht',
  open: 'Am Ende offen',
  opened: 'Begonnen',
  resolved: 'Behoben',
  keys: 'PSKs, die binnen einer Woche fällig oder überfällig sind',
  findings: 'Neue Befunde',
  changes: 'Was sich geändert hat',
  unseen: 'Nicht beobachtet',
  noneOpen: 'Nichts ist offen.',
  noneOpened: 'Kein Vorfall begann.',
  noneResolved: 'Kein Vorfall wurde behoben.',
  noKeys: 'Kein PSK ist fällig.',
  noFindings: 'Kein neuer Befund.',
  noChanges: 'Nichts hat sich geändert.',
  allSeen: 'Jedes Konto wurde die ganze Zeit beobachtet.',
  columns: {
    tunnel: 'Tunnel',
    due: 'Fällig',
    severity: 'Schwere',
    finding: 'Befund',
    at: 'Wann',
    change: 'Änderung',
    account: 'Konto',
    unseen: 'Nicht beobachtet',
  },
  severity: { error: 'Fehler', warning: 'Warnung', info: 'Hinweis' },
  account: 'das Konto',
} as const;
