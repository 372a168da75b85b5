/** Ereignisse und Wechsel von Ständen, jedes als ein Satz des Protokolls. */
import * as phrases from '../../../shared/alert-words/de/index.ts';
import { fieldChanges } from '../../../shared/alert-words/index.ts';
import type { EventDetail, HistoryEvent, LaneValue, Millis, StateChange } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { calendarDate } from '../../format/time.ts';
import * as lane from './lane.ts';

function configWords(detail: EventDetail): string {
  if (detail.fields === '') return 'Geändert; kein Feld, das die API zeigt, ist anders';
  const fields = fieldChanges(detail, phrases);
  return fields.length === 0 ? 'Konfiguration geändert' : `Konfiguration geändert: ${fields.join('; ')}`;
}

function dateOf(value: EventDetail[string] | undefined): string | null {
  return typeof value === 'number' ? calendarDate(value) : null;
}

const HOUR: Millis = 3_600_000;
const FIVE_MINUTES: Millis = 5 * 60_000;

/** `alle 8 h`: ein Abstand von Stunden wird auf fünf Minuten genannt, genauer ist er nicht bekannt. */
export function everyPeriod(ms: Millis): string {
  return `alle ${duration(ms < HOUR ? ms : Math.round(ms / FIVE_MINUTES) * FIVE_MINUTES)}`;
}

/** `Rekey-Einbruch, 2 min, etwa alle 8 h`. */
export function rekeyDip(detail: EventDetail): string {
  const { lengthMs, periodMs } = detail;
  const length = typeof lengthMs === 'number' ? `, ${duration(lengthMs)}` : '';
  const period = typeof periodMs === 'number' ? `, etwa ${everyPeriod(periodMs)}` : '';
  const stagger =
    typeof detail.with === 'string'
      ? `, zugleich mit ${detail.with}: die beiden sollten ihre Schlüssel zu verschiedenen Zeiten erneuern`
      : '';
  return `Rekey-Einbruch${length}${period}${stagger}`;
}

/** Ein Ereignis in einem Satz. */
export function event({ kind, detail }: HistoryEvent): string {
  const text = (name: string): string => String(detail[name] ?? '');
  switch (kind) {
    case 'config-changed':
      return configWords(detail);
    case 'psk-changed': {
      const before = dateOf(detail.from);
      if (detail.to === null) return 'Der PSK wird nicht mehr gemeldet';
      return before === null
        ? 'Ein PSK wurde erzeugt, der erste im Verlauf'
        : `Ein neuer PSK wurde erzeugt; der vorige war vom ${before}`;
    }
    case 'bgp-detail':
      return detail.tcpEstablished === true
        ? `TCP zum BGP-Nachbarn steht, die Sitzung noch nicht${detail.bgpState ? ` (${text('bgpState')})` : ''}`
        : `TCP zum BGP-Nachbarn ging verloren${detail.bgpState ? ` (${text('bgpState')})` : ''}`;
    case 'tunnel-renamed':
      return `Umbenannt von ${text('from')} in ${text('to')}`;
    case 'tunnel-recreated':
      return `Neu angelegt unter anderer ID (${text('newId')}, vorher ${text('oldId')}); die IKE-Identität des Routers muss folgen`;
    case 'tunnel-appeared':
      return 'Im Konto erschienen';
    case 'tunnel-disappeared':
      return 'Aus dem Konto verschwunden';
    case 'tunnel-unreadable':
      return `Die Antwort zu diesem Tunnel war nicht lesbar: ${text('reason')}`;
    case 'tunnel-readable':
      return 'Die Antwort zu diesem Tunnel ist wieder lesbar';
    case 'rekey-dip':
      return rekeyDip(detail);
    default:
      return ACCOUNT_EVENTS[kind];
  }
}

const ACCOUNT_EVENTS = {
  blind: 'Tunnelwatch konnte das Konto nicht mehr sehen',
  seeing: 'Tunnelwatch sieht das Konto wieder',
  'health-blind': 'Prüfergebnisse waren nicht mehr lesbar',
  'health-seeing': 'Prüfergebnisse sind wieder lesbar',
  gap: 'Tunnelwatch sah eine Weile nicht hin',
  'clock-jump': 'Die Uhr des Hosts sprang',
  started: 'Tunnelwatch begann',
  stopped: 'Tunnelwatch hielt an',
  'store-degraded': 'Der Verlauf ging nur noch im Speicher weiter',
  'store-recovered': 'Der Verlauf liegt wieder auf der Platte',
} as const;

/** Ein Wechsel in Worten: `Zustand von gesund zu ausgefallen`, `BGP gesehen: aktiv`. */
export function change({ lane: of, from, to }: StateChange): string {
  const word = (value: LaneValue): string => lane.value(of, value);
  if (from === null || from === 'unobserved') return `${lane.name(of)} gesehen: ${word(to)}`;
  if (of === 'config') return `${lane.name(of)} ${to === 'ok' ? 'wieder in Ordnung' : word(to)}`;
  return `${lane.name(of)} von ${word(from)} zu ${word(to)}`;
}
