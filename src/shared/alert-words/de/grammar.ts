/** Kleine Grammatik. */

/** `1 Tunnel`, `14 Tunnel`. */
export function plural(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}

/** `a`, `a und b`, `a, b und c`, `a, b und 4 weitere`. */
export function listed(words: readonly string[], most = 3): string {
  if (words.length <= 1) return words[0] ?? '';
  if (words.length <= most) return `${words.slice(0, -1).join(', ')} und ${words.at(-1)}`;
  return `${words.slice(0, most - 1).join(', ')} und ${words.length - most + 1} weitere`;
}

export const since = (time: string, length: string): string => `seit ${time} (${length})`;
export const sinceBefore = (time: string, length: string): string => `seit vor ${time} (mindestens ${length})`;
