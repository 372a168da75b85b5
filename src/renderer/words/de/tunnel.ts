import type { Availability, Instant, Lane, Millis } from '../../../shared/model.ts';
import type { Bar } from '../../charts/bars.ts';
import type { Range } from '../../charts/view.ts';
import type { Suspect } from '../../explain/scope.ts';
import { duration } from '../../format/duration.ts';
import { plural, share } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { BarWords } from '../en/tunnel.ts';
import * as lane from './lane.ts';

export const back = 'Übersicht';
export const backTitle = 'Zurück zur Übersicht (Esc)';
export const previous = 'Voriger Tunnel (k)';
export const next = 'Nächster Tunnel (j)';
export const loading = 'Dieser Tunnel wird gelesen …';
export const failed = 'Dieser Tunnel war nicht lesbar.';
export const retry = 'Noch einmal';
export const gone = {
  title: 'Dieser Tunnel ist nicht auf der Übersicht',
  sentence:
    'Er wurde gelöscht oder unter anderer ID neu angelegt, sein Konto wird nicht mehr beobachtet, oder die Adresse stimmt nicht. Sein Verlauf bleibt, solange die Aufbewahrung sagt.',
};
export const nextStep = 'Nächster Schritt';
export const noSite = 'kein Standort';
export const standbyTitle =
  'In den letzten sechs Stunden ging nichts als Zustandsprüfungen hindurch. Cloudflares eigene Alarme lassen einen solchen Tunnel aus.';

/** `Stand 12 s alt`, daneben der Zustand. */
export function dataAge(listMs: Millis | null, healthMs: Millis | null, stale: boolean): string {
  const one = (what: string, ms: Millis | null): string =>
    ms === null ? `${what} noch nicht gelesen` : `${what} ${duration(ms)} alt`;
  return `${one('Stand', listMs)}, ${one('Zustand', healthMs)}${stale ? ', veraltet' : ''}`;
}
export const lastKnown = 'zuletzt bekannt';

export const suspect: Readonly<Record<Suspect | 'tunnelwatch', string>> = {
  customer: 'Sieht nach der Kundenseite aus',
  carrier: 'Sieht nach dem Carrier aus',
  cloudflare: 'Sieht nach Cloudflare oder dem Weg dorthin aus',
  tunnel: 'Sieht nach diesem Tunnel allein aus',
  tunnelwatch: 'Unsere eigene Sicht, nicht der Tunnel',
};

export const timeline = {
  title: 'Zeitleiste',
  label: (name: string): string => `Zeitleiste von ${name}. Dasselbe steht in der Tabelle darunter.`,
  keys: 'Ziehen vergrößert, ebenso Strg und Rad, + und −; Pfeiltasten verschieben, 0 zeigt alles.',
  ranges: 'Zeitraum',
  range: { '6h': '6 h', '24h': '24 h', '7d': '7 d', '30d': '30 d' } satisfies Record<Range, string>,
  rangeTitle: {
    '6h': 'Letzte 6 Stunden (1)',
    '24h': 'Letzte 24 Stunden (2)',
    '7d': 'Letzte 7 Tage (3)',
    '30d': 'Letzte 30 Tage (4)',
  } satisfies Record<Range, string>,
  zoomIn: 'Vergrößern (+)',
  zoomOut: 'Verkleinern (−)',
  reset: 'Den ganzen Zeitraum zeigen (0)',
  resetShort: 'Alles',
  asTable: 'Als Tabelle',
  loading: 'Der Verlauf wird gelesen …',
  failed: 'Der Verlauf war nicht lesbar.',
  empty: 'Noch kein Verlauf in diesem Zeitraum. Er wächst ab der ersten Antwort.',
  lasts: 'jetzt',
  dip: 'Rekey-Einbruch',
  noRecord: (begins: Instant, now: Instant): string => `nichts verzeichnet vor ${shortTime(begins, now)}`,
  noRecordTitle: (of: Lane): string => `${lane.name(of)}: hier beginnt die Aufzeichnung`,
  columns: { lane: 'Spur', value: 'Wert', from: 'Von', to: 'Bis', length: 'Dauer' },
  caption: (range: Range): string =>
    `Abschnitte der letzten ${range.replace('h', ' Stunden').replace('d', ' Tage')}, neueste zuerst`,
  more: (rest: number): string => plural(rest, 'weiteren Abschnitt zeigen', 'weitere Abschnitte zeigen'),
} as const;

/** Das Wort über einem Balken: der Wert, und für wie viele Abschnitte er steht. */
export function barLabel(of: Lane, bar: Bar): string {
  const word = lane.value(of, bar.value);
  return bar.count > 1 ? `${word} · ${bar.count}×` : word;
}

/** Wert, Grenzen und Dauer eines Balkens in Worten; `note`, wo der Wert eine braucht. */
export function barWords(of: Lane, bar: Bar, now: Instant): BarWords {
  const length = duration((bar.ended ?? now) - bar.began);
  if (bar.count > 1) {
    return {
      title: `${lane.name(of)}: ${plural(bar.count, 'Wechsel', 'Wechsel')}, schlimmster ${lane.value(of, bar.value)}`,
      length: `binnen ${length}`,
      note: 'Vergrößern, um sie zu unterscheiden.',
    };
  }
  return {
    title: `${lane.name(of)}: ${lane.value(of, bar.value)}`,
    length: bar.ended === null ? `bisher ${length}` : length,
    note:
      bar.value === 'unobserved' && of !== 'config'
        ? 'Tunnelwatch sah nicht hin; der Tunnel kann aktiv oder ausgefallen gewesen sein.'
        : null,
  };
}

