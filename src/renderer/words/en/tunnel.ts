import type { Availability, Instant, Lane, Millis } from '../../../shared/model.ts';
import type { Bar } from '../../charts/bars.ts';
import type { Range } from '../../charts/view.ts';
import type { Suspect } from '../../explain/scope.ts';
import { duration } from '../../format/duration.ts';
import { plural, share } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import * as lane from './lane.ts';

export const back = 'Board';
export const backTitle = 'Back to the board (Esc)';
export const previous = 'Previous tunnel (k)';
export const next = 'Next tunnel (j)';
export const loading = 'Reading this tunnel …';
export const failed = 'This tunnel could not be read.';
export const retry = 'Try again';
export const gone = {
  title: 'This tunnel is not on the board',
  sentence:
    'It was deleted or recreated under another id, its account is no longer watched, or the address is wrong. Its history stays as long as the retention says.',
};
export const nextStep = 'Next';
export const noSite = 'no site';
export const standbyTitle =
  'Nothing but health checks went through it in the last six hours. Cloudflare’s own alerts leave such a tunnel out.';

/** `Data 12 s old`, with health beside it when it differs. */
export function dataAge(listMs: Millis | null, healthMs: Millis | null, stale: boolean): string {
  const one = (what: string, ms: Millis | null): string =>
    ms === null ? `${what} not read yet` : `${what} ${duration(ms)} old`;
  return `${one('State', listMs)}, ${one('health', healthMs)}${stale ? ', stale' : ''}`;
}
export const lastKnown = 'last known';

export const suspect: Readonly<Record<Suspect | 'tunnelwatch', string>> = {
  customer: 'Looks like the customer side',
  carrier: 'Looks like the carrier',
  cloudflare: 'Looks like Cloudflare or the way there',
  tunnel: 'Looks like this tunnel alone',
  tunnelwatch: 'Our own sight, not the tunnel',
};

export const timeline = {
  title: 'Timeline',
  label: (name: string): string => `Timeline of ${name}. The same is in the table below it.`,
  keys: 'Drag to zoom, Ctrl and wheel, + and −, arrow keys to move, 0 for all.',
  ranges: 'Range',
  range: { '6h': '6 h', '24h': '24 h', '7d': '7 d', '30d': '30 d' } satisfies Record<Range, string>,
  rangeTitle: {
    '6h': 'Last 6 hours (1)',
    '24h': 'Last 24 hours (2)',
    '7d': 'Last 7 days (3)',
    '30d': 'Last 30 days (4)',
  } satisfies Record<Range, string>,
  zoomIn: 'Zoom in (+)',
  zoomOut: 'Zoom out (−)',
  reset: 'Show all of the range (0)',
  resetShort: 'All',
  asTable: 'As table',
  loading: 'Reading the history …',
  failed: 'The history could not be read.',
  empty: 'No history in this range yet. It grows from the first answer on.',
  lasts: 'now',
  dip: 'rekey dip',
  noRecord: (begins: Instant, now: Instant): string => `no record before ${shortTime(begins, now)}`,
  noRecordTitle: (of: Lane): string => `${lane.name(of)}: the record begins here`,
  columns: { lane: 'Lane', value: 'Value', from: 'From', to: 'To', length: 'Length' },
  caption: (range: Range): string =>
    `Intervals of the last ${range.replace('h', ' hours').replace('d', ' days')}, newest first`,
  more: (rest: number): string => `Show ${plural(rest, 'more interval', 'more intervals')}`,
} as const;

/** The word over a bar: the value, and how many intervals it stands for where they are too short to be told apart. */
export function barLabel(of: Lane, bar: Bar): string {
  const word = lane.value(of, bar.value);
  return bar.count > 1 ? `${word} · ${bar.count}×` : word;
}

/** What a bar says on hover. */
export interface BarWords {
  readonly title: string;
  readonly length: string;
  readonly note: string | null;
}

/** A bar's value, bounds and length in words; `note` where the value needs one. */
export function barWords(of: Lane, bar: Bar, now: Instant): BarWords {
  const length = duration((bar.ended ?? now) - bar.began);
  if (bar.count > 1) {
    return {
      title: `${lane.name(of)}: ${plural(bar.count, 'change', 'changes')}, worst ${lane.value(of, bar.value)}`,
      length: `within ${length}`,
      note: 'Zoom in to tell them apart.',
    };
  }
  return {
    title: `${lane.name(of)}: ${lane.value(of, bar.value)}`,
    length: bar.ended === null ? `for ${length} so far` : `for ${length}`,
    note:
      bar.value === 'unobserved' && of !== 'config'
        ? 'Tunnelwatch did not look; the tunnel may have been up or down.'
        : null,
  };
}

