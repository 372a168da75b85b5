/**
 * A history of many tunnels over many days on a real file, as an engine with the usual retention would have left it: changes,
 * a gap each night, rekey dips, changes of configuration, all rollups, old changes pruned.
 */
import type { RecordBatch } from '../../../src/engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import { virtualClock } from '../../../src/engine/virtual-clock.ts';
import {
  type AccountId,
  type Lane,
  type LaneValue,
  type NewEvent,
  type StateChange,
  type TunnelId,
  type TunnelKey,
  tunnelKey,
} from '../../../src/shared/model.ts';

const HOUR = 3_600_000;
export const YEAR_START = Date.UTC(2025, 0, 1);
export const YEAR_ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const EMPTY: RecordBatch = { changes: [], events: [], gaps: [], configs: [], identities: [], looked: [] };
const LANE_WORDS: Readonly<Record<Lane, readonly [LaneValue, ...LaneValue[]]>> = {
  health: ['healthy', 'degraded', 'down'],
  bgp: ['up', 'establishing', 'down'],
  config: ['ok', 'warning'],
  psk: ['fresh', 'aging'],
};

/** A small linear congruential generator: the same figures each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const yearKey = (index: number): TunnelKey =>
  tunnelKey(YEAR_ACCOUNT, `${index.toString(16).padStart(8, '0')}cafe4a5f81e2d7bb90c4e6a1` as TunnelId);

/** Of the days whose changes are still kept at the end; of those before only rollups are left, and a fifth will do. */
const LIVELY_DAYS = 95;

/** Writes it to `path`; returns the last moment. `perDay`: changes of each tunnel. */
export async function writeYear(
  path: string,
  size: { readonly tunnels: number; readonly days: number; readonly perDay: number },
): Promise<number> {
  const clock = virtualClock(YEAR_START);
  const opened = openHistory({ path, retention: DEFAULT_RETENTION, clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const history = opened.value;
  const next = random(42);
  const values = new Map<string, LaneValue>();
  const keys = Array.from({ length: size.tunnels }, (_, index) => yearKey(index));
  const config = (index: number) => ({
    name: `site-${index >> 1}-${index % 2 === 0 ? 'a' : 'b'}`,
    cloudflareEndpoint: `162.159.64.${index % 200}`,
    customerEndpoint: `198.51.100.${index % 250}`,
  });
  const first = (key: TunnelKey): StateChange[] =>
    (['bgp', 'health', 'psk', 'config'] as const).map((lane) => {
      const to = LANE_WORDS[lane][0];
      values.set(`${key} ${lane}`, to);
      return { at: clock.now(), key, lane, from: null, to };
    });
  history.record({
    ...EMPTY,
    identities: keys.map((key, index) => ({ key, name: config(index).name, goneAt: null })),
    configs: keys.map((key, index) => ({
      key,
      at: clock.now(),
      hash: `h${index}`,
      json: JSON.stringify(config(index)),
    })),
    changes: keys.flatMap(first),
  });
  const change = (key: TunnelKey, at: number): StateChange => {
    const dice = next();
    const lane: Lane = dice < 0.6 ? 'health' : dice < 0.98 ? 'bgp' : dice < 0.99 ? 'config' : 'psk';
    const words = LANE_WORDS[lane];
    const from = values.get(`${key} ${lane}`) ?? null;
    const good = words[0];
    const to = from === good ? (words[1 + Math.floor(next() * (words.length - 1))] ?? good) : good;
    values.set(`${key} ${lane}`, to);
    return { at, key, lane, from, to };
  };
  // Six hours in one transaction.
  const rounds = size.days * 4;
  for (let round = 0; round < rounds; round += 1) {
    const began = clock.now();
    const lively = rounds - round <= LIVELY_DAYS * 4;
    const each = Math.round((size.tunnels * size.perDay) / (lively ? 4 : 20));
    await clock.advance(6 * HOUR, async () => {});
    const pick = (): TunnelKey => keys[Math.floor(next() * keys.length)] ?? yearKey(0);
    const changes = Array.from({ length: each }, (_, n) =>
      change(pick(), began + Math.floor(((n + 1) * 6 * HOUR) / each)),
    );
    const at = clock.now();
    const events = [0, 1, 2, 3].map((n): NewEvent => {
      const kind = n === 0 ? 'config-changed' : 'rekey-dip';
      return {
        at,
        kind,
        accountId: YEAR_ACCOUNT,
        key: pick(),
        detail: n === 0 ? { fields: 'description' } : { periodMs: 8 * HOUR },
      };
    });
    const night = { accountId: YEAR_ACCOUNT, source: 'health', from: at - HOUR, to: at } as const;
    const looked = [{ accountId: YEAR_ACCOUNT, source: 'list', at } as const];
    history.record({ ...EMPTY, changes, events, gaps: round % 4 === 0 ? [night] : [], looked });
    // Once a week instead of each minute: what is left is the same.
    if (round % 28 === 27 || round === rounds - 1) while (history.maintain(clock.now()));
    if (round % 80 === 79) process.stderr.write(`history: day ${(round + 1) / 4} of ${size.days}\n`);
  }
  history.close();
  return clock.now();
}
