/** When keys come of age, which were never rotated, and which were made together. Pure; times are Cloudflare's. */
import type { KeyOutlook, KeyPolicy, SameTimeKeys } from '../../shared/keys.ts';
import type { Instant, Millis, Tunnel } from '../../shared/model.ts';

const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;
/** The key that came with the tunnel: Cloudflare dates both within the hour in which somebody set it up. */
const WITH_TUNNEL_MS = HOUR;
/** A pair is often set up within a minute, by hand or by a program. More than that is worth a look, as in lint. */
const MANY = 5;

/** A tunnel with what is known about it beside the API's fields. */
export interface KeyFacts {
  readonly tunnel: Tunnel;
  readonly site: string | null;
  readonly policy: KeyPolicy;
}

/** A key and when it comes of age. */
export function outlookOf({ tunnel, site, policy: { tag, policy } }: KeyFacts, now: Instant): KeyOutlook {
  const { key, accountId, name, pskGeneratedAt: generatedAt, createdAt } = tunnel;
  const after = (age: Millis): Instant | null => (generatedAt === null ? null : generatedAt + age);
  const withTunnel = generatedAt !== null && createdAt !== null && Math.abs(generatedAt - createdAt) < WITH_TUNNEL_MS;
  return {
    key,
    accountId,
    name,
    site,
    tag,
    generatedAt,
    agingAt: after(policy.agingMs),
    dueAt: after(policy.dueMs),
    staleAt: after(policy.staleMs),
    neverRotated: withTunnel && now - generatedAt >= policy.dueMs,
  };
}

/** Keys of one account that were made within a minute, many at once; the newest group first. */
export function sameTimeKeys(keys: readonly KeyOutlook[]): readonly SameTimeKeys[] {
  const dated = keys.filter((one): one is KeyOutlook & { generatedAt: Instant } => one.generatedAt !== null);
  const groups: SameTimeKeys[] = [];
  for (const [accountId, own] of Map.groupBy(dated, (one) => one.accountId)) {
    own.sort((a, b) => a.generatedAt - b.generatedAt);
    for (let from = 0; from < own.length; ) {
      const at = own[from]?.generatedAt ?? 0;
      let to = from;
      while (to < own.length && (own[to]?.generatedAt ?? 0) - at <= MINUTE) to += 1;
      if (to - from >= MANY) groups.push({ accountId, at, keys: own.slice(from, to).map(({ key }) => key) });
      from = to;
    }
  }
  return groups.sort((a, b) => b.at - a.at);
}
