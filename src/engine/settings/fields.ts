/** Kinds of fields that the settings are made of. Every `error` text completes the sentence "expected …". */
import { z } from 'zod';
import type { Millis } from '../../shared/model.ts';
import { DURATION_PATTERN, formatDuration, parseDuration } from './duration.ts';

/** What to write where a secret is wanted: never the secret itself. */
export const SECRET_EXPECTED = 'exactly one of { env: NAME }, { file: PATH } or { keychain: NAME }';

/** A text with something in it, blanks at its ends taken off. */
export const text = (expected: string, most: number) =>
  z.string({ error: expected }).trim().min(1, { error: expected }).max(most, { error: expected });

/** A length of time that may be left out by the one who asks for it; read as milliseconds. */
export function span(least: Millis, most: Millis) {
  const expected = `a time such as 30s, 5m, 2h or 90d, from ${formatDuration(least)} to ${formatDuration(most)}`;
  return z
    .string({ error: expected })
    .regex(DURATION_PATTERN, { error: expected, abort: true })
    .transform((written) => parseDuration(written) ?? 0)
    .refine((ms) => ms >= least && ms <= most, { error: expected });
}

/** A length of time with a default. */
export const duration = (least: Millis, most: Millis, normal: string) => span(least, most).prefault(normal);

/** Yes or no. */
export const flag = z.boolean({ error: 'true or false' });

const VARIABLE = 'the name of an environment variable';

/** Where a secret is found. */
export const secretSource = z.union(
  [
    z.strictObject({ env: text(VARIABLE, 200).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: VARIABLE }) }),
    z.strictObject({ file: text('the path of a file that holds the secret', 4096) }),
    z.strictObject({ keychain: text('the name of an entry of the keychain', 200) }),
  ],
  { error: SECRET_EXPECTED },
);

/** Where a secret is found: an environment variable, a file, or an entry of the system's keychain. */
export type SecretSource = z.output<typeof secretSource>;
