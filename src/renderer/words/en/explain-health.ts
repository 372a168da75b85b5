/** Health explained: a share over data centres, the worst of them, and what Cloudflare's own inertia makes of it. */
import { DIP_MOST_MS, type KnownDip } from '../../../shared/dip.ts';
import type {
  BoardRow,
  ColoHealth,
  Fault,
  HealthCheckConfig,
  Instant,
  LaneState,
  Millis,
} from '../../../shared/model.ts';
import { plural } from '../../format/number.ts';
import { clockTime } from '../../format/time.ts';
import { everyPeriod } from './events.ts';
import { capital, type Explanation, explanation, listed } from './explanation.ts';
import { since } from './lane.ts';

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
  const words = colos.map((colo) => coloWord(colo.state));
  const of = (word: ColoWord): number => words.filter((one) => one === word).length;
  return { all: colos.length, healthy: of('healthy'), degraded: of('degraded'), down: of('down') };
}

/** `healthy in 12 of 14 data centres`, `healthy in all 14 data centres`, `down in the only data centre that reports`. */
export function inColos(word: ColoWord, some: number, all: number): string {
  if (all === 1 && some === 1) return `${word} in the only data centre that reports`;
  if (some === 0) return `${word} in none of ${plural(all, 'data centre', 'data centres')}`;
  return some === all ? `${word} in all ${all} data centres` : `${word} in ${some} of ${all} data centres`;
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
      return explanation('unknown', 'Health is not being observed at the moment.', blind ? [blind.sentence] : []);
    case 'nodata':
      return nodata(blind ?? null);
    case 'disabled':
      return explanation(
        'warning',
        'Health checks are switched off: Cloudflare goes on sending traffic and cannot warn or fail over.',
        ['Switch health checks on, unless this is on purpose.'],
      );
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
    `${isDown ? 'Down' : 'Degraded'} ${since(lane, now)}: about when it renews its keys (${everyPeriod(periodMs)}).`,
    [`Wait until ${clockTime(lane.since + DIP_MOST_MS)}: a rekey dip is over by then.`],
  );
}

function nodata(blind: Fault | null): Explanation {
  return explanation(
    'unknown',
    'No data centre reports health for this tunnel, so nothing is known; that is not the same as down.',
    [
      blind?.sentence ??
        'Check that health checks are on and that the token has the permission Account Analytics Read.',
    ],
  );
}

function healthy({ colos }: HealthFacts, counts: ColoCount): Explanation {
  if (counts.all === 0) return explanation('ok', 'Health checks pass.');
  const sentence = capital(`${inColos('healthy', counts.healthy, counts.all)}.`);
  if (counts.healthy === counts.all) return explanation('ok', sentence);
  const others = worstFirst(colos).filter((colo) => coloWord(colo.state) !== 'healthy');
  return explanation(
    'ok',
    `${capital(inColos('healthy', counts.healthy, counts.all))}; not in ${listed(others.map(coloName))}.`,
    [],
    ['A few data centres that see loss are normal; only those that your traffic enters matter.'],
  );
}

function recovering({ row }: HealthFacts, counts: ColoCount, now: Instant): Explanation {
  const back = row.lanes.health.since;
  const first = clockTime(back + RECOVERY_MIN_MS);
  const last = clockTime(back + RECOVERY_MAX_MS);
  const when = now < back + RECOVERY_MIN_MS ? `between ${first} and ${last}` : `by ${last}`;
  const share = counts.all > 0 ? ` (${inColos('healthy', counts.healthy, counts.all)})` : '';
  return explanation(
    'warning',
    `Recovering: checks pass again since ${clockTime(back)}, and Cloudflare should call it healthy ${when}${share}.`,
    ['Wait; restarting the router now would only begin the wait anew.'],
    ['After an outage Cloudflare leaves a tunnel at degraded for at least 5 min and up to 30 min.'],
  );
}

function degraded({ row, colos }: HealthFacts, counts: ColoCount, now: Instant): Explanation {
  const when = since(row.lanes.health, now);
  const where = counts.all > 0 ? `: ${inColos('healthy', counts.healthy, counts.all)}${worstClause(colos)}` : '';
  const few = counts.all > 2 && counts.degraded + counts.down <= counts.all / 3;
  return explanation('warning', `Degraded ${when}${where}.`, [
    few
      ? 'Compare with other tunnels in the same data centres; if they suffer too, it is not yours.'
      : 'Check the line for loss and the router for load: some probes arrive and some do not.',
  ]);
}

function down({ row, config }: HealthFacts, counts: ColoCount, now: Instant): Explanation {
  const when = since(row.lanes.health, now);
  const where = counts.all > 0 ? `${capital(inColos('down', counts.down, counts.all))} ${when}` : `Down ${when}`;
  const rest = counts.healthy > 0 ? `, healthy in ${counts.healthy}` : '';
  const bgpUp = row.lanes.bgp.value === 'up';
  const next = bgpUp
    ? [probeCheck(config ?? null)]
    : ['Check that the customer router is reachable and that IKE and IPsec are up on it.', probeCheck(config ?? null)];
  const notes = bgpUp ? ['BGP is up over this tunnel, so packets do get through: probes alone may be blocked.'] : [];
  return explanation('critical', `${where}${rest}.`, next, notes);
}

function probeCheck(config: HealthCheckConfig | null): string {
  if (config?.type === 'reply') {
    return 'Check whether a stateful firewall drops the probes: they are unrequested ICMP echo replies; the type “request” passes.';
  }
  return 'Check that the customer router answers ICMP from inside the tunnel.';
}

function worstClause(colos: readonly ColoHealth[]): string {
  const worst = worstFirst(colos)[0];
  return worst && coloWord(worst.state) !== 'healthy' ? `; worst in ${coloName(worst)}` : '';
}
