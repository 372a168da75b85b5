/** The pieces that the schemas of the calls are made of. */
import { z } from 'zod';
import type { AccountId, TunnelKey } from '../../shared/model.ts';

/** The last instant that a `Date` can hold. */
const LAST_INSTANT = 8.64e15;
/** Most rows in one reply of `events` and `changes`. */
export const MOST_ROWS = 1_000;

export const accountId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .transform((id) => id as AccountId);
export const key = z
  .string()
  .max(200)
  .regex(/^[0-9a-f]{32}\/[^/\s]+$/)
  .transform((text) => text as TunnelKey);
export const instant = z.number().min(0).max(LAST_INSTANT);
export const limit = z.int().min(1).max(MOST_ROWS);
/** Who acts, as they call themselves. */
export const by = z.string().trim().min(1).max(80);
export const comment = z.string().trim().max(500);
/** Nobody's token is longer. It only passes through. */
export const token = z.string().min(1).max(4_096);
export const keep = z.enum(['keychain', 'session']);
