/** The offending value inside its evidence. */

/** Text around the mark; `mark` is empty where the evidence does not hold the value. */
export interface Marked {
  readonly before: string;
  readonly mark: string;
  readonly after: string;
}

/** Letters and digits do not end in the middle of a word: `1` is not marked inside `10.0.0.1`. */
const PART = /[\p{L}\p{N}_.:/-]/u;

/**
 * Finds `value` in `evidence`, preferably behind the name of its field, and only as a whole word where it can be.
 * @param field The field in the API's words, or `null`.
 */
export function marked(evidence: string, field: string | null, value: string | null): Marked {
  const none = { before: evidence, mark: '', after: '' };
  if (value === null || value === '') return none;
  const from = field === null ? -1 : evidence.indexOf(field);
  const at = place(evidence, value, from < 0 ? 0 : from + (field?.length ?? 0)) ?? place(evidence, value, 0);
  if (at === null) return none;
  return { before: evidence.slice(0, at), mark: value, after: evidence.slice(at + value.length) };
}

function place(text: string, value: string, from: number): number | null {
  let loose: number | null = null;
  for (let at = text.indexOf(value, from); at >= 0; at = text.indexOf(value, at + 1)) {
    loose ??= at;
    const end = at + value.length;
    // A full stop that ends the sentence is no part of the value.
    const next = text.slice(end).replace(/^[.:](?=\s|$)/, '');
    if (!PART.test(text[at - 1] ?? ' ') && !PART.test(next[0] ?? ' ')) return at;
  }
  return loose;
}
