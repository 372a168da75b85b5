/**
 * What a renderer may ask, checked: exact keys, bounded sizes. The types of `Calls` say the same to the compiler; a call
 * without a schema here does not compile.
 */
import { z } from 'zod';
import type { CallName, Calls } from '../../shared/bridge.ts';
import { type AccountId, LANES, type TunnelKey } from '../../shared/model.ts';

/** Most tunnels in one `lanes` call. */
export const MOST_KEYS = 200;
/** Most rows in one reply of `events` and `changes`. */
export const MOST_ROWS = 1_000;
/** The last instant that a `Date` can hold. */
const LAST_INSTANT = 8.64e15;

const accountId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .transform((id) => id as AccountId);
const key = z
  .string()
  .max(200)
  .regex(/^[0-9a-f]{32}\/[^/\s]+$/)
  .transform((text) => text as TunnelKey);
const instant = z.number().min(0).max(LAST_INSTANT);
const limit = z.int().min(1).max(MOST_ROWS);

export const CALL_SCHEMAS: { readonly [N in CallName]: z.ZodType<Calls[N]['args']> } = {
  tunnel: z.strictObject({ key }),
  lanes: z
    .strictObject({
      keys: z.array(key).min(1).max(MOST_KEYS),
      lanes: z.array(z.enum(LANES)).min(1).max(LANES.length),
      from: instant,
      to: instant,
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' }),
  events: z.strictObject({
    key: key.nullable(),
    accountId: accountId.nullable(),
    before: z.int().min(0).nullable(),
    limit,
  }),
  changes: z.strictObject({ key, from: instant, limit }),
  availability: z.strictObject({ key }),
  watch: z.strictObject({ key }),
  pollNow: z.strictObject({ accountId: accountId.nullable() }),
  startPractice: z.strictObject({}),
};

/** True for the names of `Calls` alone; what objects inherit is no call. */
export function isCallName(name: string): name is CallName {
  return Object.hasOwn(CALL_SCHEMAS, name);
}
