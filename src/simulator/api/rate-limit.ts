/**
 * Cloudflare's limit: so many requests per token and five minutes, then five minutes of 429 for everything. GraphQL has
 * a limit of its own. Every answer says how much is left.
 */
import type { Clock } from '../../engine/clock.ts';
import type { Millis } from '../../shared/model.ts';
import type { SimReply } from '../contract.ts';
import type { Limits } from '../scenario.ts';
import { failure } from './envelope.ts';

/** 1,200 requests and 300 GraphQL queries in five minutes, and a block of five minutes. */
export const DEFAULT_LIMITS: Limits = { quota: 1_200, graphqlQuota: 300, windowMs: 300_000, blockMs: 300_000 };

interface Window {
  begun: Millis;
  used: number;
  blockedUntil: Millis;
}

export interface Toll {
  readonly headers: Readonly<Record<string, string>>;
  /** Set when the request is one too many. */
  readonly refusal: SimReply | null;
}

export type Limiter = (budget: string, kind: 'rest' | 'graphql') => Toll;

export function limiter(limits: Limits, clock: Clock): Limiter {
  const windows = new Map<string, Window>();
  return (budget, kind) => {
    const now = clock.monotonic();
    const quota = kind === 'rest' ? limits.quota : limits.graphqlQuota;
    const window = windows.get(`${kind}/${budget}`) ?? { begun: now, used: 0, blockedUntil: -Infinity };
    windows.set(`${kind}/${budget}`, window);
    if (now - window.begun >= limits.windowMs && now >= window.blockedUntil) {
      window.begun = now;
      window.used = 0;
    }
    if (now >= window.blockedUntil) {
      window.used += 1;
      if (window.used > quota) window.blockedUntil = now + limits.blockMs;
    }
    const blocked = now < window.blockedUntil;
    const reset = Math.ceil(((blocked ? window.blockedUntil : window.begun + limits.windowMs) - now) / 1000);
    const headers = {
      ratelimit: `"default";r=${blocked ? 0 : quota - window.used};t=${reset}`,
      'ratelimit-policy': `"default";q=${quota};w=${Math.ceil(limits.windowMs / 1000)}`,
    };
    if (!blocked) return { headers, refusal: null };
    return { headers: { ...headers, 'retry-after': String(reset) }, refusal: tooMany() };
  };
}

function tooMany(): SimReply {
  const message = 'Please wait and consider throttling your request speed';
  return failure(429, [{ code: 971, message }]);
}
