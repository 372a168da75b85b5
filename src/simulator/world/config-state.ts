/** The configuration of one tunnel at a moment: which changes apply, when it was modified, which PSK it has. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { IncidentKind, Patch } from '../scenario.ts';
import { parseSpan } from '../span.ts';
import { latest, next, type Occurrence } from './occurrences.ts';
import type { Binding, TunnelPlan } from './tunnel-plan.ts';

export interface ConfigState {
  /** Valid from here (inclusive) to there (exclusive). */
  readonly from: Instant;
  readonly to: Instant;
  readonly present: boolean;
  /** How often the tunnel was recreated. */
  readonly generation: number;
  readonly name: string;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  /** `empty` and `absent`: no PSK, in the two forms that the API has for it. */
  readonly psk: Instant | 'empty' | 'absent';
  /** In the order of their beginning. */
  readonly patches: readonly { readonly since: Instant; readonly set: Patch; readonly unset: readonly string[] }[];
}

/** A tunnel that waited for its PSK comes up this long after somebody set one: the router must be told too. */
export const KEYED_AFTER: Millis = 180_000;

/** Incidents that show in the configuration; the others come and go without a trace there. */
const SHOWS: ReadonlySet<IncidentKind> = new Set<IncidentKind>([
  'stale-psk',
  'missing-psk',
  'psk-rotated',
  'misconfigured',
  'config-changed',
  'checks-disabled',
  'renamed',
  'recreated',
  'removed',
]);

type Draft = { -readonly [K in keyof ConfigState]: ConfigState[K] };

/** `lifted` ends an incident early. */
export function configAt(plan: TunnelPlan, t: Instant, lifted: (binding: Binding) => Instant): ConfigState {
  const draft: Draft = {
    from: -Infinity,
    to: Infinity,
    present: true,
    generation: 0,
    name: plan.name,
    createdAt: plan.createdAt,
    modifiedAt: plan.modifiedAt,
    psk: plan.pskAt ?? 'empty',
    patches: [],
  };
  for (const binding of plan.bindings) {
    if (!SHOWS.has(binding.incident.what)) continue;
    const coming = next(binding.schedule, t);
    if (coming !== null) draft.to = Math.min(draft.to, coming.start);
    const happens = latest(binding.schedule, t);
    if (happens === null) continue;
    const end = Math.min(happens.end, lifted(binding));
    bound(draft, happens.start, t);
    bound(draft, end, t);
    apply(draft, plan, binding, { ...happens, end }, t);
  }
  draft.patches = draft.patches.toSorted((a, b) => a.since - b.since);
  return draft;
}

/** Narrows the validity by a moment at which something changes. */
function bound(draft: Draft, moment: Instant, t: Instant): void {
  if (moment <= t) draft.from = Math.max(draft.from, moment);
  else draft.to = Math.min(draft.to, moment);
}

function apply(draft: Draft, plan: TunnelPlan, binding: Binding, happens: Occurrence, t: Instant): void {
  const { incident, schedule } = binding;
  const { start, end } = happens;
  // Without an end, every second occurrence takes the change back.
  const lasts = schedule.length === Infinity && schedule.every !== null ? happens.index % 2 === 0 : t < end;
  const modified = (): void => {
    const moved = lasts || t < end ? start : end;
    if (moved !== -Infinity) draft.modifiedAt = Math.max(draft.modifiedAt, moved);
  };
  const patch = (set: Patch, unset: readonly string[]): void => {
    if (lasts) draft.patches = [...draft.patches, { since: start, set, unset }];
  };
  switch (incident.what) {
    case 'misconfigured':
      patch(incident.set ?? {}, incident.unset ?? []);
      break;
    case 'config-changed':
      patch(incident.set ?? {}, incident.unset ?? []);
      modified();
      break;
    case 'checks-disabled':
      patch({ 'health_check.enabled': false }, []);
      modified();
      break;
    case 'renamed':
      if (lasts) draft.name = incident.to;
      modified();
      break;
    case 'removed':
      if (t < end) draft.present = false;
      break;
    case 'stale-psk':
      draft.psk = plan.pskAt ?? draft.psk;
      break;
    case 'missing-psk':
      draft.psk = t < end ? (incident.form ?? 'empty') : newer(draft.psk, end);
      if (schedule.length === Infinity && t >= end) draft.psk = end - KEYED_AFTER;
      break;
    case 'psk-rotated':
      draft.psk = newer(draft.psk, start);
      break;
    case 'recreated':
      recreate(draft, happens, start + parseSpan(incident.gap ?? '3m'), t);
      break;
    default:
      break;
  }
}

function newer(psk: ConfigState['psk'], at: Instant): ConfigState['psk'] {
  return typeof psk === 'number' ? Math.max(psk, at) : at;
}

/** The new tunnel gets its PSK half a minute after it was created. */
function recreate(draft: Draft, happens: Occurrence, back: Instant, t: Instant): void {
  const keyed = back + 30_000;
  bound(draft, back, t);
  bound(draft, keyed, t);
  draft.present = t >= back;
  draft.generation = happens.index + 1;
  draft.createdAt = back;
  draft.modifiedAt = Math.max(back, keyed <= t ? keyed : back);
  draft.psk = t >= keyed ? keyed : 'empty';
  draft.patches = draft.patches.filter((patch) => patch.since === -Infinity);
}
