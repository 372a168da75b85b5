/**
 * The moment of a look, told by two clocks. Records are dated by ours; what Cloudflare dates (health minutes, key ages, BGP
 * updates) is weighed by Cloudflare's, so that a clock set wrong here makes no old fact young and no young key old.
 */
import type { Instant, Millis, PskPolicy } from '../../shared/model.ts';

/** What a look needs to know besides the facts. */
export interface Look {
  /** By our wall clock. */
  readonly now: Instant;
  /** The successful look before this one; a change happened after it. */
  readonly lastLook: Instant | null;
  readonly policy: PskPolicy;
  /** How far Cloudflare's clock is ahead of ours; 0 while they agree. */
  readonly aheadMs: Millis;
}

/** The moment of the look by Cloudflare's clock. */
export const cloudNow = ({ now, aheadMs }: Look): Instant => now + aheadMs;

/** A moment that Cloudflare told, by our clock. */
export const byOurClock = (said: Instant, { aheadMs }: Look): Instant => said - aheadMs;
