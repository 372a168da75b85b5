/** Text of others, fit for a format: never longer than allowed, never with more lines than meant, escaped by its rules. */

/** Control characters, line ends and invisible marks that reorder text become blanks; half surrogates become `U+FFFD`. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

type Measure = (text: string) => number;
const length: Measure = (text) => text.length;
const same = (text: string): string => text;

/** Bytes of a text in UTF-8. */
export const bytes: Measure = (text) => Buffer.byteLength(text);

/**
 * The text escaped, cut with `…` so that the escaped form measures at most `most`. No character and no escape is cut in two.
 */
export function cut(text: string, most: number, escaped: (text: string) => string = same, measure = length): string {
  const whole = escaped(text);
  if (measure(whole) <= most) return whole;
  const room = most - measure('…');
  let kept = '';
  let used = 0;
  for (const character of text.slice(0, most)) {
    const part = escaped(character);
    used += measure(part);
    if (used > room) break;
    kept += part;
  }
  return `${kept}…`;
}

/** HTML text and attributes in double quotes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? '');
}

/** Inside a text of JSON. */
export function escapeJson(text: string): string {
  return JSON.stringify(text.toWellFormed()).slice(1, -1);
}

/** `https://…` without what could end a link early in markup; `null` when it is not a web address. */
export function safeLink(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null;
  const url = new URL(link);
  return url.protocol === 'https:' || url.protocol === 'http:'
    ? url.href.replace(/[|<>"']/g, encodeURIComponent)
    : null;
}
