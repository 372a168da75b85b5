import type { AccountStatus, Instant, Millis, UnreadableTunnel } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { Bucket, Sort } from '../../state/query.ts';
import type { Standing } from '../../state/standing.ts';

export const title = 'Tunnel';

const tunnels = (of: number): string => plural(of, 'Tunnel', 'Tunnel');

/** Wie ein Tunnel oder Standort steht: `Ausgefallen`, `Zuletzt bekannt: Aktiv`. */
export function standing({ kind, stale }: Standing): string {
  return stale ? `Zuletzt bekannt: ${bucket[kind]}` : bucket[kind];
}
/** `2 von 14`. */
export const ratio = (part: number, whole: number): string => `${count(part)} von ${count(whole)}`;

/** Die Namen der Zustände. */
export const bucket: Readonly<Record<Bucket, string>> = {
  down: 'Ausgefallen',
  degraded: 'Beeinträchtigt',
  unknown: 'Unbekannt',
  stale: 'Veraltet',
  attention: 'Beachten',
  up: 'Aktiv',
};
export const bucketTitle: Readonly<Record<Bucket, string>> = {
  down: 'BGP oder Zustandsprüfungen sind ausgefallen',
  degraded: 'BGP ist im Aufbau, oder der Zustand ist beeinträchtigt',
  unknown: 'Weder BGP noch Zustandsprüfungen sagen etwas',
  stale: 'Zuletzt bekannter Stand: die Angaben sind zu alt, um sie als heutig zu zeigen',
  attention: 'Aktiv, aber PSK oder Konfiguration brauchen jemanden',
  up: 'Aktiv, nach Angaben, die jünger als drei Abfrageabstände sind',
};

export const columns: Readonly<Record<Sort, string>> = {
  state: 'Stand',
  name: 'Tunnel',
  site: 'Standort',
  psk: 'PSK',
  endpoint: 'Endpunkt',
};
export const stripColumn = 'Letzte 24 h';
export const ageColumn = 'Daten';
export const sortBy = (column: Sort): string => `Nach ${columns[column]} ordnen`;

/** So lange ohne Verkehr nennt Cloudflare einen Tunnel untätig, und die eigenen Alarme dort lassen ihn aus. */
export const standby = 'Reserve: 6 h ohne Verkehr';
export const search = 'Name, Standort …';
export const searchLabel = 'Tunnel suchen';
export const filters = 'Filter';
export const states = 'Tunnel nach Stand';
export const accounts = 'Konten';
export const sites = 'Standorte';
export const findSite = 'Standort suchen';
export const noSite = 'Kein Standort';
export const pskMark: Readonly<Record<'down' | 'degraded' | 'unknown', string>> = {
  down: 'PSK braucht jemanden',
  degraded: 'PSK fällig',
  unknown: 'PSK nicht beobachtet',
};

export const onlyEndpoint = (endpoint: string): string => `Nur Tunnel zu ${endpoint} zeigen`;
export const clear = 'Filter leeren';
export const removeFilter = (label: string): string => `Filter ${label} entfernen`;
export const held = 'Die Reihenfolge ruht während der Arbeit und folgt in der nächsten Pause.';
export const live = 'live';
export const notRead = 'nicht gelesen';
export const stripNow = 'jetzt';
/** Anstelle dessen, was von der Gegenwart gesagt wird, solange die Vergangenheit zu sehen ist. */
export const stripColumnThen = '24 h davor';
export const stripThen = 'damals';
export const recorded = 'Archiv';
export const observed = 'Beobachtet';
export const lookBack = 'Rückblick';
export const lookBackTitle = 'Die Übersicht zu einem beliebigen Zeitpunkt der Aufzeichnung zeigen (t)';
export const readOnly =
  'Das ist die Aufzeichnung: Quittieren, Stummschalten und Ändern sind hier nicht möglich. Zum Handeln zurück zu jetzt.';
export const pastHelp = {
  title: 'Beim Rückblick',
  keys: [
    ['t', 'Von der Übersicht aus zurückblicken'],
    ['n', 'Zurück zu jetzt'],
    ['Leertaste', 'Abspielen und anhalten'],
    [', .', 'Voriges und nächstes Ereignis'],
    ['i', 'Nur von Vorfall zu Vorfall gehen'],
    ['- +', 'Langsamer und schneller'],
  ],
} as const;
export const none = 'noch keine';
export const findingTitle = 'Den Tunnel öffnen: was nicht stimmt und was zu tun ist';
export const noEndpoint = 'nicht gemeldet';

/** `12 von 1.000 Tunnel`. */
export function shown(some: number, all: number): string {
  return some === all ? tunnels(all) : `${count(some)} von ${plural(all, 'Tunnel', 'Tunneln')}`;
}

/** Was ein Konto gerade tut, in wenigen Worten. */
export function phase(account: AccountStatus, fresh: boolean, now: Instant): string {
  switch (account.phase) {
    case 'starting':
      return account.failing === null ? 'Erste Abfrage läuft' : 'Erster Versuch gescheitert';
    case 'blind':
      return account.blind === null ? 'Blind' : `Blind seit ${shortTime(account.blind.since, now)}`;
    case 'seeing':
      return fresh ? 'Beobachtet' : 'Veraltet';
  }
}

