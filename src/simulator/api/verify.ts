/**
 * Token check. Tokens for one account are account tokens here, the others user tokens; each kind has its own path and is
 * unknown on the other, so that one refusal does not yet mean a bad token.
 */
import type { SimReply } from '../contract.ts';
import type { Grant } from './auth.ts';
import { bytes, failure } from './envelope.ts';

export function verify(grant: Grant, rightKind: boolean): SimReply {
  if (!rightKind) return failure(401, [{ code: 1000, message: 'Invalid API Token' }]);
  const body = {
    result: { id: grant.tokenId, status: 'active' },
    success: true,
    errors: [],
    messages: [{ code: 10000, message: 'This API Token is valid and active', type: null }],
  };
  return bytes(200, new TextEncoder().encode(JSON.stringify(body)));
}
