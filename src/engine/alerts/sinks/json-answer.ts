/** What a receiver answered, where it speaks JSON. */
import type { HttpReply } from '../../cloudflare/contract.ts';

/** The object in an answer, or `null` when there is none. */
export function objectOf(reply: HttpReply): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(reply.body));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
