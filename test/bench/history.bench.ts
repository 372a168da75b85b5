/**
 * The history at one million changes: how fast a view reads a tunnel, and what a tunnel costs on disk in a year.
 * Everything goes through `openHistory` and onto a real file.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { History, RecordBatch } from '../../src/engine/history/contract.ts';
import { openHistory } from '../../src/engine/history/open-history.ts';
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import {
  type AccountId,
  type Lane,
  type LaneValue,
  type StateChange,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../src/shared/model.ts';
import type { Bench } from './run.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2025, 0, 1);
const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const EMPTY: RecordBatch = { changes: [], events: [], gaps: [], configs: [], identities: [], looked: [] };
const KEEP_ALL = { changesMs: 10 * 365 * DAY, rollupsMs: 10 * 365 * DAY };

const settled = async (): Promise<void> => {};
const say = (text: string): boolean => process.stderr.write(`history: ${text}\n`);

/** A small linear congruential generator: the same figures each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const keyOf = (index: number): TunnelKey =>
  tunnelKey(ACCOUNT, `${index.toString(16).padStart(8, '0')}cafe4a5f81e2d7bb90c4e6a1` as TunnelId);

/** Changes as real tunnels make them: mostly short dips of health, some of BGP, now and then the slow lanes. */
class Fleet {
  readonly #next = random(42);
  readonly #now = new Map<string, LaneValue>();

  change(key: TunnelKey, at: number): StateChange {
    const dice = this.#next();
    const lane: Lane = dice < 0.6 ? 'health' : dice < 0.98 ? 'bgp' : dice < 0.99 ? 'config' : 'psk';
    const words: Record<Lane, readonly [LaneValue, ...LaneValue[]]> = {
      health: ['healthy', 'degraded', 'down'],
      bgp: ['up', 'establishing', 'down'],
      config: ['ok', 'warning'],
      psk: ['fresh', 'aging'],
    };
    const from = this.#now.get(`${key} ${lane}`) ?? null;
    const good = words[lane][0];
    const to = from === good ? (words[lane][1 + Math.floor(this.#next() * (words[lane].length - 1))] ?? good) : good;
    this.#now.set(`${key} ${lane}`, to);
    return { at, key, lane, from, to };
  }

  pick(count: number): number {
    return Math.floor(this.#next() * count);
  }
}

async function withHistory<T>(work: (history: History, clock: VirtualClock, path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-bench-'));
  const clock = virtualClock(START);
  const path = join(folder, 'history.db');
  try {
    const opened = openHistory({ path, retention: KEEP_ALL, clock });
    if (!opened.ok) throw new Error(opened.error.sentence);
    return await work(opened.value, clock, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One million changes of 1,000 tunnels over 50 days (20 a day each), a gap each night, then reads of one tunnel. */
async function ranges(): Promise<Record<string, number>> {
  const [tunnels, days, perRound] = [1_000, 50, 5_000];
  return withHistory(async (history, clock) => {
    const fleet = new Fleet();
    const rounds = 1_000_000 / perRound;
    const pause = (days * DAY) / rounds;
    const began = performance.now();
    for (let round = 0; round < rounds; round += 1) {
      await clock.advance(pause, settled);
      const changes = Array.from({ length: perRound }, () => fleet.change(keyOf(fleet.pick(tunnels)), clock.now()));
      const night = round % (rounds / days) === 0;
      const gaps = night
        ? [{ accountId: ACCOUNT, source: 'health', from: clock.now() - HOUR, to: clock.now() } as const]
        : [];
      history.record({ ...EMPTY, changes, gaps });
      if (round % 40 === 0) say(`${round * perRound} changes written`);
    }
    const seconds = (performance.now() - began) / 1_000;
    say(`1000000 changes in ${seconds.toFixed(1)} s`);
    const single = timed(3_000, () => {
      const length = [DAY, 7 * DAY, 30 * DAY][fleet.pick(3)] ?? DAY;
      const to = clock.now() - fleet.pick(10) * DAY;
      history.lanes({
        keys: [keyOf(fleet.pick(tunnels))],
        lanes: ['bgp', 'health', 'psk', 'config'],
        from: to - length,
        to,
      });
    });
    const board = timed(200, () => {
      const first = fleet.pick(tunnels - 50);
      const keys = Array.from({ length: 50 }, (_, index) => keyOf(first + index));
      history.lanes({ keys, lanes: ['bgp', 'health'], from: clock.now() - DAY, to: clock.now() });
    });
    const share = timed(1_000, () => history.availability(keyOf(fleet.pick(tunnels)), clock.now()));
    history.close();
    return {
      'history.range.p99ms': single.p99,
      'history.range.p50ms': single.p50,
      'history.board50.p99ms': board.p99,
      'history.availability.p99ms': share.p99,
      'history.changes.perSecond': 1_000_000 / seconds,
    };
  });
}

function timed(count: number, work: () => void): { readonly p50: number; readonly p99: number } {
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(count * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** A year of 12 tunnels at 20 changes a day, every change kept, all rollups made as the year goes: bytes of the file. */
async function year(): Promise<Record<string, number>> {
  const [tunnels, days, perDay] = [12, 365, 20];
  return withHistory(async (history, clock, path) => {
    const fleet = new Fleet();
    const identities = Array.from({ length: tunnels }, (_, index) => ({
      key: keyOf(index),
      name: `site-${index}-a`,
      goneAt: null,
    }));
    history.record({ ...EMPTY, identities });
    const slices: number[] = [];
    for (let hour = 0; hour < days * 24; hour += 1) {
      const count = Math.floor(((hour + 1) * tunnels * perDay) / 24) - Math.floor((hour * tunnels * perDay) / 24);
      const changes: StateChange[] = [];
      for (let n = 0; n < count; n += 1) {
        await clock.advance(HOUR / count, settled);
        changes.push(fleet.change(keyOf(fleet.pick(tunnels)), clock.now()));
      }
      history.record({ ...EMPTY, changes });
      for (let more = true; more; ) {
        const start = performance.now();
        more = history.maintain(clock.now());
        slices.push(performance.now() - start);
      }
      if (hour % (73 * 24) === 0) say(`day ${hour / 24} of the year`);
    }
    history.close();
    const slowest = slices.sort((a, b) => a - b);
    return {
      'history.bytesPerTunnelYear': statSync(path).size / tunnels,
      'history.maintainSlice.p99ms': slowest[Math.floor(slowest.length * 0.99)] ?? Number.NaN,
    };
  });
}

const bench: Bench = {
  name: 'history',
  run: async () => ({ ...(await ranges()), ...(await year()) }),
};
export default bench;