export const bgp = {
  title: 'BGP',
  cloudflare: 'Cloudflare’s speaker',
  customer: 'Customer’s speaker',
  asn: 'Customer AS',
  tcp: 'TCP',
  tcpUp: 'connected',
  tcpDown: 'not connected',
  said: (state: string, step: string | null): string =>
    `In Cloudflare’s words: ${state}${step === null ? '' : `, ${step}`}.`,
  updated: (when: string): string => `Its record is from ${when}; that time may move only when something changes.`,
  none: 'not reported',
} as const;

export const health = {
  title: 'Health by data centre',
  columns: { place: 'Data centre', state: 'State', score: 'Average', minute: 'Minute' },
  none: 'No data centre has reported in the last minutes.',
  caption: 'Health of this tunnel by data centre, worst first',
  word: { healthy: 'healthy', degraded: 'degraded', down: 'down' },
  scoreTitle: (samples: number): string =>
    `1 is healthy, 0.5 degraded, 0 down; the average of ${plural(samples, 'check', 'checks')} in the minute, not a loss rate`,
  showAll: (count: number): string => `Show all ${count}`,
  showFewer: 'Show fewer',
} as const;

export const psk = {
  title: 'Pre-shared key',
  generated: 'Generated',
  due: 'Due',
  never: 'not reported',
  policy: (text: string): string => `Policy: ${text}.`,
  bar: (age: string, policy: string): string => `Age of the PSK: ${age}; ${policy}`,
} as const;

export const availability = {
  title: 'Availability',
  window: { '24h': '24 h', '7d': '7 d', '30d': '30 d' },
  columns: { window: 'Window', share: 'Available', degraded: 'Degraded', down: 'Down', unseen: 'Not observed' },
  none: 'nothing to count',
  note: 'From health checks. Time not observed, without checks or without results is left out of the share.',
  failed: 'Availability could not be read.',
} as const;

/** `99.95%`, or that nothing could be counted. */
export function availableShare(one: Availability): string {
  return one.share === null ? availability.none : share(one.share);
}

/** A length in a table, a dash for nothing. */
export function span(ms: Millis): string {
  return ms <= 0 ? '–' : duration(ms);
}

/** Time that did not count: unobserved, and without a result when there was some. */
export function unseen(one: Availability): string {
  return one.uncountedMs > 0 ? `${span(one.unobservedMs)}, no result ${span(one.uncountedMs)}` : span(one.unobservedMs);
}

export const config = {
  title: 'Configuration',
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  notReported: 'not reported',
  derived: 'derived',
  derivedTitle: 'Not reported: worked out from the interface address.',
  on: 'on',
  off: 'off',
  set: 'set',
  notSet: 'not set',
  none: 'none',
  notConfigured: 'not configured',
  labels: {
    id: 'Tunnel id',
    description: 'Description',
    cloudflareEndpoint: 'Cloudflare endpoint',
    customerEndpoint: 'Customer endpoint',
    interfaceAddress: 'Interface address',
    customerSide: 'Customer side',
    interfaceAddress6: 'IPv6 interface address',
    customerSide6: 'IPv6 customer side',
    fqdn: 'FQDN identity',
    nullCipher: 'Null cipher',
    replay: 'Replay protection',
    returnRouting: 'Automatic return routing',
    checks: 'Health checks',
    rate: 'Check rate',
    type: 'Check type',
    direction: 'Check direction',
    target: 'Check target',
    bgp: 'BGP',
    asn: 'Customer AS',
    prefixes: 'Extra prefixes',
    md5: 'MD5 key',
    importFilter: 'Import filter',
    exportFilter: 'Export filter',
    created: 'Created',
    modified: 'Modified',
  },
  targetComputed: (address: string): string => `${address} (chosen by Cloudflare)`,
  targetUnknown: 'chosen by Cloudflare',
} as const;

export const log = {
  title: 'Events and changes',
  empty: 'Nothing on record yet.',
  failed: 'The events could not be read.',
  older: 'Show older',
  loading: 'Reading …',
} as const;

export const help = [
  ['1 2 3 4', 'Range of 6 h, 24 h, 7 d, 30 d'],
  ['+ − 0', 'Zoom the timeline in, out, to all of the range'],
  ['← →', 'Move the timeline'],
  ['j k', 'Next and previous tunnel of the board'],
  ['t', 'Timeline as table or chart'],
  ['Esc', 'Back to the board'],
] as const;
