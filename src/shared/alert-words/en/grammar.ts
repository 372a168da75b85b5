/** Small grammar. */

/** `1 tunnel`, `14 tunnels`. */
export function plural(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}

/** `a`, `a and b`, `a, b and c`, `a, b and 4 more`. */
export function listed(words: readonly string[], most = 3): string {
  if (words.length <= 1) return words[0] ?? '';
  if (words.length <= most) return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`;
}

export const since = (time: string, length: string): string => `since ${time} (${length})`;
export const sinceBefore = (time: string, length: string): string => `since before ${time} (at least ${length})`;