/** `Liste 12 s alt, alle 30 s`. */
export const listPace = (ageMs: Millis | null, intervalMs: Millis): string => pace('Liste', ageMs, intervalMs);
/** `Zustand 40 s alt, alle 60 s`. */
export const healthPace = (ageMs: Millis | null, intervalMs: Millis): string => pace('Zustand', ageMs, intervalMs);

function pace(what: string, ageMs: Millis | null, intervalMs: Millis): string {
  const each =
    intervalMs % 60_000 === 0 && intervalMs > 60_000 ? duration(intervalMs) : `${Math.round(intervalMs / 1000)} s`;
  return ageMs === null ? `${what}: noch keine Antwort` : `${what} ${duration(ageMs)} alt, alle ${each}`;
}

/** Tunnel eines Standorts: `2 von 14 gestört`, `14 Tunnel`. */
export function siteCount(troubled: number, total: number): string {
  return troubled === 0 ? tunnels(total) : `${troubled} von ${total} gestört`;
}

export const unreadableRow = (reason: string): string => `Die neueste Antwort war nicht lesbar: ${reason}`;
export const unreadableTitle = (of: number): string =>
  of === 1
    ? '1 Tunnel war nicht lesbar. Er wird nicht beobachtet, bis Cloudflares Antwort lesbar ist.'
    : `${count(of)} Tunnel waren nicht lesbar. Sie werden nicht beobachtet, bis Cloudflares Antwort lesbar ist.`;
export function unreadable(tunnel: UnreadableTunnel): string {
  return `${tunnel.name ?? tunnel.id ?? 'Ein Tunnel ohne Namen'}: ${tunnel.reason}`;
}

/** Was ein Bildschirmleser hört, wenn Tunnel ausfallen. */
export function wentDown(names: readonly string[]): string {
  const some = names.slice(0, 3).join(', ');
  if (names.length === 1) return `${some} ist ausgefallen.`;
  const rest = names.length - 3;
  return rest > 0
    ? `${count(names.length)} Tunnel sind ausgefallen: ${some} und ${rest} weitere.`
    : `${count(names.length)} Tunnel sind ausgefallen: ${some}.`;
}

/** Was ein Bildschirmleser von einem Streifen hört. */
export function strip(lane: string, badMs: Millis, lateMs: Millis, unseenMs: Millis): string {
  const parts = [
    badMs > 0 ? `${duration(badMs)} ausgefallen` : null,
    lateMs > 0 ? `${duration(lateMs)} beeinträchtigt` : null,
    unseenMs >= 60_000 ? `${duration(unseenMs)} nicht beobachtet` : null,
  ].filter((part) => part !== null);
  return `${lane}: ${parts.length === 0 ? 'keine Störung' : parts.join(', ')}`;
}
export const stripLoading = 'Verlauf wird geladen';

/** Was der erste Versuch antraf, bevor wir uns blind nennen. */
export const failedFirst = (sentence: string): string => `Der erste Versuch ist gescheitert: ${sentence}`;
export const starting = (account: string): string => `Cloudflare wird nach den Tunneln von ${account} gefragt …`;
export const startingMany = 'Cloudflare wird nach den Tunneln gefragt …';
export const blindEmpty = 'Keine Tunnel zu zeigen: Tunnelwatch konnte sie noch nicht lesen.';
export const empty = (account: string): string => `${account} hat keine IPsec-Tunnel.`;
export const emptyMany = 'Diese Konten haben keine IPsec-Tunnel.';
export const emptyNext = 'Tunnel erscheinen hier mit der nächsten Abfrage, nachdem sie bei Cloudflare angelegt sind.';
export const noMatch = 'Kein Tunnel passt zu den Filtern.';

export const firstRun = {
  title: 'Cloudflare-IPsec-Tunnel im Blick',
  what: [
    'Tunnelwatch verfolgt BGP-Sitzung, Zustandsprüfungen und Alter des Pre-Shared Keys jedes IPsec-Tunnels von Magic WAN und Magic Transit und behält den Verlauf.',
    'Es liest nur: im Konto ändert sich nichts.',
  ],
  tokenTitle: '1. Ein API-Token anlegen, das nur lesen darf',
  token: 'Bei Cloudflare unter My Profile, API Tokens, mit diesen Berechtigungen und keinen anderen:',
  permissions: [
    ['Magic WAN Read oder Magic Transit Read', 'die Tunnel, ihr BGP-Zustand und das Alter der PSK'],
    ['Account Analytics Read', 'die Ergebnisse der Zustandsprüfungen'],
  ],
  configTitle: '2. Konto und Token in einer Datei nennen',
  config: 'Das Token selbst bleibt außerhalb der Datei, zum Beispiel in einer Umgebungsvariablen:',
  example: `accounts:
  - name: Acme
    id: 023e105f4ecef8ad9ca31a8372d0c353
    token: { env: CF_TOKEN }
    interval: 30s`,
  run: 'CF_TOKEN=… npx tunnelwatch serve --config tunnelwatch.yaml',
  practiceTitle: 'Oder sich erst umsehen',
  practice:
    'Der Übungsbetrieb zeigt erfundene Tunnel mit einer Woche Verlauf aus einem Simulator auf diesem Rechner. Er braucht weder Konto noch Token.',
  start: 'Übungsbetrieb beginnen',
  startingPractice: 'Beginnt; eine Woche Verlauf wird nachgespielt …',
  refused: 'Der Übungsbetrieb wurde abgelehnt.',
} as const;
