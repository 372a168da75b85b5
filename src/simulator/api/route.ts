/** Which operation a request asks for. */
import type { SimRequest } from '../contract.ts';

/** What stands beside the IPsec tunnels. */
export type BesideKind = 'gre' | 'interconnects' | 'routes' | 'bgp-settings' | 'redundancy-groups';

export interface Route {
  readonly kind:
    | 'list'
    | 'create'
    | 'bulk-update'
    | 'psk-many'
    | 'get'
    | 'update'
    | 'remove'
    | 'psk-generate'
    | 'graphql'
    | 'verify-user'
    | 'verify-account'
    | BesideKind
    | 'unknown';
  readonly accountId: string;
  /** The account id is not 32 hexadecimal digits. */
  readonly malformed: boolean;
  readonly tunnelId: string;
  readonly validateOnly: boolean;
}

const BASE = '/client/v4';
const NONE: Route = { kind: 'unknown', accountId: '', malformed: false, tunnelId: '', validateOnly: false };

const COLLECTION: Readonly<Record<string, Route['kind']>> = { GET: 'list', POST: 'create', PUT: 'bulk-update' };
const BESIDE: Readonly<Record<string, BesideKind>> = {
  gre_tunnels: 'gre',
  cf_interconnects: 'interconnects',
  routes: 'routes',
  'bgp/settings': 'bgp-settings',
  redundancy_groups: 'redundancy-groups',
};
const ONE: Readonly<Record<string, Route['kind']>> = { GET: 'get', PUT: 'update', DELETE: 'remove' };

export function routeOf({ method, path: target }: SimRequest): Route {
  const [path = '', query = ''] = target.split('?');
  if (!path.startsWith(`${BASE}/`)) return NONE;
  const parts = path
    .slice(BASE.length + 1)
    .replace(/\/$/, '')
    .split('/');
  if (parts[0] === 'graphql' && method === 'POST') return { ...NONE, kind: 'graphql' };
  if (parts.join('/') === 'user/tokens/verify' && method === 'GET') return { ...NONE, kind: 'verify-user' };
  if (parts[0] !== 'accounts') return NONE;
  const [, accountId = '', ...rest] = parts;
  const validateOnly = new URLSearchParams(query).get('validate_only') === 'true';
  const found = { ...NONE, accountId, malformed: !/^[0-9a-f]{32}$/.test(accountId), validateOnly };
  if (rest.join('/') === 'tokens/verify' && method === 'GET') return { ...found, kind: 'verify-account' };
  const beside = rest[0] === 'magic' && method === 'GET' ? BESIDE[rest.slice(1).join('/')] : undefined;
  if (beside !== undefined) return { ...found, kind: beside };
  if (rest[0] !== 'magic' || rest[1] !== 'ipsec_tunnels') return found;
  const [, , tunnelId, action] = rest;
  if (tunnelId === undefined) return { ...found, kind: COLLECTION[method] ?? 'unknown' };
  if (tunnelId === 'psk' && method === 'POST' && action === undefined) return { ...found, kind: 'psk-many' };
  if (action === undefined) return { ...found, tunnelId, kind: ONE[method] ?? 'unknown' };
  if (action === 'psk_generate' && method === 'POST' && rest.length === 4)
    return { ...found, tunnelId, kind: 'psk-generate' };
  return found;
}

/** Is it a read of what stands beside the tunnels? */
export function isBeside(kind: Route['kind']): kind is BesideKind {
  return Object.values<string>(BESIDE).includes(kind);
}
