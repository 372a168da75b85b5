import { accountOf, type TunnelKey, tunnelOf } from '../../shared/model.ts';

/**
 * Where the reader is. Everything that can be linked lives in the hash: `#/board?state=down`, `#/tunnel/<account>/<id>`, `#/psk`,
 * `#/alerts/i-12`, `#/settings?section=network`, `#/findings?by=tunnel`, `#/changes?tunnel=…`, `#/operations`,
 * `#/rotation`, `#/history?part=heat`.
 */
export type Place =
  | { readonly view: 'board'; readonly query: URLSearchParams }
  | { readonly view: 'tunnel'; readonly key: TunnelKey; readonly query: URLSearchParams }
  | { readonly view: PlainView; readonly query: URLSearchParams }
  /** The inbox; `id` is the incident that is open. */
  | { readonly view: 'alerts'; readonly id: string | null; readonly query: URLSearchParams };

/** Views with a query and nothing else in their address. */
const PLAIN = ['psk', 'settings', 'findings', 'changes', 'operations', 'rotation', 'history'] as const;
type PlainView = (typeof PLAIN)[number];

const INCIDENT = /^i-\d{1,12}$/;

/** Reads a hash; whatever it does not know is the board. */
export function parseHash(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const query = new URLSearchParams(search);
  const [view, account, tunnel] = path.split('/');
  const plain = PLAIN.find((one) => one === view);
  if (plain !== undefined) return { view: plain, query };
  if (view === 'alerts') return { view, id: INCIDENT.test(account ?? '') ? (account ?? null) : null, query };
  if (view === 'tunnel' && account && tunnel) {
    return { view, key: `${decode(account)}/${decode(tunnel)}` as TunnelKey, query };
  }
  return { view: 'board', query };
}

/** The hash of a tunnel's page. */
export function tunnelHash(key: TunnelKey): string {
  return `#/tunnel/${encodeURIComponent(accountOf(key))}/${encodeURIComponent(tunnelOf(key))}`;
}

/** The hash of an incident in the inbox. */
export function incidentHash(id: string): string {
  return `#/alerts/${id}`;
}

/** The hash of a view with a query. */
export function viewHash(view: 'board' | 'alerts' | PlainView, query: URLSearchParams = new URLSearchParams()): string {
  const search = query.toString();
  return search === '' ? `#/${view}` : `#/${view}?${search}`;
}

/** Asked before the reader leaves: false keeps them where they are, and it is up to the keeper to `go` there later. */
export type Keeper = (hash: string) => boolean;

/** The current place, kept in step with the address bar. */
export class Route {
  readonly #page: Window;
  #hash = $state.raw('');
  #place = $derived(parseHash(this.#hash));
  /** The board as it was last left, filters included, for the way back. */
  #board = $state.raw('#/board');
  #keeper: Keeper | null = null;

  constructor(page: Window) {
    this.#page = page;
    this.#read();
    page.addEventListener('hashchange', () => this.#follow());
  }

  get place(): Place {
    return this.#place;
  }

  get boardHash(): string {
    return this.#board;
  }

  /** Goes to a place; the browser's back button returns. */
  go(hash: string): void {
    this.#page.location.hash = hash;
    this.#follow();
  }

  /** Changes the place without a step in the browser's history, for filters being typed. */
  replace(hash: string): void {
    this.#page.history.replaceState(null, '', hash);
    this.#read();
  }

  /** Has `keeper` asked before each step to another place. Returns the way to stop. */
  keep(keeper: Keeper): () => void {
    this.#keeper = keeper;
    return () => {
      if (this.#keeper === keeper) this.#keeper = null;
    };
  }

  /** The address bar says something else: either the page follows, or the address goes back to where the page is. */
  #follow(): void {
    const { hash } = this.#page.location;
    if (hash === this.#hash) return;
    if (this.#keeper?.(hash) === false) this.#page.history.replaceState(null, '', this.#hash || '#/board');
    else this.#read();
  }

  #read(): void {
    this.#hash = this.#page.location.hash;
    if (parseHash(this.#hash).view === 'board' && this.#hash !== '') this.#board = this.#hash;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
