/**
 * Session and health of one tunnel over time, worked out in epochs of six hours when somebody asks and forgotten when
 * nobody does. The answer for a moment depends on nothing but the moment.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import { BGP_PHASES, type BgpPhase } from './bgp-phase.ts';
import { type BgpSpan, type Effects, effectsOf, type HealthSpan, hasEffects, TAIL } from './effects.ts';
import { touching } from './occurrences.ts';
import type { Binding, TunnelPlan } from './tunnel-plan.ts';

const EPOCH: Millis = 6 * 3_600_000;
const KEPT_EPOCHS = 2;

/** One phase from `from` (inclusive) to `to` (exclusive). An epoch confirms what lasts, so `from` is at most 6 h old. */
export type BgpSegment = BgpSpan;

interface Epoch {
  readonly start: Instant;
  readonly bgp: readonly BgpSegment[];
  readonly health: readonly HealthSpan[];
}

export interface Timeline {
  bgpAt(t: Instant): BgpSegment;
  /** Spans that touch the window; where there is none the tunnel is healthy. */
  healthWithin(from: Instant, to: Instant): readonly HealthSpan[];
  /** Forgets what it worked out, after the tunnel itself changed. */
  reset(): void;
}

/** `lifted` ends an incident early: a missing PSK after somebody set one. */
export function timeline(plan: TunnelPlan, lifted: (binding: Binding) => Instant): Timeline {
  const epochs: Epoch[] = [];
  const bindings = plan.bindings.filter(hasEffects);

  function collect(from: Instant, to: Instant): Effects {
    const all: Effects = { bgp: [], health: [] };
    for (const binding of bindings) {
      const stop = lifted(binding);
      for (const happens of touching(binding.schedule, from, to, TAIL)) {
        if (happens.start >= stop) continue;
        const cut = happens.end > stop ? { ...happens, end: stop } : happens;
        const part = effectsOf(plan, binding, cut, from, to);
        for (const span of part.bgp) if (overlaps(span, from, to)) all.bgp.push(span);
        for (const span of part.health) if (overlaps(span, from, to)) all.health.push(span);
      }
    }
    return all;
  }

  function epochOf(t: Instant): Epoch {
    const start = Math.floor(t / EPOCH) * EPOCH;
    const known = epochs.find((epoch) => epoch.start === start);
    if (known !== undefined) return known;
    const effects = collect(start, start + EPOCH);
    const epoch = { start, bgp: segments(effects.bgp, start, start + EPOCH), health: effects.health };
    epochs.push(epoch);
    if (epochs.length > KEPT_EPOCHS) epochs.shift();
    return epoch;
  }

  return {
    bgpAt(t) {
      const { bgp, start } = epochOf(t);
      let low = 0;
      let high = bgp.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((bgp[middle]?.from ?? 0) <= t) low = middle;
        else high = middle - 1;
      }
      return bgp[low] ?? { from: start, to: start + EPOCH, phase: 'up' };
    },
    healthWithin(from, to) {
      if (bindings.length === 0) return [];
      // A long look back is rare; it is worked out for itself and not kept.
      if (to - from > EPOCH) return collect(from, to).health;
      const first = epochOf(from);
      const last = to - 1 < first.start + EPOCH ? first : epochOf(to - 1);
      if (first.health.length === 0 && (last === first || last.health.length === 0)) return [];
      const spans = last === first ? first.health : [...first.health, ...last.health];
      return spans.filter((span) => overlaps(span, from, to));
    },
    reset() {
      epochs.length = 0;
    },
  };
}

function overlaps(span: { readonly from: Instant; readonly to: Instant }, from: Instant, to: Instant): boolean {
  return span.from < to && span.to > from && span.from < span.to;
}

/** Cuts an epoch into segments of one phase each; the worst of what overlaps counts. */
function segments(spans: readonly BgpSpan[], start: Instant, end: Instant): BgpSegment[] {
  const cuts = new Set([start]);
  for (const span of spans) {
    if (span.from > start && span.from < end) cuts.add(Math.floor(span.from));
    if (span.to > start && span.to < end) cuts.add(Math.floor(span.to));
  }
  const moments = [...cuts].sort((a, b) => a - b);
  const result: BgpSegment[] = [];
  for (const [i, from] of moments.entries()) {
    const to = moments[i + 1] ?? end;
    let phase: BgpPhase = 'up';
    for (const span of spans) {
      const covers = Math.floor(span.from) <= from && Math.floor(span.to) > from;
      if (covers && BGP_PHASES[span.phase].rank > BGP_PHASES[phase].rank) phase = span.phase;
    }
    const last = result.at(-1);
    if (last?.phase === phase) result[result.length - 1] = { ...last, to };
    else result.push({ from, to, phase });
  }
  return result;
}
