/** Wendungen eines Alarms in einer Zeile und der Angaben dahinter. */
import { plural } from './grammar.ts';

export const unseen = ', gerade nicht zu sehen';
export const pending = ', noch nicht bestätigt';
export const recovering = ', erholt sich';
export const at = (time: string, length: string): string => `um ${time} (vor ${length})`;
export const fromTo = (exact: boolean, from: string, to: string): string =>
  `von ${exact ? '' : 'vor '}${from} bis ${to}`;

export const tcpUp =
  'TCP zum Nachbarn steht, die Sitzung nicht: AS-Nummern, MD5-Schlüssel oder Fähigkeiten passen nicht zusammen.';
export const tcpDown = 'Es gibt keine TCP-Verbindung zum Nachbarn.';
export const tcpUnsaid = 'Cloudflare sagt nicht, ob es eine TCP-Verbindung zum Nachbarn gibt.';
export const pass = 'Die Zustandsprüfungen gelingen; der Tunnel selbst trägt Pakete.';
export const fail =
  'Auch die Zustandsprüfungen schlagen fehl; kein Paket kommt durch, auf dem die Sitzung laufen könnte.';
export const alone =
  'BGP allein beweist keinen Ausfall des Verkehrs: Pakete können auf den letzten oder auf statischen Routen weiterlaufen.';
export const step = (step: string): string => `Die Sitzung steht bei ${step}.`;
/** @param what Der Rechner sagt es englisch: `up without a TCP connection`, `up, yet Active`, `unknown word BGP_ODD`. */
export const contradiction = (state: string | null, what: string): string =>
  `Cloudflare sagt ${state ?? 'etwas'}: ${what
    .replace(/^up without a TCP connection$/, 'up ohne TCP-Verbindung')
    .replace(/^up, yet /, 'up, und doch ')
    .replace(/^unknown word /, 'unbekanntes Wort ')}`;

export const noColo = 'Kein Rechenzentrum ist genannt.';
export const healthyIn = (healthy: number, all: number): string =>
  `Gesund in ${healthy} von ${plural(all, 'Rechenzentrum', 'Rechenzentren')}.`;
export const worst = (name: string): string => `Am schlimmsten: ${name}`;
/** @param window `null`: nicht bekannt. */
export const changes = (count: number, window: string | null): string =>
  `${plural(count, 'Wechsel', 'Wechsel')}${window === null ? '' : ` binnen ${window}`}.`;

export const siteDown = (dead: number, all: number): string =>
  `${dead} von ${plural(all, 'Tunnel', 'Tunneln')} des Standorts ${dead === 1 ? 'ist' : 'sind'} ausgefallen.`;
export const lastLive = (name: string): string => `Der letzte, der trägt: ${name}`;
export const unknown = (count: number): string => `Über ${plural(count, 'Tunnel', 'Tunnel')} ist nichts bekannt.`;
export const standby: readonly string[] = [
  'Mindestens 6 h lang ging nichts als Zustandsprüfungen hindurch: niemand spürt den Ausfall, bis der Tunnel gebraucht wird.',
  'Cloudflares eigener Alarm lässt einen solchen Tunnel aus.',
];

export const noKey = 'Cloudflare meldet keinen Pre-Shared Key für diesen Tunnel.';
export const keyAge = (days: number, made: string | null): string =>
  `Der PSK ist ${plural(days, 'Tag', 'Tage')} alt${made === null ? '' : `, erzeugt ${made}`}.`;
export const keyLimit = (days: number): string => `Die Vorgabe erlaubt ${plural(days, 'Tag', 'Tage')}.`;
export const moreFindings = (count: number): string =>
  `${plural(count, 'weiterer Befund', 'weitere Befunde')} zu diesem Tunnel.`;

export const healthUnread = 'Prüfergebnisse sind nicht lesbar; die Liste der Tunnel ist es.';
export const listUnread = 'Die Liste der Tunnel ist nicht lesbar.';
export const permission = (name: string): string => `Die Berechtigung, die fehlt: ${name}`;
export const waitFor = (length: string): string => `Cloudflare bittet, ${length} zu warten.`;
export const about = (tunnels: number): string => `Es geht um ${plural(tunnels, 'Tunnel', 'Tunnel')}.`;

export const disappeared = 'Er fehlt in den Listen des Kontos; was er trug, ist so oder so fort.';
export const ids = (before: string, after: string): string => `Die ID war ${before} und ist jetzt ${after}.`;
export const recreated =
  'Seine IKE-Identität und sein Schlüssel sind neu; ein Router mit den alten kann sich nicht ausweisen.';
export const lostWithRestart = 'Was jetzt geschieht, ist mit dem nächsten Neustart verloren.';
