/** Tunnels, lanes, events and replies made up for the tests of the tunnel view and the PSK board. */
import type { CallName } from '../../src/shared/bridge.ts';
import type {
  AccountId,
  Availability,
  BgpStatus,
  BoardRow,
  ColoHealth,
  Finding,
  HistoryEvent,
  Interval,
  LaneState,
  Lanes,
  LaneTrack,
  PskPolicy,
  StateChange,
  Tunnel,
  TunnelDetail,
  TunnelId,
} from '../../src/shared/model.ts';
import { tunnelKey } from '../../src/shared/model.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Tuesday at noon, UTC. */
export const NOW = Date.UTC(2026, 9, 20, 12, 0, 0);
export const POLICY: PskPolicy = { agingMs: 90 * DAY, dueMs: 180 * DAY, staleMs: 365 * DAY };
export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;

export const COLOS = [
  ['FRA', 'Frankfurt'],
  ['LHR', 'London'],
  ['AMS', 'Amsterdam'],
  ['CDG', 'Paris'],
  ['MAD', 'Madrid'],
  ['ARN', 'Stockholm'],
  ['WAW', 'Warsaw'],
  ['IAD', 'Ashburn'],
  ['ORD', 'Chicago'],
  ['LAX', 'Los Angeles'],
  ['NRT', 'Tokyo'],
  ['SIN', 'Singapore'],
  ['SYD', 'Sydney'],
  ['GRU', 'São Paulo'],
] as const;

/** Fourteen data centres; those of `states` differ from healthy. */
export function colos(states: Readonly<Record<string, number>> = {}, minute = NOW - MINUTE): readonly ColoHealth[] {
  return COLOS.map(([code, name]) => ({ code, name, state: states[code] ?? states['*'] ?? 1, samples: 12, minute }));
}

export function lanes(values: Partial<Lanes> = {}): Lanes {
  const since = NOW - 3 * DAY;
  return {
    bgp: { value: 'up', since, exact: true },
    health: { value: 'healthy', since, exact: true },
    psk: { value: 'fresh', since: NOW - 34 * DAY, exact: true },
    config: { value: 'ok', since, exact: true },
    ...values,
  };
}

export function lane<V extends LaneState['value']>(
  value: V,
  since = NOW - 14 * MINUTE,
  exact = true,
): { value: V; since: number; exact: boolean } {
  return { value, since, exact };
}

export function bgpStatus(values: Partial<BgpStatus> = {}): BgpStatus {
  return {
    state: 'up',
    raw: 'BGP_UP',
    tcpEstablished: true,
    bgpState: 'Established',
    cfSpeakerIp: '10.252.2.26',
    cfSpeakerPort: 179,
    customerSpeakerIp: '10.252.2.27',
    customerSpeakerPort: 41_822,
    updatedAt: NOW - 3 * DAY,
    ...values,
  };
}

export function tunnel(values: Partial<Tunnel> = {}): Tunnel {
  const id = values.id ?? ('a1' as TunnelId);
  return {
    key: tunnelKey(ACCOUNT, id),
    accountId: ACCOUNT,
    id,
    name: 'lyon-1',
    description: 'Line 4711 of Orange, rack 3',
    cloudflareEndpoint: '203.0.113.1',
    customerEndpoint: '198.51.100.7',
    interfaceAddress: '10.252.2.26/31',
    interfaceAddress6: null,
    allowNullCipher: null,
    automaticReturnRouting: false,
    replayProtection: false,
    bgp: {
      customerAsn: 65_010,
      extraPrefixes: ['10.4.0.0/16'],
      md5KeySet: true,
      importFilterId: null,
      exportFilterId: null,
    },
    bgpStatus: bgpStatus(),
    fqdnId: null,
    healthCheck: {
      enabled: true,
      rate: 'mid',
      type: 'request',
      direction: null,
      target: { saved: '', effective: '198.51.100.7' },
    },
    pskGeneratedAt: NOW - 34 * DAY,
    createdAt: NOW - 400 * DAY,
    modifiedAt: NOW - 2 * DAY,
    ...values,
  };
}

