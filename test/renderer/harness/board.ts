/**
 * A board for tests: any number of tunnels in every state, the same each time. The first rows are the troubled ones, by
 * name as well, so that a test can find them.
 */
import { NO_ALERTS } from '../../../src/shared/alerts.ts';
import type { BoardMessage } from '../../../src/shared/bridge.ts';
import type {
  AccountId,
  AccountStatus,
  BoardRow,
  EngineStatus,
  Instant,
  Interval,
  Lanes,
  LaneTrack,
  TunnelId,
  TunnelKey,
} from '../../../src/shared/model.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const ACME = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
export const GLOBEX = 'b4c1f0a2d3e4958671a2b3c4d5e6f708' as AccountId;

const PLACES = [
  'Frankfurt',
  'Ashburn',
  'Singapore',
  'São Paulo',
  'Warsaw',
  'Osaka',
  'Toronto',
  'Leeds',
  'Lagos',
  'Perth',
];
const CODES = ['fra', 'iad', 'sin', 'gru', 'waw', 'kix', 'yyz', 'lba', 'los', 'per'];
const ENDPOINTS = ['162.159.64.1', '162.159.65.1', '162.159.66.41', '172.64.241.5'];

type Bgp = Lanes['bgp']['value'];
type Health = Lanes['health']['value'];
type Psk = Lanes['psk']['value'];
interface Shape {
  readonly bgp: Bgp;
  readonly health: Health;
  readonly psk: Psk;
  readonly sinceMs: number;
  readonly share?: { readonly healthy: number; readonly colos: number; readonly worst: string | null } | null;
  readonly recovering?: boolean;
  readonly unreadable?: string;
  readonly exact?: boolean;
}

const GOOD: Shape = { bgp: 'up', health: 'healthy', psk: 'fresh', sinceMs: 3 * DAY + 4 * HOUR };
/** Every state once; after these the tunnels are well. */
export const SHAPES: readonly Shape[] = [
  { ...GOOD, bgp: 'down', health: 'down', sinceMs: 14 * MINUTE, share: { healthy: 0, colos: 14, worst: 'FRA' } },
  { ...GOOD, bgp: 'down', sinceMs: 3 * HOUR + 12 * MINUTE },
  { ...GOOD, bgp: 'establishing', sinceMs: 4 * MINUTE },
  { ...GOOD, health: 'degraded', sinceMs: 26 * MINUTE, share: { healthy: 9, colos: 14, worst: 'SIN' } },
  {
    ...GOOD,
    health: 'degraded',
    recovering: true,
    sinceMs: 11 * MINUTE,
    share: { healthy: 12, colos: 14, worst: 'GRU' },
  },
  { ...GOOD, bgp: 'unconfigured', health: 'down', sinceMs: 40 * SECOND, share: { healthy: 0, colos: 1, worst: 'WAW' } },
  { ...GOOD, bgp: 'unreported', health: 'nodata', share: null, sinceMs: DAY, exact: false },
  { ...GOOD, bgp: 'unknown', health: 'disabled', share: null, sinceMs: 2 * DAY },
  { ...GOOD, psk: 'stale' },
  { ...GOOD, psk: 'missing' },
  { ...GOOD, psk: 'due' },
  { ...GOOD, psk: 'aging' },
  { ...GOOD, bgp: 'unconfigured' },
  { ...GOOD, unreadable: 'interface_address is "10.0.0.1", expected a CIDR' },
  { ...GOOD, bgp: 'unobserved', health: 'unobserved', sinceMs: 2 * HOUR, share: null },
];
const PSK_DAYS: Readonly<Record<Psk, number | null>> = {
  fresh: 21,
  aging: 120,
  due: 200,
  stale: 412,
  missing: null,
  unobserved: 30,
};

