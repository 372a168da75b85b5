/** Worte der Einstellungen: Teile, Felder, was mit ihnen nicht stimmt. Konten haben eigene, siehe `settings-accounts.ts`. */
import type { DesktopPreferences } from '../../../shared/settings.ts';
import type { Density, Palette, Zone } from '../../state/appearance.svelte.ts';
import type { ThemeChoice } from '../../state/theme.svelte.ts';

export const title = 'Einstellungen';
export const sections = {
  accounts: 'Konten',
  keys: 'Schlüssel',
  notifications: 'Benachrichtigungen',
  appearance: 'Darstellung',
  network: 'Netz',
  data: 'Daten',
  walls: 'Wände',
  desktop: 'Desktop',
  advanced: 'Erweitert',
} as const;
export const navLabel = 'Teile der Einstellungen';
export const unsavedMark = 'nicht gespeichert';

/** Was mit einem Feld nicht stimmt: je ein ganzer Satz. */
export const wrong = {
  empty: 'Das ist nötig.',
  long: (most: number): string => `Höchstens ${most} Zeichen.`,
  duration: (least: string, most: string): string => `Eine Zeit wie 30s, 5m, 2h oder 90d, von ${least} bis ${most}.`,
  order: 'Länger als das Alter davor.',
  accountId: 'Die 32 Ziffern und Buchstaben a bis f der Konto-ID.',
  proxy: 'Die Adresse eines Proxys, etwa http://proxy.example:3128.',
  apiBase: 'Eine https-Adresse (schlichtes http nur zu diesem Rechner).',
  timeOfDay: 'Zeiten wie 22:30.',
  zone: 'Eine Zeitzone wie Europe/Amsterdam.',
  noDay: 'Mindestens ein Tag ist nötig.',
} as const;

export const form = {
  save: 'Speichern',
  saving: 'Speichert …',
  revert: 'Änderungen verwerfen',
  saved: 'Gespeichert.',
  mend: 'Zuerst beheben, was markiert ist.',
  usual: (value: string): string => `Üblich: ${value}`,
  durations: 'Zeiten stehen als 30s, 5m, 2h oder 90d. Ein leeres Feld nimmt den üblichen Wert.',
} as const;

export const leave = {
  title: 'Ohne Speichern gehen?',
  what: (names: readonly string[]): string => `Noch nicht gespeichert: ${names.join(', ')}.`,
  stay: 'Bleiben',
  discard: 'Gehen, Änderungen verwerfen',
} as const;

export const readOnly = 'Diese Einstellungen lassen sich hier nicht ändern.';
export const noSettings = 'Was diese Seite selbst behält, etwa ihre Darstellung, lässt sich dennoch einstellen.';
export const file = (path: string): string => `Die Einstellungen liegen in ${path}.`;

export const keys = {
  what: 'Ab welchem Alter ein Pre-Shared Key gewechselt sein will. Übersicht, PSK-Ansicht und Alarme folgen dem.',
  aging: 'Alternd ab',
  due: 'Fällig ab',
  stale: 'Überaltert ab',
} as const;

export const notifications = {
  native: 'Benachrichtigungen dieses Rechners',
  nativeOn: 'Zeigen',
  nativeSound: 'Mit Ton',
  nativeVolume: 'Lautstärke',
  noDesktop:
    'Benachrichtigungen des Rechners brauchen die Desktop-App. Im Browser macht diese Seite Töne, solange sie offen ist.',
  page: 'Töne dieser Seite',
  pageWhat: 'In diesem Browser behalten, sofort. Ein Ton für jeden neuen Vorfall und einer, wenn er vorbei ist.',
  play: 'Töne abspielen',
  volume: 'Lautstärke',
  severities: 'Für',
  listen: (name: string): string => `${name} anhören`,
  listenShort: 'Anhören',
  unable: 'Dieser Browser kann keine Töne abspielen.',
  quiet: 'Ruhezeiten',
  quietWhat: 'Warnungen warten, bis die Ruhezeit endet. Was kritisch ist, wird sofort gesagt.',
  noQuiet: 'Es gibt keine.',
  days: 'Tage',
  day: { mon: 'Mo', tue: 'Di', wed: 'Mi', thu: 'Do', fri: 'Fr', sat: 'Sa', sun: 'So' },
  from: 'Von',
  to: 'Bis',
  add: 'Ruhezeit hinzufügen',
  remove: 'Entfernen',
  removeLabel: (from: string, to: string): string => `${from} bis ${to} entfernen`,
  ownZone: (zone: string): string => `in ${zone}`,
  zone: 'Zeitzone',
  zoneUsual: 'Die des Hosts',
  language: 'Sprache der Nachrichten',
  languageWhat:
    'Für Mails, Chats und Benachrichtigungen. Üblich ist die des Systems eines Desktops, sonst Englisch. Menü und Infobereich folgen beim nächsten Start.',
  languageUsual: 'Übliche',
  more: 'Wohin Alarme gehen',
  sinks: 'Empfänger und Zustellprotokoll',
  rules: 'Regeln',
  edit: 'Empfänger, Wege, Regeln und Wartungsfenster werden als Text bearbeitet, unter',
} as const;

