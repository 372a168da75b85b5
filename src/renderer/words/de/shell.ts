import type { AccountStatus, Instant, Millis, StoreStatus } from '../../../shared/model.ts';
import type { Paused } from '../../../shared/settings.ts';
import { duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';

export const appName = 'Tunnelwatch';
export const practice = 'Übungsbetrieb';
export const practiceTitle = 'Alle Tunnel sind erfunden: die Antworten kommen vom eingebauten Simulator.';
export const nav = {
  label: 'Ansichten',
  board: 'Übersicht',
  psk: 'PSK',
  alerts: 'Alarme',
  findings: 'Befunde',
  history: 'Verlauf',
  skip: 'Zu den Tunneln springen',
};
/** Neben der Zahl bei `Befunde`. */
export const faulty = (tunnels: number): string =>
  `${plural(tunnels, 'Tunnel hat einen Fehler', 'Tunnel haben Fehler')} in der Konfiguration`;
export const theme = { toDark: 'Zu dunkel wechseln', toLight: 'Zu hell wechseln', dark: 'Dunkel', light: 'Hell' };
export const help = {
  open: 'Hilfe zur Tastatur',
  title: 'Tastatur',
  tunnelTitle: 'Auf der Seite eines Tunnels',
  alertsTitle: 'Bei den Alarmen',
  findingsTitle: 'Bei den Befunden',
  findingKeys: [
    ['j k', 'Nächster und voriger Befund'],
    ['w', 'Den gewählten Befund hinnehmen'],
  ],
  close: 'Schließen',
  keys: [
    ['j k ↓ ↑', 'Nächster und voriger Tunnel'],
    ['Pos1 Ende', 'Erster und letzter Tunnel'],
    ['Bild↑ Bild↓', 'Eine Seite hinauf und hinunter'],
    ['Enter', 'Gewählten Tunnel öffnen'],
    ['/', 'Suchen'],
    ['Esc', 'Die Suche verlassen, dann die Filter leeren'],
    ['g b', 'Zur Übersicht'],
    ['g p', 'Zu den PSKs'],
    ['g a', 'Zu den Alarmen'],
    ['g f', 'Zu den Befunden'],
    ['g c', 'Zu den Änderungen'],
    ['g h', 'Zum Verlauf'],
    ['g s', 'Zu den Einstellungen'],
    ['?', 'Diese Hilfe'],
  ],
} as const;

/** Der Titel des Reiters: `2 ausgefallen · lhr1-tun-b · Tunnelwatch`. */
export function tabTitle(
  sight: 'seeing' | 'blind' | 'lost' | 'paused',
  down: number,
  page: string | null,
  calling = 0,
): string {
  const badge = calling === 0 ? '' : `(${calling}) `;
  const news = [
    { seeing: null, blind: 'Blind', lost: 'Kein Host', paused: 'Pausiert' }[sight],
    down > 0 ? `${down} ausgefallen` : null,
  ];
  return badge + [news.filter((part) => part !== null).join(', '), page, appName].filter(Boolean).join(' · ');
}

export const loading = 'Warten auf die erste Antwort des Hosts …';
export const loadingView = 'Lädt …';
export const noBridge =
  'Diese Seite erreicht Tunnelwatch nicht: sie braucht die Desktop-App oder einen Browser, der Server-Sent Events kann.';
export const broken = (reason: string): string =>
  `Diese Seite hielt wegen eines Fehlers in Tunnelwatch an: ${reason}. Neu laden hilft.`;
export const reload = 'Neu laden';

/** Hinweis, solange der Host außer Reichweite ist. */
export function lost(sinceWall: Instant, now: Instant, reason: string): string {
  return `Kein Wort vom Tunnelwatch-Host seit ${shortTime(sinceWall, now)} (${duration(now - sinceWall)}). ${reason} Zu sehen ist der zuletzt bekannte Stand.`;
}

/** Hinweis, solange ein Konto nicht gelesen werden kann. */
export function blind(account: string, since: Instant, now: Instant, sentence: string): string {
  return `${account}: blind seit ${shortTime(since, now)} (${duration(now - since)}): ${sentence}`;
}

/** Hinweis, solange nur die Prüfergebnisse eines Kontos nicht gelesen werden können. */
export function healthBlind(account: string, since: Instant, now: Instant, sentence: string): string {
  return `${account}: keine Prüfergebnisse seit ${shortTime(since, now)} (${duration(now - since)}): ${sentence}`;
}

/** Hinweis, wenn die Daten alt sind; `why` ist ein Satz oder leer. */
export function staleAccount(account: string, ageMs: Millis, why: string): string {
  const known = 'Zu sehen ist der zuletzt bekannte Stand.';
  return [`${account}: die letzte Antwort ist ${duration(ageMs)} alt.`, why, known].filter(Boolean).join(' ');
}

export const settings = 'Einstellungen';
/** Namen der Ansichten, im Titel des Reiters. */
export const pages = {
  psk: 'Pre-Shared Keys',
  alerts: 'Alarme',
  settings,
  findings: 'Befunde',
  changes: 'Was sich geändert hat',
  operations: 'Änderungen am Konto',
  rotation: 'PSK-Wechsel',
  history: 'Verlauf',
};
/** `Zeiten in CET`. */
export const zoneTitle = (name: string): string =>
  `Zeiten auf dieser Seite stehen in ${name}. In den Einstellungen lässt es sich ändern.`;

export const pause = {
  button: 'Pause',
  active: 'Pausiert',
  title: 'Abfragen pausieren',
  what: 'Solange wird nichts gefragt: Stände veralten, und niemand erfährt Neues.',
  lengths: [
    [15 * 60_000, '15 min'],
    [60 * 60_000, '1 h'],
    [null, 'Bis jemand fortsetzt'],
  ],
  longest: 'Nach einem Tag endet es von selbst.',
  resume: 'Fortsetzen',
} as const;

/** Hinweis, solange nicht gefragt wird; `stale`: was zu sehen ist, ist inzwischen alt. */
export function paused({ since, until }: Paused, now: Instant, stale: boolean): string {
  const end = until === null ? `seit ${shortTime(since, now)}, bis jemand fortsetzt` : `bis ${shortTime(until, now)}`;
  const known = stale ? ' Zu sehen ist der zuletzt bekannte Stand.' : '';
  return `Von jemandem pausiert ${end}: nichts wird gefragt.${known}`;
}

export const askAgain = 'Erneut fragen';
export const askAgainTitle = 'Cloudflare jetzt fragen statt mit der nächsten Runde';

export function store(status: StoreStatus): string {
  const detail = status.problem ?? '';
  return `Der Verlauf liegt nur im Speicher und ist verloren, wenn Tunnelwatch endet. Die Überwachung geht weiter. ${detail}`.trim();
}

export function storeProblem(problem: string): string {
  return `Der Verlauf hat ein Problem: ${problem}`;
}

/** Alter der ältesten Liste unter den Konten, für den Kopf. */
export function dataAge(ageMs: Millis | null): string {
  return ageMs === null ? 'Noch keine Daten' : `Daten ${duration(ageMs)} alt`;
}

/** `Budget 12%`. */
export function budget(used: number, limit: number): string {
  return limit === 0 ? 'Kein Budget' : `Budget ${Math.round((used / limit) * 100)} %`;
}

/** Was das Token eines Kontos von seinem Budget verbraucht hat. */
export function budgetTitle(account: Pick<AccountStatus, 'name' | 'budget'>): string {
  const { used, limit, remainingSaid, blockedForMs } = account.budget;
  const parts = [
    `${account.name}: ${plural(used, 'Anfrage', 'Anfragen')} in den letzten 5 min von ${count(limit)}, die wir uns erlauben`,
  ];
  if (remainingSaid !== null) parts.push(`Cloudflare nennt ${count(remainingSaid)} als Rest`);
  if (blockedForMs !== null && blockedForMs > 0) parts.push(`hält sich ${duration(blockedForMs)} zurück`);
  return `${parts.join('; ')}.`;
}
export const lostReasons = {
  silent: 'Läuft er noch?',
  closed: 'Die Verbindung wurde geschlossen und wird neu versucht.',
  slept: 'Diese Seite schlief; sie fragt erneut.',
  unauthorised: 'Er will ein Zugangstoken: die Adresse öffnen, die er beim Start ausgab.',
};
export const unreachable = 'Der Tunnelwatch-Host ist nicht erreichbar.';
export const oddReply = 'Der Tunnelwatch-Host antwortete mit etwas, das diese Seite nicht lesen kann.';
