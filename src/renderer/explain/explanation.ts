/** The shape of every explanation. */
import type { Severity } from '../../shared/model.ts';

/** What something means, in words for an engineer on night shift. */
export interface Explanation {
  readonly tone: Severity;
  /** One sentence: what is the case and, where the facts tell, why. */
  readonly sentence: string;
  /** What to check or do next, the likeliest first. Empty when there is nothing to do. */
  readonly next: readonly string[];
  /** What else is worth knowing before acting. */
  readonly notes: readonly string[];
}

export function explanation(
  tone: Severity,
  sentence: string,
  next: readonly string[] = [],
  notes: readonly string[] = [],
): Explanation {
  return { tone, sentence, next, notes };
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
