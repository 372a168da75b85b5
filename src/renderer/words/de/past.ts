/** Wörter der Zeitreise. */
import type { EventKind, Instant } from '../../../shared/model.ts';
import type { PastMark } from '../../../shared/past.ts';
import { ago } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { momentTime } from '../../format/time.ts';
import type { Span } from '../../state/past-window.ts';

/** `Di., 17. Nov., 10:02:30 MEZ, vor 3 d`. */
export const moment = (at: Instant, now: Instant): string => `${momentTime(at)}, ${ago(at, now)}`;
export const title = 'Vergangenheit';
/** Der Titel des Tabs. */
export const tabTitle = (at: Instant, page: string, calling: number): string =>
  `${calling === 0 ? '' : `(${count(calling)}) `}Vergangenheit: ${momentTime(at)} · ${page}`;
export const watermark = 'Vergangen';
export const region = 'Zeitreise';

export const showThen = 'Damals zeigen';
export const showThenTitle = 'Die Übersicht zeigen, wie sie zu Beginn war';
export const boardThen = 'Übersicht von damals';
export const boardThenTitle = 'Die Übersicht zeigen, wie sie am rechten Ende dieser Zeitleiste war';
/** The time of an entry, as a link. */
export const boardAt = (time: string): string => `Übersicht vom ${time}`;

export const toNow = 'Zurück zu jetzt';
export const toNowTitle = 'Zurück zur Gegenwart (n)';
/** Was inzwischen geschieht: `Jetzt: 2 ausgefallen, 1 offener Alarm`. */
export function present(down: number, calling: number): string {
  const parts = [
    down > 0 ? `${count(down)} ausgefallen` : null,
    calling > 0 ? plural(calling, 'offener Alarm', 'offene Alarme') : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Jetzt: nichts ausgefallen' : `Jetzt: ${parts.join(', ')}`;
}
export const presentUnseen = 'Jetzt: nicht zu sehen';

export const play = 'Abspielen';
export const pause = 'Anhalten';
export const keyHint = (what: string, key: string): string => `${what} (${key})`;
export const space = 'Leertaste';
export const speed = 'Geschwindigkeit';
/** `60×`. */
export const times = (speed: number): string => `${count(speed)}×`;
export const speedTitle = (speed: number): string => `${count(speed)}-mal so schnell, wie es geschah (- und +)`;
export const previous = 'Voriges Ereignis';
export const next = 'Nächstes Ereignis';
export const incidentsOnly = 'Nur Vorfälle';
export const incidentsOnlyTitle = 'Von Vorfall zu Vorfall gehen und alles andere auslassen (i)';
export const noMore = { next: 'Danach ist nichts aufgezeichnet.', previous: 'Davor ist nichts aufgezeichnet.' };
export const waiting = 'Die Aufzeichnung wird geholt …';
export const field = 'Datum und Uhrzeit';
export const slider = 'Zeitpunkt';
export const spans = 'Länge des Reglers';
export const span: Readonly<Record<Span, string>> = {
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  all: 'Alles',
};
export const legend = { incidents: 'Vorfälle', outages: 'Ausfälle', changes: 'Andere Ereignisse' };
/** Was ein Screenreader vom Band sagt. */
export const band = (incidents: number, outages: number, others: number): string =>
  `${plural(incidents, 'Vorfall', 'Vorfälle')}, ${plural(outages, 'Ausfall', 'Ausfälle')}, ${plural(others, 'anderes Ereignis', 'andere Ereignisse')} auf dem Regler`;

export const loading = 'Die Aufzeichnung wird geöffnet …';
export const failed = 'Dieser Zeitpunkt lässt sich nicht zeigen:';
export const again = 'Erneut versuchen';
export const before = {
  title: 'Vor Beginn der Aufzeichnung',
  sentence: (from: Instant): string =>
    `Über diesen Zeitpunkt ist nichts bekannt: Die Aufzeichnung beginnt am ${momentTime(from)}. Älteres wurde nie aufgezeichnet oder nach seiner Frist gelöscht.`,
  go: 'Den Anfang zeigen',
  none: 'Noch ist nichts aufgezeichnet. Die Aufzeichnung beginnt mit der ersten Antwort von Cloudflare.',
};
export const blindness = 'Tunnelwatch konnte dieses Konto zu diesem Zeitpunkt nicht sehen.';

const KINDS: Readonly<Record<EventKind | 'incident-opened' | 'incident-resolved' | 'outage', string>> = {
  'incident-opened': 'Vorfall begann',
  'incident-resolved': 'Vorfall vorbei',
  outage: 'Ausfall begann',
  'tunnel-appeared': 'Tunnel erschien',
  'tunnel-disappeared': 'Tunnel verschwand',
  'tunnel-renamed': 'Tunnel umbenannt',
  'tunnel-recreated': 'Tunnel neu angelegt',
  'tunnel-unreadable': 'Tunnel nicht lesbar',
  'tunnel-readable': 'Tunnel wieder lesbar',
  'config-changed': 'Konfiguration geändert',
  'psk-changed': 'Neuer PSK',
  'bgp-detail': 'BGP-Sitzung bewegte sich',
  blind: 'Ab hier blind',
  seeing: 'Wieder zu sehen',
  'health-blind': 'Ab hier keine Ergebnisse der Zustandsprüfung',
  'health-seeing': 'Wieder Ergebnisse der Zustandsprüfung',
  gap: 'Eine Weile nicht beobachtet',
  'clock-jump': 'Die Uhr des Rechners sprang',
  started: 'Tunnelwatch gestartet',
  stopped: 'Tunnelwatch beendet',
  'store-degraded': 'Verlauf nur im Arbeitsspeicher',
  'store-recovered': 'Verlauf wieder auf der Platte',
  'rekey-dip': 'Rekey-Einbruch',
};
/** Was in diesem Augenblick geschah: `Ausfall begann: fra1-tun-a und 11 weitere`. */
export function happened(marks: readonly PastMark[]): string {
  const [first] = marks;
  if (first === undefined) return '';
  const told = first.name === null ? KINDS[first.kind] : `${KINDS[first.kind]}: ${first.name}`;
  return marks.length === 1 ? told : `${told} und ${count(marks.length - 1)} weitere`;
}