export const bgp = {
  title: 'BGP',
  cloudflare: 'Cloudflares Seite',
  customer: 'Kundenseite',
  asn: 'AS-Nummer des Kunden',
  tcp: 'TCP',
  tcpUp: 'verbunden',
  tcpDown: 'nicht verbunden',
  said: (state: string, step: string | null): string =>
    `In Cloudflares Worten: ${state}${step === null ? '' : `, ${step}`}.`,
  updated: (when: string): string =>
    `Die Angabe ist von ${when}; diese Zeit rückt womöglich nur vor, wenn sich etwas ändert.`,
  none: 'nicht gemeldet',
} as const;

export const health = {
  title: 'Zustand nach Rechenzentrum',
  columns: { place: 'Rechenzentrum', state: 'Zustand', score: 'Mittel', minute: 'Minute' },
  none: 'In den letzten Minuten hat kein Rechenzentrum berichtet.',
  caption: 'Zustand dieses Tunnels nach Rechenzentrum, schlimmste zuerst',
  word: { healthy: 'gesund', degraded: 'beeinträchtigt', down: 'ausgefallen' },
  scoreTitle: (samples: number): string =>
    `1 ist gesund, 0,5 beeinträchtigt, 0 ausgefallen; das Mittel aus ${plural(samples, 'Prüfung', 'Prüfungen')} der Minute, keine Verlustrate`,
  showAll: (count: number): string => `Alle ${count} zeigen`,
  showFewer: 'Weniger zeigen',
} as const;

export const psk = {
  title: 'Pre-Shared Key',
  generated: 'Erzeugt',
  due: 'Fällig',
  never: 'nicht gemeldet',
  policy: (text: string): string => `Vorgabe: ${text}.`,
  bar: (age: string, policy: string): string => `Alter des PSK: ${age}; ${policy}`,
} as const;

export const availability = {
  title: 'Verfügbarkeit',
  window: { '24h': '24 h', '7d': '7 d', '30d': '30 d' },
  columns: {
    window: 'Zeitraum',
    share: 'Verfügbar',
    degraded: 'Beeinträchtigt',
    down: 'Ausgefallen',
    unseen: 'Nicht beobachtet',
  },
  none: 'nichts zu zählen',
  note: 'Aus Zustandsprüfungen. Zeit ohne Beobachtung, ohne Prüfungen oder ohne Ergebnisse zählt nicht mit.',
  failed: 'Die Verfügbarkeit war nicht lesbar.',
} as const;

/** `99,95 %`, oder dass nichts zu zählen war. */
export function availableShare(one: Availability): string {
  return one.share === null ? availability.none : share(one.share);
}

/** Eine Dauer in einer Tabelle, ein Strich für nichts. */
export function span(ms: Millis): string {
  return ms <= 0 ? '–' : duration(ms);
}

/** Zeit, die nicht zählte: unbeobachtet, und ohne Ergebnis, wenn es welche gab. */
export function unseen(one: Availability): string {
  return one.uncountedMs > 0
    ? `${span(one.unobservedMs)}, ohne Ergebnis ${span(one.uncountedMs)}`
    : span(one.unobservedMs);
}

export const config = {
  title: 'Konfiguration',
  severity: { error: 'Fehler', warning: 'Warnung', info: 'Hinweis' },
  notReported: 'nicht gemeldet',
  derived: 'abgeleitet',
  derivedTitle: 'Nicht gemeldet: aus der Interface-Adresse abgeleitet.',
  on: 'an',
  off: 'aus',
  set: 'gesetzt',
  notSet: 'nicht gesetzt',
  none: 'keine',
  notConfigured: 'nicht konfiguriert',
  labels: {
    id: 'Tunnel-ID',
    description: 'Beschreibung',
    cloudflareEndpoint: 'Cloudflare-Endpunkt',
    customerEndpoint: 'Kunden-Endpunkt',
    interfaceAddress: 'Interface-Adresse',
    customerSide: 'Kundenseite',
    interfaceAddress6: 'IPv6-Interface-Adresse',
    customerSide6: 'IPv6-Kundenseite',
    fqdn: 'FQDN-Identität',
    nullCipher: 'Null-Chiffre',
    replay: 'Replay-Schutz',
    returnRouting: 'Automatische Rückwege',
    checks: 'Zustandsprüfungen',
    rate: 'Prüfrate',
    type: 'Prüfart',
    direction: 'Prüfrichtung',
    target: 'Prüfziel',
    bgp: 'BGP',
    asn: 'AS-Nummer des Kunden',
    prefixes: 'Weitere Präfixe',
    md5: 'MD5-Schlüssel',
    importFilter: 'Importfilter',
    exportFilter: 'Exportfilter',
    created: 'Angelegt',
    modified: 'Geändert',
  },
  targetComputed: (address: string): string => `${address} (von Cloudflare gewählt)`,
  targetUnknown: 'von Cloudflare gewählt',
} as const;

export const log = {
  title: 'Ereignisse und Wechsel',
  empty: 'Noch ist nichts verzeichnet.',
  failed: 'Die Ereignisse waren nicht lesbar.',
  older: 'Ältere zeigen',
  loading: 'Liest …',
} as const;

export const help = [
  ['1 2 3 4', 'Zeitraum von 6 h, 24 h, 7 d, 30 d'],
  ['+ − 0', 'Zeitleiste vergrößern, verkleinern, ganz zeigen'],
  ['← →', 'Zeitleiste verschieben'],
  ['j k', 'Nächster und voriger Tunnel der Übersicht'],
  ['t', 'Zeitleiste als Tabelle oder Bild'],
  ['Esc', 'Zurück zur Übersicht'],
] as const;
