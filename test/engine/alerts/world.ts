/**
 * A small world for the tests of alerting: tunnels, accounts and a store that a test sets as it likes, and two clocks.
 *
 *     const w = alertWorld(); const a = w.add({ name: 'ams1-a', site: 'ams1' });
 *     w.set(a, { bgp: 'down' }); w.list(); w.pass(30_000); w.list();   // each `list` is an answer
 *     w.observed() hands over what was touched since, for book.observe(…, w.world)
 */
import type { Moment, Observed, TunnelView, World } from '../../../src/engine/alerts/contract.ts';
import type {
  AccountId,
  AccountStatus,
  BgpStatus,
  BoardRow,
  EventDetail,
  EventKind,
  Fault,
  FaultKind,
  Finding,
  HistoryEvent,
  Instant,
  Lane,
  LaneValues,
  Millis,
  StoreStatus,
  TunnelId,
  TunnelKey,
} from '../../../src/shared/model.ts';
import { tunnelKey } from '../../../src/shared/model.ts';

export const START: Instant = Date.parse('2026-11-21T10:00:00Z');

/** What a test says of a tunnel; the rest is filled in with a healthy one. */
export interface TunnelWish {
  readonly name?: string;
  readonly account?: AccountId;
  readonly site?: string | null;
  readonly bgp?: LaneValues['bgp'];
  readonly health?: LaneValues['health'];
  readonly psk?: LaneValues['psk'];
  readonly config?: LaneValues['config'];
  readonly bgpStatus?: Partial<BgpStatus> | null;
  readonly cloudflareEndpoint?: string;
  readonly customerEndpoint?: string | null;
  readonly tags?: readonly string[];
  readonly idle?: boolean | null;
  readonly recovering?: boolean;
  readonly unreadable?: string | null;
  readonly pskGeneratedAt?: Instant | null;
  readonly findings?: readonly Finding[];
}

interface AccountState {
  name: string;
  listedAt: Millis | null;
  healthAt: Millis | null;
  blind: AccountStatus['blind'];
  failing: AccountStatus['failing'];
  healthBlind: AccountStatus['healthBlind'];
}

const id32 = (n: number): string => n.toString(16).padStart(32, '0');

/** The n-th account of a test world. */
export const testAccount = (n: number): AccountId => id32(0xacc0 + n) as AccountId;

/** A fault of that kind, in a plain sentence. */
export function testFault(kind: FaultKind, rest: Partial<Fault> = {}): Fault {
  return {
    kind,
    sentence: `A fault of the kind ${kind}.`,
    status: null,
    code: null,
    retryAfterMs: null,
    permission: null,
    cfRay: null,
    ...rest,
  };
}

export interface AlertWorld {
  readonly world: World;
  readonly moment: () => Moment;
  /** Both clocks go on. */
  pass(ms: Millis): void;
  /** The wall clock alone jumps. */
  jump(ms: Millis): void;
  /** A new tunnel; it is touched. */
  add(wish?: TunnelWish): TunnelKey;
  /** Other facts; lanes that change begin now. It is touched. */
  set(key: TunnelKey, wish: TunnelWish): void;
  remove(key: TunnelKey): void;
  row(key: TunnelKey): BoardRow;
  /** A good list or good health results arrive, of one account or of all. */
  list(account?: AccountId): void;
  health(account?: AccountId): void;
  /** Both. */
  answers(account?: AccountId): void;
  /** The sources fail; `null` mends them. */
  blind(fault: Fault | null, account?: AccountId): void;
  healthBlind(fault: Fault | null, account?: AccountId): void;
  store(status: Partial<StoreStatus>): void;
  event(kind: EventKind, key: TunnelKey | null, detail?: EventDetail): void;
  /** What happened since the last call. */
  observed(): Observed;
}

