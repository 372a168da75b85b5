/** Comparing JSON values, fast: what every poll does to every tunnel. */

/**
 * Are two values of JSON (or of plain data) equal? Keys may come in any order. Objects with the same keys in the same
 * order, the usual case, cost one pass.
 * @param depth how deep inside the values this comparison is
 */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (depth > MAX_DEPTH) return false;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameList(a, b, depth + 1);
  return !Array.isArray(b) && sameObject(a as Fields, b as Fields, depth + 1);
}

/** Deeper than anything the API sends; what lies below counts as different, so that no answer can exhaust the stack. */
const MAX_DEPTH = 32;

type Fields = Readonly<Record<string, unknown>>;

function sameList(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!sameJson(a[at], b[at], depth)) return false;
  return true;
}

function sameObject(a: Fields, b: Fields, depth: number): boolean {
  let keys = 0;
  for (const key in a) {
    const left = a[key];
    const right = b[key];
    if (left !== right && !sameJson(left, right, depth)) return false;
    // JSON has no undefined, so only a missing key can be one.
    if (right === undefined && !Object.hasOwn(b, key)) return false;
    keys++;
  }
  for (const _ in b) keys--;
  return keys === 0;
}
