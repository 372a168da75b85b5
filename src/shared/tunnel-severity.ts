/**
 * From lane values to one severity. `null` means that a lane makes no statement: BGP is not configured, findings were not
 * evaluated, we did not look.
 */
import type { Lane, Lanes, LaneValues, Severity } from './model.ts';

const BY_VALUE: { readonly [L in Lane]: { readonly [V in LaneValues[L]]: Severity | null } } = {
  bgp: {
    up: 'ok',
    establishing: 'warning',
    down: 'critical',
    unconfigured: null,
    unreported: 'unknown',
    unknown: 'unknown',
    unobserved: null,
  },
  // Checks that are off cost failover and warning alike, so they are never green.
  health: {
    healthy: 'ok',
    degraded: 'warning',
    down: 'critical',
    disabled: 'warning',
    nodata: 'unknown',
    unobserved: null,
  },
  psk: { fresh: 'ok', aging: 'info', due: 'warning', stale: 'critical', missing: 'critical', unobserved: null },
  config: { ok: 'ok', info: 'info', warning: 'warning', error: 'critical', unobserved: null },
};

/** From harmless to bad. Unknown outranks info: a tunnel is not fine because we do not know. */
const RANK: Readonly<Record<Severity, number>> = { ok: 0, info: 1, unknown: 2, warning: 3, critical: 4 };

/** What a single lane value means; `null` when it makes no statement. */
export function laneSeverity<L extends Lane>(lane: L, value: LaneValues[L]): Severity | null {
  return BY_VALUE[lane][value];
}

/**
 * The worst of the lanes. Without any statement about liveness (neither BGP nor health) a tunnel is unknown at best: a
 * young PSK does not make it green.
 */
export function tunnelSeverity(lanes: Lanes): Severity {
  const bgp = laneSeverity('bgp', lanes.bgp.value);
  const health = laneSeverity('health', lanes.health.value);
  const others = [laneSeverity('psk', lanes.psk.value), laneSeverity('config', lanes.config.value)];
  let worst: Severity = bgp === null && health === null ? 'unknown' : 'ok';
  for (const severity of [bgp, health, ...others]) {
    if (severity !== null && RANK[severity] > RANK[worst]) worst = severity;
  }
  return worst;
}
