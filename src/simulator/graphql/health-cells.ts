/**
 * Health results of an account: one cell for each tunnel, data centre and minute. Results arrive late, data centre by data
 * centre, so the newest minute is there in part and grows.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import { mix } from '../random.ts';
import type { AccountWorld } from '../world/account.ts';
import type { HealthSpan } from '../world/effects.ts';
import type { Member } from '../world/member.ts';
import type { Place } from './dimensions.ts';
import type { Filter } from './filter.ts';

export interface Cell {
  readonly place: Place;
  readonly minute: Instant;
  /** Average of what the probes found: 1 healthy, 0.5 degraded, 0 down. */
  readonly state: number;
  readonly count: number;
}

const MINUTE: Millis = 60_000;
/** Probes are looked at this often within a minute. */
const STEP: Millis = 5_000;
const SAMPLES_PER_MINUTE = 24;
/** The slowest data centre reports this much later than the fastest. */
const STRAGGLE: Millis = 15_000;

export interface Window {
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  readonly delay: Millis;
  readonly places: Places;
}

/** Places by tunnel and data centre; the same object as long as nothing about it changes. */
export type Places = WeakMap<Member, Place[]>;

/** Cells in the order tunnel, data centre, minute; stops after `limit`. */
export function healthCells(account: AccountWorld, filter: Filter, window: Window, limit: number): Cell[] {
  const cells: Cell[] = [];
  const minutes: Instant[] = [];
  const end = Math.min(window.to, window.now - window.delay);
  for (let minute = window.from; minute < end; minute += MINUTE) if (filter.minute(minute)) minutes.push(minute);
  const [first] = minutes;
  const last = minutes.at(-1);
  if (first === undefined || last === undefined) return cells;
  for (const member of account.members) {
    const spans = member.timeline.healthWithin(first, last + MINUTE);
    for (let colo = 0; colo < member.plan.colos.length; colo++) {
      takeColo(cells, member, colo, spans, filter, minutes, window);
      if (cells.length >= limit) return cells;
    }
  }
  return cells;
}

function takeColo(
  cells: Cell[],
  member: Member,
  colo: number,
  all: readonly HealthSpan[],
  filter: Filter,
  minutes: readonly Instant[],
  window: Window,
): void {
  const spans = all.length === 0 ? all : all.filter((span) => span.colo === colo || span.colo === 'all');
  const salt = mix(member.plan.salt, colo);
  const arrived = window.now - window.delay - (salt % STRAGGLE);
  let place: Place | null = null;
  let fits = false;
  for (const minute of minutes) {
    const state = member.stateAt(minute);
    const share = Math.min(1, (arrived - minute) / MINUTE);
    if (share <= 0 || !state.present || !state.checked || minute < state.createdAt) continue;
    if (place === null || place.tunnelName !== state.name) {
      place = placeOf(window.places, member, state.name, colo);
      fits = filter.place(place);
    }
    if (!fits) continue;
    const health = spans.length === 0 ? 1 : averageOf(spans, minute, minute + share * MINUTE);
    if (health === null || !filter.result(health)) continue;
    const full = SAMPLES_PER_MINUTE + (mix(salt, minute / MINUTE) % 5);
    cells.push({ place, minute, state: health, count: Math.max(1, Math.round(full * share)) });
  }
}

function placeOf(places: Places, member: Member, tunnelName: string, index: number): Place {
  const { plan } = member;
  const known = places.get(member) ?? [];
  places.set(member, known);
  const endpoint = (member.write?.config ?? plan.config).customer_endpoint;
  const customerEndpoint = typeof endpoint === 'string' ? endpoint : '';
  const old = known[index];
  if (old?.tunnelName === tunnelName && old.customerEndpoint === customerEndpoint) return old;
  const colo = plan.colos[index];
  if (colo === undefined) throw new Error(`no data centre ${index}`);
  const place = { tunnelName, siteName: plan.siteName, customerEndpoint, colo };
  known[index] = place;
  return place;
}

/** The average over a stretch; `null` when there were no results at all. */
function averageOf(spans: readonly HealthSpan[], from: Instant, to: Instant): number | null {
  const near = spans.filter((span) => span.from < to && span.to > from);
  if (near.length === 0) return 1;
  let sum = 0;
  let samples = 0;
  for (let at = from; at < to; at += STEP) {
    let worst = 1;
    let silent = false;
    for (const span of near) {
      if (span.from > at || span.to <= at) continue;
      if (span.state === 'silent') silent = true;
      else worst = Math.min(worst, span.state);
    }
    if (silent) continue;
    sum += worst;
    samples += 1;
  }
  return samples === 0 ? null : Math.round((sum / samples) * 10_000) / 10_000;
}