export const appearance = {
  what: 'In diesem Browser für diese Leser behalten und sofort wirksam.',
  theme: 'Farbgebung',
  themes: { system: 'Wie das System', dark: 'Dunkel', light: 'Hell' } satisfies Record<ThemeChoice, string>,
  palette: 'Farben der Zustände',
  palettes: { standard: 'Üblich', separation: 'Stark getrennt' } satisfies Record<Palette, string>,
  paletteHint:
    'Stark getrennt hält die Zustände für jede Art des Farbensehens am weitesten auseinander; Aktiv ist blau.',
  sample: { up: 'Aktiv', degraded: 'Beeinträchtigt', down: 'Ausgefallen', unknown: 'Unbekannt' },
  density: 'Dichte',
  densities: { comfortable: 'Bequem', compact: 'Dicht' } satisfies Record<Density, string>,
  zoom: 'Vergrößerung',
  zone: 'Zeiten',
  zones: { local: 'In der Zone dieses Rechners', utc: 'In UTC' } satisfies Record<Zone, string>,
  now: (text: string): string => `Jetzt: ${text}`,
  language: 'Sprache',
  languageHint: 'Die Seite beginnt danach neu.',
  languageSystem: 'Wie das System',
} as const;

export const network = {
  what: 'Für alles, was Tunnelwatch fragt und sendet. Ohne eigenen Proxy nimmt es den des Systems.',
  proxy: 'Proxy',
  proxyUsual: 'Der des Systems, falls es einen gibt',
  noProxy: 'Ohne den Proxy',
  noProxyHint: 'Hosts, durch Kommas getrennt: 10.0.0.5, .example.net',
  caFile: 'Weitere Zertifizierungsstellen',
  caHint: 'Der Pfad einer PEM-Datei, wo ein Proxy der Firma in verschlüsselte Verbindungen sieht.',
} as const;

export const data = {
  history: 'Verlauf',
  where: (path: string): string => `Er liegt in ${path}.`,
  memory: 'Er liegt gerade nur im Speicher.',
  size: (text: string): string => `Er nimmt ${text} ein.`,
  dir: 'Ordner',
  dirUsual: 'Der übliche Ort des Systems',
  dirHint: 'Ein anderer Ordner beginnt einen anderen Verlauf; der alte zieht nicht um.',
  changes: 'Wechsel behalten für',
  rollups: 'Tageswerte behalten für',
  export: 'Die Einstellungen mitnehmen',
  exportWhat: 'Als Text. Token und andere Geheimnisse stehen nicht darin.',
  show: 'Als Text zeigen',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  copyByHand: 'Der Text ist markiert: mit Strg+C kopieren.',
  download: 'Herunterladen',
  textLabel: 'Die Einstellungen als Text',
  import: 'Einstellungen einlesen',
  importWhat:
    'Ersetzt alle Einstellungen durch die eines Textes. Token bleiben, wo sie sind; die vorigen Einstellungen bleiben neben der Datei.',
  choose: 'Eine Datei wählen',
  importLabel: 'Einzulesende Einstellungen',
  importAct: 'Alle Einstellungen ersetzen',
  imported: 'Eingelesen.',
} as const;

export const desktop = {
  startAtLogin: 'Bei der Anmeldung starten',
  startHint: 'Tunnelwatch beginnt bei der Anmeldung im Infobereich.',
  closeToTray: 'Im Infobereich bleiben, wenn das Fenster geschlossen wird',
  closeHint: 'Es beobachtet und meldet weiter. Beenden lässt es sich im Menü.',
  trayFilter: 'Der Infobereich spricht von',
  trayHint: 'Wörter, die Name, Standort oder Konto eines Tunnels enthalten muss; leer für alle Tunnel.',
  trayAll: 'Alle Tunnel',
  updates: 'Neue Versionen',
  update: {
    automatic: 'Einspielen, nie während eines Alarms',
    check: 'Nur sagen, dass es eine gibt',
    off: 'Nicht danach sehen',
  } satisfies Record<DesktopPreferences['updates'], string>,
  version: (version: string): string => `Dies ist Tunnelwatch ${version}.`,
} as const;

export const advanced = {
  what: 'Alle Einstellungen als YAML, auch Empfänger, Wege, Regeln und Wartungsfenster. Gespeichert wird die Bedeutung des Textes, ohne seine Kommentare.',
  label: 'Alle Einstellungen',
  problems: 'Das stimmt nicht:',
  line: (line: number): string => `Zeile ${line}`,
  goTo: (line: number): string => `Zu Zeile ${line}`,
  reload: 'Neu lesen',
  report: 'Einen Fehler melden',
  reportWhat: 'Versionen, Stände und die letzten Zeilen des Protokolls, ohne Geheimnisse.',
  diagnostics: 'Diagnose zeigen',
  diagnosticsLabel: 'Diagnose',
} as const;
