/** A tunnel as the API words it. */
import { atPath, isObject, type Json, type JsonObject, type MutableJson, withPath } from '../json.ts';
import { draw } from '../random.ts';
import { BGP_PHASES } from './bgp-phase.ts';
import type { ConfigState } from './config-state.ts';
import type { BgpSegment } from './timeline.ts';
import { micros, nanosRoundedUp } from './timestamps.ts';
import type { TunnelPlan } from './tunnel-plan.ts';

export interface WireInput {
  readonly plan: TunnelPlan;
  readonly id: string;
  readonly config: JsonObject;
  readonly state: ConfigState;
  /** `null` when the tunnel has no session. */
  readonly bgp: BgpSegment | null;
  /** When `updated_at` last moved. */
  readonly bgpUpdatedAt: number;
  /** Changes before this moment were overwritten by a write through the API. */
  readonly writtenAt: number;
}

/** The tunnel object; `targetObject` says in which of its two forms the health-check target is shown. */
export function wireTunnel(input: WireInput, targetObject: boolean): JsonObject {
  const { plan, state } = input;
  let tunnel: JsonObject = {
    id: input.id,
    ...input.config,
    name: state.name,
    ...pskOf(state, plan.salt),
    ...(input.bgp === null ? {} : bgpStatus(input, input.bgp)),
    created_on: micros(state.createdAt, plan.salt),
    modified_on: micros(state.modifiedAt, plan.salt >>> 3),
  };
  // A write takes what was wrong from the start along, or corrects it: nothing comes back after it.
  const patches = state.patches.filter((patch) => patch.since >= input.writtenAt);
  for (const patch of patches) {
    for (const [path, value] of Object.entries(patch.set)) tunnel = withPath(tunnel, path, value);
  }
  tunnel = withTarget(tunnel, plan.customerSide, targetObject);
  for (const patch of patches) for (const path of patch.unset) tunnel = withPath(tunnel, path, undefined);
  return tunnel;
}

function pskOf(state: ConfigState, salt: number): MutableJson {
  if (state.psk === 'absent') return {};
  if (state.psk === 'empty') return { psk_metadata: {} };
  return { psk_metadata: { last_generated_on: nanosRoundedUp(state.psk, salt) } };
}

function bgpStatus(input: WireInput, segment: BgpSegment): MutableJson {
  const phase = BGP_PHASES[segment.phase];
  if (phase.state === null) return {};
  const { plan } = input;
  // Whoever connects has the ephemeral port; the other side listens on 179.
  const ephemeral = 30_000 + Math.floor(draw(plan.salt, 40) * 30_000);
  const ports = phase.tcp ? { cf_speaker_port: 179, customer_speaker_port: ephemeral } : {};
  return {
    bgp_status: {
      state: phase.state,
      tcp_established: phase.tcp,
      updated_at: micros(input.bgpUpdatedAt, plan.salt >>> 5),
      bgp_state: phase.word,
      cf_speaker_ip: plan.cloudflareSide,
      customer_speaker_ip: plan.customerSide,
      ...ports,
    },
  };
}

/** The saved target is shown beside the effective one, or the effective one alone. */
function withTarget(tunnel: JsonObject, customerSide: string, asObject: boolean): JsonObject {
  const saved = atPath(tunnel, 'health_check.target');
  if (typeof saved !== 'string') return tunnel;
  const effective = saved === '' ? defaultTarget(tunnel, customerSide) : saved;
  return withPath(tunnel, 'health_check.target', asObject ? { effective, saved } : effective);
}

function defaultTarget(tunnel: JsonObject, customerSide: string): Json {
  const check = tunnel.health_check;
  if (isObject(check) && check.direction === 'bidirectional') return customerSide;
  return tunnel.customer_endpoint ?? '';
}
