import type { Kind } from './standing.ts';

/** The states that a reader can filter by: the kinds, with "stale" for everything that is only the last known. */
export const BUCKETS = ['down', 'degraded', 'unknown', 'stale', 'attention', 'up'] as const;
export type Bucket = (typeof BUCKETS)[number];

export const SORTS = ['state', 'name', 'site', 'psk', 'endpoint'] as const;
export type Sort = (typeof SORTS)[number];

/** What the board shows and in which order. Lives in the hash, so that it can be linked. */
export interface BoardQuery {
  readonly states: readonly Bucket[];
  readonly account: string | null;
  /** The name of a site; the empty string means tunnels without one. */
  readonly site: string | null;
  /** Cloudflare's or the customer's address, exactly. */
  readonly endpoint: string | null;
  readonly text: string;
  readonly sort: Sort;
  /** Against the natural direction of the column. */
  readonly reverse: boolean;
}

export const EVERYTHING: BoardQuery = {
  states: [],
  account: null,
  site: null,
  endpoint: null,
  text: '',
  sort: 'state',
  reverse: false,
};

/** Reads the query of a hash. What it does not know it leaves out. */
export function readQuery(params: URLSearchParams): BoardQuery {
  const states = (params.get('state') ?? '').split(',');
  return {
    states: BUCKETS.filter((bucket) => states.includes(bucket)),
    account: params.get('account'),
    site: params.get('site'),
    endpoint: params.get('endpoint'),
    text: params.get('q') ?? '',
    sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'state',
    reverse: params.get('dir') === 'reverse',
  };
}

/** The query of a hash; what is as always is left out. */
export function writeQuery(query: BoardQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (query.states.length > 0) params.set('state', query.states.join());
  if (query.account !== null) params.set('account', query.account);
  if (query.site !== null) params.set('site', query.site);
  if (query.endpoint !== null) params.set('endpoint', query.endpoint);
  if (query.text !== '') params.set('q', query.text);
  if (query.sort !== 'state') params.set('sort', query.sort);
  if (query.reverse) params.set('dir', 'reverse');
  return params;
}

/** Whether anything is left out of the board. */
export function isFiltered(query: BoardQuery): boolean {
  const { states, account, site, endpoint, text } = query;
  return states.length > 0 || account !== null || site !== null || endpoint !== null || text.trim() !== '';
}

/** The bucket of a standing. */
export function bucketOf(kind: Kind, stale: boolean): Bucket {
  return stale ? 'stale' : kind;
}

/** With the bucket when it is not among them, without it when it is. */
export function toggled(states: readonly Bucket[], bucket: Bucket): readonly Bucket[] {
  return states.includes(bucket)
    ? states.filter((other) => other !== bucket)
    : BUCKETS.filter((other) => other === bucket || states.includes(other));
}
