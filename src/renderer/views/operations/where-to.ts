/**
 * Places of operations and rotations in the address bar. A change that a finding suggests travels along as JSON, so that it
 * can be linked; a secret never does.
 */
import type { AccountId, TunnelKey } from '../../../shared/model.ts';
import type { TunnelChange } from '../../../shared/operations.ts';

/** What a place of this view is about. `audit`: what was changed, which is where the view begins. */
export type OperationPlace =
  | { readonly kind: 'audit' }
  | { readonly kind: 'create'; readonly accountId: AccountId | null }
  /** `change` is what the form begins with beside the present values. */
  | { readonly kind: 'update'; readonly key: TunnelKey; readonly change?: TunnelChange | null }
  | { readonly kind: 'delete'; readonly key: TunnelKey }
  /** `from`: a query of the board, whose tunnels are offered. */
  | { readonly kind: 'bulk-update' | 'psk-set'; readonly from?: string };

const KEY = /^[^/]+\/[^/]+$/;
/** Longer ones are no change that a rule suggests. */
const LONGEST_CHANGE = 4_000;

/** The hash of a place; `changeOf` reads it back. */
export function operationHash(place: OperationPlace): string {
  const query = new URLSearchParams();
  if (place.kind !== 'audit') query.set('do', place.kind);
  if (place.kind === 'create' && place.accountId !== null) query.set('account', place.accountId);
  if (place.kind === 'update' || place.kind === 'delete') query.set('key', place.key);
  if (place.kind === 'update' && place.change) query.set('change', JSON.stringify(withoutSecrets(place.change)));
  if ((place.kind === 'bulk-update' || place.kind === 'psk-set') && place.from) query.set('from', place.from);
  const search = query.toString();
  return search === '' ? '#/operations' : `#/operations?${search}`;
}

/** What a query asks for; whatever it does not know is the audit log. */
export function operationPlace(query: URLSearchParams): OperationPlace {
  const kind = query.get('do');
  const key = query.get('key');
  if (kind === 'create') return { kind, accountId: query.get('account') as AccountId | null };
  if (kind === 'bulk-update' || kind === 'psk-set') return { kind, from: query.get('from') ?? '' };
  if (key === null || !KEY.test(key)) return { kind: 'audit' };
  if (kind === 'update') return { kind, key: key as TunnelKey, change: changeOf(query.get('change')) };
  return kind === 'delete' ? { kind, key: key as TunnelKey } : { kind: 'audit' };
}

/** The hash of the assistant for a tunnel; `null`: of all rotations. */
export function rotationHash(key: TunnelKey | null): string {
  return key === null ? '#/rotation' : `#/rotation?${new URLSearchParams({ key })}`;
}

/** The tunnel that a query of the assistant speaks of. */
export function rotationKey(query: URLSearchParams): TunnelKey | null {
  const key = query.get('key');
  return key !== null && KEY.test(key) ? (key as TunnelKey) : null;
}

/** A change as the address bar holds it. Whoever wrote it, what it says is only offered in a form, and checked there. */
function changeOf(text: string | null): TunnelChange | null {
  if (text === null || text.length > LONGEST_CHANGE) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? withoutSecrets(value) : null;
  } catch {
    return null;
  }
}

function withoutSecrets({ psk: _, bgp, ...rest }: TunnelChange): TunnelChange {
  if (bgp === undefined || bgp === null) return bgp === undefined ? rest : { ...rest, bgp };
  const { md5Key, ...session } = bgp;
  // That a key is taken away is no secret.
  return { ...rest, bgp: md5Key === null ? { ...session, md5Key } : session };
}