export function rowFor(one: Tunnel, values: Partial<BoardRow> = {}): BoardRow {
  return {
    key: one.key,
    accountId: one.accountId,
    id: one.id,
    name: one.name,
    description: one.description,
    site: { name: 'Lyon', source: 'cloudflare' },
    cloudflareEndpoint: one.cloudflareEndpoint,
    customerEndpoint: one.customerEndpoint,
    lanes: lanes(),
    severity: 'ok',
    recovering: false,
    bgpStatus: one.bgpStatus,
    healthShare: { healthy: 14, colos: 14, worst: null },
    pskGeneratedAt: one.pskGeneratedAt,
    idle: null,
    unreadable: null,
    ...values,
  };
}

/** A tunnel with everything about it; by default all is well. */
export function detail(
  values: {
    readonly findings?: readonly Finding[];
    readonly tunnel?: Partial<Tunnel>;
    readonly row?: Partial<BoardRow>;
    readonly colos?: readonly ColoHealth[];
  } = {},
): TunnelDetail {
  const one = tunnel(values.tunnel);
  return { row: rowFor(one, values.row), tunnel: one, colos: values.colos ?? colos(), findings: values.findings ?? [] };
}

/** A second tunnel of the board, by default the working other half of Lyon. */
export function neighbour(name: string, values: Partial<BoardRow> = {}): BoardRow {
  return rowFor(tunnel({ id: name as TunnelId, name }), {
    cloudflareEndpoint: '203.0.113.2',
    customerEndpoint: '198.51.100.8',
    ...values,
  });
}

type Steps<V> = readonly (readonly [from: number, value: V])[];

/** Intervals that follow each other; the last one still lasts. */
export function intervals<V extends Interval['value']>(steps: Steps<V>): readonly Interval[] {
  return steps.map(([from, value], i) => ({ from, to: steps[i + 1]?.[0] ?? null, value }));
}

/** A month of a tunnel that has seen things, ending in an outage that began 14 minutes ago. */
export function eventfulLanes(key = tunnel().key): readonly LaneTrack[] {
  const flap = Array.from(
    { length: 24 },
    (_, i) => [NOW - 20 * HOUR + i * 4 * MINUTE, i % 2 ? 'healthy' : 'down'] as const,
  );
  return [
    {
      key,
      lane: 'bgp',
      intervals: intervals([
        [NOW - 40 * DAY, 'up'],
        [NOW - 12 * DAY, 'down'],
        [NOW - 12 * DAY + 2 * HOUR, 'establishing'],
        [NOW - 12 * DAY + 3 * HOUR, 'up'],
        [NOW - 9 * HOUR, 'unobserved'],
        [NOW - 7 * HOUR, 'up'],
        [NOW - 4 * HOUR, 'establishing'],
        [NOW - 3.5 * HOUR, 'up'],
        [NOW - 14 * MINUTE, 'down'],
      ]),
    },
    {
      key,
      lane: 'health',
      intervals: intervals([
        [NOW - 40 * DAY, 'healthy'],
        [NOW - 12 * DAY, 'down'],
        [NOW - 12 * DAY + 2 * HOUR, 'degraded'],
        [NOW - 12 * DAY + 2.5 * HOUR, 'healthy'],
        [NOW - 5 * DAY, 'nodata'],
        [NOW - 4.5 * DAY, 'healthy'],
        ...flap,
        [NOW - 9 * HOUR, 'unobserved'],
        [NOW - 7 * HOUR, 'healthy'],
        [NOW - 2 * HOUR, 'degraded'],
        [NOW - 95 * MINUTE, 'healthy'],
        [NOW - 14 * MINUTE, 'down'],
      ]),
    },
    {
      key,
      lane: 'psk',
      intervals: intervals([
        [NOW - 190 * DAY, 'aging'],
        [NOW - 20 * DAY, 'due'],
        [NOW - 6 * DAY, 'fresh'],
      ]),
    },
    {
      key,
      lane: 'config',
      intervals: intervals([
        [NOW - 40 * DAY, 'ok'],
        [NOW - 2 * DAY, 'warning'],
        [NOW - 9 * HOUR, 'unobserved'],
        [NOW - 7 * HOUR, 'warning'],
      ]),
    },
  ];
}

