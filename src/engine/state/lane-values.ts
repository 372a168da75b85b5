/**
 * What one tunnel's facts say about its lanes. Pure; absent facts have values of their own, never a default.
 */
import type { Instant, LaneValue, PskPolicy, Tunnel } from '../../shared/model.ts';

/** A lane value together with the moment it began, where the facts themselves tell it. */
export interface Reading<V> {
  readonly value: V;
  /** Exact beginning, or `null` when only the observation is known. */
  readonly began: Instant | null;
}

/** The BGP session as Cloudflare reports it. */
export function readBgp(tunnel: Tunnel): LaneValue<'bgp'> {
  if (tunnel.bgpStatus !== null) return tunnel.bgpStatus.state;
  return tunnel.bgp === null ? 'unconfigured' : 'unreported';
}

/**
 * The age of the PSK against the policy. A timestamp in the future (clock skew) counts as fresh; a missing one means that
 * the tunnel has no PSK and cannot work.
 */
export function readPsk(generatedAt: Instant | null, policy: PskPolicy, now: Instant): Reading<LaneValue<'psk'>> {
  if (generatedAt === null) return { value: 'missing', began: null };
  const age = now - generatedAt;
  if (age >= policy.staleMs) return { value: 'stale', began: generatedAt + policy.staleMs };
  if (age >= policy.dueMs) return { value: 'due', began: generatedAt + policy.dueMs };
  if (age >= policy.agingMs) return { value: 'aging', began: generatedAt + policy.agingMs };
  return { value: 'fresh', began: generatedAt };
}

/** The next moment at which the PSK lane changes by the mere passing of time; `null` when it never will. */
export function nextPskChange(generatedAt: Instant | null, policy: PskPolicy, now: Instant): Instant | null {
  if (generatedAt === null) return null;
  for (const limit of [policy.agingMs, policy.dueMs, policy.staleMs]) {
    if (generatedAt + limit > now) return generatedAt + limit;
  }
  return null;
}
