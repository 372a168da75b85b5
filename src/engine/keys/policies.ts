/** Which policy holds for which key: the strictest among those of the tunnel's tags, else the general one. Pure. */
import type { KeyPolicy } from '../../shared/keys.ts';
import { accountOf, type PskPolicy, type Site, type Tunnel } from '../../shared/model.ts';
import type { Taggable } from '../alerts/tags.ts';
import type { PolicyOf } from '../state/look.ts';

/** The policies of an engine. */
export interface KeyPolicies {
  /** The policy of all that have none of their own. */
  readonly general: PskPolicy;
  /** The general one first, then those of tags as the settings have them. */
  readonly all: readonly KeyPolicy[];
  /** The policy of a tunnel at a site, and the tag that gives it. */
  readonly of: (tunnel: Tunnel, site: string | null) => KeyPolicy;
  /** For a look at the state; undefined where one policy holds for all. */
  readonly policyOf: PolicyOf | undefined;
}

/** Sooner due is stricter; among equals the sooner stale, then the sooner aging. */
function stricter(a: PskPolicy, b: PskPolicy): number {
  return a.dueMs - b.dueMs || a.staleMs - b.staleMs || a.agingMs - b.agingMs;
}

/** @param tagsOf the tags of a tunnel, in small letters */
export function keyPolicies(
  general: PskPolicy,
  tagged: readonly { readonly tag: string; readonly policy: PskPolicy }[],
  tagsOf: (tunnel: Taggable) => readonly string[],
): KeyPolicies {
  const forAll: KeyPolicy = { tag: null, policy: general };
  if (tagged.length === 0) return { general, all: [forAll], of: () => forAll, policyOf: undefined };
  const byTag = tagged.map(({ tag, policy }): KeyPolicy => ({ tag, policy }));
  const strictFirst = byTag.toSorted((a, b) => stricter(a.policy, b.policy));
  // Tunnels are replaced, never changed; a site becomes known at most a few times.
  const known = new WeakMap<Tunnel, { readonly site: string | null; readonly policy: KeyPolicy }>();
  const of = (tunnel: Tunnel, site: string | null): KeyPolicy => {
    const found = known.get(tunnel);
    if (found !== undefined && found.site === site) return found.policy;
    const tags = new Set(tagsOf(taggable(tunnel, site)));
    const policy = strictFirst.find(({ tag }) => tag !== null && tags.has(tag.toLowerCase())) ?? forAll;
    known.set(tunnel, { site, policy });
    return policy;
  };
  return { general, all: [forAll, ...byTag], of, policyOf: (tunnel, site) => of(tunnel, site).policy };
}

function taggable(tunnel: Tunnel, site: string | null): Taggable {
  const { key, name, description, cloudflareEndpoint, customerEndpoint } = tunnel;
  const place: Site | null = site === null ? null : { name: site, source: 'cloudflare' };
  return { key, accountId: accountOf(key), name, description, site: place, cloudflareEndpoint, customerEndpoint };
}
