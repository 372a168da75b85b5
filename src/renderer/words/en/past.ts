/** Words of travelling in time. */
import type { EventKind, Instant } from '../../../shared/model.ts';
import type { PastMark } from '../../../shared/past.ts';
import { ago } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { momentTime } from '../../format/time.ts';
import type { Span } from '../../state/past-window.ts';

/** `Past: Tue 17 Nov 10:02:30 CET, 3 d ago`. */
export const moment = (at: Instant, now: Instant): string => `${momentTime(at)}, ${ago(at, now)}`;
export const title = 'Past';
/** The title of the tab. */
export const tabTitle = (at: Instant, page: string, calling: number): string =>
  `${calling === 0 ? '' : `(${count(calling)}) `}Past: ${momentTime(at)} · ${page}`;
export const watermark = 'Past';
export const region = 'Travel in time';

export const showThen = 'Show then';
export const showThenTitle = 'Show the board as it was when this began';
export const boardThen = 'The board then';
export const boardThenTitle = 'Show the board as it was at the right end of this timeline';
/** The time of an entry, as a link. */
export const boardAt = (time: string): string => `The board at ${time}`;

export const toNow = 'Back to now';
export const toNowTitle = 'Back to the present (n)';
/** What happens underneath while somebody looks back: `Now: 2 down, 1 alert`. */
export function present(down: number, calling: number): string {
  const parts = [
    down > 0 ? `${count(down)} down` : null,
    calling > 0 ? plural(calling, 'open alert', 'open alerts') : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Now: nothing down' : `Now: ${parts.join(', ')}`;
}
export const presentUnseen = 'Now: not seen';

export const play = 'Play';
export const pause = 'Pause';
export const keyHint = (what: string, key: string): string => `${what} (${key})`;
export const space = 'space';
export const speed = 'Speed';
/** `60×`. */
export const times = (speed: number): string => `${count(speed)}×`;
export const speedTitle = (speed: number): string => `${count(speed)} times as fast as it happened (- and +)`;
export const previous = 'Previous event';
export const next = 'Next event';
export const incidentsOnly = 'Incidents only';
export const incidentsOnlyTitle = 'Step from incident to incident and leave out everything else (i)';
export const noMore = { next: 'Nothing later is recorded.', previous: 'Nothing earlier is recorded.' };
export const waiting = 'Fetching the record …';
export const field = 'Date and time';
export const slider = 'Moment';
export const spans = 'Length of the slider';
export const span: Readonly<Record<Span, string>> = {
  '6h': '6 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  all: 'All',
};
export const legend = { incidents: 'Incidents', outages: 'Outages', changes: 'Other events' };
/** What a screen reader hears of the band. */
export const band = (incidents: number, outages: number, others: number): string =>
  `${plural(incidents, 'incident', 'incidents')}, ${plural(outages, 'outage', 'outages')}, ${plural(others, 'other event', 'other events')} on the slider`;

export const loading = 'Opening the record …';
export const failed = 'This moment cannot be shown:';
export const again = 'Try again';
export const before = {
  title: 'Before the record begins',
  sentence: (from: Instant): string =>
    `Nothing is known about this moment: the record begins at ${momentTime(from)}. Older history was never made, or was deleted when its time was over.`,
  go: 'Show the beginning',
  none: 'Nothing is recorded yet. The record begins with the first answer of Cloudflare.',
};
export const blindness = 'Tunnelwatch could not see this account at that moment.';

const KINDS: Readonly<Record<EventKind | 'incident-opened' | 'incident-resolved' | 'outage', string>> = {
  'incident-opened': 'Incident began',
  'incident-resolved': 'Incident over',
  outage: 'Outage began',
  'tunnel-appeared': 'Tunnel appeared',
  'tunnel-disappeared': 'Tunnel disappeared',
  'tunnel-renamed': 'Tunnel renamed',
  'tunnel-recreated': 'Tunnel recreated',
  'tunnel-unreadable': 'Tunnel could not be read',
  'tunnel-readable': 'Tunnel can be read again',
  'config-changed': 'Configuration changed',
  'psk-changed': 'New PSK',
  'bgp-detail': 'BGP session moved',
  blind: 'Blind from here',
  seeing: 'Seeing again',
  'health-blind': 'No health results from here',
  'health-seeing': 'Health results again',
  gap: 'Not observed for a while',
  'clock-jump': 'Clock of the host jumped',
  started: 'Tunnelwatch started',
  stopped: 'Tunnelwatch stopped',
  'store-degraded': 'History in memory only',
  'store-recovered': 'History on disk again',
  'rekey-dip': 'Rekey dip',
};
/** What happened at the moment that is shown: `Outage began: fra1-tun-a, and 11 more`. */
export function happened(marks: readonly PastMark[]): string {
  const [first] = marks;
  if (first === undefined) return '';
  const told = first.name === null ? KINDS[first.kind] : `${KINDS[first.kind]}: ${first.name}`;
  return marks.length === 1 ? told : `${told}, and ${count(marks.length - 1)} more`;
}
