/**
 * Rekey dips: when a tunnel renews its keys, Cloudflare's data centres learn of the new ones within 90 to 150 s, and health
 * falls for 1 to 3 minutes. That comes back with the lifetime of the keys, which is how it is told from trouble.
 */
import type { Instant, Millis } from './model.ts';

/** Three minutes, and the one-minute results at either end that a dip touches in part. */
export const DIP_MOST_MS: Millis = 4 * 60_000;
/** Each beginning is seen to the minute, so that a distance of two is true within two. */
const SAMPLING_MS: Millis = 2 * 60_000;
/** Routers begin up to a tenth of the lifetime early, at random: about a twentieth to either side of their mean. */
const JITTER = 0.05;

/** The last dip of a known rhythm. */
export interface KnownDip {
  readonly from: Instant;
  readonly periodMs: Millis;
}

/** Whether the next dip, or the one after it should one have been missed, is due at `at`. */
export function isDipDue(last: KnownDip, at: Instant): boolean {
  const tolerance = Math.max(SAMPLING_MS, JITTER * last.periodMs);
  return [1, 2].some((beats) => Math.abs(at - last.from - beats * last.periodMs) <= beats * tolerance);
}
