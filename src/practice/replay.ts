/**
 * Makes a past: the real engine, on a virtual clock, over the simulator in the same process, writes a history as if it
 * had run all the time. What practice mode shows of last week is what the engine would have recorded.
 */
import type { Alerting } from '../engine/alerts/contract.ts';
import type { Clock } from '../engine/clock.ts';
import { createCloudflareClient } from '../engine/cloudflare/client.ts';
import type { Answer, CloudflareReader } from '../engine/cloudflare/contract.ts';
import type { EngineAccount } from '../engine/contract.ts';
import { memoryCredential } from '../engine/credentials/source.ts';
import { createEngine } from '../engine/engine.ts';
import type { History } from '../engine/history/contract.ts';
import type { Ledger } from '../engine/ledger/contract.ts';
import { type VirtualClock, virtualClock } from '../engine/virtual-clock.ts';
import type { Instant, Millis, PskPolicy, Tunnel } from '../shared/model.ts';
import { createSimulator, type SimulatorOptions } from '../simulator/index.ts';
import { lazyHistory } from './lazy-history.ts';

const DAY_MS: Millis = 86_400_000;

export const PRACTICE_POLICY: PskPolicy = { agingMs: 90 * DAY_MS, dueMs: 180 * DAY_MS, staleMs: 365 * DAY_MS };

/** Rounds of the replay: half as often as usual, which no chart of a week can show. */
const LIST_ROUND_MS: Millis = 60_000;
const HEALTH_ROUND_MS: Millis = 300_000;

export interface ReplayOptions {
  /** The world to live through; its origin is the present, `to`. */
  readonly world: Omit<SimulatorOptions, 'clock' | 'origin'>;
  readonly origin: Instant;
  readonly from: Instant;
  /** Read again at the end: the replay itself takes time, and ends in the present. */
  readonly to: () => Instant;
  /** Opens the history on the clock of the replay. It is closed at the end. */
  readonly openHistory: (clock: Clock) => History;
  /** The same for alerting; without it nothing is alerted on. */
  readonly openAlerting?: (clock: Clock) => Alerting;
  /** Where findings are noted as they are first seen; without it nothing is. */
  readonly openLedger?: (clock: Clock) => Ledger;
  readonly version: string;
  readonly random: () => number;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal | null;
}

/**
 * A client for the past. Reading troubled tunnels each 10 s sharpens the present; over a week it would be nine tenths of
 * the work for seconds that no chart of a week can show. And no row comes late to the past, so none is read twice.
 */
function clientForThePast(client: CloudflareReader): CloudflareReader {
  const readTo = new Map<string, Instant>();
  const calledOff: Answer<Tunnel> = {
    ok: false,
    error: {
      kind: 'aborted',
      sentence: 'The replay reads lists and health alone.',
      status: null,
      code: null,
      retryAfterMs: null,
      permission: null,
      cfRay: null,
    },
    meta: { requests: 0, rate: null, cfRay: null, bytes: 0 },
  };
  return {
    listTunnels: (accountId, signal) => client.listTunnels(accountId, signal),
    async tunnelHealth(accountId, { from, to }, signal) {
      const answer = await client.tunnelHealth(
        accountId,
        { from: Math.max(from, readTo.get(accountId) ?? from), to },
        signal,
      );
      if (answer.ok) readTo.set(accountId, to);
      return answer;
    },
    tunnelTraffic: (accountId, window, signal) => client.tunnelTraffic(accountId, window, signal),
    getTunnel: async () => calledOff,
  };
}

/**
 * Lets everything that is under way come to its end: the simulator answers in microtasks, and ticks wait until no
 * microtask is left. What hangs waits for time itself, so nobody may wait for it here.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/**
 * Lets the rest of the process have its turn: signals, sockets, the progress bar. Ticks settle nothing when they are
 * asked for outside of a microtask, so every slice begins with this.
 */
function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Jitter waits for parts of milliseconds; wall clocks know none, and neither should the records. */
function wholeMillis(clock: VirtualClock): VirtualClock {
  return { ...clock, after: (delay, task) => clock.after(Math.ceil(delay), task) };
}

/** Lives through the time from `from` to the present. Resolves to false when it was called off. */
export async function replay(options: ReplayOptions): Promise<boolean> {
  const { from, version } = options;
  const clock = wholeMillis(virtualClock(from));
  const simulator = createSimulator({ ...options.world, clock, origin: options.origin });
  const transport = simulator.transport();
  const accounts = simulator.accounts.map((account): EngineAccount => {
    const credentials = memoryCredential(account.readToken);
    return {
      id: account.id,
      name: account.name,
      client: clientForThePast(
        createCloudflareClient({
          apiBase: 'http://127.0.0.1/client/v4',
          credentials,
          transport,
          userAgent: `tunnelwatch/${version}`,
          clock,
        }),
      ),
      budgetKey: credentials.budgetKey,
      intervalMs: LIST_ROUND_MS,
      healthIntervalMs: HEALTH_ROUND_MS,
    };
  });
  const history = lazyHistory(options.openHistory(clock));
  const ledger = options.openLedger?.(clock);
  const engine = createEngine({
    accounts,
    clock,
    history,
    policy: PRACTICE_POLICY,
    version,
    practice: true,
    random: options.random,
    ...(options.openAlerting !== undefined && { alerting: options.openAlerting(clock) }),
    ...(ledger !== undefined && { ledger }),
  });
  engine.start();
  try {
    return await liveThrough(options, clock);
  } finally {
    await engine.stop();
    ledger?.close();
    await transport.close();
  }
}

/** An hour at a time, with a breath between, so that the host goes on answering. */
const SLICE_MS: Millis = 3_600_000;

async function liveThrough(options: ReplayOptions, clock: VirtualClock): Promise<boolean> {
  const { from, to, onProgress, signal } = options;
  for (;;) {
    await breath();
    if (signal?.aborted === true) return false;
    const left = to() - clock.now();
    onProgress((clock.now() - from) / (to() - from));
    if (left < 1_000) break;
    await clock.advance(Math.min(left, SLICE_MS), settled);
  }
  onProgress(1);
  return true;
}
