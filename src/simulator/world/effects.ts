/**
 * What an incident does to the session and to the health of one tunnel. Spans of time with a phase or a health state;
 * where spans meet, the worst one counts.
 *
 * Figures: BGP hold time 90 s with keepalives each 30 s, so a session dies 60 to 90 s after the path; health comes back
 * over degraded, 5 to 30 min; a rekey dip lasts 1 to 3 min and leaves BGP alone nearly always.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import { between, draw } from '../random.ts';
import { parseSpan } from '../span.ts';
import type { BgpPhase } from './bgp-phase.ts';
import type { Occurrence } from './occurrences.ts';
import type { Binding, TunnelPlan } from './tunnel-plan.ts';

export interface BgpSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly phase: BgpPhase;
}

export interface HealthSpan {
  readonly from: Instant;
  readonly to: Instant;
  /** `silent`: Cloudflare has no rows. */
  readonly state: 0 | 0.5 | 'silent';
  /** Position among the tunnel's data centres, or all of them. */
  readonly colo: number | 'all';
}

export interface Effects {
  readonly bgp: BgpSpan[];
  readonly health: HealthSpan[];
}

/** Effects of an occurrence are over this long after its end. */
export const TAIL: Millis = 60 * 60_000;

/** Incidents that touch the session or the health; the others change the configuration alone. */
export function hasEffects(binding: Binding): boolean {
  return !['stale-psk', 'misconfigured', 'config-changed', 'renamed'].includes(binding.incident.what);
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** Effects of one occurrence, at least those that touch the window. */
export function effectsOf(
  plan: TunnelPlan,
  binding: Binding,
  happens: Occurrence,
  from: Instant,
  to: Instant,
): Effects {
  const effects: Effects = { bgp: [], health: [] };
  const chance = (purpose: number): number => draw(plan.salt ^ binding.salt, purpose, happens.index);
  const { incident } = binding;
  const { start, end } = happens;
  switch (incident.what) {
    case 'carrier-outage':
    case 'endpoint-outage':
    case 'tunnel-down':
    case 'missing-psk':
      outage(effects, plan, start, end, chance);
      break;
    case 'psk-rotated':
      if (incident.mismatch !== undefined) {
        const noticed = start + between(5, 20, chance(1)) * SECOND;
        outage(effects, plan, noticed, noticed + parseSpan(incident.mismatch), chance);
      }
      break;
    case 'bgp-down':
      lostSession(effects, start, end, chance);
      break;
    case 'bgp-auth-mismatch':
      effects.bgp.push({ from: start, to: end, phase: 'refused' });
      comesUp(effects, end, chance);
      break;
    case 'bgp-stuck-establishing':
      stuck(effects, start, end, from, to);
      comesUp(effects, end, chance);
      break;
    case 'flapping':
      flapping(effects, plan, binding, happens, parseSpan(incident.period ?? '4m'), from, to);
      break;
    case 'rekey-dips':
      rekeyDip(effects, plan, start, chance);
      break;
    case 'colo-degraded':
      for (const [index, place] of plan.colos.entries()) {
        if (incident.colos !== undefined && !incident.colos.some((code) => code === place.code)) continue;
        effects.health.push({ from: start, to: end, state: incident.state ?? 0.5, colo: index });
      }
      break;
    case 'health-silent':
    case 'checks-disabled':
    case 'removed':
      effects.health.push({ from: start, to: end, state: 'silent', colo: 'all' });
      break;
    case 'recreated':
      recreated(effects, start, start + parseSpan(incident.gap ?? '3m'), chance);
      break;
    default:
      break;
  }
  return effects;
}

type Chance = (purpose: number) => number;

function outage(effects: Effects, plan: TunnelPlan, start: Instant, end: Instant, chance: Chance): void {
  const recovery = between(5, 30, chance(2) ** 2) * MINUTE;
  for (let colo = 0; colo < plan.colos.length; colo++) {
    const down = start + between(0, 2, chance(10 + colo)) * SECOND;
    const probed = end + between(0, 15, chance(40 + colo)) * SECOND;
    const healthy = probed + Math.max(5 * MINUTE, recovery * between(0.7, 1, chance(70 + colo)));
    effects.health.push({ from: down, to: probed, state: 0, colo }, { from: probed, to: healthy, state: 0.5, colo });
  }
  lostSession(effects, start, end, chance);
}

/** The hold timer ends the session, the router is not there, then everything in reverse. */
function lostSession(effects: Effects, start: Instant, end: Instant, chance: Chance): void {
  const expired = start + between(60, 90, chance(3)) * SECOND;
  if (expired >= end) return;
  const retried = Math.min(end, expired + between(15, 25, chance(4)) * SECOND);
  effects.bgp.push({ from: expired, to: retried, phase: 'connect' });
  const reachable = end + between(4, 15, chance(5)) * SECOND;
  effects.bgp.push({ from: retried, to: reachable, phase: 'active' });
  comesUp(effects, reachable, chance);
}

function comesUp(effects: Effects, from: Instant, chance: Chance): void {
  const opened = from + between(6, 14, chance(6)) * SECOND;
  effects.bgp.push({ from, to: opened, phase: 'open-sent' });
  effects.bgp.push({ from: opened, to: opened + between(2, 5, chance(7)) * SECOND, phase: 'open-confirm' });
}

/** TCP comes and goes, the session never stands: two minutes of Connect, one of OpenSent. */
function stuck(effects: Effects, start: Instant, end: Instant, from: Instant, to: Instant): void {
  const cycle = 3 * MINUTE;
  const anchor = Number.isFinite(start) ? start : 0;
  const first = Math.max(Number.isFinite(start) ? 0 : -Infinity, Math.floor((from - anchor) / cycle));
  for (let begin = anchor + first * cycle; begin < Math.min(end, to); begin += cycle) {
    const open = Math.min(end, begin + 2 * MINUTE);
    effects.bgp.push({ from: begin, to: open, phase: 'connect' });
    effects.bgp.push({ from: open, to: Math.min(end, begin + cycle), phase: 'open-sent' });
  }
}

function flapping(
  effects: Effects,
  plan: TunnelPlan,
  binding: Binding,
  happens: Occurrence,
  period: Millis,
  from: Instant,
  to: Instant,
): void {
  const anchor = Number.isFinite(happens.start) ? happens.start : 0;
  const floor = Number.isFinite(happens.start) ? 0 : -Infinity;
  const first = Math.max(floor, Math.floor((from - TAIL - anchor) / period));
  for (let cycle = first; ; cycle++) {
    const chance: Chance = (purpose) => draw(plan.salt ^ binding.salt ^ (happens.index << 8), purpose, cycle);
    const down = anchor + cycle * period + period * between(0, 0.15, chance(1));
    if (down >= Math.min(happens.end, to)) return;
    outage(effects, plan, down, Math.min(happens.end, down + period * between(0.4, 0.6, chance(9))), chance);
  }
}

function rekeyDip(effects: Effects, plan: TunnelPlan, start: Instant, chance: Chance): void {
  const length = between(60, 180, chance(1)) * SECOND;
  for (let colo = 0; colo < plan.colos.length; colo++) {
    effects.health.push({ from: start, to: start + length, state: 0.5, colo });
    if (chance(10 + colo) > 0.35) continue;
    effects.health.push({ from: start + length * 0.3, to: start + length * 0.7, state: 0, colo });
  }
  if (chance(8) < 0.03) comesUp(effects, start + length * 0.5, chance);
}

function recreated(effects: Effects, start: Instant, back: Instant, chance: Chance): void {
  effects.health.push({ from: start, to: back, state: 'silent', colo: 'all' });
  const configured = back + between(2, 3, chance(1)) * MINUTE;
  effects.health.push({ from: back, to: configured, state: 0, colo: 'all' });
  effects.health.push({
    from: configured,
    to: configured + between(5, 9, chance(2)) * MINUTE,
    state: 0.5,
    colo: 'all',
  });
  effects.bgp.push({ from: back, to: back + 45 * SECOND, phase: 'unreported' });
  effects.bgp.push({ from: back + 45 * SECOND, to: configured, phase: 'active' });
  comesUp(effects, configured, chance);
}
