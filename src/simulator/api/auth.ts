/**
 * Who asks, and what they may. Bearer tokens with permissions, and the older e-mail and key. Codes: 9106 no credential,
 * 6003 with 6111 or 6103 a credential in the wrong form, 9109 a token that nobody knows, 10000 not permitted.
 */
import type { SimReply, SimRequest } from '../contract.ts';
import { failure } from './envelope.ts';

export type Permission = 'magic-read' | 'magic-write' | 'analytics-read';

export interface Grant {
  /** Names the budget that requests are paid from. */
  readonly budget: string;
  readonly permissions: ReadonlySet<Permission>;
  /** `null`: every account. */
  readonly account: string | null;
  readonly tokenId: string;
}

export interface Keys {
  readonly tokens: ReadonlyMap<string, Grant>;
  readonly global: { readonly email: string; readonly key: string; readonly grant: Grant };
}

/** The grant of a request, or the refusal to send. */
export function authenticate(keys: Keys, headers: SimRequest['headers']): Grant | SimReply {
  const bearer = headers.authorization;
  if (bearer !== undefined) {
    const token = /^Bearer ([A-Za-z0-9_-]{20,80})$/.exec(bearer)?.[1];
    if (token === undefined) return malformed(6111, 'Invalid format for Authorization header');
    return keys.tokens.get(token) ?? failure(403, [{ code: 9109, message: 'Invalid access token' }]);
  }
  const email = headers['x-auth-email'];
  const key = headers['x-auth-key'];
  if (email === undefined || key === undefined) {
    return failure(400, [{ code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' }]);
  }
  if (!/^[0-9a-f]{37,45}$/.test(key)) return malformed(6103, 'Invalid format for X-Auth-Key header');
  if (email === keys.global.email && key === keys.global.key) return keys.global.grant;
  return failure(403, [{ code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' }]);
}

export function isGrant(value: Grant | SimReply): value is Grant {
  return 'permissions' in value;
}

/** A refusal when the grant does not reach, else `null`. Write includes read. */
export function refuse(grant: Grant, account: string, needed: Permission): SimReply | null {
  const has = grant.permissions.has(needed) || (needed === 'magic-read' && grant.permissions.has('magic-write'));
  if (has && (grant.account === null || grant.account === account)) return null;
  return failure(403, [{ code: 10000, message: 'Authentication error' }]);
}

function malformed(code: number, message: string): SimReply {
  return failure(400, [{ code: 6003, message: 'Invalid request headers', chain: [{ code, message }] }]);
}
