/** When recorded things became known, as far as the records tell. */
import type { Instant, Millis } from '../../../shared/model.ts';
import type { Recorded } from '../../history/recorded.ts';
import type { Pace } from './recorded-account.ts';

/** A minute of health results is read a minute or two after it began. */
const HEALTH_LAG_MS: Millis = 2 * 60_000;

/** A record with the moment at which it is lived through. */
export interface Timed {
  readonly at: Instant;
  readonly record: Recorded;
}

/**
 * Records are dated by what they tell of: a session by Cloudflare's word, health by the minute. People hear of them at the
 * next round. A wall clock that was set back (`clock-jump`, negative) moves all that follows on, so that time never runs back.
 */
export function timeline(records: readonly Recorded[], from: Instant, pace: Pace): readonly Timed[] {
  const nextRound = (at: Instant, every: Millis): Instant => from + Math.ceil((at - from) / every) * every;
  let shift = 0;
  const timed = records.map((record): Timed => {
    if (record.kind === 'event' && record.event.kind === 'clock-jump') {
      const ms = record.event.detail.ms;
      if (typeof ms === 'number' && ms < 0) shift -= ms;
    }
    const at = record.at + shift;
    if (record.kind !== 'lane') return { at, record };
    if (record.lane === 'bgp') return { at: nextRound(at, pace.list), record };
    return { at: record.lane === 'health' ? nextRound(at + HEALTH_LAG_MS, pace.health) : at, record };
  });
  return timed.sort((a, b) => a.at - b.at || a.record.seq - b.record.seq);
}
