/**
 * The moment of a look, told by two clocks. Records are dated by ours; what Cloudflare dates (health minutes, key ages, BGP
 * updates) is weighed by Cloudflare's, so that a clock set wrong here makes no old fact young and no young key old.
 */
import type { Instant, Millis, PskPolicy, Tunnel } from '../../shared/model.ts';
import { siteOf } from './site.ts';

/** The policy of a tunnel at a site. Answers the same object for the same policy, so that they can be compared. */
export type PolicyOf = (tunnel: Tunnel, site: string | null) => PskPolicy;

/** What a look needs to know besides the facts. */
export interface Look {
  /** By our wall clock. */
  readonly now: Instant;
  /** The successful look before this one; a change happened after it. */
  readonly lastLook: Instant | null;
  /** The policy of keys in general. */
  readonly policy: PskPolicy;
  /** Where policies differ; left out, the general one holds for every tunnel. */
  readonly policyOf?: PolicyOf | undefined;
  /** How far Cloudflare's clock is ahead of ours; 0 while they agree. */
  readonly aheadMs: Millis;
}

/** The policy of a tunnel's key. `site` as Cloudflare reports it; else the stem of the name serves. */
export function policyAt(look: Look, tunnel: Tunnel, site: string | null): PskPolicy {
  return look.policyOf?.(tunnel, siteOf(tunnel.name, site)?.name ?? null) ?? look.policy;
}

/** The moment of the look by Cloudflare's clock. */
export const cloudNow = ({ now, aheadMs }: Look): Instant => now + aheadMs;

/** A moment that Cloudflare told, by our clock. */
export const byOurClock = (said: Instant, { aheadMs }: Look): Instant => said - aheadMs;
