/** Health explained: a share over data centres, the worst of them, and what Cloudflare's own inertia makes of it. */
import { DIP_MOST_MS, type KnownDip } from '../../shared/dip.ts';
import type { BoardRow, ColoHealth, Fault, HealthCheckConfig, Instant, LaneState, Millis } from '../../shared/model.ts';
import { clockTime } from '../format/time.ts';
import { events as eventWords } from '../words/events.ts';
import { explainHealth as words } from '../words/explain-health.ts';
import { explanation as shared } from '../words/explanation.ts';
import { faults } from '../words/faults.ts';
import { lane as laneWords } from '../words/lane.ts';
import { capital, type Explanation, explanation } from './explanation.ts';

/** Cloudflare leaves a recovering tunnel at degraded for at least 5 and at most 30 minutes. */
export const RECOVERY_MIN_MS: Millis = 5 * 60_000;
export const RECOVERY_MAX_MS: Millis = 30 * 60_000;

export type ColoWord = 'healthy' | 'degraded' | 'down';

/** The word for one data centre: half-way between 1 (healthy), 0.5 (degraded) and 0 (down), as the board counts them. */
export function coloWord(state: number): ColoWord {
  if (state >= 0.75) return 'healthy';
  return state < 0.25 ? 'down' : 'degraded';
}

/** Worst first, then by name. */
export function worstFirst(colos: readonly ColoHealth[]): readonly ColoHealth[] {
  return [...colos].sort((a, b) => a.state - b.state || a.name.localeCompare(b.name) || a.code.localeCompare(b.code));
}

/** How many data centres say what. */
export interface ColoCount {
  readonly all: number;
  readonly healthy: number;
  readonly degraded: number;
  readonly down: number;
}

export function countColos(colos: readonly ColoHealth[]): ColoCount {
  const said = colos.map((colo) => coloWord(colo.state));
  const of = (word: ColoWord): number => said.filter((one) => one === word).length;
  return { all: colos.length, healthy: of('healthy'), degraded: of('degraded'), down: of('down') };
}

/** `healthy in 12 of 14 data centres`, `healthy in all 14 data centres`, `down in the only data centre that reports`. */
export function inColos(word: ColoWord, some: number, all: number): string {
  if (all === 1 && some === 1) return words.inOnly(word);
  if (some === 0) return words.inNone(word, all);
  return some === all ? words.inAll(word, all) : words.inSome(word, some, all);
}

/** `Frankfurt (FRA)`; just the code where no place is known. */
export function coloName({ code, name }: ColoHealth): string {
  return name === '' || name === code ? code : `${name} (${code})`;
}

export interface HealthFacts {
  readonly row: Pick<BoardRow, 'lanes' | 'recovering'>;
  readonly colos: readonly ColoHealth[];
  readonly config?: HealthCheckConfig | null;
  /** Set when health results cannot be read at all. */
  readonly blind?: Fault | null;
  /** The last rekey dip, when the present trouble may well be the next one. */
  readonly dip?: KnownDip | null;
}

/** One sentence about the tunnel's health, and what to check next. */
export function explainHealth(facts: HealthFacts, now: Instant): Explanation {
  const { row, colos, blind, dip } = facts;
  const lane = row.lanes.health;
  if (dip) return explainRekey(lane, dip.periodMs, now);
  const counts = countColos(colos);
  switch (lane.value) {
    case 'unobserved':
      return explanation('unknown', words.unobserved, blind ? [faults.sentence(blind)] : []);
    case 'nodata':
      return explanation('unknown', words.nodata, [blind ? faults.sentence(blind) : words.checkOn]);
    case 'disabled':
      return explanation('warning', words.disabled, [words.switchOn]);
    case 'healthy':
      return healthy(facts, counts);
    case 'degraded':
      return row.recovering ? recovering(facts, counts, now) : degraded(facts, counts, now);
    case 'down':
      return down(facts, counts, now);
  }
}

/** Bad for a short while, at the time of the next rekey. Said as a guess: the tunnel is down or degraded all the same. */
export function explainRekey(lane: LaneState<'health'>, periodMs: Millis, now: Instant): Explanation {
  const isDown = lane.value === 'down';
  return explanation(
    isDown ? 'critical' : 'warning',
    words.rekey(isDown, laneWords.since(lane, now), eventWords.everyPeriod(periodMs)),
    [words.rekeyWait(clockTime(lane.since + DIP_MOST_MS))],
  );
}

function healthy({ colos }: HealthFacts, counts: ColoCount): Explanation {
  if (counts.all === 0) return explanation('ok', words.pass);
  const where = capital(inColos('healthy', counts.healthy, counts.all));
  if (counts.healthy === counts.all) return explanation('ok', `${where}.`);
  const others = worstFirst(colos).filter((colo) => coloWord(colo.state) !== 'healthy');
  return explanation('ok', words.notIn(where, shared.listed(others.map(coloName))), [], [words.fewNormal]);
}

function recovering({ row }: HealthFacts, counts: ColoCount, now: Instant): Explanation {
  const back = row.lanes.health.since;
  const first = clockTime(back + RECOVERY_MIN_MS);
  const last = clockTime(back + RECOVERY_MAX_MS);
  const when = now < back + RECOVERY_MIN_MS ? words.between(first, last) : words.byThen(last);
  const share = counts.all > 0 ? inColos('healthy', counts.healthy, counts.all) : null;
  const sentence = words.recovering(clockTime(back), when, share);
  return explanation('warning', sentence, [words.recoveringWait], [words.recoveringHold]);
}

function degraded({ row, colos }: HealthFacts, counts: ColoCount, now: Instant): Explanation {
  const when = laneWords.since(row.lanes.health, now);
  const where = counts.all > 0 ? inColos('healthy', counts.healthy, counts.all) : null;
  const worst = worstFirst(colos)[0];
  const worstName = worst && coloWord(worst.state) !== 'healthy' ? coloName(worst) : null;
  const few = counts.all > 2 && counts.degraded + counts.down <= counts.all / 3;
  return explanation('warning', words.degraded(when, where, worstName), [few ? words.compareOthers : words.checkLine]);
}

function down({ row, config }: HealthFacts, counts: ColoCount, now: Instant): Explanation {
  const when = laneWords.since(row.lanes.health, now);
  const where = counts.all > 0 ? capital(inColos('down', counts.down, counts.all)) : null;
  const sentence = words.down(where, when, counts.healthy);
  const probe = config?.type === 'reply' ? words.probeReply : words.probeRequest;
  if (row.lanes.bgp.value === 'up') return explanation('critical', sentence, [probe], [words.bgpUp]);
  return explanation('critical', sentence, [words.routerReachable, probe]);
}
