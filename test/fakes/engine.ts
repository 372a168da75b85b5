/**
 * An engine that behaves like the real one towards hosts: a board, announcements, a small history. Tests move it by
 * hand. Nothing is polled.
 */

import { NO_DESKS } from '../../src/engine/bridge/desk-calls.ts';
import type { Engine } from '../../src/engine/contract.ts';
import type { HistoryReader } from '../../src/engine/history/contract.ts';
import { NOTHING_KNOWN } from '../../src/engine/lint/contract.ts';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import type { BoardMessage, DeltaMessage, PulseMessage } from '../../src/shared/bridge.ts';
import {
  type AccountId,
  type AccountStatus,
  type BoardRow,
  type Fault,
  type HistoryEvent,
  type LaneState,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../src/shared/model.ts';

export const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const START = Date.parse('2026-11-21T10:00:00Z');

export interface FakeEngine extends Engine {
  readonly calls: readonly string[];
  readonly stopped: boolean;
  readonly subscribers: number;
  /** Changes the BGP lane of a tunnel and announces it. */
  setBgp(index: number, value: 'up' | 'down'): void;
  /** The account goes blind, or sees again. */
  blind(fault: Fault | null): void;
  /** Sets the age of the last good list. */
  age(ms: number): void;
  pulse(): void;
  announce(message: DeltaMessage | PulseMessage): void;
}

export interface FakeEngineOptions {
  readonly tunnels?: number;
  readonly accounts?: number;
  readonly practice?: boolean;
  /** Makes every `tunnel` call throw, as a bug would. */
  readonly broken?: boolean;
}

export const badToken: Fault = {
  kind: 'bad-token',
  sentence: 'The token was refused.',
  status: 401,
  code: 10000,
  retryAfterMs: null,
  permission: null,
  cfRay: null,
};

export function fakeRow(accountId: AccountId, index: number): BoardRow {
  const id = index.toString(16).padStart(32, '0') as TunnelId;
  const state = <L extends 'bgp' | 'health' | 'psk' | 'config'>(value: LaneState<L>['value']): LaneState<L> => ({
    value,
    since: START - 3_600_000,
    exact: true,
  });
  return {
    key: tunnelKey(accountId, id),
    accountId,
    id,
    name: `site-${Math.floor(index / 2)}-${index % 2 === 0 ? 'a' : 'b'}`,
    description: null,
    site: { name: `site-${Math.floor(index / 2)}`, source: 'name' },
    cloudflareEndpoint: '203.0.113.1',
    customerEndpoint: '192.0.2.1',
    lanes: {
      bgp: state<'bgp'>('up'),
      health: state<'health'>('healthy'),
      psk: state<'psk'>('fresh'),
      config: state<'config'>('ok'),
    },
    severity: 'ok',
    recovering: false,
    bgpStatus: null,
    healthShare: { healthy: 8, colos: 8, worst: null },
    pskGeneratedAt: START - 86_400_000,
    idle: null,
    unreadable: null,
  };
}

function accountStatus(id: AccountId, tunnels: number, ageMs: number, blind: Fault | null): AccountStatus {
  return {
    id,
    name: `Account ${id.slice(0, 4)}`,
    phase: blind === null ? 'seeing' : 'blind',
    blind: blind === null ? null : { since: START, fault: blind },
    failing: blind === null ? null : { since: START, fault: blind },
    healthBlind: null,
    listAgeMs: ageMs,
    healthAgeMs: ageMs,
    intervalMs: 30_000,
    healthIntervalMs: 60_000,
    staleAfterMs: 90_000,
    healthStaleAfterMs: 180_000,
    nextPollInMs: 10_000,
    tunnels,
    unreadable: [],
    budget: { used: 10, limit: 600, remainingSaid: null, blockedForMs: null },
  };
}

export function fakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const accounts = Array.from(
    { length: options.accounts ?? 1 },
    (_, i) => (i === 0 ? ACCOUNT : i.toString(16).padStart(32, 'a')) as AccountId,
  );
  const rows = new Map<TunnelKey, BoardRow>();
  const listeners = new Set<(message: DeltaMessage | PulseMessage) => void>();
  const calls: string[] = [];
  const events: HistoryEvent[] = [];
  let blind: Fault | null = null;
  let ageMs = 1_000;
  let stopped = false;
  for (const account of accounts) {
    for (let i = 0; i < (options.tunnels ?? 4); i++) {
      const row = fakeRow(account, i);
      rows.set(row.key, row);
    }
  }

  const history: HistoryReader = {
    lanes: ({ keys, lanes, from }) =>
      keys.flatMap((key) =>
        lanes.map((lane) => {
          const state = rows.get(key)?.lanes[lane];
          return { key, lane, intervals: state === undefined ? [] : [{ from, to: null, value: state.value }] };
        }),
      ),
    events: ({ limit }) => events.slice(-limit).reverse(),
    changes: (key, from, limit) =>
      [{ at: from, key, lane: 'bgp' as const, from: null, to: 'up' as const }].slice(0, limit),
    availability: () =>
      (['24h', '7d', '30d'] as const).map((window) => ({
        window,
        upMs: 1,
        degradedMs: 0,
        downMs: 0,
        uncountedMs: 0,
        unobservedMs: 0,
        share: 1,
      })),
    rollups: () => [],
    configs: () => [],
  };

  const status = (): BoardMessage['status'] => ({
    version: '0.0.0-test',
    practice: options.practice ?? false,
    startedAt: START,
    now: START,
    store: { mode: 'memory', problem: null, path: null },
    accounts: accounts.map((id) => accountStatus(id, options.tunnels ?? 4, ageMs, blind)),
  });
  const announce = (message: DeltaMessage | PulseMessage): void => {
    for (const listener of listeners) listener(message);
  };
  const delta = (changed: readonly BoardRow[], changes: DeltaMessage['changes']): void =>
    announce({ type: 'delta', status: status(), rows: changed, removed: [], changes, events: [], alerts: null });

  return {
    history,
    calls,
    alerts: null,
    desks: NO_DESKS,
    lint: { view: () => [], rewaived: () => undefined, whatIf: () => null, known: () => NOTHING_KNOWN },
    get stopped() {
      return stopped;
    },
    get subscribers() {
      return listeners.size;
    },
    start() {
      calls.push('start');
    },
    async stop() {
      calls.push('stop');
      stopped = true;
      listeners.clear();
    },
    wake() {
      calls.push('wake');
    },
    pause(forMs) {
      calls.push(`pause ${forMs}`);
    },
    resume() {
      calls.push('resume');
    },
    board: () => ({
      type: 'board',
      status: status(),
      policy: { agingMs: 90 * 86_400_000, dueMs: 180 * 86_400_000, staleMs: 365 * 86_400_000 },
      rows: [...rows.values()],
      alerts: NO_ALERTS,
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tunnel(key) {
      if (options.broken === true) throw new Error('a bug of the engine');
      const row = rows.get(key);
      if (row === undefined) return null;
      const { accountId, id, name, description, cloudflareEndpoint, customerEndpoint, bgpStatus, pskGeneratedAt } = row;
      return {
        row,
        tunnel: {
          key,
          accountId,
          id,
          name,
          description,
          cloudflareEndpoint,
          customerEndpoint,
          interfaceAddress: '10.0.0.1/31',
          interfaceAddress6: null,
          allowNullCipher: null,
          automaticReturnRouting: null,
          replayProtection: null,
          bgp: null,
          bgpStatus,
          fqdnId: null,
          healthCheck: null,
          pskGeneratedAt,
          createdAt: null,
          modifiedAt: null,
        },
        colos: [],
        findings: [],
      };
    },
    watch: (key) => calls.push(`watch ${key}`),
    pollNow: (accountId) => calls.push(`pollNow ${accountId}`),
    setBgp(index, value) {
      const row = [...rows.values()][index];
      if (row === undefined) throw new Error('no such row');
      const next: BoardRow = {
        ...row,
        severity: value === 'up' ? 'ok' : 'critical',
        lanes: { ...row.lanes, bgp: { value, since: START, exact: true } },
      };
      rows.set(row.key, next);
      delta([next], [{ at: START, key: row.key, lane: 'bgp', from: row.lanes.bgp.value, to: value }]);
    },
    blind(fault) {
      blind = fault;
      delta([], []);
    },
    age(ms) {
      ageMs = ms;
    },
    pulse: () => announce({ type: 'pulse', status: status() }),
    announce,
  };
}
