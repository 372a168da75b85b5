/** Events and changes of lanes, each as one sentence of the log. */
import * as phrases from '../../../shared/alert-words/en/index.ts';
import { fieldChanges } from '../../../shared/alert-words/index.ts';
import type { EventDetail, HistoryEvent, LaneValue, Millis, StateChange } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { calendarDate } from '../../format/time.ts';
import * as lane from './lane.ts';

function configWords(detail: EventDetail): string {
  if (detail.fields === '') return 'Modified; no field that the API shows is another';
  const fields = fieldChanges(detail, phrases);
  return fields.length === 0 ? 'Configuration changed' : `Configuration changed: ${fields.join('; ')}`;
}

function dateOf(value: EventDetail[string] | undefined): string | null {
  return typeof value === 'number' ? calendarDate(value) : null;
}

const HOUR: Millis = 3_600_000;
const FIVE_MINUTES: Millis = 5 * 60_000;

/** `every 8 h`: a period of hours is told to five minutes, it is not known better. */
export function everyPeriod(ms: Millis): string {
  return `every ${duration(ms < HOUR ? ms : Math.round(ms / FIVE_MINUTES) * FIVE_MINUTES)}`;
}

/** `Rekey dip, 2 min, about every 8 h`; with what to do where a pair dips together. `detail` is that of an event `rekey-dip`. */
export function rekeyDip(detail: EventDetail): string {
  const { lengthMs, periodMs } = detail;
  const length = typeof lengthMs === 'number' ? `, ${duration(lengthMs)}` : '';
  const period = typeof periodMs === 'number' ? `, about ${everyPeriod(periodMs)}` : '';
  const stagger =
    typeof detail.with === 'string'
      ? `, together with ${detail.with}: let them renew their keys at different times`
      : '';
  return `Rekey dip${length}${period}${stagger}`;
}

/** An event in one sentence. */
export function event({ kind, detail }: HistoryEvent): string {
  const text = (name: string): string => String(detail[name] ?? '');
  switch (kind) {
    case 'config-changed':
      return configWords(detail);
    case 'psk-changed': {
      const before = dateOf(detail.from);
      if (detail.to === null) return 'The PSK is no longer reported';
      return before === null
        ? 'A PSK was generated, the first on record'
        : `A new PSK was generated; the one before was from ${before}`;
    }
    case 'bgp-detail':
      return detail.tcpEstablished === true
        ? `TCP to the BGP peer came up, the session not yet${detail.bgpState ? ` (${text('bgpState')})` : ''}`
        : `TCP to the BGP peer was lost${detail.bgpState ? ` (${text('bgpState')})` : ''}`;
    case 'tunnel-renamed':
      return `Renamed from ${text('from')} to ${text('to')}`;
    case 'tunnel-recreated':
      return `Recreated under a new id (${text('newId')}, before ${text('oldId')}); the router’s IKE identity must follow`;
    case 'tunnel-appeared':
      return 'Appeared in the account';
    case 'tunnel-disappeared':
      return 'Disappeared from the account';
    case 'tunnel-unreadable':
      return `The answer about this tunnel could not be read: ${text('reason')}`;
    case 'tunnel-readable':
      return 'The answer about this tunnel can be read again';
    case 'rekey-dip':
      return rekeyDip(detail);
    default:
      return ACCOUNT_EVENTS[kind];
  }
}

const ACCOUNT_EVENTS = {
  blind: 'Tunnelwatch could no longer see the account',
  seeing: 'Tunnelwatch sees the account again',
  'health-blind': 'Health results could no longer be read',
  'health-seeing': 'Health results can be read again',
  gap: 'Tunnelwatch did not look for a while',
  'clock-jump': 'The clock of the host jumped',
  started: 'Tunnelwatch started',
  stopped: 'Tunnelwatch stopped',
  'store-degraded': 'The history went on in memory only',
  'store-recovered': 'The history is on disk again',
} as const;

/** A change of a lane in words: `Health from healthy to down`, `BGP seen: up`, `Configuration has errors`. */
export function change({ lane: of, from, to }: StateChange): string {
  const word = (value: LaneValue): string => lane.value(of, value);
  if (from === null || from === 'unobserved') return `${lane.name(of)} seen: ${word(to)}`;
  if (of === 'config') return `${lane.name(of)} ${to === 'ok' ? 'is in order again' : word(to)}`;
  return `${lane.name(of)} from ${word(from)} to ${word(to)}`;
}
