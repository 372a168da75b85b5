/** Objectives of availability in the settings, key `slo`. */
import { z } from 'zod';
import { text } from './fields.ts';

const PERCENT = 'a percentage from 50 to 99.999';
/** Cloudflare's own levels go from 95 to 99.9 per cent, and its API takes anything below 100. */
const objective = z.number({ error: PERCENT }).min(50, { error: PERCENT }).max(99.999, { error: PERCENT });

const override = z
  .strictObject(
    {
      account: text('the name of an account', 100).optional(),
      tag: text('a tag without #', 40).optional(),
      objective,
    },
    { error: 'an override: { tag, objective } or { account, objective }' },
  )
  .refine(({ account, tag }) => account !== undefined || tag !== undefined, { error: 'an account, a tag, or both' });

/** The first override that fits a tunnel counts. `degraded`: how Cloudflare counts it (`down`), or more kindly. */
export const slo = z
  .strictObject(
    {
      objective: objective.prefault(99.9),
      degraded: z.enum(['down', 'up', 'left-out'], { error: 'one of down, up, left-out' }).prefault('down'),
      overrides: z
        .array(override, { error: 'a list of overrides' })
        .max(200, { error: 'at most 200 overrides' })
        .prefault([]),
    },
    { error: 'the settings { objective, degraded, overrides }' },
  )
  .prefault({});
