/**
 * Tells rekey dips from other dips by their rhythm. Pure.
 *
 * Figures and where they come from: a dip lasts 1 to 3 minutes (new keys take Cloudflare 90 to 150 s to spread), which
 * one-minute results show as up to four. Cloudflare's guides set rekeys at 30 min to 8 h and key lifetimes up to 24 h; with
 * what routers add at random the period is looked for between 20 min and 26 h. Three dips at least: two give a distance, the
 * third confirms it. Routers that choose their moment at random are believed from the fourth on, because three dips of any
 * cause are now and then about evenly spaced.
 */
import { DIP_MOST_MS } from '../../../shared/dip.ts';
import type { Instant, Millis } from '../../../shared/model.ts';

/** A short time of degraded or down between healthy; `to` is the first healthy moment. */
export interface Dip {
  readonly from: Instant;
  readonly to: Instant;
}

/** What the newest dip belongs to. */
export interface Rhythm extends Dip {
  readonly periodMs: Millis;
  /** 0 to 1: dips of the rhythm, of all that were due or that came besides. */
  readonly confidence: number;
  /** Its dips, oldest first, the newest one included. */
  readonly beats: readonly Dip[];
}

const LEAST_PERIOD_MS: Millis = 20 * 60_000;
const MOST_PERIOD_MS: Millis = 26 * 3_600_000;
const LEAST_BEATS = 3;
/** Two distances differ by so much when each beginning is seen to the minute; more than this, and 1 %, is no clockwork. */
const STEADY_MS: Millis = 2 * 60_000;
const STEADY = 0.01;
/** Routers begin up to a tenth of the lifetime early, at random (strongSwan's `rand_time`), so distances differ by that. */
const SPREAD = 0.1;
/** More than this. Every second dip of a tunnel that flaps by the clock reaches 3 of 5, and is no rhythm. */
const CONFIDENCE_OVER = 0.6;

/** Whether a time of bad health is short enough to be a dip at all. */
export function isDip({ from, to }: Dip): boolean {
  return to > from && to - from <= DIP_MOST_MS;
}

/**
 * The rhythm of the newest dip, or `null` when it has none.
 * @param dips of one tunnel, oldest first
 */
export function rhythmOf(dips: readonly Dip[]): Rhythm | null {
  const newest = dips.at(-1);
  if (newest === undefined) return null;
  let best: Rhythm | null = null;
  for (let i = dips.length - 2; i >= 0; i--) {
    const distance = newest.from - (dips[i]?.from ?? 0);
    if (distance > 2 * MOST_PERIOD_MS) break;
    // The dip before this one may have passed unseen: we may have been blind, or it too short.
    for (const steps of [1, 2]) {
      const rhythm = follow(dips, newest, i, steps);
      if (rhythm !== null && (best === null || rhythm.confidence > best.confidence)) best = rhythm;
    }
  }
  return best;
}

/** Goes back from the newest dip, to dip `i` after `steps` periods, and from there as far as the rhythm holds. */
function follow(dips: readonly Dip[], newest: Dip, i: number, steps: number): Rhythm | null {
  const beats: Dip[] = [newest];
  const spacings: Millis[] = [];
  let period = 0;
  let taken = 0;
  for (let next: Step | null = { index: i, steps }; next !== null; next = stepBack(dips, i, period)) {
    const from = beats.at(-1)?.from ?? 0;
    const dip = dips[next.index];
    if (dip === undefined) break;
    beats.push(dip);
    spacings.push((from - dip.from) / next.steps);
    taken += next.steps;
    i = next.index;
    period = (newest.from - dip.from) / taken;
    if (period < LEAST_PERIOD_MS || period > MOST_PERIOD_MS) return null;
  }
  if (beats.length < LEAST_BEATS + (isSteady(spacings, period) ? 0 : 1)) return null;
  const among = dips.length - i;
  const confidence = beats.length / (taken + 1 + among - beats.length);
  if (confidence <= CONFIDENCE_OVER) return null;
  return { ...newest, periodMs: Math.round(period), confidence, beats: beats.reverse() };
}

interface Step {
  readonly index: number;
  /** Periods back; 2 when one beat was missed. */
  readonly steps: number;
}

/** The dip that was due one period before dip `i`, or else two. */
function stepBack(dips: readonly Dip[], i: number, period: Millis): Step | null {
  const from = dips[i]?.from ?? 0;
  for (const steps of [1, 2]) {
    const due = from - steps * period;
    let nearest: Step | null = null;
    let away = steps * Math.max(STEADY_MS, SPREAD * period);
    for (let index = i - 1; index >= 0; index--) {
      const off = Math.abs((dips[index]?.from ?? 0) - due);
      if (off > away) continue;
      away = off;
      nearest = { index, steps };
    }
    if (nearest !== null) return nearest;
  }
  return null;
}

function isSteady(spacings: readonly Millis[], period: Millis): boolean {
  return Math.max(...spacings) - Math.min(...spacings) <= STEADY_MS + STEADY * period;
}
