/** Cloudflare's numeric account id, learned from what tunnels say. */
import { accountNumberIn } from '../../shared/ike.ts';
import type { Tunnel } from '../../shared/model.ts';

/** The number that some tunnel's identity holds; `null` when none does. */
export function accountNumberOf(
  entries: Iterable<{ readonly tunnel: Pick<Tunnel, 'fqdnId' | 'accountNumber'> }>,
): string | null {
  for (const { tunnel } of entries) {
    const number = tunnel.accountNumber ?? (tunnel.fqdnId === null ? null : accountNumberIn(tunnel.fqdnId));
    if (number !== null) return number;
  }
  return null;
}
