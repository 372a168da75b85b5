/** What the PSK board shows and in which order. Lives in the hash, so that it can be linked. */
export const PSK_STATES = ['missing', 'stale', 'due', 'aging', 'fresh', 'unobserved'] as const;
export type PskState = (typeof PSK_STATES)[number];
export const PSK_SORTS = ['age', 'due', 'name', 'site'] as const;
export type PskSort = (typeof PSK_SORTS)[number];

/** What stands beside the list. */
export const PSK_PARTS = ['forecast', 'batches', 'look'] as const;
export type PskPart = (typeof PSK_PARTS)[number];

export interface PskQuery {
  readonly states: readonly PskState[];
  readonly account: string | null;
  readonly text: string;
  readonly sort: PskSort;
  readonly part: PskPart;
}

/** Reads the query of a hash. What it does not know it leaves out. */
export function readPskQuery(params: URLSearchParams): PskQuery {
  const states = (params.get('state') ?? '').split(',');
  return {
    states: PSK_STATES.filter((state) => states.includes(state)),
    account: params.get('account'),
    text: params.get('q') ?? '',
    sort: PSK_SORTS.find((sort) => sort === params.get('sort')) ?? 'age',
    part: PSK_PARTS.find((part) => part === params.get('part')) ?? 'forecast',
  };
}

/** The query of a hash; what is as always is left out. */
export function writePskQuery({ states, account, text, sort, part }: PskQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (states.length > 0) params.set('state', states.join());
  if (account !== null) params.set('account', account);
  if (text !== '') params.set('q', text);
  if (sort !== 'age') params.set('sort', sort);
  if (part !== 'forecast') params.set('part', part);
  return params;
}

/** Whether anything is left out. */
export function isPskFiltered({ states, account, text }: PskQuery): boolean {
  return states.length > 0 || account !== null || text.trim() !== '';
}

export function toggledState(states: readonly PskState[], state: PskState): readonly PskState[] {
  return states.includes(state)
    ? states.filter((other) => other !== state)
    : PSK_STATES.filter((other) => other === state || states.includes(other));
}
