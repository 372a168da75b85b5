/** The moment of the past in an address: `at=` in ISO 8601, beside whatever else the address says. Pure. */
import type { Instant } from '../../shared/model.ts';

const MOMENT = 'at';
/** What is older is a slip of the pen. */
const OLDEST: Instant = Date.UTC(2000, 0, 1);

/** The moment that a query asks for; `null`: the present. */
export function readMoment(query: URLSearchParams): Instant | null {
  const text = query.get(MOMENT);
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(at) && at >= OLDEST ? at : null;
}

/** The same query with another moment; `null`: the present. */
export function withMoment(query: URLSearchParams, at: Instant | null): URLSearchParams {
  const next = new URLSearchParams(query);
  if (at === null) next.delete(MOMENT);
  else next.set(MOMENT, new Date(at).toISOString());
  return next;
}

/** The same query with the moment of another one, for whoever writes only filters. */
export function momentKept(query: URLSearchParams, before: URLSearchParams): URLSearchParams {
  return withMoment(query, readMoment(before));
}

/** The hash of the board as it was at a moment. */
export function boardThenHash(at: Instant): string {
  return `#/board?${withMoment(new URLSearchParams(), at)}`;
}
