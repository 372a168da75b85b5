/** A text of the settings that may be a secret: read when first needed, kept until a receiver refuses it. */
import { ok, type Result } from '../../../shared/result.ts';
import { describePlace, readSecret, type SecretKind, type SecretPlaces } from '../../credentials/secret.ts';
import type { SecretSource } from '../../settings/fields.ts';

export interface HeldSecret {
  /** The error is a sentence without its first capital. */
  read(): Promise<Result<string, string>>;
  /** What `read` gave last, or `null`. */
  known(): string | null;
  /** It was no good: look it up afresh next time. */
  forget(): void;
  /** True for what no sentence may repeat. */
  readonly secret: boolean;
  /** Where it lies, in words; of an open text the text itself. */
  readonly place: string;
}

/** Shorter texts, such as `services` in an address, are no secrets. */
const SHORTEST_SECRET = 10;

/** Long enough to be one: people write secrets into their settings, too, and no sentence repeats those either. */
export const couldBeSecret = (text: string): boolean => text.length >= SHORTEST_SECRET;

/** Text that stands in the settings for everybody to see. */
export function openText(text: string): HeldSecret {
  return { read: async () => ok(text), known: () => text, forget() {}, secret: false, place: text };
}

/** A secret in its place. `warn` hears once when the place should be guarded better. */
export function heldSecret(
  source: SecretSource,
  places: SecretPlaces,
  kind: SecretKind,
  warn: (sentence: string) => void,
): HeldSecret {
  let kept: string | null = null;
  let warned = false;
  return {
    secret: true,
    place: describePlace(source),
    known: () => kept,
    forget() {
      kept = null;
    },
    async read() {
      if (kept !== null) return ok(kept);
      const found = await readSecret(source, places, kind);
      if (!found.ok) return found;
      if (found.value.warning !== null && !warned) warn(found.value.warning);
      warned = true;
      kept = found.value.value;
      return ok(kept);
    },
  };
}
