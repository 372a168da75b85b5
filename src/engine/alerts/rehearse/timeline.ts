/** When recorded things became known, as far as the records tell. */
import { accountOf, type Instant, type LaneValue, type Millis, type TunnelKey } from '../../../shared/model.ts';
import type { GapSource } from '../../history/contract.ts';
import type { Recorded, RecordedSpan } from '../../history/recorded.ts';
import { WATCH_INTERVAL_MS } from '../../poll/close-watch.ts';
import type { Pace } from './recorded-account.ts';

/** A minute of health results is read a minute or two after it began. */
const HEALTH_LAG_MS: Millis = 2 * 60_000;

/** A record with the moment at which it is lived through. */
export interface Timed {
  readonly at: Instant;
  readonly record: Recorded;
}

const TROUBLE: ReadonlySet<LaneValue | null> = new Set<LaneValue>(['down', 'establishing', 'degraded']);

/** Does a value of BGP or health call for a close watch? */
export const isTrouble = (value: LaneValue | null): boolean => TROUBLE.has(value);

/** Which tunnels are in trouble, by what was recorded of them so far. */
class Troubled {
  readonly #bad = new Map<TunnelKey, Set<'bgp' | 'health'>>();

  has(key: TunnelKey): boolean {
    return (this.#bad.get(key)?.size ?? 0) > 0;
  }

  set(key: TunnelKey, lane: 'bgp' | 'health', value: LaneValue | null): void {
    const lanes = this.#bad.get(key) ?? new Set();
    this.#bad.set(key, lanes);
    if (isTrouble(value)) lanes.add(lane);
    else lanes.delete(lane);
  }
}

/**
 * Records are dated by what they tell of: a session by Cloudflare's word, health by the minute. People hear of them at the
 * next round, of a tunnel in trouble at the next close read. A wall clock that was set back (`clock-jump`, negative) moves all
 * that follows on, so that time never runs back.
 */
export function timeline({ records, tunnels, from, gaps }: RecordedSpan, pace: Pace): readonly Timed[] {
  const nextRound = (at: Instant, every: Millis): Instant => from + Math.ceil((at - from) / every) * every;
  const troubled = new Troubled();
  for (const { key, lanes } of tunnels) {
    for (const lane of ['bgp', 'health'] as const) troubled.set(key, lane, lanes[lane]?.value ?? null);
  }
  /** What happened while nobody looked is known when somebody looks again. */
  const looked = (at: Instant, key: TunnelKey, source: GapSource): Instant =>
    gaps
      .filter((gap) => gap.accountId === accountOf(key) && gap.source === source)
      .reduce((known, gap) => (gap.from < known && gap.to !== null && known < gap.to ? gap.to : known), at);
  let shift = 0;
  const timed = records.map((record): Timed => {
    if (record.kind === 'event' && record.event.kind === 'clock-jump') {
      const ms = record.event.detail.ms;
      if (typeof ms === 'number' && ms < 0) shift -= ms;
    }
    const at = record.at + shift;
    if (record.kind !== 'lane' || record.lane === 'psk' || record.lane === 'config') return { at, record };
    const { key, lane, value } = record;
    const every = lane === 'health' ? pace.health : troubled.has(key) ? WATCH_INTERVAL_MS : pace.list;
    troubled.set(key, lane, value);
    const seen = looked(lane === 'health' ? at + HEALTH_LAG_MS : at, key, lane === 'health' ? 'health' : 'list');
    return { at: nextRound(seen, every), record };
  });
  return timed.sort((a, b) => a.at - b.at || a.record.seq - b.record.seq);
}
