/**
 * When the parts beside the list are read: one after the other, then a long rest. A fault of the way ends the round early, since
 * the other parts would only meet it as well.
 */
import type { Fault, Millis } from '../../shared/model.ts';
import { SURROUNDING_PARTS, type SurroundingPart } from '../cloudflare/surroundings.ts';
import { isPassing, SURROUNDINGS_INTERVAL_MS } from '../lint/surroundings.ts';

/** After the first list, which tells whether the account can be read at all. */
export const SURROUNDINGS_FIRST_MS: Millis = 3_000;
/** After a round that a fault of the way ended. */
const RETRY_MS: Millis = 2 * 60_000;
/** A change of the list asks for a round; many changes in a row ask for one. */
const SOON_MS: Millis = 5_000;
const SPACING_MS: Millis = 60_000;

/** All times are monotonic. */
export class SurroundingsRound {
  #left: readonly SurroundingPart[] = [];
  #begun: Millis = Number.NEGATIVE_INFINITY;

  /** What to ask for now. */
  part(mono: Millis): SurroundingPart {
    const [first] = this.#left;
    if (first !== undefined) return first;
    this.#begun = mono;
    this.#left = SURROUNDING_PARTS;
    return SURROUNDING_PARTS[0];
  }

  /** That part was answered: when is the next one due? */
  answered(fault: Fault | null, mono: Millis): Millis {
    if (fault !== null && isPassing(fault)) {
      this.#left = [];
      return mono + RETRY_MS;
    }
    this.#left = this.#left.slice(1);
    return this.#left.length > 0 ? mono : Math.max(mono, this.#begun + SURROUNDINGS_INTERVAL_MS);
  }

  /** The list changed: when should a round begin, if the next one is due at `due`? */
  soon(due: Millis, mono: Millis): Millis {
    return Math.min(due, Math.max(mono + SOON_MS, this.#begun + SPACING_MS));
  }
}
