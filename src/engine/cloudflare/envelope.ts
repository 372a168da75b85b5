/**
 * Cloudflare's envelope around every REST answer, `{ success, errors, messages, result }`, read as leniently as it can be:
 * a half-broken envelope should still give up the error that it holds.
 */
import { z } from 'zod';

/** One of Cloudflare's errors. Codes below 1000 exist (971) though the schema says otherwise. */
export interface ApiError {
  readonly code: number | null;
  readonly message: string;
  /** Which part of the request is meant, as a JSON pointer. */
  readonly pointer: string | null;
}

const ErrorItem = z.object({
  code: z.number().nullish().catch(null),
  message: z.string().catch(''),
  source: z.object({ pointer: z.string().nullish() }).nullish().catch(null),
  error_chain: z.array(z.unknown()).nullish().catch(null),
});

const Outer = z.object({
  success: z.boolean().optional().catch(undefined),
  errors: z.array(z.unknown()).nullish().catch(null),
  result: z.unknown().optional(),
  result_info: z
    .object({ total_count: z.number().optional().catch(undefined) })
    .nullish()
    .catch(null),
});

export interface Envelope {
  readonly success: boolean | undefined;
  readonly errors: readonly ApiError[];
  readonly result: unknown;
  /** How many things there are in all, if the answer says so: more than it holds means that it is not complete. */
  readonly total: number | null;
}

/** The envelope, or `null` when the value is not an object at all. Never throws. */
export function readEnvelope(value: unknown): Envelope | null {
  const outer = Outer.safeParse(value);
  if (!outer.success || Array.isArray(value)) return null;
  return {
    success: outer.data.success,
    errors: readErrors(outer.data.errors ?? [], 0),
    result: outer.data.result,
    total: outer.data.result_info?.total_count ?? null,
  };
}

/** Errors with those chained below them (6003 says "invalid headers", 6111 below it says which), outer first. */
function readErrors(items: readonly unknown[], depth: number): ApiError[] {
  return items.slice(0, 100).flatMap((item) => {
    const parsed = ErrorItem.safeParse(item);
    if (!parsed.success) return [];
    const { code, message, source, error_chain } = parsed.data;
    const chained = depth < 3 ? readErrors(error_chain ?? [], depth + 1) : [];
    return [{ code: code ?? null, message, pointer: source?.pointer ?? null }, ...chained];
  });
}

/** Parses a body as JSON. `undefined` when it is none (JSON itself cannot say `undefined`). */
export function parseJson(body: Uint8Array): unknown {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