/** A world with one account (`testAccount(0)`) or more, healthy and just looked at. */
export function alertWorld({ accounts = 1, start = START, intervalMs = 30_000 } = {}): AlertWorld {
  let mono: Millis = 1_000_000;
  let offset = start - mono;
  let seq = 0;
  const tunnels = new Map<TunnelKey, TunnelView>();
  const states = new Map<AccountId, AccountState>();
  for (let i = 0; i < accounts; i++) {
    states.set(testAccount(i), {
      name: `Account ${i}`,
      listedAt: mono,
      healthAt: mono,
      blind: null,
      failing: null,
      healthBlind: null,
    });
  }
  let storeStatus: StoreStatus = { mode: 'disk', problem: null, path: '/data/history.db' };
  let touched = new Set<TunnelKey>();
  let removed = new Set<TunnelKey>();
  let events: HistoryEvent[] = [];
  const now = (): Instant => mono + offset;
  const healthIntervalMs = 2 * intervalMs;

  const status = (id: AccountId, state: AccountState): AccountStatus => ({
    id,
    name: state.name,
    phase: state.blind !== null ? 'blind' : state.listedAt === null ? 'starting' : 'seeing',
    blind: state.blind,
    failing: state.failing,
    healthBlind: state.healthBlind,
    listAgeMs: state.listedAt === null ? null : mono - state.listedAt,
    healthAgeMs: state.healthAt === null ? null : mono - state.healthAt,
    intervalMs,
    healthIntervalMs,
    staleAfterMs: 3 * intervalMs,
    healthStaleAfterMs: 3 * healthIntervalMs,
    nextPollInMs: 10_000,
    tunnels: tunnels.size,
    unreadable: [],
    budget: { used: 0, limit: 600, remainingSaid: null, blockedForMs: null },
  });

  const touch = (key: TunnelKey): void => {
    touched.add(key);
  };
  const selected = (account?: AccountId): [AccountId, AccountState][] =>
    [...states].filter(([id]) => account === undefined || id === account);

  const hear = (source: 'list' | 'health', account?: AccountId): void => {
    for (const [id, state] of selected(account)) {
      if (source === 'list') Object.assign(state, { listedAt: mono, blind: null, failing: null });
      else Object.assign(state, { healthAt: mono, healthBlind: null });
      for (const [key, view] of tunnels) {
        if (view.row.accountId === id) tunnels.set(key, { ...view, heard: { ...view.heard, [source]: mono } });
      }
    }
  };

  const bgpStatusOf = (bgp: LaneValues['bgp'], wish: TunnelWish['bgpStatus']): BgpStatus | null => {
    if (wish === null || bgp === 'unconfigured' || bgp === 'unreported' || bgp === 'unobserved') return null;
    const up = bgp === 'up';
    return {
      state: bgp,
      raw: `BGP_${bgp.toUpperCase()}`,
      tcpEstablished: up,
      bgpState: up ? 'Established' : bgp === 'down' ? 'Idle' : 'OpenSent',
      cfSpeakerIp: null,
      cfSpeakerPort: null,
      customerSpeakerIp: null,
      customerSpeakerPort: null,
      updatedAt: null,
      ...wish,
    };
  };

  const apply = (view: TunnelView, wish: TunnelWish): TunnelView => {
    const { row } = view;
    const lanes = { ...row.lanes };
    for (const lane of ['bgp', 'health', 'psk', 'config'] as const satisfies readonly Lane[]) {
      const value = wish[lane];
      if (value === undefined || value === lanes[lane].value) continue;
      Object.assign(lanes, { [lane]: { value, since: now(), exact: lanes[lane].value !== 'unobserved' } });
    }
    return {
      ...view,
      findings: wish.findings ?? view.findings,
      tags: wish.tags ?? view.tags,
      row: {
        ...row,
        name: wish.name ?? row.name,
        site: wish.site === undefined ? row.site : wish.site === null ? null : { name: wish.site, source: 'name' },
        cloudflareEndpoint: wish.cloudflareEndpoint ?? row.cloudflareEndpoint,
        customerEndpoint: wish.customerEndpoint === undefined ? row.customerEndpoint : wish.customerEndpoint,
        lanes,
        recovering: wish.recovering ?? row.recovering,
        idle: wish.idle === undefined ? row.idle : wish.idle,
        unreadable: wish.unreadable === undefined ? row.unreadable : wish.unreadable,
        pskGeneratedAt: wish.pskGeneratedAt === undefined ? row.pskGeneratedAt : wish.pskGeneratedAt,
        bgpStatus:
          wish.bgp === undefined && wish.bgpStatus === undefined
            ? row.bgpStatus
            : bgpStatusOf(lanes.bgp.value, wish.bgpStatus),
        healthShare: shareOf(lanes.health.value),
      },
    };
  };

  const fresh = (key: TunnelKey, id: TunnelId, accountId: AccountId, n: number): TunnelView => {
    const lane = <V>(value: V) => ({ value, since: now(), exact: true });
    return {
      row: {
        key,
        accountId,
        id,
        name: `tunnel-${n}`,
        description: null,
        site: null,
        cloudflareEndpoint: '203.0.113.1',
        customerEndpoint: `198.51.100.${n % 250}`,
        lanes: { bgp: lane('up'), health: lane('healthy'), psk: lane('fresh'), config: lane('ok') },
        severity: 'ok',
        recovering: false,
        bgpStatus: bgpStatusOf('up', undefined),
        healthShare: shareOf('healthy'),
        pskGeneratedAt: start - 24 * 3_600_000,
        idle: null,
        unreadable: null,
      },
      findings: [],
      modifiedAt: null,
      tags: [],
      heard: { list: states.get(accountId)?.listedAt ?? null, health: states.get(accountId)?.healthAt ?? null },
    };
  };

  return {
    world: {
      tunnel: (key) => tunnels.get(key) ?? null,
      tunnels: (accountId) => [...tunnels.values()].filter(({ row }) => row.accountId === accountId),
      accounts: () => [...states].map(([id, state]) => status(id, state)),
      store: () => storeStatus,
    },
    moment: () => ({ now: now(), mono }),
    pass(ms) {
      mono += ms;
    },
    jump(ms) {
      offset += ms;
    },
    add(wish = {}) {
      const accountId = wish.account ?? testAccount(0);
      seq += 1;
      const id = id32(0x70000 + seq) as TunnelId;
      const key = tunnelKey(accountId, id);
      tunnels.set(key, apply(fresh(key, id, accountId, seq), wish));
      touch(key);
      return key;
    },
    set(key, wish) {
      const view = tunnels.get(key);
      if (view === undefined) throw new Error(`no tunnel ${key}`);
      tunnels.set(key, apply(view, wish));
      touch(key);
    },
    remove(key) {
      tunnels.delete(key);
      touched.delete(key);
      removed.add(key);
    },
    row(key) {
      const view = tunnels.get(key);
      if (view === undefined) throw new Error(`no tunnel ${key}`);
      return view.row;
    },
    list: (account) => hear('list', account),
    health: (account) => hear('health', account),
    answers(account) {
      hear('list', account);
      hear('health', account);
    },
    blind(fault, account) {
      for (const [, state] of selected(account)) {
        const lost = fault === null ? null : { since: state.blind?.since ?? now(), fault };
        Object.assign(state, { blind: lost, failing: lost });
      }
    },
    healthBlind(fault, account) {
      for (const [, state] of selected(account)) {
        state.healthBlind = fault === null ? null : { since: state.healthBlind?.since ?? now(), fault };
      }
    },
    store(wish) {
      storeStatus = { ...storeStatus, ...wish };
    },
    event(kind, key, detail = {}) {
      seq += 1;
      events.push({
        at: now(),
        kind,
        accountId: key === null ? null : (key.split('/')[0] as AccountId),
        key,
        detail,
        seq,
      });
    },
    observed() {
      const observed: Observed = { moment: { now: now(), mono }, touched: [...touched], removed: [...removed], events };
      touched = new Set();
      removed = new Set();
      events = [];
      return observed;
    },
  };
}

function shareOf(health: LaneValues['health']): BoardRow['healthShare'] {
  if (health === 'healthy') return { healthy: 10, colos: 10, worst: null };
  if (health === 'degraded') return { healthy: 6, colos: 10, worst: 'Frankfurt' };
  return health === 'down' ? { healthy: 0, colos: 10, worst: 'Frankfurt' } : null;
}