/** The row of tunnel `index` at `now`. */
export function rowAt(index: number, now: Instant, shape: Shape = SHAPES[index] ?? GOOD): BoardRow {
  const accountId = index % 5 === 4 ? GLOBEX : ACME;
  const id = index.toString(16).padStart(32, '0') as TunnelId;
  const place = index % PLACES.length;
  const since = now - shape.sinceMs;
  const exact = shape.exact ?? true;
  const days = PSK_DAYS[shape.psk];
  const bad = shape.bgp === 'down' || shape.health === 'down' || shape.psk === 'stale' || shape.psk === 'missing';
  const late = shape.bgp === 'establishing' || shape.health === 'degraded' || shape.psk === 'due';
  const dark = shape.bgp === 'unreported' || shape.bgp === 'unknown' || shape.bgp === 'unobserved';
  return {
    key: `${accountId}/${id}` as TunnelKey,
    accountId,
    id,
    name: `${CODES[place]}-edge-${Math.floor(index / PLACES.length) + 1}-${index % 2 === 0 ? 'a' : 'b'}`,
    description: index % 3 === 0 ? `Primary, circuit ${4000 + index}` : null,
    site: index % 11 === 10 ? null : { name: `${PLACES[place]} ${Math.floor(index / 40) + 1}`, source: 'cloudflare' },
    cloudflareEndpoint: ENDPOINTS[index % ENDPOINTS.length] ?? '162.159.64.1',
    customerEndpoint: index % 7 === 6 ? null : `203.0.113.${(index % 250) + 1}`,
    lanes: {
      bgp: { value: shape.bgp, since, exact },
      health: { value: shape.health, since, exact },
      psk: { value: shape.psk, since: now - 10 * DAY, exact: true },
      config: { value: 'ok', since: now - 10 * DAY, exact: false },
    },
    severity: bad ? 'critical' : late ? 'warning' : dark ? 'unknown' : shape.psk === 'aging' ? 'info' : 'ok',
    recovering: shape.recovering ?? false,
    bgpStatus: null,
    healthShare: shape.share === undefined ? { healthy: 14, colos: 14, worst: null } : shape.share,
    pskGeneratedAt: days === null ? null : now - (days + (shape.psk === 'fresh' ? index % 60 : 0)) * DAY,
    idle: null,
    unreadable: shape.unreadable ?? null,
  };
}

/** An account that sees well. */
export function account(
  id: AccountId,
  name: string,
  tunnels: number,
  part: Partial<AccountStatus> = {},
): AccountStatus {
  return {
    id,
    name,
    phase: 'seeing',
    blind: null,
    failing: null,
    healthBlind: null,
    listAgeMs: 4 * SECOND,
    healthAgeMs: 31 * SECOND,
    intervalMs: 30 * SECOND,
    healthIntervalMs: 60 * SECOND,
    staleAfterMs: 90 * SECOND,
    healthStaleAfterMs: 180 * SECOND,
    nextPollInMs: 26 * SECOND,
    tunnels,
    unreadable: [],
    budget: { used: 42, limit: 600, remainingSaid: 1121, blockedForMs: null },
    ...part,
  };
}

export function status(
  now: Instant,
  accounts: readonly AccountStatus[],
  part: Partial<EngineStatus> = {},
): EngineStatus {
  return {
    version: '0.1.0',
    practice: false,
    startedAt: now - 9 * DAY,
    now,
    store: { mode: 'disk', problem: null, path: '/var/lib/tunnelwatch/history.db' },
    accounts,
    ...part,
  };
}

export const POLICY = { agingMs: 90 * DAY, dueMs: 180 * DAY, staleMs: 365 * DAY };

/** A board of `size` tunnels in two accounts. */
export function boardOf(size: number, now: Instant, part: Partial<EngineStatus> = {}): BoardMessage {
  const rows = Array.from({ length: size }, (_, index) => rowAt(index, now));
  const globex = rows.filter(({ accountId }) => accountId === GLOBEX).length;
  const accounts = [account(ACME, 'Acme', size - globex), account(GLOBEX, 'Globex Europe', globex)];
  return { type: 'board', status: status(now, accounts, part), policy: POLICY, rows, alerts: NO_ALERTS };
}

/** A made-up last day of some tunnels: rekey dips, an outage, an hour that nobody looked. */
export function tracksOf(keys: readonly TunnelKey[], rows: readonly BoardRow[], now: Instant): readonly LaneTrack[] {
  return keys.flatMap((key) => {
    const row = rows.find((candidate) => candidate.key === key);
    if (row === undefined) return [];
    const seed = Number.parseInt(row.id, 16);
    return (['bgp', 'health'] as const).map((lane) => {
      const good = lane === 'bgp' ? 'up' : 'healthy';
      const { value, since } = row.lanes[lane];
      const start = now - 26 * HOUR + (seed % 9 === 8 ? 6 * HOUR : 0);
      const outage = now - 20 * HOUR + ((seed * 37) % 600) * MINUTE;
      const nap = now - 8 * HOUR;
      const intervals: Interval[] = [];
      const add = (from: Instant, to: Instant | null, what: Interval['value']): void => {
        if (to === null || to > from) intervals.push({ from, to, value: what });
      };
      const steady = value === 'unconfigured' || value === 'disabled' || value === 'nodata' || value === 'unreported';
      if (steady) {
        add(start, null, value);
        return { key, lane, intervals };
      }
      add(start, outage, good);
      add(outage, outage + (2 + (seed % 40)) * MINUTE, lane === 'bgp' ? (seed % 3 === 0 ? 'down' : good) : 'degraded');
      add(outage + (2 + (seed % 40)) * MINUTE, Math.max(nap, outage + 42 * MINUTE), good);
      add(Math.max(nap, outage + 42 * MINUTE), nap + HOUR, 'unobserved');
      add(nap + HOUR, Math.max(since, nap + HOUR), good);
      add(Math.max(since, nap + HOUR), null, value);
      return { key, lane, intervals };
    });
  });
}
