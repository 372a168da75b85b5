/**
 * The request budget of one token. Cloudflare counts 1,200 requests per five minutes over everything that the token's
 * owner does, the dashboard included, and blocks all of it for five minutes beyond that. We take half at most, and less
 * when the `Ratelimit` header says that less is left.
 */
import type { BudgetStatus, Millis } from '../../shared/model.ts';
import type { RateInfo } from '../cloudflare/contract.ts';
import { MAX_RETRY_AFTER_MS } from '../cloudflare/ratelimit.ts';

export const BUDGET_WINDOW_MS: Millis = 5 * 60_000;
/** Half of Cloudflare's 1,200. */
export const BUDGET_LIMIT = 600;
/** Half of the 300 that GraphQL allows. Within the limit above, so that many pages of health never starve the lists. */
export const GRAPHQL_LIMIT = 150;
/** Close watch stops when only this much is left, so that lists and health never starve. */
export const WATCH_RESERVE = BUDGET_LIMIT / 5;

const BUCKET_MS: Millis = 5_000;
/** Look again after this long when nothing tells when room appears. */
const RECHECK_MS: Millis = 5_000;

/** Cloudflare counts the REST API and GraphQL apart, each with a `Ratelimit` of its own. */
export type Api = 'rest' | 'graphql';

interface Bucket {
  readonly start: Millis;
  readonly count: Record<Api, number>;
}

interface Said {
  remaining: number;
  readonly until: Millis;
}

/** All times are monotonic. */
export class TokenBudget {
  #buckets: Bucket[] = [];
  readonly #said: Record<Api, Said | null> = { rest: null, graphql: null };
  readonly #blockedUntil: Record<Api, Millis> = { rest: Number.NEGATIVE_INFINITY, graphql: Number.NEGATIVE_INFINITY };

  /** How long to wait until a request may go out; 0 means now. `reserve` is what must be left for others. */
  wait(api: Api, mono: Millis, reserve = 0): Millis {
    if (mono < this.#blockedUntil[api]) return this.#blockedUntil[api] - mono;
    this.#expire(mono);
    const said = this.#said[api];
    if (said !== null && Math.floor(said.remaining / 2) <= reserve) return said.until - mono;
    const room = BUDGET_LIMIT - this.#used('rest') - this.#used('graphql') > reserve;
    if (room && (api === 'rest' || this.#used('graphql') < GRAPHQL_LIMIT)) return 0;
    const oldest = this.#buckets.find(({ count }) => room === false || count.graphql > 0);
    return oldest === undefined ? RECHECK_MS : Math.max(1, oldest.start + BUCKET_MS + BUDGET_WINDOW_MS - mono);
  }

  /** `requests` went out. */
  spend(api: Api, requests: number, mono: Millis): void {
    if (requests === 0) return;
    const start = Math.floor(mono / BUCKET_MS) * BUCKET_MS;
    const last = this.#buckets.at(-1);
    if (last !== undefined && last.start === start) last.count[api] += requests;
    else this.#buckets.push({ start, count: { rest: 0, graphql: 0, [api]: requests } });
    const said = this.#said[api];
    if (said !== null) said.remaining -= requests;
    this.#expire(mono);
  }

  /** What an answer said about the limit. A window that is said to last for hours is a mistake, and would blind us for as long. */
  heard(api: Api, rate: RateInfo | null, mono: Millis): void {
    if (rate === null) return;
    this.#said[api] = { remaining: rate.remaining, until: mono + Math.min(rate.resetMs, MAX_RETRY_AFTER_MS) };
  }

  /**
   * Nobody with this token asks before `ms` have passed. The limit of GraphQL is its own: it costs us health results and not
   * the lists; that of the REST API counts everything.
   */
  block(api: Api, ms: Millis, mono: Millis): void {
    for (const held of api === 'rest' ? (['rest', 'graphql'] as const) : (['graphql'] as const)) {
      this.#blockedUntil[held] = Math.max(this.#blockedUntil[held], mono + ms);
    }
  }

  status(mono: Millis): BudgetStatus {
    this.#expire(mono);
    return {
      used: this.#used('rest') + this.#used('graphql'),
      limit: BUDGET_LIMIT,
      remainingSaid: this.#said.rest?.remaining ?? null,
      blockedForMs: mono < this.#blockedUntil.rest ? this.#blockedUntil.rest - mono : null,
    };
  }

  #used(api: Api): number {
    let used = 0;
    for (const bucket of this.#buckets) used += bucket.count[api];
    return used;
  }

  #expire(mono: Millis): void {
    while (this.#buckets[0] !== undefined && this.#buckets[0].start + BUCKET_MS + BUDGET_WINDOW_MS <= mono) {
      this.#buckets.shift();
    }
    for (const api of ['rest', 'graphql'] as const) {
      const said = this.#said[api];
      if (said !== null && mono >= said.until) this.#said[api] = null;
    }
  }
}
