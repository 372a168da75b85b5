/** The addresses below the API's base. */
import type { AccountId, TunnelId } from '../../shared/model.ts';

/** Where reads and writes say how they are meant. */
export interface WriteOptions {
  /** Only check, change nothing. */
  readonly validateOnly?: boolean;
  readonly signal?: AbortSignal;
}

/** `/accounts/{account}/magic/{below}`: what stands beside the tunnels. */
export function magicPath(accountId: AccountId, below: string): string {
  return `/accounts/${encodeURIComponent(accountId)}/magic/${below}`;
}

/** `/accounts/{account}/magic/ipsec_tunnels`, with a tunnel, and with what to do with it. */
export function tunnelsPath(accountId: AccountId, tunnelId?: TunnelId, action?: 'psk_generate'): string {
  const segments = ['', 'accounts', encodeURIComponent(accountId), 'magic', 'ipsec_tunnels'];
  if (tunnelId !== undefined) segments.push(encodeURIComponent(tunnelId));
  if (action !== undefined) segments.push(action);
  return segments.join('/');
}

/** Sets the keys of several tunnels. Newer than the rest, and next to the tunnels' ids on purpose of Cloudflare. */
export function bulkPskPath(accountId: AccountId): string {
  return `${tunnelsPath(accountId)}/psk`;
}

/** The path with `?validate_only=true` where that is wanted. */
export function withOptions(path: string, options: WriteOptions | undefined): string {
  return options?.validateOnly === true ? `${path}?validate_only=true` : path;
}