/** Events of the same month, newest first. */
export function events(key = tunnel().key): readonly HistoryEvent[] {
  const of = (seq: number, at: number, kind: HistoryEvent['kind'], facts: HistoryEvent['detail']): HistoryEvent => ({
    seq,
    at,
    kind,
    accountId: ACCOUNT,
    key,
    detail: facts,
  });
  return [
    of(90, NOW - 13 * MINUTE, 'bgp-detail', { tcpEstablished: false, bgpState: 'Active' }),
    of(80, NOW - 3 * HOUR, 'config-changed', {
      fields: 'healthCheck.type',
      modifiedAt: NOW - 3 * HOUR,
      'healthCheck.type': 'reply -> request',
    }),
    of(70, NOW - 7 * HOUR, 'tunnel-readable', { name: 'lyon-1' }),
    of(60, NOW - 2 * DAY, 'config-changed', {
      fields: 'replayProtection, bgp.md5KeySet',
      modifiedAt: NOW - 2 * DAY,
      replayProtection: 'true -> false',
      'bgp.md5KeySet': 'false -> true',
    }),
    of(50, NOW - 6 * DAY, 'psk-changed', { from: NOW - 210 * DAY, to: NOW - 6 * DAY }),
    of(40, NOW - 15 * DAY, 'tunnel-renamed', { from: 'lyon-old', to: 'lyon-1' }),
    of(30, NOW - 25 * DAY, 'tunnel-recreated', { name: 'lyon-old', oldId: 'c9d1e2f3', newId: 'a1' }),
  ];
}

/** The changes that the lanes above imply, newest first. */
export function changesOf(tracks: readonly LaneTrack[]): readonly StateChange[] {
  const list = tracks.flatMap(({ key, lane: of, intervals: all }) =>
    all.map((one, i): StateChange => ({ at: one.from, key, lane: of, from: all[i - 1]?.value ?? null, to: one.value })),
  );
  return list.sort((a, b) => b.at - a.at);
}

/** Health over the three windows, with time that nobody looked. */
export const AVAILABILITY: readonly Availability[] = [
  {
    window: '24h',
    upMs: 19.6 * HOUR,
    degradedMs: 25 * MINUTE,
    downMs: 62 * MINUTE,
    uncountedMs: 0,
    unobservedMs: 2 * HOUR,
    share: 0.9312,
  },
  {
    window: '7d',
    upMs: 6.2 * DAY,
    degradedMs: 25 * MINUTE,
    downMs: 62 * MINUTE,
    uncountedMs: 12 * HOUR,
    unobservedMs: 2 * HOUR,
    share: 0.99304,
  },
  {
    window: '30d',
    upMs: 29 * DAY,
    degradedMs: 55 * MINUTE,
    downMs: 3 * HOUR,
    uncountedMs: 12 * HOUR,
    unobservedMs: 2 * HOUR,
    share: 0.99991,
  },
];

/** Answers the calls of the tunnel page as a host would. */
export function hostOf(
  one: TunnelDetail | null,
  parts: { readonly lanes?: readonly LaneTrack[]; readonly events?: readonly HistoryEvent[] } = {},
): (name: CallName, args: Readonly<Record<string, unknown>>) => unknown {
  const tracks = parts.lanes ?? eventfulLanes();
  const all = parts.events ?? events();
  return (name, args) => {
    switch (name) {
      case 'tunnel':
        return { ok: true, value: one };
      case 'lanes':
        return { ok: true, value: tracks };
      case 'events': {
        const before = typeof args.before === 'number' ? args.before : Number.POSITIVE_INFINITY;
        return { ok: true, value: all.filter(({ seq }) => seq < before).slice(0, Number(args.limit)) };
      }
      case 'changes':
        return { ok: true, value: changesOf(tracks).slice(0, Number(args.limit)) };
      case 'availability':
        return { ok: true, value: AVAILABILITY };
      default:
        return { ok: true, value: null };
    }
  };
}
