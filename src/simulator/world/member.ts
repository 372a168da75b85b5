/** One tunnel of an account with what the API wrote to it. */
import type { Instant, Millis } from '../../shared/model.ts';
import { atPath, type JsonObject } from '../json.ts';
import { hexOf } from '../random.ts';
import { type ConfigState, configAt, KEYED_AFTER } from './config-state.ts';
import { type BgpSegment, type Timeline, timeline } from './timeline.ts';
import type { Binding, TunnelPlan } from './tunnel-plan.ts';
import { wireTunnel } from './wire.ts';

/** What a write through the API left behind. */
export interface Write {
  readonly at: Instant;
  /** The tunnel that was written to; one that was recreated since is another. */
  readonly generation: number;
  readonly config: JsonObject;
  readonly name: string | null;
  readonly pskAt: Instant | null;
  readonly deleted: boolean;
}

export interface MemberState extends ConfigState {
  readonly id: string;
  /** Health checks are on, so that there are results. */
  readonly checked: boolean;
}

/** Bytes of a tunnel with a comma behind, for the time in which they stay the same. `null`: not in the list. */
export interface Fragment {
  readonly from: Instant;
  readonly to: Instant;
  readonly bytes: Uint8Array | null;
}

export interface Member {
  readonly plan: TunnelPlan;
  readonly firstId: string;
  readonly write: Write | null;
  stateAt(t: Instant): MemberState;
  timeline: Timeline;
  /** The tunnel object in one of its two forms. */
  wireAt(t: Instant, targetObject: boolean): JsonObject;
  fragmentAt(t: Instant, targetObject: boolean): Fragment;
  /** Forgets all that is cached and goes on with what was written. */
  written(write: Write): void;
}

const encoder = new TextEncoder();

export function member(plan: TunnelPlan, firstId: string, seed: number, heartbeat: Millis | null): Member {
  let write: Write | null = null;
  let state: MemberState | null = null;
  const fragments: (Fragment | null)[] = [null, null];
  const lifted = ({ incident }: Binding): Instant =>
    incident.what === 'missing-psk' && write !== null && write.pskAt !== null ? write.pskAt + KEYED_AFTER : Infinity;
  const days = timeline(plan, lifted);

  function stateAt(t: Instant): MemberState {
    if (state !== null && state.from <= t && t < state.to) return state;
    const world = configAt(plan, t, lifted);
    const current = writeTo(world);
    const id = world.generation === 0 ? firstId : hexOf(seed, `${firstId}#${world.generation}`, 32);
    const merged = current === null ? world : merge(world, current);
    state = { ...merged, id, checked: checksOn(merged, current?.config ?? plan.config, current?.at ?? -Infinity) };
    return state;
  }

  function writeTo(world: ConfigState): Write | null {
    return write !== null && write.generation === world.generation ? write : null;
  }

  function bgpAt(t: Instant, config: JsonObject, isWritten: boolean): BgpSegment | null {
    const on = isWritten ? config.bgp !== undefined : plan.bgp === 'on';
    return on ? days.bgpAt(t) : null;
  }

  function wireAt(t: Instant, targetObject: boolean): JsonObject {
    const now = stateAt(t);
    const current = writeTo(now);
    const config = current?.config ?? plan.config;
    const bgp = bgpAt(t, config, current !== null);
    const beat = heartbeat === null ? 0 : Math.floor(t / heartbeat) * heartbeat;
    const input = { plan, id: now.id, config, state: now, bgp, writtenAt: current?.at ?? -Infinity };
    return wireTunnel({ ...input, bgpUpdatedAt: Math.max(bgp?.from ?? 0, beat) }, targetObject);
  }

  function build(t: Instant, targetObject: boolean): Fragment {
    const now = stateAt(t);
    if (!now.present) return { from: now.from, to: now.to, bytes: null };
    const current = writeTo(now);
    const bgp = bgpAt(t, current?.config ?? plan.config, current !== null);
    const beat = bgp === null ? null : heartbeat;
    return {
      from: Math.max(now.from, bgp?.from ?? -Infinity, beat === null ? -Infinity : Math.floor(t / beat) * beat),
      to: Math.min(now.to, bgp?.to ?? Infinity, beat === null ? Infinity : (Math.floor(t / beat) + 1) * beat),
      bytes: encoder.encode(`${JSON.stringify(wireAt(t, targetObject))},`),
    };
  }

  return {
    plan,
    firstId,
    timeline: days,
    get write() {
      return write;
    },
    stateAt,
    wireAt,
    fragmentAt(t, targetObject) {
      const slot = targetObject ? 1 : 0;
      const known = fragments[slot];
      if (known !== undefined && known !== null && known.from <= t && t < known.to) return known;
      const built = build(t, targetObject);
      fragments[slot] = built;
      return built;
    },
    written(next) {
      write = next;
      state = null;
      fragments.fill(null);
      days.reset();
    },
  };
}

function merge(world: ConfigState, write: Write): ConfigState {
  const rotated = typeof world.psk === 'number' ? world.psk : -Infinity;
  return {
    ...world,
    present: world.present && !write.deleted,
    name: write.name ?? world.name,
    modifiedAt: Math.max(world.modifiedAt, write.at),
    psk: write.pskAt === null ? world.psk : Math.max(write.pskAt, rotated),
  };
}

function checksOn(state: ConfigState, config: JsonObject, writtenAt: Instant): boolean {
  const patched = state.patches.findLast(
    ({ set, since }) => since >= writtenAt && set['health_check.enabled'] !== undefined,
  );
  return (patched?.set['health_check.enabled'] ?? atPath(config, 'health_check.enabled')) !== false;
}
